"""What Traefik makes of a deployment: the one entry to the runtime."""

from __future__ import annotations

from traefik_lint.model.deployment import Deployment
from traefik_lint.runtime.build_order import note_build_order
from traefik_lint.runtime.configuration import ProviderConfiguration
from traefik_lint.runtime.definitions import add_configuration, add_tls
from traefik_lint.runtime.links import link_references
from traefik_lint.runtime.middlewares import MiddlewareBuilder
from traefik_lint.runtime.models import apply_models, entry_point_models
from traefik_lint.runtime.pause import collector_paused
from traefik_lint.runtime.providers.file import file_configuration
from traefik_lint.runtime.providers.internal import internal_configuration
from traefik_lint.runtime.refusal import why_refused
from traefik_lint.runtime.routers import HttpRouters, read_rules
from traefik_lint.runtime.services import HttpServices
from traefik_lint.runtime.static import StaticConfiguration, effective_static, internal_switches
from traefik_lint.runtime.tcp import TcpRouters
from traefik_lint.runtime.ties import note_ties
from traefik_lint.runtime.tls import TlsManager, mark_conflicts, resolve_options
from traefik_lint.runtime.types import Runtime
from traefik_lint.runtime.udp import build_udp


def compute(deployment: Deployment) -> Runtime:
    """Compute the world of one Traefik: providers, merging, entry points, routers and their statuses.

    Never raises: what Traefik refuses is in ``refused``, ``drops``, ``errors`` and ``logs`` of the result.
    """
    with collector_paused():
        return _compute(deployment)


def _compute(deployment: Deployment) -> Runtime:
    runtime = Runtime(deployment)
    static = effective_static(deployment)
    runtime.entry_points = static.entry_points
    runtime.resolvers = static.resolvers
    runtime.refused = why_refused(deployment, static)
    configurations = _provided(deployment, static)
    for configuration in configurations:
        add_configuration(runtime, configuration, static.default_entry_points)
    add_tls(runtime, configurations)
    read_rules(runtime.definitions["http"], runtime)
    _shape_routers(runtime, static)
    _build(runtime, static)
    link_references(runtime)
    return runtime


def _provided(deployment: Deployment, static: StaticConfiguration) -> list[ProviderConfiguration]:
    """The configurations of all providers that are switched on."""
    configurations = [internal_configuration(static), file_configuration(deployment, static)]
    if deployment.projects:
        from traefik_lint.runtime.providers.docker import docker_configuration, swarm_configuration

        configurations.append(docker_configuration(deployment, static))
        if deployment.version >= (3, 0, 0):
            configurations.append(swarm_configuration(deployment, static))
    if deployment.objects:
        from traefik_lint.runtime.providers import kubernetes_crd, kubernetes_ingress

        for provider in (kubernetes_crd, kubernetes_ingress):
            built = provider.build(deployment, generous=deployment.open)
            if built is not None:
                configurations.append(built)
    return configurations


def _shape_routers(runtime: Runtime, static: StaticConfiguration) -> None:
    """From routers as defined to routers as Traefik runs them."""
    definitions = runtime.definitions
    runtime.routers = apply_models(definitions["http"], entry_point_models(static), static)
    if static.default_rule_syntax:
        read_rules(runtime.routers, runtime)
    runtime.tcp_routers = dict(definitions["tcp"])
    for router in runtime.tcp_routers.values():
        if static.default_rule_syntax and not router.config.get("ruleSyntax"):
            router.config["ruleSyntax"] = static.default_rule_syntax
    read_rules(runtime.tcp_routers, runtime)
    runtime.udp_routers = dict(definitions["udp"])
    resolve_options(runtime)


def _build(runtime: Runtime, static: StaticConfiguration) -> None:
    """Build everything in Traefik's order: http, the TLS side of it, tcp, udp."""
    deployment = runtime.deployment
    tls = TlsManager(runtime, has_file=deployment.has_file)
    services = HttpServices(runtime, internal_switches(static))
    middlewares = MiddlewareBuilder(
        runtime.middlewares,
        runtime.version,
        plugins=static.plugins,
        has_file=deployment.has_file,
        service=services.build,
    )
    services.chain = middlewares.build
    HttpRouters(runtime, static, services, middlewares, tls).build()
    mark_conflicts(runtime)
    TcpRouters(runtime, static, tls).build()
    build_udp(runtime, static)
    note_ties(runtime, static)
    note_build_order(runtime)
