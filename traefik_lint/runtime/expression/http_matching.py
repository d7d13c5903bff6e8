"""Whether a request matches the single matchers of HTTP rules (R-112 to R-124)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

from traefik_lint.golang import regexp
from traefik_lint.golang.text import to_lower, to_upper
from traefik_lint.golang.url import parse_query
from traefik_lint.runtime.expression.comparing import Version, fits_template, is_among, is_domain
from traefik_lint.runtime.expression.headers import canonical_host, canonical_name, without_port
from traefik_lint.runtime.expression.matchers import query_pairs


class Request(NamedTuple):
    """What the matchers of HTTP rules look at; None means that it is not known.

    `path` is the routing path (see `routing_path`), `query` the raw query without `?`, `host` the
    Host header, `headers` are name and value in order, `client_ip` is the connection's address.
    """

    method: str = "GET"
    host: str | None = None
    path: str = "/"
    headers: Sequence[tuple[str, str]] | None = ()
    query: str = ""
    client_ip: str | None = None


#: Arguments, request and Traefik's version to an answer; None when it is not known.
HttpTest: TypeAlias = Callable[[list[str], Request, Version], "bool | None"]


# Matchers of both languages


def _client_ip(values: list[str], request: Request, _version: Version) -> bool | None:
    return is_among(request.client_ip, values)


def _method(values: list[str], request: Request, _version: Version) -> bool | None:
    return any(request.method == to_upper(value) for value in values)


def _header_values(request: Request, name: str) -> list[str] | None:
    if request.headers is None:
        return None
    canonical = canonical_name(name)
    if canonical == "Host":  # Go takes it out of the headers
        return []
    return [value for header, value in request.headers if canonical_name(header) == canonical]


# The v3 language


def _host(values: list[str], request: Request, version: Version) -> bool | None:
    if values[0] == "*" and version >= (3, 7, 7):
        return True
    if request.host is None:
        return None
    host = canonical_host(request.host)
    expected = to_lower(values[0])
    if not host:
        return False
    return (
        is_domain(host, expected, version)
        or (expected.endswith(".") and is_domain(host, expected[:-1], version))
        or (host.endswith(".") and is_domain(host[:-1], expected, version))
    )


def _host_regexp(values: list[str], request: Request, _version: Version) -> bool | None:
    pattern = regexp.compile(values[0])
    # Traefik also tries the flattened CNAME, which is empty unless that is switched on.
    if pattern.search(""):
        return True
    return None if request.host is None else pattern.search(canonical_host(request.host))


def _path(values: list[str], request: Request, _version: Version) -> bool | None:
    return request.path == values[0]


def _path_prefix(values: list[str], request: Request, _version: Version) -> bool | None:
    return request.path.startswith(values[0])


def _path_regexp(values: list[str], request: Request, _version: Version) -> bool | None:
    return regexp.compile(values[0]).search(request.path)


def _header(values: list[str], request: Request, _version: Version) -> bool | None:
    found = _header_values(request, values[0])
    return None if found is None else values[1] in found


def _header_regexp(values: list[str], request: Request, _version: Version) -> bool | None:
    found = _header_values(request, values[0])
    return None if found is None else any(map(regexp.compile(values[1]).search, found))


def _query(values: list[str], request: Request, _version: Version) -> bool | None:
    return (values[1] if len(values) > 1 else "") in parse_query(request.query).get(values[0], ())


def _query_regexp(values: list[str], request: Request, version: Version) -> bool | None:
    if len(values) == 1:
        return _query(values, request, version)
    return any(map(regexp.compile(values[1]).search, parse_query(request.query).get(values[0], ())))


V3_HTTP: dict[str, HttpTest] = {
    "ClientIP": _client_ip,
    "Header": _header,
    "HeaderRegexp": _header_regexp,
    "Host": _host,
    "HostRegexp": _host_regexp,
    "Method": _method,
    "Path": _path,
    "PathPrefix": _path_prefix,
    "PathRegexp": _path_regexp,
    "Query": _query,
    "QueryRegexp": _query_regexp,
}


# The v2 language


def _host_v2(values: list[str], request: Request, _version: Version) -> bool | None:
    if request.host is None:
        return None
    host = canonical_host(request.host)
    expected = [to_lower(value) for value in values]
    if not host:
        return False
    return any(
        host == name
        or (name.endswith(".") and host == name[:-1])
        or (host.endswith(".") and host[:-1] == name)
        for name in expected
    )


def _host_regexp_v2(values: list[str], request: Request, _version: Version) -> bool | None:
    if request.host is None:
        return None
    host = without_port(request.host)
    return any(fits_template(value, "host", host) for value in values)


def _path_v2(values: list[str], request: Request, _version: Version) -> bool | None:
    return any(fits_template(value, "path", request.path) for value in values)


def _path_prefix_v2(values: list[str], request: Request, _version: Version) -> bool | None:
    return any(fits_template(value, "path-prefix", request.path) for value in values)


def _headers_v2(values: list[str], request: Request, _version: Version) -> bool | None:
    pairs = dict(zip(values[::2], values[1::2], strict=True))
    found = {name: _header_values(request, name) for name in pairs}
    if None in found.values():
        return None
    return all(pairs[name] in (found[name] or ()) for name in pairs)


def _headers_regexp_v2(values: list[str], request: Request, _version: Version) -> bool | None:
    pairs = dict(zip(values[::2], values[1::2], strict=True))
    found = {name: _header_values(request, name) for name in pairs}
    if None in found.values():
        return None
    return all(any(map(regexp.compile(pairs[name]).search, found[name] or ())) for name in pairs)


def _query_v2(values: list[str], request: Request, _version: Version) -> bool | None:
    given = parse_query(request.query)
    parts = query_pairs(values)
    for key, value in zip(parts[::2], parts[1::2], strict=True):
        # A key may hold `=` only when it was an argument of its own; gorilla then splits it once more.
        wanted = f"{key}={value}"
        name = wanted.partition("=")[0]
        text = f"{name}={given[name][0]}" if given.get(name) else ""
        if not fits_template(wanted, "query", text):
            return False
    return True


V2_HTTP: dict[str, HttpTest] = {
    "ClientIP": _client_ip,
    "Headers": _headers_v2,
    "HeadersRegexp": _headers_regexp_v2,
    "Host": _host_v2,
    "HostHeader": _host_v2,
    "HostRegexp": _host_regexp_v2,
    "Method": _method,
    "Path": _path_v2,
    "PathPrefix": _path_prefix_v2,
    "Query": _query_v2,
}
