"""TL120: a router on Traefik's own container that names no service, and so leads to Traefik itself.

A router in labels gets the container's own server (R-031, R-034), which for Traefik's is its own port 80: requests go
round in circles. The dashboard is `api@internal` (R-200).
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.container_services import containers_of, decoded, port_number, rule_label
from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.checks.traffic import redirection
from traefik_lint.model.values import Element
from traefik_lint.runtime.types import Router, Runtime, Service


@check("TL120", "router-to-traefik-itself", severity="warning")
def router_to_traefik_itself(runtime: Runtime) -> Iterator[Draft]:
    traefik = runtime.deployment.traefik
    if traefik is None or not runtime.is_closed("static"):
        return
    for router in runtime.definitions["http"].values():
        reference = router.service
        if router.origin is not traefik or router.element is None or router.generated or reference is None:
            continue
        target = reference.target
        if router.default_rule or not isinstance(target, Service) or reference.value is not None:
            continue
        if [container for container in containers_of(target) if container is not traefik]:
            continue
        if redirection(router) is not None or not _asks_itself(runtime, router, target):
            continue
        if any(one.target is None for one in router.middlewares):
            continue  # what the missing ones do can't be told
        label = rule_label(router)
        name = router.definition.rpartition("@")[0]
        yield finding(
            label.key if label is not None else router.element,
            f"router {quoted(router.definition)} names no service, so it leads to Traefik's own container and requests"
            " go round in circles",
            hint=f"add traefik.http.routers.{name}.service=api@internal for the dashboard",
        )


def _asks_itself(runtime: Runtime, router: Router, service: Service) -> bool:
    """Whether the server is an entry point that answers requests as any other does, not that of the API."""
    traefik = runtime.deployment.traefik
    if traefik is None:
        return False
    balancer = decoded(runtime, traefik, router.provider).get(
        "http", "services", service.name.rpartition("@")[0], "loadBalancer"
    )
    servers = balancer.elements("servers") if isinstance(balancer, Element) else []
    port = servers[0].value("port") if servers else None
    if port is None or not port.text:
        return traefik.network_mode is None
    number = port_number(port.text)
    own = {point.port for point in runtime.entry_points.values() if point.name != "traefik"}
    return number is not None and number in own and port.known
