"""The docker and swarm providers: from containers' labels to a configuration (R-030 … R-053)."""

from __future__ import annotations

from traefik_lint.golang.errors import GoError
from traefik_lint.model.deployment import Deployment
from traefik_lint.model.values import Element
from traefik_lint.options.version import Version
from traefik_lint.readers.labels import ProviderLabels, provider_labels
from traefik_lint.runtime.configuration import ProviderConfiguration
from traefik_lint.runtime.decoding import decode_labels
from traefik_lint.runtime.expression.ast import Node
from traefik_lint.runtime.merge import Named, merge_containers
from traefik_lint.runtime.parts import configuration_of
from traefik_lint.runtime.providers.constraints import matches, parse_constraints
from traefik_lint.runtime.providers.container_routers import fill_routers
from traefik_lint.runtime.providers.container_services import Dropped, fill_services
from traefik_lint.runtime.providers.container_settings import Settings
from traefik_lint.runtime.providers.containers import Container, Provider, containers
from traefik_lint.runtime.providers.default_rule import DEFAULT_TEMPLATE, DefaultRule
from traefik_lint.runtime.static import StaticConfiguration
from traefik_lint.runtime.types import Drop, Undetermined
from traefik_lint.source.span import Span


def docker_configuration(deployment: Deployment, static: StaticConfiguration) -> ProviderConfiguration:
    """What the docker provider hands out (in Traefik 2 also for swarm mode)."""
    options = static.provider("docker")
    if deployment.static is not None and options is None:
        return ProviderConfiguration("docker")
    swarm_mode = deployment.version < (3, 0, 0) and options is not None and options.flag("swarmMode")
    return _configuration("docker", "swarm" if swarm_mode else "docker", options, deployment)


def swarm_configuration(deployment: Deployment, static: StaticConfiguration) -> ProviderConfiguration:
    """What the swarm provider hands out; without a static configuration only for services with labels for it."""
    options = static.provider("swarm")
    if options is None and (deployment.static is not None or not _speaks_of_swarm(deployment)):
        return ProviderConfiguration("swarm")
    return _configuration("swarm", "swarm", options, deployment)


def _speaks_of_swarm(deployment: Deployment) -> bool:
    return any(
        label.key.value.lower().startswith("traefik.")
        for project in deployment.projects
        for service in project.services
        for label in service.deploy_labels
    )


def _configuration(
    name: str, provider: Provider, options: Element | None, deployment: Deployment
) -> ProviderConfiguration:
    empty = ProviderConfiguration(name)
    try:
        settings = _settings(provider, options, deployment.version)
        if provider == "docker" and not deployment.is_whole_world:
            settings = settings._replace(ports_known=False)
    except GoError as error:
        kind = "*docker.SwarmProvider" if name == "swarm" else "*docker.Provider"
        text = f"Error while initializing provider {kind}: error while parsing default rule: {error.text}"
        value = options.value("defaultRule") if options is not None else None
        empty.logs.append((text, value.span if value is not None else None))
        return empty
    try:
        constraints = parse_constraints(options.string("constraints") if options is not None else "")
    except GoError as error:
        value = options.value("constraints") if options is not None else None
        text = f"Error matching constraints expression: {error.text}"
        subject = "every container"
        empty.drops.append(Drop("constraints", subject, text, value.span if value else None, None, "R-034"))
        return empty
    return _gather(name, settings, constraints, deployment)


def _settings(provider: Provider, options: Element | None, version: Version) -> Settings:
    if options is None:
        return Settings(provider, version, True, "", False, DefaultRule())
    return Settings(
        provider,
        version,
        options.flag("exposedByDefault", default=True),
        options.string("network"),
        options.flag("useBindPortIP"),
        DefaultRule(options.string("defaultRule", default=DEFAULT_TEMPLATE)),
    )


