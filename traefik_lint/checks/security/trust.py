"""TL803 to TL806: what Traefik believes without looking: certificates, forwarded headers, addresses (S-040, R-165)."""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.container_services import rule_label
from traefik_lint.checks.names import quoted, titled
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.checks.security.authentication import asks_for_password
from traefik_lint.checks.traffic import hosts_of, is_plain, is_redirected
from traefik_lint.model.values import Element, Value
from traefik_lint.runtime.types import Middleware, Runtime

_EVERYWHERE = frozenset(("0.0.0.0/0", "::/0"))
_BY_ADDRESS = frozenset(("ipAllowList", "ipWhiteList", "inFlightReq", "rateLimit"))


@check("TL803", "allow-list-of-all", severity="warning")
def allow_list_of_all(runtime: Runtime) -> Iterator[Draft]:
    """A list of allowed addresses that allows every address."""
    for group in (runtime.middlewares, runtime.tcp_middlewares):
        for middleware in group.values():
            if middleware.type not in ("ipAllowList", "ipWhiteList") or middleware.options is None:
                continue
            for value in middleware.options.values("sourceRange"):
                if value.known and value.text.strip() in _EVERYWHERE:
                    yield finding(
                        value,
                        f"{quoted(value.text.strip())} allows every address, so {quoted(middleware.name)} keeps nobody"
                        " out",
                        hint="name the networks that may come in, or take the middleware out",
                    )


@check("TL804", "forwarded-headers-believed", severity="info")
def forwarded_headers_believed(runtime: Runtime) -> Iterator[Draft]:
    """With insecure set, every client may write what it likes into X-Forwarded-For and PROXY headers."""
    static = runtime.deployment.static
    points = static.element.element("entryPoints") if static is not None else None
    for name, point in points or ():
        if not isinstance(point, Element):
            continue
        for section in ("forwardedHeaders", "proxyProtocol"):
            value = point.value(section, "insecure")
            if value is None or value.data is not True:
                continue
            depending = _by_forwarded_address(runtime)
            effect = f", which {quoted(depending.name)} relies on" if depending is not None else ""
            yield finding(
                value.key if value.key is not None else value,
                f"the entry point {quoted(name)} believes every client's word about its address{effect}",
                hint=f"name the proxies in front of it: {section}.trustedIPs",
                related=[(depending, "decides by the address")],
                severity="warning" if depending is not None else None,
            )


def _by_forwarded_address(runtime: Runtime) -> Middleware | None:
    """A middleware that decides by the address in X-Forwarded-For."""
    for middleware in runtime.middlewares.values():
        options = middleware.options
        if middleware.type not in _BY_ADDRESS or options is None or not middleware.used_by:
            continue
        for path in (("ipStrategy",), ("sourceCriterion", "ipStrategy")):
            if options.value(*path, "depth") is not None or options.values(*path, "excludedIPs"):
                return middleware
    return None


@check("TL805", "certificates-not-verified", severity="info")
def certificates_not_verified(runtime: Runtime) -> Iterator[Draft]:
    """insecureSkipVerify for all servers at once; for one server it is a decision, for all it is a hole."""
    static = runtime.deployment.static
    value = static.element.value("serversTransport", "insecureSkipVerify") if static is not None else None
    if isinstance(value, Value) and value.data is True:
        yield finding(
            value.key if value.key is not None else value,
            "Traefik takes any certificate from any server: nothing keeps somebody else from answering in its place",
            hint="give the servers that need it a serversTransport of their own, with rootCAs where possible",
        )


@check("TL806", "password-over-plain-http", severity="info")
def password_over_plain_http(runtime: Runtime) -> Iterator[Draft]:
    """basicAuth on a router that clients reach by plain HTTP: the password travels readable."""
    for router in runtime.definitions["http"].values():
        if router.generated or router.tls or router.span is None or router.status == "disabled":
            continue
        middleware = asks_for_password(router)
        if middleware is None or all(_is_local(host) for host in hosts_of(router)):
            continue
        points = [runtime.entry_points.get(name) for name in router.using]
        known = [point for point in points if point is not None]
        if known and all(is_plain(runtime, point) and not is_redirected(runtime, point) for point in known):
            label = rule_label(router)
            yield finding(
                label.key if label is not None else router,
                f"{titled(router)} asks for a password over plain HTTP, where everybody on the way"
                " can read it",
                hint="give the router tls and an entry point for it, and redirect plain HTTP there",
                related=[(middleware, "the password is asked for here")],
            )


def _is_local(host: str) -> bool:
    return "." not in host or host.endswith((".localhost", ".local", ".lan", ".test", ".internal"))
