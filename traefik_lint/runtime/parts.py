"""A decoded dynamic configuration taken apart into what a provider hands out."""

from __future__ import annotations

from traefik_lint.model.values import Element
from traefik_lint.runtime.configuration import Part, ProviderConfiguration, Section
from traefik_lint.runtime.types import Origin


def configuration_of(root: Element, provider: str, origin: Origin) -> ProviderConfiguration:
    """Routers, services, middlewares, transports and TLS things of a decoded file or of a container's labels."""
    configuration = ProviderConfiguration(provider)
    for protocol, section in (
        ("http", configuration.http), ("tcp", configuration.tcp), ("udp", configuration.udp),
    ):  # fmt: skip
        _fill(section, root.element(protocol), origin)
    tls = root.element("tls")
    if tls is not None:
        configuration.tls_options = _parts(tls.element("options"), origin)
        configuration.tls_stores = _parts(tls.element("stores"), origin)
        configuration.tls_certificates = [
            Part("", certificate, origin) for certificate in tls.elements("certificates")
        ]
    return configuration


def _fill(section: Section, element: Element | None, origin: Origin) -> None:
    if element is None:
        return
    section.routers = _parts(element.element("routers"), origin)
    section.services = _parts(element.element("services"), origin)
    section.middlewares = _parts(element.element("middlewares"), origin)
    section.servers_transports = _parts(element.element("serversTransports"), origin)


def _parts(group: Element | None, origin: Origin) -> dict[str, Part]:
    if group is None:
        return {}
    return {
        name: Part(name, element, origin)
        for name, element in group.fields.items()
        if isinstance(element, Element)
    }