def _gather(
    name: str, settings: Settings, constraints: Node | None, deployment: Deployment
) -> ProviderConfiguration:
    named: list[Named] = []
    drops: list[Drop] = []
    logs: list[tuple[str, Span | None]] = []
    undetermined: list[Undetermined] = []
    for container in containers(deployment, settings.provider):
        asked = provider_labels(container.labels, settings.provider, deployment.version)
        if asked.lbswarm and settings.provider == "swarm":
            container.as_one()
        drop = _passed_over(container, asked, settings, constraints)
        if drop is None:
            configuration = _read(container, asked, settings, name, deployment)
            drops += configuration.drops
            logs += configuration.logs
            undetermined += configuration.undetermined
            if container.replicas > 1 and settings.default_rule.names_the_container:
                named += [
                    Named(replica.key, _read(replica, asked, settings, name, deployment))
                    for replica in container.numbered()
                ]
            else:
                named.append(Named(container.key, configuration))
        elif _speaks_of_traefik(container) or drop.text:
            drops.append(drop)
    merged = merge_containers(name, _with_replicas(named), deployment.version)
    merged.drops += drops
    merged.logs += logs
    merged.undetermined += undetermined
    return merged


def _with_replicas(named: list[Named]) -> list[Named]:
    """One configuration per replica, so that each gives its server (R-060)."""
    every: list[Named] = []
    for one in named:
        every.append(one)
        replicas = range(2, one.configuration.replicas + 1)
        every += [Named(f"{one.name}-{number}", one.configuration) for number in replicas]
    return every


def _speaks_of_traefik(container: Container) -> bool:
    return any(label.key.value.lower().startswith("traefik.") for label in container.labels)


def _passed_over(
    container: Container, asked: ProviderLabels, settings: Settings, constraints: Node | None
) -> Drop | None:
    """Why the provider does not look at a container's routing labels (R-025, R-033, R-034, R-053)."""
    subject = f'container "{container.service.name.value}"'
    origin = container.service
    if asked.error is not None:
        kind = "Swarm" if settings.provider == "swarm" else "Docker"
        text = f"decoding {kind} labels: {asked.error.text}"
        return Drop("provider-labels", subject, text, asked.error.span, origin, "R-025")
    if settings.provider == "swarm" and asked.both:
        text = "both Docker and Swarm labels are defined"
        return Drop("provider-labels", subject, text, asked.labels[0].key.span, origin, "R-053")
    enabled = asked.enabled if asked.enabled is not None else settings.exposed_by_default
    if asked.enable is not None and asked.enable.unknown:
        enabled = True
    if not enabled:
        span = asked.enable.span if asked.enable is not None else container.service.name.span
        return Drop("not-enabled", subject, "", span, origin, "R-033")
    if not matches(constraints, container.all_labels(settings.provider)):
        return Drop("constraint", subject, "", container.service.name.span, origin, "R-034")
    return None


def _read(
    container: Container, asked: ProviderLabels, settings: Settings, name: str, deployment: Deployment
) -> ProviderConfiguration:
    """The configuration that one container's labels give; empty, with the drop, when Traefik refuses them."""
    subject = f'container "{container.service.name.value}"'
    read = decode_labels(container.labels, deployment)
    error = read.error
    if error is not None:
        refused = ProviderConfiguration(name)
        refused.drops.append(Drop("decoding", subject, error.text, error.span, container.service, "R-007"))
        return refused
    configuration = configuration_of(read.decoded.element, name, container.service)
    # In a network that is not their own all replicas have one address, and so are one server.
    configuration.replicas = container.replicas if container.may_expose else 1
    try:
        _fill(configuration, container, asked, settings)
    except Dropped as dropped:
        refused = ProviderConfiguration(name)
        refused.logs = configuration.logs
        span = dropped.span or container.service.name.span
        refused.drops.append(Drop(dropped.kind, subject, dropped.text, span, container.service, dropped.fact))
        return refused
    return configuration


def _fill(
    configuration: ProviderConfiguration, container: Container, asked: ProviderLabels, settings: Settings
) -> None:
    """Add what the labels leave out, in Traefik's order: tcp, udp, http (R-049 … R-051); raises Dropped."""
    http, tcp, udp = configuration.http, configuration.tcp, configuration.udp
    other = False
    for protocol, section in (("tcp", tcp), ("udp", udp)):
        if section.routers or section.services:
            other = True
            fill_services(configuration, protocol, container, asked, settings)
            fill_routers(configuration, protocol, container, settings)
    if other and not (http.routers or http.services or http.middlewares):
        return
    fill_services(configuration, "http", container, asked, settings)
    fill_routers(configuration, "http", container, settings)
