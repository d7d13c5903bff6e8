"""What Traefik refuses of each middleware's options when it builds it (R-160 … R-181).

One function per middleware type; each gets the options as Traefik's JSON shows them and returns Traefik's text.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from traefik_lint.golang import regexp
from traefik_lint.golang.cidr import parse_trusted
from traefik_lint.golang.errors import GoError
from traefik_lint.golang.text import print_list
from traefik_lint.options.version import Version
from traefik_lint.runtime.defaults import Json
from traefik_lint.runtime.services import code_range_error

Check = Callable[[Json, Version], "str | None"]

_ENCODINGS = frozenset({"gzip", "br", "zstd"})
_SECURE_FLAGS = (
    "stsIncludeSubdomains", "stsPreload", "forceSTSHeader", "frameDeny", "customFrameOptionsValue",
    "contentTypeNosniff", "browserXssFilter", "customBrowserXSSValue", "contentSecurityPolicy",
    "contentSecurityPolicyReportOnly", "publicKey", "referrerPolicy", "featurePolicy", "permissionsPolicy",
    "isDevelopment", "allowedHosts", "hostsProxyHeaders", "sslRedirect", "sslTemporaryRedirect", "sslForceHost",
    "sslHost", "sslProxyHeaders",
)  # fmt: skip
_CORS_FLAGS = (
    "accessControlAllowCredentials", "accessControlAllowHeaders", "accessControlAllowMethods",
    "accessControlAllowOriginList", "accessControlAllowOriginListRegex", "accessControlExposeHeaders",
    "addVaryHeader",
)  # fmt: skip


def _add_prefix(options: Json, _version: Version) -> str | None:
    return None if options.get("prefix") else "prefix cannot be empty"


def _basic_auth(options: Json, version: Version) -> str | None:
    for user in _texts(options, "users"):
        if user.count(":") != 1:
            return f"error parsing BasicUser: {user}"
    checked = version >= (3, 7, 2) or (3, 6, 18) <= version < (3, 7, 0) or (2, 11, 47) <= version < (3, 0, 0)
    if checked and not _texts(options, "users"):
        return f"no users found in {options.get('usersFile', '')}"
    return None


def _digest_auth(options: Json, _version: Version) -> str | None:
    for user in _texts(options, "users"):
        if user.count(":") != 2:
            return f"error parsing DigestUser: {user}"
    return None


def _forward_auth(options: Json, _version: Version) -> str | None:
    pattern = options.get("authResponseHeadersRegex")
    refused = regexp.error_text(pattern) if isinstance(pattern, str) else None
    return f"error compiling regular expression {pattern}: {refused}" if refused else None


_BUFFER_LIMITS = (
    ("memRequestBodyBytes", "mem"), ("maxRequestBodyBytes", "max"),
    ("memResponseBodyBytes", "mem"), ("maxResponseBodyBytes", "max"),
)  # fmt: skip


def _buffering(options: Json, _version: Version) -> str | None:
    for name, limit in _BUFFER_LIMITS:
        size = options.get(name)
        if isinstance(size, int) and size < 0:
            return f"{limit} bytes should be >= 0 got {size}"
    expression = options.get("retryExpression")
    if not isinstance(expression, str) or not expression:
        return None
    from traefik_lint.runtime.predicates import retry_error

    return retry_error(expression)


def _circuit_breaker(options: Json, _version: Version) -> str | None:
    from traefik_lint.runtime.predicates import breaker_error

    expression = options.get("expression", "")
    return breaker_error(expression) if isinstance(expression, str) else None


def _compress(options: Json, version: Version) -> str | None:
    excluded, included = _texts(options, "excludedContentTypes"), _texts(options, "includedContentTypes")
    if excluded and included:
        return "excludedContentTypes and includedContentTypes options are mutually exclusive"
    from traefik_lint.runtime.media_types import media_type_error

    for types, word in ((excluded, "excluded"), (included, "included")):
        for media_type in types:
            refused = media_type_error(media_type)
            if refused is not None:
                return f"parsing {word} media type: {refused}" if version >= (3, 0, 0) else refused
    if version < (3, 2, 0):
        return None
    encodings = _texts(options, "encodings")
    if not encodings:
        return "at least one encoding must be specified"
    for encoding in encodings:
        if encoding not in _ENCODINGS:
            return f"unsupported encoding: {encoding}"
    default = options.get("defaultEncoding")
    if default and default not in encodings:
        return f"unsupported default encoding: {default}"
    return None


def _headers(options: Json, _version: Version) -> str | None:
    if not any(options.get(name) for name in ("customRequestHeaders", "customResponseHeaders")):
        secure = any(options.get(name) for name in _SECURE_FLAGS) or _counts(options, "stsSeconds")
        cors = any(options.get(name) for name in _CORS_FLAGS) or _counts(options, "accessControlMaxAge")
        if not secure and not cors:
            return "headers configuration not valid"
    for pattern in _texts(options, "accessControlAllowOriginListRegex"):
        refused = regexp.error_text(pattern)
        if refused:
            return f"error occurred during origin parsing: {refused}"
    return None


def _counts(options: Json, name: str) -> bool:
    """A number that matters when it is written: an older release's zero is left out of its JSON."""
    return name in options


def _ip_allow_list(options: Json, version: Version) -> str | None:
    ranges = _texts(options, "sourceRange")
    if not ranges:
        return "sourceRange is empty, IPAllowLister not created"
    status = options.get("rejectStatusCode")
    if isinstance(status, int) and status and not _is_status(status):
        return f"invalid HTTP status code {status}"
    return _bad_ranges(ranges, "cannot parse CIDRs") or _ip_strategy_error(options.get("ipStrategy"), version)


