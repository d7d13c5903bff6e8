"""TL503: a container on which Traefik finds no port: it is dropped with all its routers (R-041, R-048, R-051, R-052).

A swarm service has no ports but those in its labels. A container shows those of `ports`, `expose` and of its image;
what an image built here exposes is looked up in its Dockerfile.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from traefik_lint.checks.container_services import (
    Backend,
    backends,
    listed_ports,
    own_labels,
    router_place,
    sees_ports,
    telling_label,
    told_ports,
)
from traefik_lint.checks.images import image_named, known_image
from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.compose import ComposeService
from traefik_lint.runtime.types import Drop, Runtime
from traefik_lint.source.tree import Mapping, Scalar

_EXPOSE = re.compile(r"(?im)^\s*EXPOSE\s")
_FROM = re.compile(r"(?im)^\s*FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?")


@check("TL503", "missing-port", severity="error")
def missing_port(runtime: Runtime) -> Iterator[Draft]:
    for drop in runtime.drops:
        if drop.kind == "port-missing" and isinstance(drop.origin, ComposeService):
            yield from _dropped(drop, drop.origin)
    for backend in backends(runtime):
        if backend.port is None and not _may_have_port(backend):
            yield from _unexposed(runtime, backend)


def _dropped(drop: Drop, container: ComposeService) -> Iterator[Draft]:
    is_swarm = not container.labels or telling_label(container.labels) is None
    label = telling_label(own_labels(container, "swarm" if is_swarm else "docker"))
    if label is None:
        return  # nobody asked for it
    name = _service_name(drop)
    if is_swarm:
        why = "for a swarm service Traefik only knows the port in its labels"
    elif not sees_ports(container):
        mode = container.network_mode.value if container.network_mode is not None else ""
        why = f"with network_mode {quoted(mode)} Traefik sees no ports of it"
    else:
        why = "neither its labels nor ports nor expose name one"
    yield finding(
        label.key,
        f"Traefik finds no port on {quoted(container.name.value)} and drops it with all its routers: {why}",
        hint=_hint(container, name),
    )


def _unexposed(runtime: Runtime, backend: Backend) -> Iterator[Draft]:
    container = backend.container
    told = told_ports(container)
    yield finding(
        router_place(runtime, backend.service, container),
        f"nothing exposes a port of {quoted(container.name.value)}: Traefik finds none, and drops the container",
        hint=_hint(container, backend.name),
        related=[(one.place, "the port that it listens on") for one in told[:1]],
        severity="warning",
        confidence="medium",
    )


def _hint(container: ComposeService, service: str) -> str:
    told = told_ports(container)
    port = str(told[0].port) if told else "<port>"
    return f"add traefik.http.services.{service or container.name.value}.loadbalancer.server.port={port}"


def _service_name(drop: Drop) -> str:
    match = re.match(r'service "([^"]+)" error', drop.text)
    return match[1] if match else ""


def _may_have_port(backend: Backend) -> bool:
    """Whether anything may give the container a port; true when that can't be told."""
    container = backend.container
    if listed_ports(container) or not sees_ports(container) or container.is_open:
        return True
    if backend.service.provider == "swarm" or (backend.server is not None and backend.server.value("url")):
        return True
    build = container.node.get("build")
    if build is None:
        image = known_image(container.image)
        return image is None or bool(image.exposed)
    text = _dockerfile(build, container)
    return text is None or _may_expose(text)


def _may_expose(text: str) -> bool:
    """Whether an image built from this Dockerfile may expose a port, from its own lines or its base's."""
    stages = {match[2].lower(): match[1] for match in _FROM.finditer(text) if match[2]}
    bases = _FROM.findall(text)
    if _EXPOSE.search(text) or not bases:
        return True
    base = bases[-1][0]
    for _ in range(20):
        base = stages.get(base.lower(), base)
        if base.lower() not in stages:
            break
    if base.lower() == "scratch":
        return False
    image = image_named(base) if "$" not in base else None
    return image is None or bool(image.exposed)


def _dockerfile(build: object, container: ComposeService) -> str | None:
    """The text of the Dockerfile, None where it can't be read."""
    context, name = ".", "Dockerfile"
    if isinstance(build, Scalar):
        context = build.value
    elif isinstance(build, Mapping):
        if build.get("dockerfile_inline") is not None or build.get("target") is not None:
            return None
        for key in ("context", "dockerfile"):
            node = build.get(key)
            if isinstance(node, Scalar) and not node.unknown:
                context, name = (node.value, name) if key == "context" else (context, node.value)
    file = container.project.load_file(os.path.join(container.project.directory, context, name))
    return file.text if file is not None else None
