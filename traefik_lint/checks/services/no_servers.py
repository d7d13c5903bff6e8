"""TL513: a service that answers every request with 503: it has no servers, or no child with a weight (R-203)."""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.container_services import used_services
from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.deployment import DynamicFile
from traefik_lint.model.values import Element, Value
from traefik_lint.runtime.types import Runtime, Service


@check("TL513", "service-without-servers", severity="warning")
def service_without_servers(runtime: Runtime) -> Iterator[Draft]:
    used = used_services(runtime)
    for service in runtime.services.values():
        # A service of a file alone: redirecting routers often lead to one without servers on purpose.
        if not isinstance(service.origin, DynamicFile) or service.name not in used or service.element is None:
            continue
        options = service.element.element(service.type) if service.type else None
        if service.errors or options is None or _may_answer(service.type, options):
            continue
        if _only_redirects(runtime, service):  # last, for it looks through all routers
            continue
        what = "no servers" if service.type == "loadBalancer" else "no service with a weight"
        yield finding(
            service,
            f"service {quoted(service.name)} has {what}: every request gets 503",
            hint="add servers with a url" if service.type == "loadBalancer" else "give one of them a weight",
        )


def _may_answer(kind: str, options: Element) -> bool:
    if kind == "loadBalancer":
        return bool(options.elements("servers"))
    if kind != "weighted":
        return True
    return any(_weight(child) for child in options.elements("services"))


def _weight(child: Element) -> bool:
    value = child.value("weight")
    return not isinstance(value, Value) or not value.known or value.data != 0


def _only_redirects(runtime: Runtime, service: Service) -> bool:
    """Whether no router needs an answer from it: it is only there because a router must have a service."""
    from traefik_lint.checks.traffic import redirection

    routers = [
        router
        for router in runtime.definitions["http"].values()
        if router.service is not None and router.service.name == service.name
    ]
    return bool(routers) and all(router.middlewares and redirection(router) is not None for router in routers)
