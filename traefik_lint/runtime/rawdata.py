"""The runtime in the shape of Traefik's `/api/rawdata`."""

from __future__ import annotations

from collections.abc import Mapping

from traefik_lint.runtime.defaults import Json
from traefik_lint.runtime.pause import collector_paused
from traefik_lint.runtime.types import Middleware, Router, Runtime, Service


def rawdata(runtime: Runtime) -> Json | None:
    """What the real Traefik would answer; None when it would not start."""
    if runtime.refused is not None:
        return None
    with collector_paused():
        return _shown(runtime)


def _shown(runtime: Runtime) -> Json:
    return {
        "routers": _routers(runtime.routers),
        "middlewares": _used(runtime.middlewares),
        "services": _used(runtime.services),
        "tcpRouters": _routers(runtime.tcp_routers),
        "tcpMiddlewares": _used(runtime.tcp_middlewares),
        "tcpServices": _used(runtime.tcp_services),
        "udpRouters": _routers(runtime.udp_routers),
        "udpServices": _used(runtime.udp_services),
    }


def _routers(routers: Mapping[str, Router]) -> Json:
    return {name: _router(router) for name, router in sorted(routers.items())}


def _router(router: Router) -> Json:
    shown = dict(router.config)
    if router.errors:
        shown["error"] = list(router.errors)
    shown["status"] = router.status
    if router.using:
        shown["using"] = list(router.using)
    return shown


def _used(elements: Mapping[str, Middleware | Service]) -> Json:
    return {name: _element(elements[name]) for name in sorted(elements)}


def _element(element: Middleware | Service) -> Json:
    shown = dict(element.config)
    if element.errors:
        shown["error"] = list(element.errors)
    shown["status"] = element.status
    if element.used_by:
        shown["usedBy"] = list(element.used_by)
    if isinstance(element, Service) and element.server_status:
        shown["serverStatus"] = dict(element.server_status)
    return shown
