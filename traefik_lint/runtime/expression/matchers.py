"""What each matcher demands of its arguments (R-104, R-105, R-112 to R-126)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from traefik_lint.golang.cidr import parse_trusted
from traefik_lint.golang.errors import GoError
from traefik_lint.golang.text import print_list, quote
from traefik_lint.runtime.expression.gorilla import Target, compile_template


class Complaint(NamedTuple):
    """Traefik's reason to refuse a matcher; `argument` is the index of the guilty one, if one is."""

    text: str
    argument: int | None = None


Check: TypeAlias = Callable[[Sequence[str]], "Complaint | None"]

_ACME_TLS = "acme-tls/1"


def _accept(_values: Sequence[str]) -> Complaint | None:
    return None


def _counted(numbers: tuple[int, ...], check: Check = _accept) -> Check:
    wanted = print_list(map(str, numbers))

    def counted(values: Sequence[str]) -> Complaint | None:
        if len(values) not in numbers:
            return Complaint(f"unexpected number of parameters; got {len(values)}, expected one of {wanted}")
        return check(values)

    return counted


def _one(check: Check) -> Check:
    def one(values: Sequence[str]) -> Complaint | None:
        if len(values) != 1:
            return Complaint(f"unexpected number of parameters; got {len(values)}, expected 1")
        return check(values)

    return one


def _regexp(prefix: str, argument: int) -> Check:
    def check(values: Sequence[str]) -> Complaint | None:
        from traefik_lint.golang import regexp  # most rules hold no regular expression

        if argument >= len(values):
            return None
        text = regexp.error_text(values[argument])
        return None if text is None else Complaint(prefix + text, argument)

    return check


def _ascii(name: str, check: Check = _accept) -> Check:
    def ascii_only(values: Sequence[str]) -> Complaint | None:
        for index, value in enumerate(values):
            if not value.isascii():
                refused = f"invalid value {quote(value)} for {name} matcher"
                return Complaint(f"{refused}, non-ASCII characters are not allowed", index)
        return check(values)

    return ascii_only


def _client_ip(prefix: str) -> Check:
    def client_ip(values: Sequence[str]) -> Complaint | None:
        for index, value in enumerate(values):
            text = _address_error(value)
            if text is not None:
                return Complaint(f"{prefix}: {text}", index)
        return None

    return client_ip


def _address_error(value: str) -> str | None:
    try:
        parse_trusted((value,))
    except GoError as error:
        return error.text
    return None


def _path(values: Sequence[str]) -> Complaint | None:
    if values[0].startswith("/"):
        return None
    return Complaint(f"path {quote(values[0])} does not start with a '/'", 0)


# The v2 language


def _templates(target: Target) -> Check:
    def templates(values: Sequence[str]) -> Complaint | None:
        for index, value in enumerate(values):
            if target != "host" and not value.startswith("/"):
                return Complaint(f"mux: path must start with a slash, got {quote(value)}", index)
            if complaint := _template_complaint(value, target, index):
                return complaint
        return None

    return templates


def _template_complaint(value: str, target: Target, index: int) -> Complaint | None:
    if "{" not in value and "}" not in value:
        return None  # a plain text is a valid template
    try:
        compile_template(value, target)
    except GoError as error:
        return Complaint(error.text, index)
    return None


def _host_regexp_v2(values: Sequence[str]) -> Complaint | None:
    # Each value is checked wholly before the next one.
    for index, value in enumerate(values):
        complaint = _ascii("HostRegexp")((value,)) or _templates("host")((value,))
        if complaint is not None:
            return complaint._replace(argument=index)
    return None


def _pairs(values: Sequence[str]) -> Complaint | None:
    if len(values) % 2:
        return Complaint(f"mux: number of parameters must be multiple of 2, got {print_list(values)}")
    return None


def _header_patterns(values: Sequence[str]) -> Complaint | None:
    complaint = _pairs(values)
    for index in range(1, len(values), 2):
        complaint = complaint or _regexp("", index)(values)
    return complaint


def query_pairs(values: Sequence[str]) -> list[str]:
    """Split `k=v` arguments of the v2 matcher Query into keys and values."""
    return [part for value in values for part in value.split("=", 1)]


def _query_v2(values: Sequence[str]) -> Complaint | None:
    parts = query_pairs(values)
    if complaint := _pairs(parts):
        return complaint
    used: set[str] = set()
    for index in range(0, len(parts), 2):
        try:
            template = compile_template(f"{parts[index]}={parts[index + 1]}", "query")
        except GoError as error:
            return Complaint(error.text)
        for variable in template.variables:
            if variable in used:
                return Complaint(f"mux: duplicated route variable {quote(variable)}")
        used.update(template.variables)
    return None


# TCP

_SNI = re.compile(r"[A-Za-z0-9_.:-]+")
_SNI_WITHOUT_UNDERSCORE = re.compile(r"[A-Za-z0-9.:-]+")


