"""TL522, TL523: a server URL in a file that names a compose service: the wrong port, or out of reach.

Between containers there are no published ports: the service's name leads to the container itself, and only where
both are in one network (C-115).
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.container_services import listed_ports, told_ports, url_port
from traefik_lint.checks.images import known_image
from traefik_lint.checks.names import listed, quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.checks.services.server_url import server_urls
from traefik_lint.golang.errors import GoError
from traefik_lint.golang.url import parse_url
from traefik_lint.model.compose import ComposeService
from traefik_lint.model.deployment import DynamicFile
from traefik_lint.model.values import Value
from traefik_lint.runtime.types import Runtime, Service


@check("TL522", "host-port-in-server-url", severity="warning", confidence="medium")
def host_port_in_server_url(runtime: Runtime) -> Iterator[Draft]:
    for _, value, container, port in _named(runtime):
        image = known_image(container.image)
        if port in listed_ports(container) or (image is not None and port in image.exposed):
            continue
        if any(told.port == port for told in told_ports(container)):
            continue
        for published in container.ports:
            if published.published == str(port) and published.protocol == "tcp":
                yield finding(
                    value,
                    f"{port} is the port on the host: {quoted(container.name.value)} itself has it as"
                    f" {published.target}, and Traefik asks the container",
                    hint=f"write {published.target}",
                    related=[(published.node, "the port is published here")],
                )
                break


@check("TL523", "server-out-of-reach", severity="error")
def server_out_of_reach(runtime: Runtime) -> Iterator[Draft]:
    traefik = runtime.deployment.traefik
    if traefik is None:
        return
    own = _networks(traefik)
    for service, value, container, _ in _named(runtime):
        others = _networks(container)
        if container.network_mode is not None and container.network_mode.value == "host":
            yield finding(
                value,
                f"{quoted(container.name.value)} is in the host's network and has no name that Traefik could find:"
                f" every request to {quoted(service.name)} gets 502",
                hint="write host.docker.internal, and add extra_hosts: host.docker.internal:host-gateway to Traefik",
                related=[(container.network_mode, "its network")],
            )
        elif own is not None and others is not None and not own & others:
            yield finding(
                value,
                f"{quoted(container.name.value)} is in {listed(others)} and Traefik in {listed(own)}: it can't find the"
                f" container, and every request to {quoted(service.name)} gets 502",
                hint=f"attach {container.name.value} to one of Traefik's networks",
                related=[(container.name, "the container"), (traefik.name, "Traefik")],
            )


def _named(runtime: Runtime) -> Iterator[tuple[Service, Value, ComposeService, int]]:
    """Server URLs of files whose host is a compose service of Traefik's own project."""
    traefik = runtime.deployment.traefik
    if traefik is None or traefik.network_mode is not None:
        return
    containers = {service.name.value: service for service in traefik.project.services}
    containers.update(
        {
            service.container_name.value: service
            for service in traefik.project.services
            if service.container_name is not None and not service.container_name.unknown
        }
    )
    for service, _, value in server_urls(runtime):
        if not isinstance(service.origin, DynamicFile):
            continue
        try:
            url = parse_url(value.text)
        except GoError:
            continue
        host, _, port = url.host.partition(":")
        container = containers.get(host)
        if container is not None and container is not traefik:
            yield service, value, container, url_port(url.scheme, port)


def _networks(container: ComposeService) -> set[str] | None:
    if container.network_mode is not None or any(not one.network.known for one in container.networks):
        return None
    return {one.network.name for one in container.networks} or None
