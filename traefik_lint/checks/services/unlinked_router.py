"""TL502: a router of a container with several services that names none of them.

Traefik fills a router's service in only where the container has just one; else it drops the router (R-036, R-038).
A service's name spelled in two ways makes two of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.container_services import decoded, find_rule, own_labels, used_services
from traefik_lint.checks.names import listed, nearest_name, quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.compose import ComposeService, Label
from traefik_lint.runtime.types import Drop, Runtime


@check("TL502", "router-without-service", severity="error")
def router_without_service(runtime: Runtime) -> Iterator[Draft]:
    for drop in runtime.drops:
        if (
            drop.kind != "several-services"
            or drop.span is None
            or not isinstance(drop.origin, ComposeService)
        ):
            continue
        router = drop.subject.partition('"')[2].rstrip('"')
        protocol, services = _services(drop, drop.origin)
        meant = router if router in services else nearest_name(router, services)
        near = next(
            ((one, other) for one in sorted(services) if (other := nearest_name(one, services))), None
        )
        if near is not None:
            hint = f"spell the service in one way: {quoted(near[0])} and {quoted(near[1])} are two"
        else:
            hint = f"add traefik.{protocol}.routers.{router}.service={meant or min(services, default='…')}"
        rule = find_rule([*drop.origin.labels, *drop.origin.deploy_labels], router)
        yield finding(
            rule.key if rule is not None else drop.span,
            f"router {quoted(router)} names none of the container's {len(services)} services"
            f" ({listed(services)}), so Traefik drops it",
            hint=hint,
            related=[(label.key, f"service {quoted(name)}") for name, label in sorted(services.items())[:4]],
        )


@check("TL524", "services-without-router", severity="warning", confidence="medium")
def services_without_router(runtime: Runtime) -> Iterator[Draft]:
    """With several services and no router Traefik makes none of its own (R-036), so nothing leads to them."""
    if not any(text.startswith("Could not create a router") for text, _ in runtime.logs):
        return
    used = used_services(runtime)
    for project in runtime.deployment.projects:
        for container in project.services:
            for provider in ("docker", "swarm"):
                services = decoded(runtime, container, provider).element("http", "services")
                routers = decoded(runtime, container, provider).element("http", "routers")
                names = [name for name, _ in services or ()]
                if len(names) < 2 or routers is not None or services is None:
                    continue
                if any(
                    f"{name}@{provider}" in used or f"{name}@{provider}" not in runtime.services
                    for name in names
                ):
                    continue
                names.sort(key=lambda name: services.fields[name].span.start)
                yield finding(
                    services.fields[names[0]],
                    f"{quoted(container.name.value)} has {len(names)} services and no router, so Traefik makes none of"
                    " its own: nothing leads to them",
                    hint=f"add traefik.http.routers.{names[0]}.rule=… and .service={names[0]}",
                )


def _services(drop: Drop, container: ComposeService) -> tuple[str, dict[str, Label]]:
    """The protocol of the dropped router, and the first label of each service beside it."""
    labels = [*own_labels(container, "docker"), *own_labels(container, "swarm")]
    place = drop.span
    protocol = "http"
    for label in labels:
        if (
            place is not None
            and label.key.file is place.file
            and label.key.start <= place.start <= label.key.end
        ):
            protocol = label.key.value.split(".")[1].lower()
    services: dict[str, Label] = {}
    for label in labels:
        parts = label.key.value.split(".")
        if len(parts) > 4 and [part.lower() for part in parts[:3]] == ["traefik", protocol, "services"]:
            services.setdefault(parts[3], label)
    return protocol, services
