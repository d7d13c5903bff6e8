"""TL504, TL505, TL506: a port on which the container does not answer.

Traefik takes the port of the labels, else the lowest that the container exposes, whatever it is for (R-041); a port
published on the host means nothing to it, and what is no number breaks the server's URL (R-042).
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.container_services import (
    backends,
    listed_ports,
    port_number,
    probed_port,
    router_place,
    told_ports,
    visible_ports,
)
from traefik_lint.checks.images import Image, image_name, known_image
from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.compose import ComposeService
from traefik_lint.runtime.types import Runtime
from traefik_lint.source.span import Span

#: Ports below 80 that never speak HTTP, so that an image can't expose a better one that is lower.
_NOT_HTTP = {21: "FTP", 22: "SSH", 23: "Telnet", 25: "SMTP", 53: "DNS", 67: "DHCP", 69: "TFTP"}


@check("TL504", "lowest-port-picked", severity="warning")
def lowest_port_picked(runtime: Runtime) -> Iterator[Draft]:
    """No port is named and Traefik picks the lowest, which is not the one that serves the pages."""
    for backend in backends(runtime):
        container = backend.container
        if backend.port is not None or backend.service.provider == "swarm":
            continue
        if backend.server is not None and backend.server.value("url") is not None:
            continue
        ports, all_known = visible_ports(container)
        if not ports:
            continue
        picked = min(ports)
        meant = _meant(container, ports, picked, all_known)
        if meant is None:
            continue
        port, why, place = meant
        what = f" ({_NOT_HTTP[picked]})" if picked in _NOT_HTTP else ""
        yield finding(
            router_place(runtime, backend.service, container),
            f"no label names the port of {quoted(container.name.value)}, so Traefik picks the lowest,"
            f" {picked}{what}{why}",
            hint=f"add traefik.http.services.{backend.name}.loadbalancer.server.port={port or '<port>'}",
            related=[
                (place, "the other port"),
                (listed_ports(container).get(picked), "the port that is picked"),
            ],
            confidence="high" if picked in _NOT_HTTP or all_known else "medium",
        )


def _meant(
    container: ComposeService, ports: set[int], picked: int, all_known: bool
) -> tuple[int, str, Span | None] | None:
    """The port that was meant (0 when unknown), why, and where that is written; None when all is well."""
    image = known_image(container.image)
    if all_known and image is not None and image.web and image.web != picked and picked in image.exposed:
        heard = {one.port for one in told_ports(container)}
        return None if picked in heard else (image.web, f": the image serves its pages on {image.web}", None)
    if picked in _NOT_HTTP:
        return min((port for port in ports if port not in _NOT_HTTP), default=0), "", None
    if len(ports) == 1:
        return None
    probe = probed_port(container)
    if probe is not None and probe.port != picked and probe.port in ports:
        return probe.port, f": the health check asks {probe.port}", probe.place
    for told in told_ports(container):
        if told.port != picked and told.port in ports:
            return told.port, f": the container is told to listen on {told.port}", told.place
    return None


@check("TL505", "port-of-the-host", severity="warning", confidence="medium")
def port_of_the_host(runtime: Runtime) -> Iterator[Draft]:
    """The port in the labels is one that is published on the host, for another port of the container."""
    for backend in backends(runtime):
        port, container = backend.port, backend.container
        number = port_number(port.text) if port is not None and port.known else None
        if port is None or number is None:
            continue
        if _listens(container, number):
            continue
        for published in container.ports:
            if (
                published.published == port.text
                and published.target != number
                and published.protocol == "tcp"
            ):
                yield finding(
                    port,
                    f"{quoted(port.text)} is the port on the host: Traefik asks the container itself,"
                    f" which has it as {published.target}",
                    hint=f"write {published.target}",
                    related=[(published.node, "the port is published here")],
                )
                break


def _listens(container: ComposeService, port: int) -> bool:
    """Whether something says that the container listens on a port."""
    image = known_image(container.image)
    if port in listed_ports(container) or (image is not None and port in image.exposed):
        return True
    probe = probed_port(container)
    return any(told.port == port for told in told_ports(container)) or (
        probe is not None and probe.port == port
    )


@check("TL507", "port-nobody-listens-on", severity="warning", confidence="medium")
def port_nobody_listens_on(runtime: Runtime) -> Iterator[Draft]:
    """The container is told to listen on one port, and the labels name another of which nothing else speaks."""
    for backend in backends(runtime):
        port, container = backend.port, backend.container
        number = port_number(port.text) if port is not None and port.known else None
        if port is None or number is None:
            continue
        if _listens(container, number) or any(
            published.published == port.text for published in container.ports
        ):
            continue
        told = told_ports(container)
        image = _unchanged_image(container)
        if len({one.port for one in told}) == 1:
            yield finding(
                port,
                f"Traefik asks {quoted(container.name.value)} on port {port.text}, but it is told to listen on"
                f" {told[0].port}",
                hint=f"write {told[0].port}",
                related=[(told[0].place, "the port that it listens on")],
            )
        elif not told and image is not None:
            yield finding(
                port,
                f"Traefik asks {quoted(container.name.value)} on port {port.text}, but its image listens on"
                f" {image.exposed[0]}",
                hint=f"write {image.exposed[0]}, unless its configuration says otherwise",
            )


#: Images that listen on their one port unless files, variables or arguments say otherwise.
_STEADY = frozenset((
    "adminer", "httpd", "nginx", "nginxdemos/hello", "phpmyadmin", "wordpress",
))  # fmt: skip


def _unchanged_image(container: ComposeService) -> Image | None:
    """A well-known image with one port and nothing that would make its program listen elsewhere."""
    image = container.image
    if image is None or container.node.get("build") is not None or container.is_open:
        return None
    if container.mounts or container.command or container.entrypoint or container.environment:
        return None
    return known_image(image) if image_name(image.value)[0] in _STEADY else None


@check("TL506", "impossible-port", severity="error")
def impossible_port(runtime: Runtime) -> Iterator[Draft]:
    """The port of a label becomes part of a URL as it stands (R-042)."""
    for backend in backends(runtime):
        port = backend.port
        if port is None or not port.known:
            continue
        text = port.text
        if 0 < (port_number(text) or 0) < 65536:
            continue
        effect = "never reaches it" if text.isascii() and text.isdigit() else "can't build the server's URL"
        number = next(
            (part for part in text.replace("/", ":").split(":")[::-1] if part.strip().isdigit()), ""
        )
        yield finding(
            port,
            f"{quoted(text)} is no port: Traefik {effect}",
            hint=f"write the number of the container's port alone{f', such as {number.strip()}' if number else ''}",
        )
