"""TL206, TL212: routers without tls where only TLS arrives, or where a redirection takes everything.

A router without `tls` never answers https, on any entry point (R-086, K-060b); the redirection of an entry point
beats every other router there (R-087).
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import listed, quoted, titled
from traefik_lint.checks.notation import notation_for, option
from traefik_lint.checks.registry import Draft, Place, check, finding
from traefik_lint.checks.traffic import answering_routers, hosts_of, is_plain, is_secure, redirection
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.runtime.types import EntryPoint, Router, Runtime

_ROUTER_TLS = "traefik.ingress.kubernetes.io/router.tls"


@check("TL206", "plain-router-on-tls-entry-point", severity="warning", needs=("entry-points",))
def plain_router_on_tls_entry_point(runtime: Runtime) -> Iterator[Draft]:
    answering = answering_routers(runtime)
    bare = {
        name: point
        for name, point in runtime.entry_points.items()
        if point.tls is None and is_secure(runtime, point)
    }
    for router in runtime.definitions["http"].values():
        if router.tls or router.generated or router.parents:
            continue
        for place, name in _asked(router):
            point = bare.get(name)
            if point is None or answering.other(name, router, tls=True):
                continue
            yield finding(
                place,
                f"{titled(router)} has no tls, so https requests on {quoted(name)} get 404",
                hint=_hint(router),
                related=[(point.span, f"TLS arrives here ({point.address})")],
            )


def _asked(router: Router) -> Iterator[tuple[Place, str]]:
    """The entry points that a router names; all that it gets where its Ingress asks for TLS (K-111)."""
    if router.entry_point_values:
        for value in router.entry_point_values:
            if value.known:
                yield value, value.text
        return
    tls = _ingress_tls(router)
    if tls is not None:
        for name in router.entry_points:
            yield tls, name


def _ingress_tls(router: Router) -> Place | None:
    """The `tls` section of the Ingress that a router comes from."""
    origin = router.origin
    if not isinstance(origin, KubernetesObject) or origin.kind != "Ingress" or origin.spec is None:
        return None
    entry = origin.spec.entry("tls")
    return entry.key if entry is not None else None


def _hint(router: Router) -> str:
    elsewhere = "or http.tls to the entry point"
    if isinstance(router.origin, KubernetesObject) and router.origin.kind == "Ingress":
        what = "spec.tls only loads certificates: " if _ingress_tls(router) is not None else ""
        return f'{what}add the annotation {_ROUTER_TLS}: "true", {elsewhere}'
    notation = notation_for(router)
    if notation in ("yaml", "crd"):
        return f"add `tls: {{}}` to the router, {elsewhere}"
    tls = option(f"http.routers.{router.definition.rpartition('@')[0]}.tls", "true", notation)
    return f"add {quoted(tls)} to the router, {elsewhere}"


@check(
    "TL212",
    "router-behind-redirection",
    severity="warning",
    needs=("entry-points", "docker", "swarm", "file", "kubernetescrd", "kubernetes", "other-providers"),
)
def router_behind_redirection(runtime: Runtime) -> Iterator[Draft]:
    """Every request to such a router is redirected to where nothing answers for its host."""
    answering = answering_routers(runtime)
    targets = {name: _target(runtime, point) for name, point in runtime.entry_points.items()}
    for router in runtime.definitions["http"].values():
        if router.tls or router.generated or router.status == "disabled" or not router.entry_points:
            continue
        ends = [targets.get(name) for name in router.entry_points]
        if router.span is None or redirection(router) is not None or None in ends or not hosts_of(router):
            continue
        lost = {end.name: end for end in ends if end is not None and end.name not in router.entry_points}
        if not lost or any(answering.other(name, router, tls=True) for name in lost):
            continue
        place = router.entry_point_values[0] if router.entry_point_values else router
        yield finding(
            place,
            f"{listed(router.entry_points)} sends every request for {titled(router)} to "
            f"{listed(lost)}, where no router with tls answers for {listed(hosts_of(router), 3)}: 404",
            hint=f"put the router on {listed(lost)} with tls",
            related=[
                (runtime.entry_points[name].redirect_to, "the redirection") for name in router.entry_points
            ],
        )


def _target(runtime: Runtime, point: EntryPoint) -> EntryPoint | None:
    """The TLS entry point that takes everything that arrives on another one; None when something may stay."""
    to = point.redirect_to
    if to is None or not to.known or not is_plain(runtime, point) or point.element is None:
        return None
    section = point.element.element("http", "redirections", "entryPoint")
    if section is None or "priority" in section or section.string("scheme", default="https") != "https":
        return None
    if point.middlewares or point.element.flag("allowACMEByPass"):
        return None
    target = runtime.entry_points.get(to.text)
    return target if target is not None and target.protocol == "tcp" else None