def _is_host_name(value: str, version: tuple[int, int, int]) -> bool:
    # `_` is allowed since 3.3.5 (2.11.22 in the older line).
    underscore = version >= (3, 3, 5) or (2, 11, 22) <= version < (3, 0, 0)
    return (_SNI if underscore else _SNI_WITHOUT_UNDERSCORE).fullmatch(value) is not None


def _host_sni(version: tuple[int, int, int]) -> Check:
    wildcard = "*." if version >= (3, 7, 0) else ""

    def host_sni(values: Sequence[str]) -> Complaint | None:
        if values[0] == "*" or _is_host_name(values[0].removeprefix(wildcard), version):
            return None
        return Complaint(f"invalid value for HostSNI matcher, {quote(values[0])} is not a valid hostname", 0)

    return host_sni


def _host_sni_v2(version: tuple[int, int, int]) -> Check:
    def host_sni(values: Sequence[str]) -> Complaint | None:
        for index, value in enumerate(values):
            if value != "*" and not _is_host_name(value, version):
                refused = f'invalid value for "HostSNI" matcher, {quote(value)} is not a valid hostname or IP'
                return Complaint(refused, index)
        return None

    return host_sni


def _host_sni_regexp(values: Sequence[str]) -> Complaint | None:
    if not values[0].isascii():
        refused = f"invalid value for HostSNIRegexp matcher, {quote(values[0])} is not a valid hostname"
        return Complaint(refused, 0)
    return _regexp("compiling HostSNIRegexp matcher: ", 0)(values)


def _host_sni_regexp_v2(values: Sequence[str]) -> Complaint | None:
    for index, value in enumerate(values):
        complaint = _template_complaint(value, "sni", index)
        if complaint is None:
            continue
        if complaint.text.startswith("mux: "):
            about = (
                f'invalid pattern value for "HostSNIRegexp" matcher, {quote(value)} is not a valid pattern'
            )
            return Complaint(f"{about}: {complaint.text}", index)
        return complaint
    return None


def _alpn(matcher: str) -> Check:
    def alpn(values: Sequence[str]) -> Complaint | None:
        if _ACME_TLS not in values:
            return None
        refused = f"invalid protocol value for {matcher} matcher, {quote(_ACME_TLS)} is not allowed"
        return Complaint(refused, list(values).index(_ACME_TLS))

    return alpn


_CLIENT_IP = _client_ip("initializing IP checker for ClientIP matcher")
_CLIENT_IP_V2 = _client_ip('could not initialize IP Checker for "ClientIP" matcher')

_CHECKS: dict[tuple[str, str], dict[str, Check]] = {
    ("http", "v3"): {
        "ClientIP": _counted((1,), _CLIENT_IP),
        "Header": _counted((2,)),
        "HeaderRegexp": _counted((2,), _regexp("compiling HeaderRegexp matcher: ", 1)),
        "Host": _counted((1,), _ascii("Host")),
        "HostRegexp": _counted((1,), _ascii("HostRegexp", _regexp("compiling HostRegexp matcher: ", 0))),
        "Method": _counted((1,)),
        "Path": _counted((1,), _path),
        "PathPrefix": _counted((1,), _path),
        "PathRegexp": _counted((1,), _regexp("compiling PathPrefix matcher: ", 0)),
        "Query": _counted((1, 2)),
        "QueryRegexp": _counted((1, 2), _regexp("compiling QueryRegexp matcher: ", 1)),
    },
    ("http", "v2"): {
        "ClientIP": _CLIENT_IP_V2,
        "Headers": _pairs,
        "HeadersRegexp": _header_patterns,
        "Host": _ascii('"Host"'),
        "HostHeader": _ascii('"Host"'),
        "HostRegexp": _host_regexp_v2,
        "Method": _accept,
        "Path": _templates("path"),
        "PathPrefix": _templates("path-prefix"),
        "Query": _query_v2,
    },
    ("tcp", "v3"): {
        "ALPN": _one(_alpn("ALPN")),
        "ClientIP": _one(_CLIENT_IP),
        "HostSNIRegexp": _one(_host_sni_regexp),
    },
    ("tcp", "v2"): {
        "ALPN": _alpn('"ALPN"'),
        "ClientIP": _CLIENT_IP_V2,
        "HostSNIRegexp": _host_sni_regexp_v2,
    },
}


@lru_cache(maxsize=64)
def checks_of(protocol: str, syntax: str, version: tuple[int, int, int]) -> Mapping[str, Check]:
    """The checks of a rule language as a version of Traefik does them, by canonical name of the matcher."""
    checks = _CHECKS[protocol, syntax]
    if protocol == "http":
        return checks
    return {**checks, "HostSNI": _one(_host_sni(version)) if syntax == "v3" else _host_sni_v2(version)}


def check_presence(name: str, values: Sequence[str]) -> Complaint | None:
    """Complain of missing or empty arguments, which Traefik looks for first (R-104)."""
    if not values:
        return Complaint(f"no args for matcher {name}")
    for index, value in enumerate(values):
        if not value:
            return Complaint(f"empty args for matcher {name}, {print_list(values)}", index)
    return None
