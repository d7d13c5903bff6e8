"""TL601: a container with routing labels that Traefik passes over, since only enabled ones are exposed (R-033)."""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.container_services import own_labels, routing_labels, telling_label
from traefik_lint.checks.containers.settings import providers
from traefik_lint.checks.names import nearest_name, quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.compose import ComposeService, Label
from traefik_lint.readers.labels import provider_labels
from traefik_lint.runtime.types import Runtime


@check("TL601", "container-not-enabled", severity="error")
def container_not_enabled(runtime: Runtime) -> Iterator[Draft]:
    known = providers(runtime)
    for drop in runtime.drops:
        container = drop.origin
        if drop.kind != "not-enabled" or not isinstance(container, ComposeService) or known is None:
            continue
        for provider in ("docker", "swarm"):
            options = known.options(provider)
            labels = own_labels(container, provider)
            label = telling_label(labels)
            if options is None or label is None or container.is_open:
                continue
            if provider_labels(labels, "swarm" if provider == "swarm" else "docker").enable is not None:
                continue  # switched off on purpose
            if any(_is_nearly_enable(one.key.value) for one in labels):
                continue  # another rule says that this label is not read
            if not _has_router_or_service(labels):
                continue
            exposed = options.value("exposedByDefault")
            yield finding(
                label.key,
                f"exposedByDefault is false and no label enables {quoted(container.name.value)}: Traefik passes"
                " over it",
                hint="add the label traefik.enable=true",
                related=[(exposed, "only enabled containers are exposed")],
            )
            break


def _is_nearly_enable(key: str) -> bool:
    name = key.strip()
    return name == "traefik.enable" or nearest_name(name, ("traefik.enable",)) is not None


def _has_router_or_service(labels: list[Label]) -> bool:
    return any(
        part in label.key.value.lower()
        for label in routing_labels(labels)
        for part in (".routers.", ".services.")
    )
