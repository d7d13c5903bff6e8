"""TL519: a container that Traefik drops because of what its labels or its network say about the server.

A URL leaves no room for a port or a scheme (R-043), and without a network there is no address to ask (R-048).
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.container_services import own_labels, telling_label
from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.compose import ComposeService
from traefik_lint.runtime.types import Runtime


@check("TL519", "container-without-server", severity="error")
def container_without_server(runtime: Runtime) -> Iterator[Draft]:
    for drop in runtime.drops:
        container = drop.origin
        if not isinstance(container, ComposeService) or drop.span is None:
            continue
        name = quoted(container.name.value)
        label = telling_label(own_labels(container, "docker"))
        if drop.kind == "url-with-port":
            yield finding(
                drop.span,
                f"the labels give the server a URL and a port or scheme besides: Traefik drops {name} with all its"
                " routers",
                hint="write the port into the URL, and take the other label out",
            )
        elif drop.kind == "no-address" and label is not None and _has_no_network(container):
            mode = container.network_mode
            assert mode is not None
            yield finding(
                mode,
                f"without a network {name} has no address: Traefik drops it with all its routers",
                hint="attach it to a network that Traefik is in",
                related=[(label.key, "its labels")],
            )


def _has_no_network(container: ComposeService) -> bool:
    """Whether it has none at all; another container's network may be one that the files don't tell of."""
    return container.network_mode is not None and container.network_mode.value == "none"
