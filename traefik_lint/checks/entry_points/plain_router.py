"""TL206: a router without tls where only TLS arrives: https requests get 404 (R-086, K-060b)."""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import quoted
from traefik_lint.checks.notation import notation_for, option
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.checks.traffic import hosts_of, is_secure, may_serve, routers_on
from traefik_lint.runtime.types import EntryPoint, Router, Runtime


@check("TL206", "plain-router-on-tls-entry-point", severity="warning", needs=("entry-points",))
def plain_router_on_tls_entry_point(runtime: Runtime) -> Iterator[Draft]:
    for router in runtime.definitions["http"].values():
        if router.tls or router.generated or router.parents:
            continue
        for name in router.entry_point_values:
            point = runtime.entry_points.get(name.text) if name.known else None
            if point is None or point.tls is not None or not is_secure(runtime, point):
                continue
            if _tls_answers(runtime, point, router):
                continue
            tls = option(
                f"http.routers.{router.definition.rpartition('@')[0]}.tls", "true", notation_for(router)
            )
            hint = "add `tls: {}`" if notation_for(router) in ("yaml", "crd") else f"add {quoted(tls)}"
            yield finding(
                name,
                f"router {quoted(router.definition)} has no tls, so https requests on {quoted(name.text)} get 404",
                hint=f"{hint} to the router, or http.tls to the entry point",
                related=[(point.span, f"TLS arrives here ({point.address})")],
            )


def _tls_answers(runtime: Runtime, point: EntryPoint, router: Router) -> bool:
    hosts = hosts_of(router)
    return any(
        other.tls and other.definition != router.definition and (not hosts or may_serve(other, hosts))
        for other in routers_on(runtime, point)
    )
