"""Routers of a container: the default router, rules and services that are left out (R-031 … R-039, R-049, R-050)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from traefik_lint.golang.errors import GoError
from traefik_lint.golang.text import print_list, quote
from traefik_lint.model.values import Element, Value
from traefik_lint.options.catalogue import dynamic
from traefik_lint.runtime.configuration import Part, ProviderConfiguration
from traefik_lint.runtime.providers.containers import Container
from traefik_lint.runtime.synthetic import option, with_fields
from traefik_lint.runtime.types import Drop

if TYPE_CHECKING:
    from traefik_lint.runtime.providers.container_settings import Settings


def fill_routers(
    configuration: ProviderConfiguration, protocol: str, container: Container, settings: Settings
) -> None:
    """Complete the routers of a protocol; those that can't be completed are dropped, the services stay."""
    section = getattr(configuration, protocol)
    routers: dict[str, Part] = section.routers
    services: dict[str, Part] = section.services
    if protocol == "http" and not routers:
        if len(services) > 1:
            text = "Could not create a router for the container: too many services"
            configuration.logs.append((text, container.service.name.span))
        else:
            spec = option(dynamic(), "http", "routers", "*")
            element = Element(spec, {}, container.service.name)
            name = container.base_name
            routers[name] = Part(name, element, container.service, generated=True)
    for name in list(routers):
        part = routers[name]
        drop = _no_rule(part, protocol, container, settings) or _no_service(part, services)
        if drop is not None:
            kind, text, fact = drop
            del routers[name]
            subject = f'router "{name}"'
            span = part.element.span
            configuration.drops.append(Drop(kind, subject, text, span, container.service, fact))


def _no_rule(
    part: Part, protocol: str, container: Container, settings: Settings
) -> tuple[str, str, str] | None:
    """Give the router a rule when it has none; why it can't have one otherwise."""
    if protocol == "udp" or part.element.string("rule"):
        return None
    if protocol == "tcp":
        return "no-rule", "Empty rule", "R-049"
    labels = container.all_labels(settings.provider)
    try:
        rule, known = settings.default_rule.render(container.base_name, container.name, labels)
    except GoError as error:
        return "default-rule", f"Error while parsing default rule: {error.text}", "R-031"
    if not rule:
        return "no-rule", "Undefined rule", "R-031"
    spec = option(part.element.spec, "rule")
    part.element = with_fields(part.element, rule=Value(spec, rule, container.service.name, None, known))
    part.default_rule = True
    return None


def _no_service(part: Part, services: dict[str, Part]) -> tuple[str, str, str] | None:
    """Bind the router to the only service when it names none; why that is impossible otherwise (R-038)."""
    if part.element.string("service") or not services:
        return None
    if len(services) > 1:
        names = print_list(quote(name) for name in sorted(services))
        text = f"Router {part.name} cannot be linked automatically with multiple Services: {names}"
        return "several-services", text, "R-038"
    (name,) = services
    spec = option(part.element.spec, "service")
    part.element = with_fields(part.element, service=Value(spec, name, part.element.node))
    part.service_filled = True
    return None
