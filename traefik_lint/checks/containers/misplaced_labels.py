"""TL602, TL604: labels where the provider does not look for them, or for another provider than the one that reads them.

The docker provider reads a container's labels, the swarm provider those of the service under `deploy` (R-052, C-064);
`traefik.swarm.*` means nothing to docker, nor do the labels of networks and volumes, or of the environment.
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.container_services import own_labels, routing_labels
from traefik_lint.checks.containers.settings import Providers, providers
from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.compose import ComposeService, Label
from traefik_lint.runtime.types import Runtime
from traefik_lint.source.tree import Mapping, Node, Scalar, Sequence


@check("TL602", "misplaced-labels", severity="error")
def misplaced_labels(runtime: Runtime) -> Iterator[Draft]:
    known = providers(runtime)
    for project in runtime.deployment.projects:
        for service in project.services:
            if known is not None:
                yield from _other_level(known, service)
            for place, key in _elsewhere(service):
                yield finding(
                    key,
                    f"{quoted(key.value.partition('=')[0])} stands under {place}, where Traefik looks for no labels",
                    hint="move it to the service's labels",
                    confidence="medium",
                )


def _other_level(known: Providers, service: ComposeService) -> Iterator[Draft]:
    on_container, on_service = routing_labels(service.labels), routing_labels(service.deploy_labels)
    if known.swarm is None and known.docker is not None and on_service and not on_container:
        yield finding(
            on_service[0].key,
            f"the docker provider reads the labels of containers, not those under deploy: it sees no routing labels of"
            f" {quoted(service.name.value)}",
            hint="move the labels from deploy.labels to labels, or use the swarm provider",
            related=[(known.docker, "the provider")],
        )
    elif known.docker is None and known.swarm is not None and on_container and not on_service:
        yield finding(
            on_container[0].key,
            f"the swarm provider reads the labels of services, under deploy: it sees no routing labels of"
            f" {quoted(service.name.value)}",
            hint="move the labels to deploy.labels",
            related=[(known.swarm, "the provider")],
        )


def _elsewhere(service: ComposeService) -> Iterator[tuple[str, Scalar]]:
    """Routing labels in a place of a compose service that holds none: each place once, with the first of them."""
    for name in ("environment", "annotations", "networks", "logging"):
        node = service.node.get(name)
        first = (
            next((key for key in _keys(node) if _is_routing(key.value)), None) if node is not None else None
        )
        if first is not None:
            yield name, first


def _keys(node: Node, depth: int = 4) -> Iterator[Scalar]:
    if depth == 0:
        return
    if isinstance(node, Mapping):
        for entry in node:
            yield entry.key
            yield from _keys(entry.value, depth - 1)
    elif isinstance(node, Sequence):
        for item in node:
            if isinstance(item, Scalar):
                yield item
            else:
                yield from _keys(item, depth - 1)


def _is_routing(text: str) -> bool:
    return text.lower().startswith(("traefik.http.", "traefik.tcp.", "traefik.udp.", "traefik.enable"))


@check("TL604", "label-of-other-provider", severity="warning")
def label_of_other_provider(runtime: Runtime) -> Iterator[Draft]:
    known = providers(runtime)
    if known is None:
        return
    for project in runtime.deployment.projects:
        for service in project.services:
            if known.docker is not None and known.swarm is None:
                for label in _with_prefix(own_labels(service, "docker"), "traefik.swarm."):
                    rest = label.key.value[len("traefik.swarm.") :]
                    hint = f"write traefik.docker.{rest}" if rest.lower() == "network" else "take it out"
                    yield finding(
                        label.key, f"the docker provider does not read {quoted(label.key.value)}", hint=hint
                    )
                for label in _with_prefix(own_labels(service, "docker"), "traefik.docker.lbswarm"):
                    message = f"{quoted(label.key.value)} only means something to the swarm provider"
                    yield finding(label.key, message, hint="take it out")


def _with_prefix(labels: list[Label], prefix: str) -> Iterator[Label]:
    return (label for label in labels if label.key.value.lower().startswith(prefix))
