"""Building udp routers and services (pkg/server/router/udp, pkg/server/service/udp; R-080, R-130)."""

from __future__ import annotations

from traefik_lint.golang.text import quote
from traefik_lint.runtime.addresses import address_error
from traefik_lint.runtime.defaults import Json
from traefik_lint.runtime.names import provider_of, qualify
from traefik_lint.runtime.routers import use_entry_points
from traefik_lint.runtime.static import StaticConfiguration
from traefik_lint.runtime.status import MAX_DEPTH, BuildError, add_error
from traefik_lint.runtime.types import Router, Runtime, Service, Undetermined

_MULTIPLE_TYPES = (
    "cannot create service: multi-types service not supported,"
    " consider declaring two different pieces of service instead"
)


def build_udp(runtime: Runtime, static: StaticConfiguration) -> None:
    """Build every udp router and give it its status; one entry point serves only one of them (R-130)."""
    points = static.udp_entry_points
    known = frozenset(points)
    serving: dict[str, list[str]] = {}
    for router in runtime.udp_routers.values():
        if not router.entry_points:
            router.entry_points = points
        use_entry_points(router, known)
        if not router.using:
            continue
        try:
            _build_router(router, runtime)
        except BuildError as error:
            add_error(router, error.text, critical=True)
        for point in dict.fromkeys(router.using):
            serving.setdefault(point, []).append(router.name)
    for point, names in serving.items():
        if len(names) > 1:
            runtime.logs.append(
                (f"Config has more than one udp router for a given entrypoint. ({point})", None)
            )
            runtime.undetermined.append(Undetermined("udp-router", tuple(sorted(names)), "R-130"))


def _build_router(router: Router, runtime: Runtime) -> None:
    service = router.config.get("service")
    if not isinstance(service, str) or not service:
        raise BuildError("the service is missing on the udp router")
    _build_service(qualify(service, provider_of(router.name)), runtime, 0)


def _build_service(name: str, runtime: Runtime, depth: int) -> None:
    service = runtime.udp_services.get(name)
    if service is None:
        raise BuildError(f"the UDP service {quote(name)} does not exist")
    config = service.config
    balancer, weighted = config.get("loadBalancer"), config.get("weighted")
    if balancer is not None and weighted is not None:
        add_error(service, _MULTIPLE_TYPES, critical=True)
        raise BuildError(_MULTIPLE_TYPES)
    if isinstance(balancer, dict):
        _note_bad_servers(service, balancer, runtime)
    elif isinstance(weighted, dict):
        children = weighted.get("services")
        for child in children if isinstance(children, list) and depth < MAX_DEPTH else ():
            _build_child(service, child.get("name", ""), runtime, depth + 1)
    else:
        text = f"the UDP service {quote(name)} does not have any type defined"
        add_error(service, text, critical=True)
        raise BuildError(text)


def _build_child(parent: Service, name: str, runtime: Runtime, depth: int) -> None:
    try:
        _build_service(qualify(name, provider_of(parent.name)), runtime, depth)
    except BuildError as error:
        if runtime.version >= (3, 7, 11):
            add_error(parent, error.text, critical=True)
        raise


def _note_bad_servers(service: Service, options: Json, runtime: Runtime) -> None:
    servers = options.get("servers")
    for server in servers if isinstance(servers, list) else ():
        fault = address_error(server.get("address", ""))
        if fault is not None:
            runtime.logs.append((f"Failed to split host port: {fault}", service.span))
