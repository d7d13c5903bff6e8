"""TL703: a port that the Kubernetes Service does not have (K-041, K-051, K-112).

A number is compared with `port`, never with `targetPort`, a text with `name`; what does not fit drops the route.
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.kubernetes.objects import (
    ServiceReference,
    dropped,
    lost,
    mappings_of,
    service_references,
    services,
    texts_of,
)
from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.runtime.types import Runtime
from traefik_lint.source.span import Span
from traefik_lint.source.tree import Mapping


@check("TL703", "port-not-in-service", severity="error")
def port_not_in_service(runtime: Runtime) -> Iterator[Draft]:
    drops = {span: drop for drop, _, span in dropped(runtime, "port-missing")}
    if not drops:
        return
    known = services(runtime)
    for reference in service_references(runtime):
        service = known.get(reference.identity)
        if service is None or (reference.port is not None and reference.port.unknown):
            continue
        span = next((place for place in _places(reference) if place in drops), None)
        if span is None and reference.port is None:
            span = next((place for place in drops if _holds(place, reference)), None)
        if span is None:
            continue
        drop = drops.pop(span)
        ports = _ports(service)
        if any(port.scalar("port") is None or _is_unknown(port) for port in ports):
            continue
        yield finding(
            reference.port or reference.name,
            f"{_what(reference, service)}: Traefik drops {lost(drop)}",
            hint=_hint(reference, ports),
            related=[(service.name_node, "the Service")],
        )


def _places(reference: ServiceReference) -> Iterator[Span]:
    """Where the runtime may have noted it: the port, the mapping around it, or the member."""
    if reference.port is not None:
        yield reference.port.span
    port = reference.holder.get("port")
    if port is not None:
        yield port.span
    yield reference.holder.span


def _holds(place: Span, reference: ServiceReference) -> bool:
    """Whether a place is the route around a member: where no port is written there is none to point at."""
    holder = reference.holder
    return place.file is holder.file and place.start <= holder.start and holder.end <= place.end


def _ports(service: KubernetesObject) -> list[Mapping]:
    return list(mappings_of(service.spec.sequence("ports") if service.spec is not None else None))


def _is_unknown(port: Mapping) -> bool:
    scalars = (port.scalar("port"), port.scalar("name"))
    return any(scalar is not None and scalar.unknown for scalar in scalars)


def _what(reference: ServiceReference, service: KubernetesObject) -> str:
    where = f"Service {quoted(service.name)}"
    port = reference.port
    if port is None:
        return f"no port of {where} is named"
    kind = "number" if port.style == "plain" and port.value.isdigit() else "name"
    return f"{where} has no port {port.value if kind == 'number' else 'called ' + quoted(port.value)}"


def _hint(reference: ServiceReference, ports: list[Mapping]) -> str:
    written = reference.port.value if reference.port is not None else ""
    is_ingress = reference.owner.kind == "Ingress"
    for port in ports:
        texts = texts_of(port)
        number = texts.get("port", "")
        right = f"number: {number}" if is_ingress else f"port: {number}"
        if written == number:
            return f"write {right} without quotes: a text is compared with the names of the ports"
        if written and written == texts.get("targetPort"):
            return f"write {right}: {written} is its targetPort, which is the pods' side"
        if written and written == texts.get("nodePort"):
            return f"write {right}: {written} is its nodePort"
        if written and written == texts.get("name"):
            return f"write name: {written}"
    shown = [
        f"{texts['port']} ({texts['name']})" if texts.get("name") else texts["port"]
        for texts in map(texts_of, ports)
        if "port" in texts
    ]
    if not shown:
        return "give the Service a port"
    if len(shown) == 1:
        number = texts_of(ports[0])["port"]
        return f"write {'number' if is_ingress else 'port'}: {number}, the only port it has"
    return f"it has the ports {', '.join(shown[:8])}"