def _ip_white_list(options: Json, version: Version) -> str | None:
    ranges = _texts(options, "sourceRange")
    if not ranges:
        return "sourceRange is empty, IPWhiteLister not created"
    return _bad_ranges(ranges, "cannot parse CIDR whitelist") or _ip_strategy_error(
        options.get("ipStrategy"), version
    )


def _bad_ranges(ranges: list[str], wrapper: str) -> str | None:
    try:
        parse_trusted(ranges)
    except GoError as error:
        return f"{wrapper} {print_list(ranges)}: {error.text}"
    return None


def _ip_strategy_error(strategy: object, _version: Version) -> str | None:
    if not isinstance(strategy, dict):
        return None
    excluded = _texts(strategy, "excludedIPs")
    depth = strategy.get("depth", 0)
    if excluded and not (isinstance(depth, int) and depth > 0):
        try:
            parse_trusted(excluded)
        except GoError as error:
            return error.text
        return None
    subnet = strategy.get("ipv6Subnet")
    if isinstance(subnet, int) and not 0 < subnet <= 128:
        return f"invalid IPv6 subnet {subnet} value, should be greater to 0 and lower or equal to 128"
    return None


def _in_flight_req(options: Json, version: Version) -> str | None:
    refused = _source_criterion_error(options.get("sourceCriterion"), version)
    return f"error creating requests limiter: {refused}" if refused else None


def _rate_limit(options: Json, version: Version) -> str | None:
    refused = _source_criterion_error(options.get("sourceCriterion"), version)
    if refused:
        return f"getting source extractor: {refused}" if version >= (3, 4, 0) else refused
    period = options.get("period")
    if isinstance(period, str) and period.startswith("-"):
        return f"negative value not valid for period: {period}"
    return None


def _source_criterion_error(criterion: object, version: Version) -> str | None:
    if not isinstance(criterion, dict):
        return None
    strategy, header, host = (
        "ipStrategy" in criterion,
        criterion.get("requestHeaderName"),
        criterion.get("requestHost"),
    )
    if strategy and header:
        return "iPStrategy and RequestHeaderName are mutually exclusive"
    if strategy and host:
        return "iPStrategy and RequestHost are mutually exclusive"
    if header and host:
        return "requestHost and RequestHeaderName are mutually exclusive"
    return _ip_strategy_error(criterion.get("ipStrategy"), version)


def _redirect_regex(options: Json, _version: Version) -> str | None:
    pattern = options.get("regex", "")
    return regexp.error_text(pattern) if isinstance(pattern, str) else None


def _redirect_scheme(options: Json, _version: Version) -> str | None:
    return None if options.get("scheme") else "you must provide a target scheme"


def _replace_path_regex(options: Json, _version: Version) -> str | None:
    pattern = options.get("regex", "")
    if not isinstance(pattern, str):
        return None
    refused = regexp.error_text(pattern.strip())
    return f"error compiling regular expression {pattern}: {refused}" if refused else None


def _retry(options: Json, version: Version) -> str | None:
    statuses = options.get("status")
    if version >= (3, 7, 0) and not statuses and options.get("disableRetryOnNetworkError"):
        return "retry middleware requires at least HTTP status codes or retry on TCP"
    attempts = options.get("attempts", 0)
    if isinstance(attempts, int) and attempts <= 0:
        return f"incorrect (or empty) value for attempt ({attempts})"
    refused = code_range_error(statuses) if isinstance(statuses, list) else None
    return f"creating HTTP code ranges: {refused}" if refused else None


def _strip_prefix_regex(options: Json, _version: Version) -> str | None:
    for pattern in _texts(options, "regex"):
        refused = regexp.error_text(pattern.strip())
        if refused:
            return refused
    return None


def _is_status(code: int) -> bool:
    try:
        HTTPStatus(code)
    except ValueError:
        return False
    return True


def _texts(options: Json, name: str) -> list[str]:
    found = options.get(name)
    return [item for item in found if isinstance(item, str)] if isinstance(found, list) else []


#: By JSON key; types that are missing here accept everything that can be decoded.
HTTP_CHECKS: dict[str, Check] = {
    "addPrefix": _add_prefix,
    "basicAuth": _basic_auth,
    "buffering": _buffering,
    "circuitBreaker": _circuit_breaker,
    "compress": _compress,
    "digestAuth": _digest_auth,
    "forwardAuth": _forward_auth,
    "headers": _headers,
    "inFlightReq": _in_flight_req,
    "ipAllowList": _ip_allow_list,
    "ipWhiteList": _ip_white_list,
    "rateLimit": _rate_limit,
    "redirectRegex": _redirect_regex,
    "redirectScheme": _redirect_scheme,
    "replacePathRegex": _replace_path_regex,
    "retry": _retry,
    "stripPrefixRegex": _strip_prefix_regex,
}


def _tcp_ip_allow_list(options: Json, _version: Version) -> str | None:
    ranges = _texts(options, "sourceRange")
    if not ranges:
        return "sourceRange is empty, IPAllowLister not created"
    return _bad_ranges(ranges, "cannot parse CIDRs")


def _tcp_ip_white_list(options: Json, _version: Version) -> str | None:
    ranges = _texts(options, "sourceRange")
    if not ranges:
        return "sourceRange is empty, IPWhiteLister not created"
    return _bad_ranges(ranges, "cannot parse CIDR whitelist")


TCP_CHECKS: dict[str, Check] = {"ipAllowList": _tcp_ip_allow_list, "ipWhiteList": _tcp_ip_white_list}
