"""TL605, TL606, TL607: networks: the name that Traefik looks for, and whether it and the container share one.

Traefik looks for the network's full name and takes any other when the container is not in it; with several networks
and none named, which one it takes is left to chance at each reload (R-047, C-100, C-101).
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.container_services import Backend, backends, own_labels
from traefik_lint.checks.containers.settings import providers
from traefik_lint.checks.names import listed, quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.compose import ComposeService
from traefik_lint.readers.labels import provider_labels
from traefik_lint.runtime.types import Runtime, Service
from traefik_lint.source.span import Span
from traefik_lint.source.tree import Scalar


@check("TL605", "undefined-network", severity="warning")
def undefined_network(runtime: Runtime) -> Iterator[Draft]:
    """A label or the provider's option names a network that the container is not in under this name."""
    yield from _options(runtime)
    for container, service in _served(runtime):
        value = _label(container, service.provider)
        if value is None or value.unknown or not value.value or container.network_mode is not None:
            continue
        names = _names(container)
        if names is None or value.value in names:
            continue
        asked = value.value
        if not container.project.name_known and any(
            asked.endswith(f"_{one.network.key}") for one in container.networks
        ):
            continue  # the project may be called otherwise where it runs
        attached = {one.network.key: one.network.name for one in container.networks}
        full = attached.get(asked)
        if full is not None:
            message = f"the docker network {quoted(asked)} is called {quoted(full)}: Traefik does not find it"
            hint = f"write {full}, or give the network the name: {asked}"
        else:
            message = f"{quoted(container.name.value)} is not in the network {quoted(asked)}: Traefik does not find it"
            hint = f"attach the container to {asked}, or write one of its networks: {listed(names)}"
        yield finding(
            value,
            f"{message}, and {_fallback(names)}",
            hint=hint,
            related=[(one.node, "attached here") for one in container.networks if one.node is not None][:3],
            severity="info" if _is_harmless(runtime, names) else None,
        )


def _options(runtime: Runtime) -> Iterator[Draft]:
    """The provider's own `network` under the short name of a network that Traefik is in."""
    known, traefik = providers(runtime), runtime.deployment.traefik
    for provider in ("docker", "swarm"):
        options = known.options(provider) if known is not None else None
        value = options.value("network") if options is not None else None
        if value is None or not value.known or traefik is None:
            continue
        full = {one.network.key: one.network.name for one in traefik.networks if one.network.known}.get(
            value.text
        )
        if full is None or full == value.text:
            continue
        served = [
            container
            for container, service in _served(runtime)
            if service.provider == provider and _label(container, provider) is None
            and full in (_names(container) or ())
        ]  # fmt: skip
        several = [container for container in served if len(container.networks) > 1]
        if not served:
            continue
        effect = (
            f"and takes any of the networks of {listed([one.name.value for one in several], 3)}"
            if several
            else "and takes the only one that each container has"
        )
        yield finding(
            value,
            f"the docker network {quoted(value.text)} is called {quoted(full)}: Traefik does not find it, {effect}",
            hint=f"write {full}, or give the network the name: {value.text}",
            related=[
                (one.node, "Traefik is attached here") for one in traefik.networks if one.node is not None
            ][:1],
            severity=None if several else "info",
        )


def _fallback(names: list[str]) -> str:
    if len(names) == 1:
        return f"takes the only one there is, {quoted(names[0])}"
    return f"takes any of its {len(names)} networks, not always one that it can reach"


def _is_harmless(runtime: Runtime, names: list[str]) -> bool:
    """Whether whatever Traefik takes instead can be reached."""
    shared = _traefik_networks(runtime)
    return len(names) == 1 if shared is None else set(names) <= shared


@check("TL606", "no-shared-network", severity="error")
def no_shared_network(runtime: Runtime) -> Iterator[Draft]:
    """Traefik and the container are in no common network, so requests end in a timeout (504) or 502."""
    shared = _traefik_networks(runtime)
    traefik = runtime.deployment.traefik
    if shared is None or traefik is None:
        return
    apart: list[tuple[ComposeService, Service]] = []
    reachable = 0
    for container, service in _served(runtime):
        names = _names(container)
        if container is traefik or names is None:
            continue
        if shared & set(names):
            reachable += 1
        elif container.project is traefik.project or _same_key(container, traefik):
            apart.append((container, service))  # others are perhaps served by another Traefik
    if len(apart) > 2 and reachable == 0:
        yield _all_apart(traefik, shared, [container for container, _ in apart])
        return
    for container, service in apart:
        names = _names(container) or []
        attached = next((one.node for one in container.networks if one.node is not None), None)
        yield finding(
            attached.span if attached is not None else container.name.span,
            f"{quoted(container.name.value)} is in {listed(names)} and Traefik in {listed(shared)}: it can't reach the"
            " container, and requests time out",
            hint=f"attach the container to {_own_key(traefik)} as well",
            related=[(_place(traefik), "Traefik's networks"), (service.span, "the service that leads to it")],
            confidence="high" if container.project is traefik.project else "medium",
        )


