"""Whether a connection matches the single matchers of TCP rules (R-125)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

from traefik_lint.golang import regexp
from traefik_lint.golang.text import to_lower
from traefik_lint.runtime.expression.comparing import Version, fits_template, is_among, is_domain


class Connection(NamedTuple):
    """What the matchers of TCP rules look at; None means that it is not known."""

    server_name: str | None = ""
    client_ip: str | None = None
    alpn: Sequence[str] | None = ()


#: Arguments, connection and Traefik's version to an answer; None when it is not known.
TcpTest: TypeAlias = Callable[[list[str], Connection, Version], "bool | None"]


def _client_ip_tcp(values: list[str], connection: Connection, _version: Version) -> bool | None:
    return is_among(connection.client_ip, values)


def _alpn(values: list[str], connection: Connection, _version: Version) -> bool | None:
    return None if connection.alpn is None else any(value in connection.alpn for value in values)


def _host_sni(values: list[str], connection: Connection, version: Version) -> bool | None:
    if values[0] == "*":
        return True
    if connection.server_name is None:
        return None
    name = to_lower(connection.server_name.strip())
    # Before 3.7.0 the rule's own capitals made it match nothing.
    expected = values[0].lower() if version >= (3, 7, 0) else values[0]
    return bool(name) and (
        is_domain(name, expected.removesuffix("."), version) or (version < (3, 7, 0) and name == expected)
    )


def _host_sni_regexp(values: list[str], connection: Connection, _version: Version) -> bool | None:
    if connection.server_name is None:
        return None
    return regexp.compile(values[0]).search(to_lower(connection.server_name.strip()))


def _host_sni_v2(values: list[str], connection: Connection, _version: Version) -> bool | None:
    if "*" in values and (values[0] == "*" or connection.server_name):
        return True
    if connection.server_name is None:
        return None
    name = to_lower(connection.server_name.strip())
    return bool(name) and any(name in (value.lower(), value.lower().removesuffix(".")) for value in values)


def _host_sni_regexp_v2(values: list[str], connection: Connection, _version: Version) -> bool | None:
    if connection.server_name is None:
        return None
    name = to_lower(connection.server_name.strip())
    return any(fits_template(value, "sni", name) for value in values)


V3_TCP: dict[str, TcpTest] = {
    "ALPN": _alpn,
    "ClientIP": _client_ip_tcp,
    "HostSNI": _host_sni,
    "HostSNIRegexp": _host_sni_regexp,
}
V2_TCP: dict[str, TcpTest] = {
    "ALPN": _alpn,
    "ClientIP": _client_ip_tcp,
    "HostSNI": _host_sni_v2,
    "HostSNIRegexp": _host_sni_regexp_v2,
}
