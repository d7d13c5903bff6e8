"""Routers of connections and packets, trees of routers, priorities."""

from __future__ import annotations

import pytest

from tests.checks.lint import found_by

STATIC = """
entryPoints:
  web: {address: ":80"}
  raw: {address: ":9000"}
  secure: {address: ":443"}
  dns: {address: ":53/udp"}
  dns2: {address: ":54/udp"}
providers:
  file: {filename: dynamic.yml}
"""
SERVICES = {
    "http": "  services:\n    s: {loadBalancer: {servers: [{url: 'http://10.0.0.5:80'}]}}\n",
    "tcp": "  services:\n    s: {loadBalancer: {servers: [{address: '10.0.0.5:80'}]}}\n",
    "udp": "  services:\n    s: {loadBalancer: {servers: [{address: '10.0.0.5:80'}]}}\n"
    "    t: {loadBalancer: {servers: [{address: '10.0.0.6:80'}]}}\n",
}


def project(static: str = STATIC, **routers: tuple[str, ...]) -> dict[str, str]:
    """A file with the routers of each protocol, written as flow mappings without their braces."""
    text = ""
    for protocol, written in routers.items():
        text += f"{protocol}:\n  routers:\n"
        text += "".join(f"    {protocol}{number}: {{{router}}}\n" for number, router in enumerate(written))
        text += SERVICES[protocol]
    return {"dynamic.yml": text} if not static else {"traefik.yml": static, "dynamic.yml": text}


HTTP = "rule: Host(`a.test`), service: s, entryPoints: [web]"
HTTPS = "rule: Host(`a.test`), service: s, entryPoints: [secure], tls: {}"
ALL = "rule: HostSNI(`*`), service: s"


@pytest.mark.parametrize(
    ("http", "tcp", "found"),
    [
        (HTTP, f"{ALL}, entryPoints: [web]", True),
        (HTTP, ALL, True),
        (HTTP, f"{ALL}, entryPoints: [raw]", False),
        (HTTP, f"{ALL}, entryPoints: [web], tls: {{}}", False),
        (HTTP, "rule: ClientIP(`10.0.0.0/8`), service: s, entryPoints: [web]", False),
        (HTTPS, f"{ALL}, entryPoints: [secure]", False),
    ],
)
def test_tcp_routers_that_take_plain_http(http: str, tcp: str, found: bool) -> None:
    assert bool(found_by("TL117", project(http=(http,), tcp=(tcp,)))) is found


@pytest.mark.parametrize(
    ("tcp", "found"),
    [(ALL, True), (f"{ALL}, entryPoints: [raw]", False), (f"{ALL}, tls: {{}}", False)],
)
def test_tcp_routers_where_the_entry_points_are_unknown(tcp: str, found: bool) -> None:
    assert bool(found_by("TL117", project(static="", tcp=(tcp,)))) is found


@pytest.mark.parametrize(
    ("http", "tcp", "found"),
    [
        (HTTPS, "rule: HostSNI(`A.test`), service: s, entryPoints: [secure], tls: {passthrough: true}", True),
        (HTTPS, "rule: HostSNI(`a.test`), service: s, entryPoints: [secure, raw], tls: {}", False),
        (HTTPS, "rule: HostSNI(`b.test`), service: s, entryPoints: [secure], tls: {}", False),
        (HTTPS, f"{ALL}, entryPoints: [secure], tls: {{}}", False),
        (HTTP, "rule: HostSNI(`a.test`), service: s, entryPoints: [web], tls: {}", False),
    ],
)
def test_tcp_routers_behind_https(http: str, tcp: str, found: bool) -> None:
    assert bool(found_by("TL118", project(http=(http,), tcp=(tcp,)))) is found


@pytest.mark.parametrize(
    ("udp", "found"),
    [
        (("service: s, entryPoints: [dns]", "service: t, entryPoints: [dns]"), True),
        (("service: s", "service: t, entryPoints: [dns]"), True),
        (("service: s, entryPoints: [dns]", "service: t, entryPoints: [dns2]"), False),
        (("service: s, entryPoints: [dns]", "service: s, entryPoints: [dns]"), False),
    ],
)
def test_several_udp_routers(udp: tuple[str, ...], found: bool) -> None:
    assert bool(found_by("TL119", project(udp=udp))) is found


ROOT = "rule: Host(`a.test`), entryPoints: [web]"


@pytest.mark.parametrize(
    ("routers", "marked"),
    [
        ((ROOT, "rule: Path(`/x`), parentRefs: [http0@file], service: s"), []),
        ((ROOT, "rule: Path(`/x`), parentRefs: [http9@file], service: s"), ["[http9@file]"]),
        ((ROOT, "rule: Path(`/x`), parentRefs: [http0@file], service: s, tls: {}"), ["tls"]),
        ((ROOT, "rule: Path(`/x`), parentRefs: [http0@file], service: s, entryPoints: [web]"), ["[web]"]),
        ((f"{ROOT}, service: s", "rule: Path(`/x`), parentRefs: [http0@file], service: s"), ["s"]),
    ],
)
def test_router_trees(routers: tuple[str, ...], marked: list[str]) -> None:
    assert [text for _, _, text in found_by("TL116", project(http=routers))] == marked


@pytest.mark.parametrize(
    ("priority", "found"),
    [("9223372036854774808", True), ("9223372036854774807", False), ("-5", False), ("0", False)],
)
def test_priorities(priority: str, found: bool) -> None:
    assert bool(found_by("TL115", project(http=(f"{HTTP}, priority: {priority}",)))) is found
