"""Putting several configurations of one provider together: containers (R-060 … R-063) and files (R-064)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from traefik_lint.golang.text import print_list
from traefik_lint.model.values import Element, Items
from traefik_lint.options.version import Version
from traefik_lint.runtime.configuration import Part, ProviderConfiguration, Section
from traefik_lint.runtime.defaults import Json, json_form
from traefik_lint.runtime.synthetic import ComputedServer, with_fields
from traefik_lint.runtime.types import Drop


class Named(NamedTuple):
    """A configuration with the name of what gave it: a container or a file."""

    name: str
    configuration: ProviderConfiguration


class _Kind(NamedTuple):
    """One kind of things in a configuration, with the words of Traefik's log for it."""

    section: str
    group: str
    words: str
    old_words: str


_KINDS = (
    _Kind("http", "routers", "HTTP router", "Router"),
    _Kind("http", "services", "HTTP service", "Service"),
    _Kind("http", "middlewares", "HTTP middleware", "Middleware"),
    _Kind("http", "servers_transports", "HTTP servers transport", "ServersTransport"),
    _Kind("tcp", "routers", "TCP router", "Router TCP"),
    _Kind("tcp", "services", "TCP service", "Service TCP"),
    _Kind("tcp", "middlewares", "TCP middleware", "TCP Middleware"),
    _Kind("tcp", "servers_transports", "TCP servers transport", "TCP ServersTransport"),
    _Kind("udp", "routers", "UDP router", "UDP router"),
    _Kind("udp", "services", "UDP service", "UDP service"),
    _Kind("", "tls_options", "options", "TLS options"),
    _Kind("", "tls_stores", "store", "TLS store"),
)


def merge_containers(
    provider: str, configurations: Sequence[Named], version: Version
) -> ProviderConfiguration:
    """Join what containers define; what two of them define differently is lost to all (R-060 … R-063)."""
    merged = ProviderConfiguration(provider)
    ordered = sorted(configurations, key=lambda one: one.name.encode("utf-8", "surrogatepass"))
    for kind in _KINDS:
        into = _group(merged, kind)
        seen: dict[str, list[tuple[str, Part]]] = {}
        lost: set[str] = set()
        for name, configuration in ordered:
            for key, part in _group(configuration, kind).items():
                seen.setdefault(key, []).append((name, part))
                if key not in into:
                    into[key] = part
                else:
                    joined = _joined(into[key], part, kind, version)
                    if joined is None:
                        lost.add(key)
                    else:
                        into[key] = joined
        for key in lost:
            del into[key]
            merged.drops.append(_conflict(key, seen[key], kind, version))
    for _, configuration in ordered:
        merged.tls_certificates += configuration.tls_certificates
    return merged


def merge_files(configurations: Iterable[Named]) -> ProviderConfiguration:
    """Join what the files of a directory define; the first definition wins (R-064)."""
    merged = ProviderConfiguration("file")
    for _, configuration in configurations:
        for kind in _KINDS:
            into = _group(merged, kind)
            for key, part in _group(configuration, kind).items():
                first = into.setdefault(key, part)
                if first is not part:
                    merged.drops.append(_duplicate(key, part, first, kind))
        merged.tls_certificates += configuration.tls_certificates
    return merged


def _group(configuration: ProviderConfiguration, kind: _Kind) -> dict[str, Part]:
    owner: ProviderConfiguration | Section = configuration
    if kind.section:
        owner = getattr(configuration, kind.section)
    group: dict[str, Part] = getattr(owner, kind.group)
    return group


def _joined(first: Part, second: Part, kind: _Kind, version: Version) -> Part | None:
    """Both definitions as one, None when they conflict; load balancers lend each other their servers."""
    if first.element is second.element and kind.group != "services":
        return first
    one, other = json_form(first.element, version), json_form(second.element, version)
    if kind.group != "services" or "loadBalancer" not in one or "loadBalancer" not in other:
        return first if one == other and first.default_rule == second.default_rule else None
    if _without_servers(one) != _without_servers(other):
        return None
    joined = Part(first.name, _with_servers(first.element, second.element), first.origin, first.generated)
    joined.origins = [*first.origins, *second.origins]
    return joined


def _without_servers(config: Json) -> Json:
    balancer = config["loadBalancer"]
    assert isinstance(balancer, dict)
    return {name: value for name, value in balancer.items() if name != "servers"}


def _with_servers(first: Element, second: Element) -> Element:
    """The first service with the second's servers added, each address once."""
    balancer = first.element("loadBalancer")
    assert balancer is not None
    servers = first.elements("loadBalancer", "servers")
    known = {_address(server) for server in servers if not isinstance(server, ComputedServer)}
    more = [server for server in second.elements("loadBalancer", "servers") if _address(server) not in known]
    if not more:
        return first
    held = balancer.get("servers") or second.get("loadBalancer", "servers")
    assert isinstance(held, Items)
    wider = with_fields(balancer, servers=Items(held.spec, [*servers, *more], held.node, held.key))
    return with_fields(first, loadBalancer=wider)


def _address(server: Element) -> str:
    return server.string("url") or server.string("address")


def _conflict(key: str, seen: list[tuple[str, Part]], kind: _Kind, version: Version) -> Drop:
    words = kind.words if version >= (3, 7, 0) else kind.old_words
    text = f"{words} defined multiple times with different configurations"
    names = [name for name, _ in seen]
    if version < (3, 0, 0):
        text += f" in {print_list(names)}"
    last = seen[-1][1]
    drop = Drop("conflict", f'{kind.words} "{key}"', text, last.element.span, last.origin, "R-061")
    drop.related = [(part.element.span, "also defined here") for _, part in seen[:-1]]
    return drop


def _duplicate(key: str, part: Part, first: Part, kind: _Kind) -> Drop:
    text = f"{kind.words} already configured, skipping"
    drop = Drop("duplicate", f'{kind.words} "{key}"', text, part.element.span, part.origin, "R-064")
    drop.related = [(first.element.span, "the definition that counts")]
    return drop
