"""Services of a container: the automatic one, and the server that each of them gets (R-035, R-041 … R-048)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from traefik_lint.model.values import Element, Items, Value
from traefik_lint.options.catalogue import dynamic
from traefik_lint.options.spec import Spec
from traefik_lint.readers.labels import ProviderLabels
from traefik_lint.runtime.addresses import join_host_port
from traefik_lint.runtime.configuration import Part, ProviderConfiguration
from traefik_lint.runtime.providers.containers import Container
from traefik_lint.runtime.synthetic import ComputedServer, build_element, option, with_fields
from traefik_lint.runtime.types import Undetermined
from traefik_lint.source.span import Span
from traefik_lint.source.tree import Node

if TYPE_CHECKING:
    from traefik_lint.runtime.providers.container_settings import Settings


class Dropped(Exception):
    """Traefik drops the whole container; ``text`` is its reason, ``span`` the place, if there is one."""

    def __init__(self, kind: str, text: str, fact: str, span: Span | None = None) -> None:
        super().__init__(text)
        self.kind = kind
        self.text = text
        self.fact = fact
        self.span = span


def fill_services(
    configuration: ProviderConfiguration,
    protocol: str,
    container: Container,
    asked: ProviderLabels,
    settings: Settings,
) -> None:
    """Give every service of a protocol its server, after making the automatic service; raises Dropped."""
    section = getattr(configuration, protocol)
    services: dict[str, Part] = section.services
    spec = option(dynamic(), protocol, "services", "*")
    if not services:
        element = build_element(spec, {"loadBalancer": {}}, container.service.name)
        services[container.base_name] = Part(container.base_name, element, container.service, generated=True)
    _note_network(configuration, container, asked, settings)
    for name in sorted(services):
        part = services[name]
        try:
            part.element = _with_server(part.element, spec, protocol, container, settings)
        except Dropped as dropped:
            span = dropped.span or (None if part.generated else part.element.span)
            raise Dropped(
                dropped.kind, f'service "{name}" error: {dropped.text}', dropped.fact, span
            ) from None


def _with_server(
    service: Element, spec: Spec, protocol: str, container: Container, settings: Settings
) -> Element:
    balancer = service.element("loadBalancer")
    if balancer is None:
        raise Dropped("no-load-balancer", "load-balancer is not defined", "R-046")
    list_spec = option(spec, "loadBalancer", "servers")
    servers = balancer.elements("servers")
    server_spec = option(list_spec, "*")
    server = servers[0] if servers else Element(server_spec, {}, container.service.name)
    if protocol == "http" and server.string("url") and settings.version >= (3, 4, 0):
        if server.string("scheme") or server.string("port"):
            text = "defining scheme or port is not allowed when URL is defined"
            raise Dropped("url-with-port", text, "R-043", server.span)
        return service
    computed = _computed(server, server_spec, protocol, container, settings)
    items = balancer.get("servers")
    node = items.node if isinstance(items, Items) else container.service.name
    key = items.key if isinstance(items, Items) else None
    filled = with_fields(balancer, servers=Items(list_spec, [computed, *servers[1:]], node, key))
    return with_fields(service, loadBalancer=filled)


def _computed(
    server: Element, spec: Spec, protocol: str, container: Container, settings: Settings
) -> Element:
    """The server with the container's address; raises Dropped when there is no address or port."""
    written = server.value("port")
    port, node, known = _port(written, container)
    address = container.address
    certain = container.address_is_certain
    if settings.use_bind_port_ip:
        binding = container.binding(port)
        if binding is not None:
            address, port = binding
            certain = True
    if not address:
        text = f'unable to find the IP address for the container "/{container.name}": the server is ignored'
        raise Dropped("no-address", text, "R-048")
    if not port and (settings.ports_known or not container.may_expose):
        raise Dropped("port-missing", "port is missing", "R-041", written.span if written else None)
    where = join_host_port(address, port) if port else address
    known = known and bool(port)  # else a port that the image exposes, which the files don't tell
    name = "address"
    if protocol == "http":
        name = "url"
        where = f"{server.string('scheme') or 'http'}://{where}"
    field = option(spec, name)
    fields = {**server.fields, name: Value(field, where, node, None, known)}
    if settings.version < (3, 4, 0):
        fields.pop("preservePath", None)  # not for labels before
    made = Element if certain else ComputedServer
    return made(server.spec, fields, server.node, server.key)


def _port(written: Value | None, container: Container) -> tuple[str, Node, bool]:
    """The port as text, where it comes from, and whether it is certain."""
    if written is not None and written.text:
        return written.text, written.node, written.known
    lowest = container.lowest_port()
    if lowest is not None:
        return *lowest, True
    return "", container.service.name, True


def _note_network(
    configuration: ProviderConfiguration, container: Container, asked: ProviderLabels, settings: Settings
) -> None:
    """Log a network that the container is not in; which address Traefik then takes is left to chance (R-047)."""
    asked_for = asked.network.value if asked.network is not None else settings.network
    names = container.networks
    if not names or any(text.startswith("Could not find network") for text, _ in configuration.logs):
        return
    if asked_for and asked_for not in names:
        span = asked.network.span if asked.network is not None else None
        text = (
            f'Could not find network named "{asked_for}" for container "/{container.name}".'
            " Maybe you're missing the project's prefix in the label?"
        )
        configuration.logs.append((text, span))
    if len(names) > 1 and asked_for not in names:
        configuration.undetermined.append(
            Undetermined("network", (container.service.name.value, *names), "R-047")
        )
