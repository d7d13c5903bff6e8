"""After building: who uses what, and where each reference leads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from traefik_lint.runtime.names import provider_of, qualify
from traefik_lint.runtime.types import Middleware, Reference, Router, Runtime, Service


def link_references(runtime: Runtime) -> None:
    """Fill in users of services and middlewares, targets of references, statuses of split definitions."""
    for routers, services in (
        (runtime.routers, runtime.services),
        (runtime.tcp_routers, runtime.tcp_services),
        (runtime.udp_routers, runtime.udp_services),
    ):
        for router in routers.values():
            _note_service(router, services)
            _note_middlewares(router, runtime)
        for service in services.values():
            _point(service.references, services)
            service.used_by.sort()
    for middlewares in (runtime.middlewares, runtime.tcp_middlewares):
        for middleware in middlewares.values():
            _point(middleware.references, middlewares)
            middleware.used_by.sort()
    _gather_statuses(runtime)


def _note_service(router: Router, services: Mapping[str, Service]) -> None:
    if router.service is None:
        return
    service = services.get(router.service.name)
    router.service.target = service
    if service is not None:
        service.used_by.append(router.name)


def _note_middlewares(router: Router, runtime: Runtime) -> None:
    if router.protocol == "udp":
        return
    known = runtime.middlewares if router.protocol == "http" else runtime.tcp_middlewares
    _point(router.middlewares, known)
    if router.protocol != "http":
        return  # Traefik does not count users of tcp middlewares
    names = router.config.get("middlewares")
    for name in names if isinstance(names, list) else ():
        middleware = known.get(qualify(name, provider_of(router.name)))
        if middleware is not None:
            middleware.used_by.append(router.name)


def _point(references: Iterable[Reference], known: Mapping[str, Middleware] | Mapping[str, Service]) -> None:
    for reference in references:
        reference.target = known.get(reference.name)


def _gather_statuses(runtime: Runtime) -> None:
    """A definition that runs under several names shows the worst of their statuses and all their errors."""
    definitions = runtime.definitions["http"]
    rank = {"enabled": 0, "warning": 1, "disabled": 2}
    for router in runtime.routers.values():
        definition = definitions.get(router.definition)
        if definition is None or definition is router:
            continue
        definition.errors += [error for error in router.errors if error not in definition.errors]
        definition.using = sorted({*definition.using, *router.using})
        if rank[router.status] > rank[definition.status]:
            definition.status = router.status
        definition.priority = definition.priority or router.priority
        _point(definition.middlewares, runtime.middlewares)
