"""What the static configuration says about the docker and swarm providers, for the checks of containers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from traefik_lint.checks.container_services import own_labels, routing_labels
from traefik_lint.model.compose import ComposeService, Label
from traefik_lint.model.values import Element
from traefik_lint.runtime.types import Runtime


class Providers(NamedTuple):
    """The providers that read labels, each with its options; None for one that is off.

    ``others`` are the names of all the other providers that are on.
    """

    docker: Element | None
    swarm: Element | None
    others: frozenset[str]

    def options(self, provider: str) -> Element | None:
        """The options of ``docker`` or ``swarm``."""
        return self.swarm if provider == "swarm" else self.docker


def providers(runtime: Runtime) -> Providers | None:
    """The providers of a Traefik whose static configuration is wholly known; None for any other."""
    deployment = runtime.deployment
    if runtime.version < (2, 0, 0) or not runtime.is_closed("static") or runtime.refused is not None:
        return None
    static = deployment.static
    section = static.element.element("providers") if static is not None else None
    if static is not None and static.source.read_error is not None:
        return None
    if section is None:
        return Providers(None, None, frozenset())
    docker, swarm = section.element("docker"), section.element("swarm")
    if docker is not None and docker.flag("swarmMode"):
        docker, swarm = None, docker  # Traefik 2
    own = {"docker", "swarm", "precedence", "providersThrottleDuration"}
    return Providers(docker, swarm, frozenset(name for name, _ in section if name not in own))


def labelled_containers(runtime: Runtime, provider: str) -> Iterator[tuple[ComposeService, list[Label]]]:
    """The compose services with routing labels where a provider looks for them."""
    for project in runtime.deployment.projects:
        for service in project.services:
            labels = routing_labels(own_labels(service, provider))
            if labels:
                yield service, labels
