"""TL613: a health check that can't succeed: Traefik drops containers that are not healthy without a word (R-033)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from traefik_lint.checks.container_services import backends, listed_ports, probed_port, told_ports
from traefik_lint.checks.images import image_name, known_image, lacks_tool
from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.compose import ComposeService
from traefik_lint.runtime.types import Runtime
from traefik_lint.source.tree import Scalar, Sequence


@check("TL613", "health-check-that-fails", severity="warning", confidence="medium")
def health_check_that_fails(runtime: Runtime) -> Iterator[Draft]:
    seen: set[int] = set()
    for backend in backends(runtime):
        container = backend.container
        if id(container) in seen or backend.service.provider != "docker" or container.healthcheck is None:
            continue
        seen.add(id(container))
        yield from _missing_tool(container)
        yield from _other_port(container, backend.port.text if backend.port is not None else "")


def _missing_tool(container: ComposeService) -> Iterator[Draft]:
    found = _program(container)
    if found is None or container.node.get("build") is not None or container.image is None:
        return
    word, tool = found
    if not lacks_tool(container.image, tool):
        return
    yield finding(
        word,
        f"the image {quoted(container.image.value)} has no {tool}, so the health check always fails and Traefik never"
        f" shows {quoted(container.name.value)}",
        hint="ask with a program that the image has, or take the health check out",
    )


def _program(container: ComposeService) -> tuple[Scalar, str] | None:
    """curl or wget as the program that the check runs, and nothing to fall back on."""
    test = container.healthcheck.get("test") if container.healthcheck is not None else None
    if isinstance(test, Sequence):
        words = [item for item in test if isinstance(item, Scalar)]
        if len(words) < 2:
            return None
        word, text = words[1], words[1].value
    elif isinstance(test, Scalar):
        word, text = test, test.value
    else:
        return None
    if word.unknown or ("wget" in text and "curl" in text):
        return None
    first = posixpath.basename(text.split()[0]) if text.split() else ""
    return (word, first) if first in ("curl", "wget") else None


def _other_port(container: ComposeService, named: str) -> Iterator[Draft]:
    """The check asks a port of a well-known image that listens on one port only, and on another one."""
    probe = probed_port(container)
    image = known_image(container.image)
    if probe is None or image is None or container.image is None or container.node.get("build") is not None:
        return
    if (
        len(image.exposed) != 1
        or probe.port in image.exposed
        or image_name(container.image.value)[0] == "registry"
    ):
        return
    if probe.port in listed_ports(container) or any(
        told.port == probe.port for told in told_ports(container)
    ):
        return
    if container.mounts and named != str(image.exposed[0]):
        return  # its own configuration may well say otherwise
    yield finding(
        probe.place,
        f"the health check asks port {probe.port}, but the image listens on {image.exposed[0]}: it always fails, and"
        f" Traefik never shows {quoted(container.name.value)}",
        hint=f"ask port {image.exposed[0]}",
    )
