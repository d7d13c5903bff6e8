"""TL610: the docker provider is on, and no socket is mounted through which it could reach the daemon (S-050)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from traefik_lint.checks.container_services import routing_labels
from traefik_lint.checks.containers.settings import providers
from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.compose import ComposeService
from traefik_lint.runtime.types import Runtime

_DEFAULT = "unix:///var/run/docker.sock"


@check("TL610", "docker-socket-not-mounted", severity="error")
def docker_socket_not_mounted(runtime: Runtime) -> Iterator[Draft]:
    traefik, known = runtime.deployment.traefik, providers(runtime)
    if traefik is None or known is None or traefik.is_open or traefik.image is None:
        return
    for provider in ("docker", "swarm"):
        options = known.options(provider)
        if options is None:
            continue
        value = options.value("endpoint")
        endpoint = value.text if value is not None and value.text else _DEFAULT
        if (value is not None and not value.known) or not endpoint.startswith("unix://"):
            continue
        path = posixpath.normpath(endpoint[len("unix://") :])
        if _has(traefik, path) or _has_other_ways(traefik):
            continue
        yield finding(
            value if value is not None else options,
            f"{quoted(path)} is not mounted into {quoted(traefik.name.value)}: Traefik can't reach the docker daemon,"
            " tries again for ever, and sees no container",
            hint=f"add to its volumes: /var/run/docker.sock:{path}:ro",
            related=[(traefik.name, "Traefik runs in this container")],
            # A service without any mount, and nobody beside it to serve, is a sketch or an excerpt.
            severity=None if traefik.mounts or (traefik.ports and _serves_others(traefik)) else "info",
        )


def _serves_others(traefik: ComposeService) -> bool:
    """Whether a container beside it has labels for it."""
    return any(routing_labels(other.labels) for other in traefik.project.services if other is not traefik)


def _has(traefik: ComposeService, path: str) -> bool:
    """Whether something is mounted at a path, at a folder above it, or at the same socket under its other name."""
    paths = {path, path.replace("/var/run/", "/run/", 1), f"/var{path}" if path.startswith("/run/") else path}
    for mount in traefik.mounts:
        target = posixpath.normpath(mount.target) if mount.target else ""
        if "$" in mount.target or any(
            one == target or one.startswith(target.rstrip("/") + "/") for one in paths
        ):
            return True
        if mount.source.endswith(".sock"):
            return True
    return False


def _has_other_ways(traefik: ComposeService) -> bool:
    """The volumes of other containers, compose's own way to hand the socket over, a variable for it."""
    node = traefik.node
    if any(node.get(key) is not None for key in ("volumes_from", "use_api_socket")):
        return True
    return any(variable.key.value == "DOCKER_HOST" for variable in traefik.environment)
