"""TL516: two different applications behind one service, because their labels give it the same name.

Names are shared by all containers of a provider; Traefik joins the servers of services that are alike in all else,
and answers from one application or the other in turn (R-060).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from traefik_lint.checks.container_services import containers_of, decoded, own_labels
from traefik_lint.checks.images import image_name
from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.checks.services.conflicts import together
from traefik_lint.model.compose import ComposeService, Label
from traefik_lint.model.values import Element
from traefik_lint.runtime.types import Runtime, Service


@check("TL516", "service-of-two-applications", severity="warning")
def service_of_two_applications(runtime: Runtime) -> Iterator[Draft]:
    for services in (runtime.services, runtime.tcp_services, runtime.udp_services):
        for service in services.values():
            if len(service.origins) < 2 or service.provider not in ("docker", "swarm"):
                continue
            pair = _different(runtime, service)
            if pair is None:
                continue
            first, second = pair
            name = service.name.rpartition("@")[0]
            places = [_defining_label(one, service, name) for one in pair]
            if places[1] is None:
                continue
            yield finding(
                places[1].key,
                f"service {quoted(name)} is also the name of a service of {quoted(first.name.value)}: Traefik joins the"
                f" two, and requests go to {quoted(first.name.value)} and {quoted(second.name.value)} in turn",
                hint="give each container's service a name of its own",
                related=[(places[0].key if places[0] else None, "the other one")],
            )


def _different(runtime: Runtime, service: Service) -> tuple[ComposeService, ComposeService] | None:
    """Two containers that are not the same application on purpose."""
    containers = sorted(containers_of(service), key=lambda one: (one.name.file.path, one.name.start))
    for first, other in pairwise(containers):
        if not together(first, other):
            continue
        if _application(first) != _application(other) or _asked_apart(runtime, service, first, other):
            return first, other
    return None


def _application(container: ComposeService) -> str:
    build = container.node.get("build")
    if build is not None:
        return build.span.text
    return image_name(container.image.value)[0] if container.image is not None else ""


def _asked_apart(runtime: Runtime, service: Service, one: ComposeService, other: ComposeService) -> bool:
    """Whether each has routers of its own, for requests of its own."""
    rules = [_rules(runtime, service, container) for container in (one, other)]
    return bool(rules[0]) and bool(rules[1]) and not rules[0] & rules[1]


def _rules(runtime: Runtime, service: Service, container: ComposeService) -> set[str]:
    routers = decoded(runtime, container, service.provider).element("http", "routers")
    found: set[str] = set()
    for _, router in routers or ():
        if isinstance(router, Element) and router.string("rule"):
            found.add(router.string("rule"))
    return found


def _defining_label(container: ComposeService, service: Service, name: str) -> Label | None:
    for label in own_labels(container, service.provider):
        parts = label.key.value.split(".")
        if len(parts) > 4 and parts[2].lower() == "services" and parts[3] == name:
            return label
    return None
