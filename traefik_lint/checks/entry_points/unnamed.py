"""TL214: routers that name no entry point and so get all of them (R-080, S-036).

It matters where one of them is not meant for everybody: the dashboard is served in plain HTTP then, or routers answer
on entry points of their own kind.
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import listed, quoted, titled
from traefik_lint.checks.notation import notation_for, option
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.checks.traffic import is_plain, is_redirected, is_secure
from traefik_lint.runtime.types import Router, Runtime

#: From so many entry points on they are hardly all meant for the same routers.
_MANY = 3


@check(
    "TL214", "router-on-every-entry-point", severity="warning", confidence="medium", needs=("entry-points",)
)
def router_on_every_entry_point(runtime: Runtime) -> Iterator[Draft]:
    routers = [router for router in runtime.definitions["http"].values() if _names_none(router)]
    if not routers or any(point.as_default for point in runtime.entry_points.values()):
        return
    points = [runtime.entry_points[name] for name in routers[0].entry_points if name in runtime.entry_points]
    plain = [point.name for point in points if is_plain(runtime, point) and not is_redirected(runtime, point)]
    secure = [point.name for point in points if is_secure(runtime, point)]
    told: set[str] = set()
    for router in routers:
        if not _is_internal(router) or router.tls or not plain or not secure:
            continue
        told.add(router.definition)
        yield finding(
            router,
            f"{titled(router)} names no entry point, so {quoted(_service(router))} is served in "
            f"plain HTTP on {listed(plain)}",
            hint=f"{_hint(router, secure[0])}, with tls",
        )
    rest = [router for router in routers if router.definition not in told]
    if len(points) >= _MANY and rest:
        yield finding(
            rest[0],
            f"{listed((router.definition for router in rest), 3)}: no entry point is named, so all of "
            f"{listed(point.name for point in points)} serve it",
            hint=_hint(rest[0], (secure or [points[0].name])[0])
            + ", or set asDefault on the entry points that are meant for all",
            related=[(router, "this router names none either") for router in rest[1:4]],
            severity="info",
        )


def _names_none(router: Router) -> bool:
    return not (
        router.entry_point_values
        or router.generated
        or router.default_rule
        or router.provider == "internal"
        or router.span is None
        or "parentRefs" in router.config
    )


def _is_internal(router: Router) -> bool:
    return _service(router).endswith("@internal") and _service(router) != "noop@internal"


def _service(router: Router) -> str:
    return router.service.name if router.service is not None else ""


def _hint(router: Router, name: str) -> str:
    notation = notation_for(router)
    if notation in ("yaml", "crd"):
        return f"write `entryPoints: [{name}]`"
    path = f"http.routers.{router.definition.rpartition('@')[0]}.entryPoints"
    return f"write {option(path, name, notation)}"
