"""TL203, TL204, TL205: TLS routers and plain HTTP.

A router with `tls` never answers plain HTTP, on any entry point (R-086, K-060): clients that type the host name get
404 unless something redirects them.
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import listed, quoted, titled
from traefik_lint.checks.registry import Draft, Place, check, finding
from traefik_lint.checks.traffic import (
    answering_routers,
    has_known_rule,
    hosts_of,
    is_plain,
    is_plain_name,
    is_redirected,
    is_secure,
    is_secure_name,
    redirection,
    takes_any_host,
)
from traefik_lint.runtime.types import EntryPoint, Middleware, Reference, Router, Runtime


@check("TL203", "tls-router-on-plain-entry-point", severity="warning")
def tls_router_on_plain_entry_point(runtime: Runtime) -> Iterator[Draft]:
    answering = answering_routers(runtime)
    plain = _unredirected(runtime) if runtime.is_closed("entry-points") else _plain_by_name(runtime)
    said: set[int] = set()
    for router in runtime.definitions["http"].values():
        if not router.tls or router.generated or _lost_redirects(router):
            continue
        for name in router.entry_point_values:
            if not name.known or name.text not in plain or answering.other(name.text, router, tls=False):
                continue
            if id(name.node) in said:
                continue  # the routes of one manifest share their entry points
            said.add(id(name.node))
            yield finding(
                name,
                f"{titled(router)} has tls, so on {quoted(name.text)} plain HTTP gets 404",
                hint=f"redirect {quoted(name.text)} to the TLS entry point (http.redirections.entryPoint.to), "
                "or add a router without tls for it",
                related=[(_tls_place(router), "tls is switched on here")],
                confidence=None if runtime.is_closed("entry-points") else "medium",
            )


def _unredirected(runtime: Runtime) -> set[str]:
    """The entry points where plain HTTP arrives and nothing sends it elsewhere."""
    return {
        name
        for name, point in runtime.entry_points.items()
        if is_plain(runtime, point) and not is_secure(runtime, point) and not is_redirected(runtime, point)
    }


def _plain_by_name(runtime: Runtime) -> set[str]:
    """Without the static configuration: names that everyone uses for plain HTTP, in manifests that use both kinds.

    Containers' labels are left out: their Traefik's own redirection often stands in another project.
    """
    names: set[str] = set()
    for router in runtime.definitions["http"].values():
        if router.provider in ("kubernetescrd", "kubernetes"):
            names.update(router.entry_points)
    if not any(is_secure_name(name) for name in names):
        return set()
    redirected = {
        name
        for router in runtime.definitions["http"].values()
        if not router.tls and redirection(router) is not None and takes_any_host(router)
        for name in router.entry_points
    }
    return {name for name in names - redirected if is_plain_name(name)}


def _tls_place(router: Router) -> Place | None:
    return router.element.element("tls") if router.element is not None else None


@check(
    "TL204",
    "missing-redirect",
    severity="warning",
    confidence="medium",
    needs=("entry-points", "docker", "swarm", "file"),
)
def missing_redirect(runtime: Runtime) -> Iterator[Draft]:
    answering = answering_routers(runtime)
    secure = {name: point for name, point in runtime.entry_points.items() if is_secure(runtime, point)}
    routers = [router for router in runtime.definitions["http"].values() if _answers_tls(router, secure)]
    for point in runtime.entry_points.values():
        if point.name in secure or not is_plain(runtime, point) or point.span is None:
            continue
        if is_redirected(runtime, point):
            continue
        lost = [
            router
            for router in routers
            if not _is_asked_for(router, point) and not answering.other(point.name, router, tls=False)
        ]
        if not lost:
            continue
        if answering.any_on(point.name, tls=False):
            told = [one for one in lost if one.span is not None and hosts_of(one) and has_known_rule(one)]
            yield from (_lost(router, point) for router in told)
        elif runtime.is_closed("other-providers"):
            yield _nothing_answers(point, lost)


def _answers_tls(router: Router, secure: dict[str, EntryPoint]) -> bool:
    if router.generated or router.status == "disabled" or router.provider == "internal":
        return False
    return any(router.tls or secure[name].tls is not None for name in router.entry_points if name in secure)


def _is_asked_for(router: Router, point: EntryPoint) -> bool:
    """Whether a router answers plain HTTP here itself, or names the entry point, which another rule looks at."""
    if not router.tls and point.name in router.entry_points:
        return True
    return any(value.text == point.name for value in router.entry_point_values)


def _nothing_answers(point: EntryPoint, lost: list[Router]) -> Draft:
    hosts = sorted({host for router in lost for host in hosts_of(router) if has_known_rule(router)})
    what = f"for {listed(hosts, 3)} " if hosts else ""
    return finding(
        point,
        f"plain HTTP {what}on {quoted(point.name)} gets 404: every router answers TLS only and nothing redirects",
        hint="add http.redirections.entryPoint.to with the TLS entry point to this entry point",
        related=[(router, f"{titled(router)} answers TLS only") for router in lost[:3]],
    )


def _lost(router: Router, point: EntryPoint) -> Draft:
    return finding(
        router,
        f"{titled(router)} answers TLS only, so plain HTTP for {listed(hosts_of(router), 3)} "
        f"on {quoted(point.name)} gets 404",
        hint=f"add a router without tls on {quoted(point.name)} with a redirectScheme middleware, "
        f"or redirect the whole entry point",
        related=[(point.span, "plain HTTP arrives here")],
    )


@check("TL205", "redirect-on-tls-router", severity="warning")
def redirect_on_tls_router(runtime: Runtime) -> Iterator[Draft]:
    """Where plain HTTP is redirected elsewhere the middleware is only needless, which is no more than a remark."""
    closed = runtime.is_closed("entry-points")
    plain = _unredirected(runtime) if closed else {"web", "http"}
    said: set[int] = set()
    for router in runtime.definitions["http"].values():
        for reference, target in _lost_redirects(router):
            value = reference.value
            if value is None or id(value.node) in said:
                continue
            said.add(id(value.node))
            is_lost = not router.entry_point_values or not plain.isdisjoint(router.entry_points)
            if closed and not plain:
                is_lost = False
            yield finding(
                value,
                f"{titled(router)} has tls and never sees plain HTTP, "
                f"so {quoted(value.text)} never redirects anything",
                hint="put the redirect on a router without tls on the plain entry point, "
                "or redirect the entry point itself (http.redirections.entryPoint.to)",
                related=[(target, "the redirect")],
                severity=None if is_lost else "info",
            )


def _lost_redirects(router: Router) -> list[tuple[Reference, Middleware]]:
    """The redirects to https on a router that only sees https."""
    target = redirection(router) if router.tls and not router.generated and router.middlewares else None
    if target is None or target.type != "redirectScheme" or target.options is None:
        return []
    if target.options.string("scheme") != "https" or target.options.string("port") not in ("", "443"):
        return []
    return [(one, target) for one in router.middlewares if one.target is target and one.value is not None]
