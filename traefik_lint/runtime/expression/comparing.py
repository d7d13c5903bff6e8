"""What the matchers of HTTP and TCP rules compare in the same way."""

from __future__ import annotations

from traefik_lint.golang import regexp
from traefik_lint.golang.cidr import parse_ip, parse_trusted
from traefik_lint.runtime.expression.gorilla import Target, compile_template

Version = tuple[int, int, int]


def is_among(client_ip: str | None, values: list[str]) -> bool | None:
    """Tell whether an address is one of the addresses or in one of the networks; None when it is not known."""
    if client_ip is None:
        return None
    address = parse_ip(client_ip.partition("%")[0])
    return address is not None and any(network.contains(address) for network in parse_trusted(values))


def is_domain(domain: str, expected: str, version: Version) -> bool:
    """Compare a host with a host name or, since 3.7.0, a wildcard for its first label (R-113)."""
    if expected.startswith("*") and version >= (3, 7, 0):
        _, dot, rest = domain.partition(".")
        return expected == f"*{dot}{rest}"
    return domain == expected


def fits_template(template: str, target: Target, text: str) -> bool:
    """Tell whether a text fits a template of the v2 language."""
    return regexp.compile(compile_template(template, target).pattern).search(text)
