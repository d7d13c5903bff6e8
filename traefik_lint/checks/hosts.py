"""Names of hosts as Traefik's own container sees them: itself, the containers beside it, and names that lead nowhere.

A compose service is found by its name, its container's name and its aliases, in a common network only (C-100).
"""

from __future__ import annotations

from traefik_lint.checks.names import nearest_name
from traefik_lint.model.compose import ComposeService
from traefik_lint.runtime.types import Runtime
from traefik_lint.source.tree import Mapping, Scalar, Sequence

_LOCAL = frozenset(("localhost", "127.0.0.1", "::1", "[::1]", "0.0.0.0"))


def is_traefik_itself(runtime: Runtime, host: str, port: int) -> bool:
    """Whether a host is Traefik's own container, on a port where none of its entry points listens."""
    traefik = runtime.deployment.traefik
    if traefik is None or traefik.network_mode is not None or host.lower() not in _LOCAL:
        return False
    own = {point.port for point in runtime.entry_points.values()}
    return port not in own and not shares_its_network(runtime)


def shares_its_network(runtime: Runtime) -> bool:
    """Whether other containers live in Traefik's network, so that its localhost is theirs too."""
    traefik = runtime.deployment.traefik
    if traefik is None:
        return False
    names = {f"service:{traefik.name.value}"}
    if traefik.container_name is not None:
        names.add(f"container:{traefik.container_name.value}")
    return any(
        service.network_mode is not None and service.network_mode.value in names
        for project in runtime.deployment.projects
        for service in project.services
    )


def container_named(runtime: Runtime, host: str) -> ComposeService | None:
    """The container of Traefik's own project that a host name leads to."""
    return _names(runtime).get(host)


def meant_container(runtime: Runtime, host: str) -> str | None:
    """The container that was most likely meant by a name that none has; None where it may be somewhere else.

    Names with dots and names in other networks are somebody else's to define, so only a near miss tells a mistake.
    """
    traefik = runtime.deployment.traefik
    if traefik is None or "." in host or not host or host.lower() in _LOCAL:
        return None
    if any(
        _is_called(service, host) for project in runtime.deployment.projects for service in project.services
    ):
        return None
    return nearest_name(host, (name for name, found in _names(runtime).items() if found is not traefik))


def networks_of(container: ComposeService) -> set[str] | None:
    """The full names of a container's networks, None where they can't be told."""
    if container.network_mode is not None or any(not one.network.known for one in container.networks):
        return None
    return {one.network.name for one in container.networks} or None


def _names(runtime: Runtime) -> dict[str, ComposeService]:
    traefik = runtime.deployment.traefik
    if traefik is None or traefik.network_mode is not None:
        return {}
    found = {service.name.value: service for service in traefik.project.services}
    for service in traefik.project.services:
        if service.container_name is not None and not service.container_name.unknown:
            found[service.container_name.value] = service
    return found


def _is_called(service: ComposeService, host: str) -> bool:
    if host == service.name.value or (
        service.container_name is not None and service.container_name.value == host
    ):
        return True
    hostname = service.node.get("hostname")
    if isinstance(hostname, Scalar) and hostname.value == host:
        return True
    networks = service.node.get("networks")
    for entry in networks if isinstance(networks, Mapping) else ():
        aliases = entry.value.get("aliases") if isinstance(entry.value, Mapping) else None
        for alias in aliases if isinstance(aliases, Sequence) else ():
            if isinstance(alias, Scalar) and (alias.unknown or alias.value == host):
                return True
    return any(host in text.value for text in _links(service))


def _links(service: ComposeService) -> list[Scalar]:
    found: list[Scalar] = []
    for key in ("links", "external_links", "extra_hosts"):
        node = service.node.get(key)
        if isinstance(node, Sequence):
            found += [one for one in node if isinstance(one, Scalar)]
        elif isinstance(node, Mapping):
            found += [entry.key for entry in node]
    return found
