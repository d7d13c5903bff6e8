"""Whether a request or a connection matches a rule (R-112 to R-126)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from traefik_lint.golang.cidr import parse_ip, parse_trusted
from traefik_lint.golang.regexp import Unmatchable, compile_pattern
from traefik_lint.golang.text import to_lower, to_upper
from traefik_lint.golang.url import parse_query
from traefik_lint.runtime.expression.ast import And, Matcher, Node, Not, Or, Rule
from traefik_lint.runtime.expression.gorilla import Target, compile_template
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


class Connection(NamedTuple):
    """What the matchers of TCP rules look at; None means that it is not known."""

    server_name: str | None = ""
    client_ip: str | None = None
    alpn: Sequence[str] | None = ()


def matches(rule: Rule, request: Request) -> bool | None:
    """Tell whether a request matches an HTTP rule.

    None when that can't be told: the rule is refused, or it asks for something that is not known.
    """
    if rule.root is None or rule.error is not None:
        return None
    tests = _V2_HTTP if rule.dialect.language == "v2" else _V3_HTTP
    version = rule.dialect.version
    return _evaluate(rule.root, lambda matcher: _tried(tests[matcher.canonical], matcher, request, version))


def matches_connection(rule: Rule, connection: Connection) -> bool | None:
    """Tell whether a connection matches a TCP rule; None as in `matches`."""
    if rule.root is None or rule.error is not None:
        return None
    tests = _V2_TCP if rule.dialect.language == "v2" else _V3_TCP
    version = rule.dialect.version
    return _evaluate(
        rule.root, lambda matcher: _tried_tcp(tests[matcher.canonical], matcher, connection, version)
    )


_Version = tuple[int, int, int]
_HttpTest = Callable[[list[str], Request, _Version], "bool | None"]
_TcpTest = Callable[[list[str], Connection, _Version], "bool | None"]


def _tried(test: _HttpTest, matcher: Matcher, request: Request, version: _Version) -> bool | None:
    try:
        return test(matcher.values, request, version)
    except Unmatchable:
        return None


def _tried_tcp(test: _TcpTest, matcher: Matcher, connection: Connection, version: _Version) -> bool | None:
    try:
        return test(matcher.values, connection, version)
    except Unmatchable:
        return None


class _Join(NamedTuple):
    """A step of the evaluation: the left operand is known, the right one (if any is left) is not."""

    decided_by: bool  # False for `&&`, True for `||`
    right: Node | None


_NEGATE = object()


def _evaluate(root: Node, test: Callable[[Matcher], bool | None]) -> bool | None:
    # Without recursion, because a rule may join thousands of hosts.
    todo: list[object] = [root]
    values: list[bool | None] = []
    while todo:
        step = todo.pop()
        if isinstance(step, Matcher):
            values.append(test(step))
        elif isinstance(step, And | Or):
            todo.append(_Join(isinstance(step, Or), step.right))
            todo.append(step.left)
        elif isinstance(step, Not):
            todo.append(_NEGATE)
            todo.append(step.operand)
        elif isinstance(step, _Join):
            if step.right is None:
                values.append(_joined(values.pop(), values.pop(), decided_by=step.decided_by))
            elif values[-1] is not step.decided_by:
                todo.append(_Join(step.decided_by, None))
                todo.append(step.right)
        else:
            value = values.pop()
            values.append(None if value is None else not value)
    return values[0]


def _joined(right: bool | None, left: bool | None, *, decided_by: bool) -> bool | None:
    if left is decided_by or right is decided_by:
        return decided_by
    return None if left is None or right is None else not decided_by


# Matchers of both languages


def _client_ip(values: list[str], request: Request, _version: _Version) -> bool | None:
    return _is_among(request.client_ip, values)


def _is_among(client_ip: str | None, values: list[str]) -> bool | None:
    if client_ip is None:
        return None
    address = parse_ip(client_ip.partition("%")[0])
    return address is not None and any(network.contains(address) for network in parse_trusted(values))


def _method(values: list[str], request: Request, _version: _Version) -> bool | None:
    return any(request.method == to_upper(value) for value in values)


def _header_values(request: Request, name: str) -> list[str] | None:
    if request.headers is None:
        return None
    canonical = canonical_name(name)
    if canonical == "Host":  # Go takes it out of the headers
        return []
    return [value for header, value in request.headers if canonical_name(header) == canonical]


# The v3 language


def _host(values: list[str], request: Request, version: _Version) -> bool | None:
    if values[0] == "*" and version >= (3, 7, 7):
        return True
    if request.host is None:
        return None
    host = canonical_host(request.host)
    expected = to_lower(values[0])
    if not host:
        return False
    return (
        _is_domain(host, expected, version)
        or (expected.endswith(".") and _is_domain(host, expected[:-1], version))
        or (host.endswith(".") and _is_domain(host[:-1], expected, version))
    )


def _is_domain(domain: str, expected: str, version: _Version) -> bool:
    """Compare a host with a host name or, since 3.7.0, a wildcard for its first label (R-113)."""
    if expected.startswith("*") and version >= (3, 7, 0):
        _, dot, rest = domain.partition(".")
        return expected == f"*{dot}{rest}"
    return domain == expected


def _host_regexp(values: list[str], request: Request, _version: _Version) -> bool | None:
    pattern = compile_pattern(values[0])
    # Traefik also tries the flattened CNAME, which is empty unless that is switched on.
    if pattern.search(""):
        return True
    return None if request.host is None else pattern.search(canonical_host(request.host))


def _path(values: list[str], request: Request, _version: _Version) -> bool | None:
    return request.path == values[0]


def _path_prefix(values: list[str], request: Request, _version: _Version) -> bool | None:
    return request.path.startswith(values[0])


def _path_regexp(values: list[str], request: Request, _version: _Version) -> bool | None:
    return compile_pattern(values[0]).search(request.path)


def _header(values: list[str], request: Request, _version: _Version) -> bool | None:
    found = _header_values(request, values[0])
    return None if found is None else values[1] in found


def _header_regexp(values: list[str], request: Request, _version: _Version) -> bool | None:
    found = _header_values(request, values[0])
    return None if found is None else any(map(compile_pattern(values[1]).search, found))


def _query(values: list[str], request: Request, _version: _Version) -> bool | None:
    return (values[1] if len(values) > 1 else "") in parse_query(request.query).get(values[0], ())


def _query_regexp(values: list[str], request: Request, version: _Version) -> bool | None:
    if len(values) == 1:
        return _query(values, request, version)
    return any(map(compile_pattern(values[1]).search, parse_query(request.query).get(values[0], ())))


_V3_HTTP: dict[str, _HttpTest] = {
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


def _fits(template: str, target: Target, text: str) -> bool:
    return compile_pattern(compile_template(template, target).pattern).search(text)


def _host_v2(values: list[str], request: Request, _version: _Version) -> bool | None:
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


def _host_regexp_v2(values: list[str], request: Request, _version: _Version) -> bool | None:
    if request.host is None:
        return None
    host = without_port(request.host)
    return any(_fits(value, "host", host) for value in values)


def _path_v2(values: list[str], request: Request, _version: _Version) -> bool | None:
    return any(_fits(value, "path", request.path) for value in values)


def _path_prefix_v2(values: list[str], request: Request, _version: _Version) -> bool | None:
    return any(_fits(value, "path-prefix", request.path) for value in values)


def _headers_v2(values: list[str], request: Request, _version: _Version) -> bool | None:
    pairs = dict(zip(values[::2], values[1::2], strict=True))
    found = {name: _header_values(request, name) for name in pairs}
    if None in found.values():
        return None
    return all(pairs[name] in (found[name] or ()) for name in pairs)


def _headers_regexp_v2(values: list[str], request: Request, _version: _Version) -> bool | None:
    pairs = dict(zip(values[::2], values[1::2], strict=True))
    found = {name: _header_values(request, name) for name in pairs}
    if None in found.values():
        return None
    return all(any(map(compile_pattern(pairs[name]).search, found[name] or ())) for name in pairs)


def _query_v2(values: list[str], request: Request, _version: _Version) -> bool | None:
    given = parse_query(request.query)
    parts = query_pairs(values)
    for key, value in zip(parts[::2], parts[1::2], strict=True):
        # A key may hold `=` only when it was an argument of its own; gorilla then splits it once more.
        wanted = f"{key}={value}"
        name = wanted.partition("=")[0]
        text = f"{name}={given[name][0]}" if given.get(name) else ""
        if not _fits(wanted, "query", text):
            return False
    return True


_V2_HTTP: dict[str, _HttpTest] = {
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


# TCP


def _client_ip_tcp(values: list[str], connection: Connection, _version: _Version) -> bool | None:
    return _is_among(connection.client_ip, values)


def _alpn(values: list[str], connection: Connection, _version: _Version) -> bool | None:
    return None if connection.alpn is None else any(value in connection.alpn for value in values)


def _host_sni(values: list[str], connection: Connection, version: _Version) -> bool | None:
    if values[0] == "*":
        return True
    if connection.server_name is None:
        return None
    name = to_lower(connection.server_name.strip())
    # Before 3.7.0 the rule's own capitals made it match nothing.
    expected = values[0].lower() if version >= (3, 7, 0) else values[0]
    return bool(name) and (
        _is_domain(name, expected.removesuffix("."), version) or (version < (3, 7, 0) and name == expected)
    )


def _host_sni_regexp(values: list[str], connection: Connection, _version: _Version) -> bool | None:
    if connection.server_name is None:
        return None
    return compile_pattern(values[0]).search(to_lower(connection.server_name.strip()))


def _host_sni_v2(values: list[str], connection: Connection, _version: _Version) -> bool | None:
    if "*" in values and (values[0] == "*" or connection.server_name):
        return True
    if connection.server_name is None:
        return None
    name = to_lower(connection.server_name.strip())
    return bool(name) and any(name in (value.lower(), value.lower().removesuffix(".")) for value in values)


def _host_sni_regexp_v2(values: list[str], connection: Connection, _version: _Version) -> bool | None:
    if connection.server_name is None:
        return None
    name = to_lower(connection.server_name.strip())
    return any(_fits(value, "sni", name) for value in values)


_V3_TCP: dict[str, _TcpTest] = {
    "ALPN": _alpn,
    "ClientIP": _client_ip_tcp,
    "HostSNI": _host_sni,
    "HostSNIRegexp": _host_sni_regexp,
}
_V2_TCP: dict[str, _TcpTest] = {
    "ALPN": _alpn,
    "ClientIP": _client_ip_tcp,
    "HostSNI": _host_sni_v2,
    "HostSNIRegexp": _host_sni_regexp_v2,
}
