"""What the docker and swarm providers see of a compose service: names, labels, address, ports (R-030, R-041, R-048)."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from typing import Literal

from traefik_lint.model.compose import ComposeProject, ComposeService, Port
from traefik_lint.model.deployment import Deployment
from traefik_lint.runtime.names import normalize
from traefik_lint.source.tree import Node

Provider = Literal["docker", "swarm"]

#: More replicas than anybody runs on one engine; further ones would only repeat the same server.
_MOST_REPLICAS = 500
_HOST = "127.0.0.1"
#: Containers that use each other's networks in a row; a longer way is a circle.
_LONGEST_WAY = 10


class Container:
    """One container, or the tasks of one swarm service.

    ``base_name`` names its automatic router and service. ``address`` is what stands for its IP: the service's name,
    ``127.0.0.1`` in the host's network, empty when it has none. ``ports`` are the ports that Traefik can see.
    """

    __slots__ = (
        "address",
        "base_name",
        "labels",
        "name",
        "ports",
        "project",
        "replicas",
        "separators",
        "service",
    )

    def __init__(self, service: ComposeService, provider: Provider, deployment: Deployment) -> None:
        project = service.project
        self.service = service
        self.project = project
        self.replicas = max(1, min(service.replicas, _MOST_REPLICAS))
        self.ports: list[Port] = []
        if provider == "swarm":
            self.labels = service.deploy_labels
            self.separators = ("_", ".")
            self.name = self._name(1)
            self.base_name = normalize(f"{project.name}_{service.name.value}")
            self.address = service.name.value
            return
        self.labels = service.labels
        given = service.container_name
        if given is not None:
            self.replicas = 1  # compose refuses more containers of one name
        self.separators = ("-", "-")
        self.name = given.value if given is not None else self._name(1)
        self.base_name = normalize(f"{service.name.value}_{project.name}")
        mode = service.network_mode.value if service.network_mode is not None else ""
        self.address = _address(service, mode, deployment)
        if not mode or mode == "bridge" or mode == "default":
            self.ports = [*service.ports, *service.expose]

    def _name(self, number: int) -> str:
        """The name of a replica: `project-service-1` of compose, `stack_service.1` of swarm's tasks."""
        before, after = self.separators
        return f"{self.project.name}{before}{self.service.name.value}{after}{number}"

    def as_one(self) -> None:
        """Make it the one server that swarm's own load balancer is (R-052)."""
        self.replicas = 1
        self.name = f"{self.project.name}_{self.service.name.value}"

    def numbered(self) -> Iterator[Container]:
        """Each replica as a container of its own."""
        for number in range(1, self.replicas + 1):
            replica = copy(self)
            replica.replicas = 1
            replica.name = self._name(number)
            yield replica

    @property
    def key(self) -> str:
        """What containers are sorted by before they are merged (R-060)."""
        return f"{self.base_name}-{self.name}"

    @property
    def address_is_certain(self) -> bool:
        """Whether the address is a real one, not a name that stands for it."""
        return self.address in ("", _HOST)

    @property
    def may_expose(self) -> bool:
        """Whether ports that its image exposes count: not in the host's or another container's network (R-041)."""
        mode = self.service.network_mode.value if self.service.network_mode is not None else ""
        return mode in ("", "bridge", "default")

    @property
    def networks(self) -> list[str]:
        """Full names of the networks it is in."""
        return [attachment.network.name for attachment in self.service.networks]

    def all_labels(self, provider: Provider) -> dict[str, str]:
        """Every label of the container, those that compose adds included."""
        labels = {label.key.value: label.value.value for label in self.labels}
        if provider == "swarm":
            labels["com.docker.stack.namespace"] = self.project.name
        else:
            labels["com.docker.compose.project"] = self.project.name
            labels["com.docker.compose.service"] = self.service.name.value
            labels["com.docker.compose.container-number"] = "1"
        return labels

    def lowest_port(self) -> tuple[str, Node] | None:
        """The port that Traefik picks when none is told: the lowest, tcp and udp alike (R-041)."""
        if not self.ports:
            return None
        port = min(self.ports, key=lambda one: one.target)
        return str(port.target), port.node

    def binding(self, port: str) -> tuple[str, str] | None:
        """The host's address and port that a container port is published on, when it is a certain address."""
        for published in self.ports:
            if str(published.target) == port and published.published and published.host_ip:
                if published.host_ip in ("0.0.0.0", "::"):
                    return None
                return published.host_ip, published.published
        return None


def containers(deployment: Deployment, provider: Provider) -> Iterator[Container]:
    """The containers of all compose projects of a deployment."""
    for project in deployment.projects:
        for service in project.services:
            if service.replicas > 0:
                yield Container(service, provider, deployment)


def _address(service: ComposeService, mode: str, deployment: Deployment, depth: int = 0) -> str:
    if mode == "host":
        return _HOST
    if mode == "none":
        return ""
    if mode.startswith(("service:", "container:")):
        if depth > _LONGEST_WAY:
            return ""
        kind, _, name = mode.partition(":")
        other = _find(service.project if kind == "service" else None, name, deployment)
        if other is None:
            return ""
        inner = other.network_mode.value if other.network_mode is not None else ""
        return _address(other, inner, deployment, depth + 1)
    return service.name.value


def _find(project: ComposeProject | None, name: str, deployment: Deployment) -> ComposeService | None:
    """The service of a project, or the service that runs as a container of this name."""
    for candidate in deployment.projects if project is None else [project]:
        for service in candidate.services:
            if project is not None and service.name.value == name:
                return service
            given = service.container_name
            own = given.value if given is not None else f"{candidate.name}-{service.name.value}-1"
            if project is None and own == name:
                return service
    return None