def _all_apart(traefik: ComposeService, shared: set[str], containers: list[ComposeService]) -> Draft:
    """One finding at Traefik, when it is Traefik that is in the wrong network."""
    place = _place(traefik)
    assert place is not None
    common = set.intersection(*({one.network.key for one in container.networks} for container in containers))
    return finding(
        place,
        f"Traefik is in {listed(shared)}, where none of the {len(containers)} containers with routers is: it can't"
        " reach them, and requests time out",
        hint=f"attach Traefik to {listed(common)}"
        if common
        else "attach Traefik to the network of the containers",
        related=[(container.name, "not in Traefik's network") for container in containers[:3]],
    )


@check("TL607", "network-left-to-chance", severity="warning")
def network_left_to_chance(runtime: Runtime) -> Iterator[Draft]:
    """Of several networks, some of which Traefik is not in, none is chosen."""
    shared = _traefik_networks(runtime)
    known = providers(runtime)
    if shared is None or known is None:
        return
    left: list[tuple[ComposeService, Service, set[str], set[str]]] = []
    for container, service in _served(runtime):
        names = _names(container)
        if names is None or len(names) < 2 or container is runtime.deployment.traefik:
            continue
        if _label(container, service.provider) is not None:
            continue
        options = known.options(service.provider)
        default = options.value("network") if options is not None else None
        if default is not None and (not default.known or default.text in names):
            continue
        if default is not None and any(
            default.text.endswith(f"_{one.network.key}") for one in container.networks
        ):
            continue
        reached, unreached = set(names) & shared, set(names) - shared
        if reached and unreached:
            left.append((container, service, reached, unreached))
    projects = {id(container.project): container.project for container, *_ in left}
    for project in projects.values():
        own = [one for one in left if one[0].project is project]
        # The same in more than three containers has one cause: the provider's option.
        for container, service, reached, unreached in own if len(own) <= 3 else own[:1]:
            yield _left_to_chance(runtime, container, service, reached, unreached, [one[0] for one in own])


def _left_to_chance(
    runtime: Runtime,
    container: ComposeService,
    service: Service,
    reached: set[str],
    unreached: set[str],
    alike: list[ComposeService],
) -> Draft:
    is_swarm = service.provider == "swarm"
    prefix = "traefik.swarm" if is_swarm and runtime.version >= (3, 0, 0) else "traefik.docker"
    places = [
        one.node for one in container.networks if one.network.name in unreached and one.node is not None
    ]
    hint = f"add the label {prefix}.network={min(reached)}"
    count = len(container.networks)
    also = ""
    related: list[tuple[Span | Scalar | None, str]] = [
        (_place(runtime.deployment.traefik), "Traefik's networks")
    ]
    if len(alike) > 3:
        also = f" (and so it is with {len(alike) - 1} more containers)"
        hint += f", or set providers.{service.provider}.network"
        related += [(other.name, "the same here") for other in alike[1:4]]
    return finding(
        places[0] if places else container.name,
        f"{quoted(container.name.value)} is in {count} networks and Traefik takes any of them: with"
        f" {listed(unreached)} requests time out{also}",
        hint=hint,
        related=related,
    )


def _served(runtime: Runtime) -> Iterator[tuple[ComposeService, Service]]:
    """The containers that something leads to, each once."""
    seen: set[int] = set()
    for backend in backends(runtime):
        container = backend.container
        if id(container) not in seen and not _has_url(backend):
            seen.add(id(container))
            yield container, backend.service


def _has_url(backend: Backend) -> bool:
    return backend.server is not None and backend.server.value("url") is not None


def _label(container: ComposeService, provider: str) -> Scalar | None:
    return provider_labels(
        own_labels(container, provider), "swarm" if provider == "swarm" else "docker"
    ).network


def _names(container: ComposeService) -> list[str] | None:
    """The full names of a container's networks, None where they can't be told.

    A container that lives in another's network is where that one is (R-048).
    """
    mode = container.network_mode
    if mode is not None and mode.value.startswith("service:"):
        name = mode.value.removeprefix("service:")
        other = next((one for one in container.project.services if one.name.value == name), None)
        return _names(other) if other is not None and other.network_mode is None else None
    if mode is not None or not container.networks:
        return None
    if any(not one.network.known for one in container.networks):
        return None
    return [one.network.name for one in container.networks]


def _traefik_networks(runtime: Runtime) -> set[str] | None:
    """The full names of Traefik's networks, None where it is in the host's or they can't be told."""
    traefik = runtime.deployment.traefik
    names = _names(traefik) if traefik is not None else None
    return set(names) if names is not None else None


def _same_key(container: ComposeService, traefik: ComposeService) -> bool:
    """Whether the container asks for a network that Traefik's project has under the same key, with another name."""
    own = {one.network.key for one in traefik.networks if not one.network.external}
    return any(one.network.external and one.network.key in own for one in container.networks)


def _own_key(traefik: ComposeService) -> str:
    return listed([one.network.key for one in traefik.networks], 2)


def _place(container: ComposeService | None) -> Span | None:
    if container is None:
        return None
    nodes = [one.node for one in container.networks if one.node is not None]
    return nodes[0].span if nodes else container.name.span
