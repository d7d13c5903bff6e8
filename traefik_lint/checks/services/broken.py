"""TL511, TL512: services that Traefik can't build, so that their routers are disabled (R-201, R-202, R-207).

The texts are Traefik's own; it builds a service only when a router uses it.
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.model.values import Element
from traefik_lint.runtime.types import Runtime, Service

_NOT_CHECKED = "healthCheck not enabled in config"


@check("TL511", "failover-without-health-check", severity="error")
def failover_without_health_check(runtime: Runtime) -> Iterator[Draft]:
    """A failover, or a service with a health check of its children, needs children that tell when they are down."""
    for service in _own(runtime):
        text = next((error for error in service.errors if error.startswith("cannot register ")), None)
        if text is None or service.element is None:
            continue
        child = text.removeprefix("cannot register ").partition(" as updater")[0]
        reference = next(
            (one for one in service.references if one.value is not None and one.value.text == child), None
        )
        target = reference.target if reference is not None else None
        if reference is None or reference.value is None or _NOT_CHECKED not in text:
            continue
        if isinstance(target, Service) and target.errors:
            continue
        yield finding(
            reference.value,
            f"{quoted(child)} has no health check and never tells that it is down, so Traefik can't build"
            f" {quoted(service.name)}: its routers are disabled",
            hint="add healthCheck with a path to its loadBalancer"
            if not isinstance(target, Service) or target.type == "loadBalancer"
            else f"add healthCheck: {{}} to its {target.type}, and one to the services behind it",
            related=[(target if isinstance(target, Service) else None, "defined here")],
        )


@check("TL512", "impossible-service", severity="error")
def impossible_service(runtime: Runtime) -> Iterator[Draft]:
    """Two types in one service, none at all, or a service that leads back to itself."""
    for services in (runtime.services, runtime.tcp_services, runtime.udp_services):
        for service in services.values():
            if service.element is None or isinstance(service.origin, KubernetesObject):
                continue
            types = [name for name, value in service.element if name != "middlewares"]
            if any("multi-types service" in error for error in service.errors) and len(types) > 1:
                place = service.element.fields[types[1]]
                yield finding(
                    place if not isinstance(place, Element) or place.key is None else place.key,
                    f"service {quoted(service.name)} has {len(types)} types ({' and '.join(types)}): its routers are"
                    " disabled",
                    hint="make a service of its own of each",
                )
            for error in service.errors:
                if error.startswith("could not instantiate service") and "recursion detected" in error:
                    first = next((one.value for one in service.references if one.value is not None), None)
                    yield finding(
                        first if first is not None else service,
                        f"service {quoted(service.name)} leads back to itself: its routers are disabled",
                        hint="name other services here",
                    )
                    break


def _own(runtime: Runtime) -> Iterator[Service]:
    for service in runtime.services.values():
        if (
            service.errors
            and service.element is not None
            and not isinstance(service.origin, KubernetesObject)
        ):
            yield service
