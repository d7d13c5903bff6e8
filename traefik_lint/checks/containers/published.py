"""TL611, TL612: ports of Traefik's own container: an entry point that clients can't reach, HTTP/3 without UDP.

Entry points listen inside the container; only what `ports` publishes comes in from outside.
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.containers.settings import providers
from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.compose import ComposeService, Port
from traefik_lint.runtime.types import EntryPoint, Runtime


@check("TL611", "entry-point-not-published", severity="warning")
def entry_point_not_published(runtime: Runtime) -> Iterator[Draft]:
    traefik = _edge(runtime)
    if traefik is None:
        return
    inside = {(port.target, port.protocol) for port in traefik.ports}
    listening = {(point.port, point.protocol) for point in runtime.entry_points.values()}
    served = _served(runtime, inside)
    for point in runtime.entry_points.values():
        if point.element is None or point.name not in served or (point.port, point.protocol) in inside:
            continue
        idle = [port for port in traefik.ports if (port.target, port.protocol) not in listening]
        yield from _unpublished(traefik, point, idle)


def _unpublished(traefik: ComposeService, point: EntryPoint, idle: list[Port]) -> Iterator[Draft]:
    """Say why an entry point is out of reach; ``idle`` are the published ports on which nothing listens."""
    address = point.element.value("address") if point.element is not None else None
    other = next((port for port in idle if port.target == point.port), None)
    dead = next(
        (port for port in idle if port.protocol == point.protocol and _alike(port.published, point)), None
    )
    name, container = quoted(point.name), quoted(traefik.name.value)
    ending = "/udp" if point.protocol == "udp" else ""
    if other is not None:
        place = other.node.span
        message = (
            f"port {point.port} is published for {other.protocol.upper()}, and the entry point {name} is for"
        )
        message += f" {point.protocol.upper()}: nothing reaches it"
        hint = f'write "{other.published or point.port}:{point.port}{ending}"'
    elif dead is not None:
        place = dead.node.span
        message = f"nothing listens on port {dead.target} in {container}: the entry point {name} listens on"
        message += f" {point.port}"
        hint = f'write "{dead.published or dead.target}:{point.port}{ending}"'
    elif point.port in (80, 443) and address is not None:
        place = address.span
        message = f"the entry point {name} listens on {point.port}, which {container} does not publish: no request from"
        message += " outside reaches its routers"
        hint = f'add "{point.port}:{point.port}" to the ports of {traefik.name.value}'
    else:
        return
    yield finding(
        place,
        message,
        hint=hint,
        related=[(address, "the entry point's address"), (traefik.ports[0].node, "the published ports")],
        confidence="high" if other or dead else "medium",
    )


@check("TL612", "http3-without-udp", severity="warning")
def http3_without_udp(runtime: Runtime) -> Iterator[Draft]:
    """HTTP/3 runs over UDP, and compose publishes TCP unless the port says /udp."""
    traefik = _edge(runtime)
    if traefik is None:
        return
    for point in runtime.entry_points.values():
        http3 = point.element.element("http3") if point.element is not None else None
        if http3 is None or point.port is None:
            continue
        ports = [port for port in traefik.ports if port.target == point.port]
        if ports and all(port.protocol == "tcp" for port in ports):
            yield finding(
                ports[0].node,
                f"port {point.port} is published for TCP alone, so nobody can use HTTP/3 on {quoted(point.name)}",
                hint=f'add "{ports[0].published or point.port}:{point.port}/udp"',
                related=[(http3, "HTTP/3 is switched on here")],
            )


def _edge(runtime: Runtime) -> ComposeService | None:
    """Traefik's container when it publishes ports itself, in a network of its own."""
    traefik = runtime.deployment.traefik
    if traefik is None or providers(runtime) is None or traefik.network_mode is not None or not traefik.ports:
        return None
    return traefik


def _served(runtime: Runtime, inside: set[tuple[int, str]]) -> set[str]:
    """Entry points with a written router that is on no published one besides."""
    names: set[str] = set()
    for router in runtime.all_definitions():
        if router.generated or router.element is None or not router.entry_point_values:
            continue
        points = [runtime.entry_points[name] for name in router.entry_points if name in runtime.entry_points]
        if points and not any((point.port, point.protocol) in inside for point in points):
            names.update(point.name for point in points)
    return names


def _alike(published: str, point: EntryPoint) -> bool:
    """Whether a published port was meant for an entry point: port 443 for websecure, 80 for web."""
    if point.port in (8443, 4443, 443):
        return published == "443"
    if point.port in (8080, 8000, 8888, 80):
        return published == "80"
    return published == str(point.port)
