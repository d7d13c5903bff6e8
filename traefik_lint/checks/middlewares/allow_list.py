"""TL415: an allow list that sees the proxy in front instead of the visitors.

Without `ipStrategy` the address of the connection counts (R-175). Behind another proxy, which is what
`forwardedHeaders.trustedIPs` tells of, that is always the proxy's: when it is allowed everybody is, else nobody.
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.middlewares.flow import ways
from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.golang.cidr import Address, Network, parse_cidr, parse_trusted
from traefik_lint.golang.errors import GoError
from traefik_lint.model.values import Value
from traefik_lint.runtime.types import EntryPoint, Middleware, Runtime

#: Leading bits of 128: what is as good as every address, and what may be a group of proxies.
_EVERYBODY, _FEW = 96, 96 + 20
_LOOPBACK = parse_cidr("127.0.0.0/8")


@check("TL415", "allow-list-sees-proxy", severity="warning", confidence="medium", needs=("entry-points",))
def allow_list_sees_proxy(runtime: Runtime) -> Iterator[Draft]:
    told: set[str] = set()
    for router, steps in ways(runtime):
        for step in steps or []:
            middleware = step.middleware
            if middleware.type not in ("ipAllowList", "ipWhiteList") or middleware.name in told:
                continue
            points = [point for point in map(runtime.entry_points.get, router.using) if point is not None]
            trusted = [_trusted(point) for point in points]
            if not points or not all(trusted) or _has_strategy(middleware):
                continue
            allowed = _allowed(middleware, trusted[0])
            if allowed is None or middleware.options is None:
                continue
            told.add(middleware.name)
            source = middleware.options.get("sourceRange")
            yield finding(
                middleware.options
                if source is None
                else source.key.span
                if source.key is not None
                else source.span,
                f"without ipStrategy the proxy's own address is compared, and {quoted(allowed.text)} allows it: "
                "everybody who comes through the proxy gets in",
                hint="add ipStrategy.depth: 1 (the number of proxies in front of Traefik)",
                related=[(trusted[0][0], f"the proxy in front of {quoted(points[0].name)}")],
            )


def _trusted(point: EntryPoint) -> list[Value]:
    """The proxies that an entry point trusts; empty when it trusts none or any."""
    if point.element is None or point.element.flag("forwardedHeaders", "insecure"):
        return []
    return [
        value
        for value in point.element.values("forwardedHeaders", "trustedIPs")
        if value.known and value.text
    ]


def _has_strategy(middleware: Middleware) -> bool:
    return middleware.options is None or "ipStrategy" in middleware.options


def _allowed(middleware: Middleware, trusted: list[Value]) -> Value | None:
    """The allowed range that holds a proxy which is not this very machine."""
    options = middleware.options
    proxies = [
        network for value in trusted if (network := _network(value.text)) is not None and _is_proxy(network)
    ]
    for value in options.values("sourceRange") if options is not None else []:
        network = _network(value.text) if value.known else None
        if network is None or network.bits <= _EVERYBODY:
            continue
        if any(_holds(network, proxy) for proxy in proxies):
            return value
    return None


def _network(text: str) -> Network | None:
    try:
        return parse_trusted([text])[0]
    except GoError:
        return None


def _is_proxy(network: Network) -> bool:
    """A few addresses of other machines; a wide network may hold visitors as well."""
    return network.bits >= _FEW and not _holds(_LOOPBACK, network) and network.number != 1


def _holds(outer: Network, inner: Network) -> bool:
    return outer.bits <= inner.bits and outer.contains(Address(inner.number, written_as_ipv4=True))
