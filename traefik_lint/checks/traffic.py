"""Which traffic an entry point sees: plain HTTP, TLS, what is published outside, and which routers take it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from traefik_lint.runtime.types import EntryPoint, Middleware, Router, Runtime

_REDIRECTS = frozenset({"redirectScheme", "redirectRegex"})
_HOST_MATCHERS = frozenset({"Host", "HostRegexp", "HostHeader"})
#: Matchers that leave out some requests for a host.
_NARROWING = _HOST_MATCHERS | {"Path", "Header", "Headers", "Query", "ClientIP"}


def outside_ports(runtime: Runtime, point: EntryPoint) -> set[int]:
    """The ports on which clients reach an entry point.

    Published host ports where a compose service runs Traefik in a network of its own, else the port of the address;
    empty when the container publishes nothing for it, or the port can't be read.
    """
    if point.port is None:
        return set()
    traefik = runtime.deployment.traefik
    if traefik is None or traefik.network_mode is not None or not traefik.ports:
        return {point.port}
    return {
        int(port.published)
        for port in traefik.ports
        if port.target == point.port and port.published.isdigit()
    }


def is_plain(runtime: Runtime, point: EntryPoint) -> bool:
    """Whether clients speak plain HTTP here beyond doubt: port 80 outside, or it redirects to another entry point."""
    if point.protocol != "tcp" or point.tls is not None:
        return False
    return 80 in outside_ports(runtime, point) or _redirects_elsewhere(point)


def is_secure(runtime: Runtime, point: EntryPoint) -> bool:
    """Whether clients speak TLS here beyond doubt: port 443 outside, TLS for all routers, or others redirect to it."""
    if point.protocol != "tcp":
        return False
    if point.tls is not None or 443 in outside_ports(runtime, point):
        return True
    return any(
        other.redirect_to is not None and other.redirect_to.text == point.name and other.name != point.name
        for other in runtime.entry_points.values()
    )


def _redirects_elsewhere(point: EntryPoint) -> bool:
    target = point.redirect_to
    return target is not None and target.text not in ("", point.name)


def routers_on(runtime: Runtime, point: EntryPoint) -> Iterator[Router]:
    """The http routers that an entry point really serves."""
    for router in runtime.routers.values():
        if point.name in router.using and router.status != "disabled":
            yield router


def is_redirected(runtime: Runtime, point: EntryPoint) -> bool:
    """Whether every plain request here is sent elsewhere: by the entry point or by a router that takes all."""
    if _redirects_elsewhere(point) and point.redirect_to is not None and not point.redirect_to.known:
        return True
    return any(
        not router.tls and redirection(router) is not None and takes_any_host(router)
        for router in routers_on(runtime, point)
    )


def redirection(router: Router) -> Middleware | None:
    """The middleware of a router that answers every request with a redirect to another URL, looking into chains."""
    pending = [reference.target for reference in router.middlewares]
    seen: set[str] = set()
    while pending:
        target = pending.pop()
        if not isinstance(target, Middleware) or target.name in seen:
            continue
        seen.add(target.name)
        if target.type in _REDIRECTS:
            return target
        pending.extend(reference.target for reference in target.references)
    return None


def takes_any_host(router: Router) -> bool:
    """Whether the rule says nothing of the host, or accepts any."""
    if router.rule is None or router.rule.root is None:
        return False
    for matcher in router.rule.matchers:
        if matcher.canonical == "HostRegexp" or (matcher.canonical == "Host" and matcher.values == ["*"]):
            continue
        if matcher.canonical in _NARROWING:
            return False
    return not any(matcher.negated for matcher in router.rule.matchers)


def hosts_of(router: Router) -> frozenset[str]:
    """The literal host names of a router's rule, in lower case."""
    if router.rule is None:
        return frozenset()
    return frozenset(
        value.lower() for matcher in router.rule.matchers if matcher.canonical in ("Host", "HostHeader")
        for value in matcher.values
    )  # fmt: skip


def may_serve(router: Router, hosts: Iterable[str]) -> bool:
    """Whether a router may take requests for one of these hosts; true when that can't be told."""
    if router.rule is None or router.rule.root is None:
        return True
    if router.rule_value is not None and not router.rule_value.known:
        return True
    names = {matcher.canonical for matcher in router.rule.matchers}
    if "HostRegexp" in names or not names & _HOST_MATCHERS:
        return True
    own = hosts_of(router)
    if any("*" in host or "{" in host or "$" in host for host in own):
        return True
    return not own.isdisjoint(hosts)


def plain_answers(runtime: Runtime, point: EntryPoint, router: Router) -> bool:
    """Whether plain HTTP for a router's hosts is answered on an entry point by some other router."""
    hosts = hosts_of(router)
    return any(
        not other.tls and other.definition != router.definition and (not hosts or may_serve(other, hosts))
        for other in routers_on(runtime, point)
    )
