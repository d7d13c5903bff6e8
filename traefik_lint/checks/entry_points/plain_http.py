"""TL203, TL204, TL205: TLS routers and plain HTTP.

A router with `tls` never answers plain HTTP, on any entry point (R-086, K-060): clients that type the host name get
404 unless something redirects them.
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import listed, quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.checks.traffic import (
    hosts_of,
    is_plain,
    is_redirected,
    is_secure,
    plain_answers,
    redirection,
    routers_on,
)
from traefik_lint.runtime.types import EntryPoint, Router, Runtime


@check("TL203", "tls-router-on-plain-entry-point", severity="warning", needs=("entry-points",))
def tls_router_on_plain_entry_point(runtime: Runtime) -> Iterator[Draft]:
    for router in runtime.definitions["http"].values():
        if not router.tls or router.generated:
            continue
        for name in router.entry_point_values:
            point = runtime.entry_points.get(name.text)
            if point is None or not is_plain(runtime, point) or is_secure(runtime, point):
                continue
            if is_redirected(runtime, point) or plain_answers(runtime, point, router):
                continue
            yield finding(
                name,
                f"router {quoted(router.definition)} has tls, so on {quoted(name.text)} plain HTTP gets 404",
                hint=f"redirect {quoted(name.text)} to the TLS entry point (http.redirections.entryPoint.to), "
                "or add a router without tls for it",
                related=[(router.element and router.element.element("tls"), "tls is switched on here")],
            )


@check(
    "TL204",
    "missing-redirect",
    severity="warning",
    confidence="medium",
    needs=("entry-points", "docker", "swarm", "file"),
)
def missing_redirect(runtime: Runtime) -> Iterator[Draft]:
    for point in runtime.entry_points.values():
        if not is_plain(runtime, point) or point.span is None or is_redirected(runtime, point):
            continue
        lost = [router for router in _tls_routers(runtime) if not plain_answers(runtime, point, router)]
        lost = [
            router for router in lost if point.name not in {value.text for value in router.entry_point_values}
        ]
        if not lost:
            continue
        if any(not router.tls for router in routers_on(runtime, point)):
            told = [
                router
                for router in lost
                if router.span is not None and hosts_of(router) and _is_known(router)
            ]
            yield from (_lost(router, point) for router in told)
        elif runtime.deployment.is_closed("kubernetescrd", "kubernetes", "other-providers"):
            yield _nothing_answers(point, lost)


def _tls_routers(runtime: Runtime) -> list[Router]:
    return [
        router
        for router in runtime.definitions["http"].values()
        if not router.generated and router.status != "disabled"
        and any(_has_tls(runtime, router, name) for name in router.entry_points)
    ]  # fmt: skip


def _has_tls(runtime: Runtime, router: Router, name: str) -> bool:
    point = runtime.entry_points.get(name)
    return point is not None and (router.tls or point.tls is not None) and is_secure(runtime, point)


def _nothing_answers(point: EntryPoint, lost: list[Router]) -> Draft:
    hosts = sorted({host for router in lost for host in hosts_of(router) if _is_known(router)})
    what = f"for {listed(hosts, 3)} " if hosts else ""
    return finding(
        point,
        f"plain HTTP {what}on {quoted(point.name)} gets 404: every router answers TLS only and nothing redirects",
        hint="add http.redirections.entryPoint.to with the TLS entry point to this entry point",
        related=[(router, f"router {quoted(router.definition)} answers TLS only") for router in lost[:3]],
    )


def _is_known(router: Router) -> bool:
    return router.rule_value is None or router.rule_value.known


def _lost(router: Router, point: EntryPoint) -> Draft:
    return finding(
        router,
        f"router {quoted(router.definition)} answers TLS only, so plain HTTP for {listed(hosts_of(router), 3)} "
        f"on {quoted(point.name)} gets 404",
        hint=f"add a router without tls on {quoted(point.name)} with a redirectScheme middleware, "
        f"or redirect the whole entry point",
        related=[(point.span, "plain HTTP arrives here")],
    )


@check("TL205", "redirect-on-tls-router", severity="warning")
def redirect_on_tls_router(runtime: Runtime) -> Iterator[Draft]:
    for router in runtime.definitions["http"].values():
        if not router.tls or router.generated:
            continue
        for reference in router.middlewares:
            target = redirection(router)
            if reference.target is not target or target is None or target.type != "redirectScheme":
                continue
            if (
                target.options is None
                or target.options.string("scheme") != "https"
                or reference.value is None
            ):
                continue
            if "port" in target.options and target.options.string("port") not in ("", "443"):
                continue
            yield finding(
                reference.value,
                f"router {quoted(router.definition)} has tls and never sees plain HTTP, "
                f"so {quoted(reference.value.text)} never redirects anything",
                hint="put the redirect on a router without tls on the plain entry point, "
                "or redirect the entry point itself (http.redirections.entryPoint.to)",
                related=[(target, "the redirect")],
            )
