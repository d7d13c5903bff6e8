"""TL614: a container in the host's network, behind a Traefik in a network of its own.

Traefik asks `host.docker.internal`; where that name leads nowhere it asks 127.0.0.1, its own container (R-048).
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.container_services import backends
from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.compose import ComposeService
from traefik_lint.runtime.types import Runtime
from traefik_lint.source.tree import Mapping, Scalar, Sequence


@check("TL614", "host-network-out-of-reach", severity="warning", confidence="medium")
def host_network_out_of_reach(runtime: Runtime) -> Iterator[Draft]:
    traefik = runtime.deployment.traefik
    if traefik is None or traefik.network_mode is not None or _knows_the_host(traefik):
        return
    seen: set[int] = set()
    for backend in backends(runtime):
        container = backend.container
        mode = container.network_mode
        if mode is None or mode.value != "host" or id(container) in seen or container is traefik:
            continue
        seen.add(id(container))
        yield finding(
            mode,
            f"{quoted(container.name.value)} is in the host's network: unless {quoted(traefik.name.value)} knows"
            " host.docker.internal, Traefik asks its own container instead, and requests get 502",
            hint=f"add to {traefik.name.value}: extra_hosts: [host.docker.internal:host-gateway]",
            related=[(traefik.name, "Traefik runs in this container")],
        )


def _knows_the_host(traefik: ComposeService) -> bool:
    hosts = traefik.node.get("extra_hosts")
    texts: list[str] = []
    if isinstance(hosts, Sequence):
        texts = [item.value for item in hosts if isinstance(item, Scalar)]
    elif isinstance(hosts, Mapping):
        texts = [entry.key.value for entry in hosts]
    return any(text.startswith(("host.docker.internal", "host.containers.internal")) for text in texts)
