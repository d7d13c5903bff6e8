"""TL745: gRPC asked over HTTP/1.1.

Traefik speaks HTTP/1.1 to a server by plain http; gRPC needs HTTP/2, which is asked for by `h2c` (K-043, K-115), and
comes of itself with https. That a port speaks gRPC is told by its name or its appProtocol.
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.kubernetes.objects import service_references, services, texts_of
from traefik_lint.checks.kubernetes.schemes import chosen_scheme, port_of
from traefik_lint.checks.names import edit_distance, quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.options.annotations import PREFIX
from traefik_lint.runtime.types import Runtime
from traefik_lint.source.span import Span
from traefik_lint.source.tree import Mapping, Scalar

_PROTOCOLS = frozenset({"grpc", "h2c", "kubernetes.io/h2c"})


@check("TL745", "grpc-over-http1", severity="warning", confidence="medium")
def grpc_over_http1(runtime: Runtime) -> Iterator[Draft]:
    known = services(runtime)
    seen: set[Span] = set()
    for reference in service_references(runtime):
        service = known.get(reference.identity)
        if service is None or reference.owner.kind not in ("IngressRoute", "TraefikService", "Ingress"):
            continue
        port = port_of(reference, service)
        sign = _sign(port) if port is not None else None
        place = reference.port or reference.name
        if port is None or sign is None or place.span in seen:
            continue
        if any(edit_distance(entry.key.value, "scheme", 2) <= 2 for entry in reference.holder):
            continue
        key = PREFIX + "service.serversscheme"
        if any(one.key.value.lower() == key for one in (*service.annotations, *reference.owner.annotations)):
            continue
        if chosen_scheme(reference, service, port) != "http":
            continue
        seen.add(place.span)
        yield finding(
            place,
            f"Traefik asks Service {quoted(service.name)} by HTTP/1.1, and its port speaks gRPC: calls fail (502)",
            hint=f"add the annotation {key}: h2c to Service {quoted(service.name)}"
            if reference.owner.kind == "Ingress"
            else "add scheme: h2c",
            related=[(sign, "told by this")],
        )


def _sign(port: Mapping) -> Scalar | None:
    texts = texts_of(port)
    if texts.get("appProtocol", "").lower() in _PROTOCOLS:
        return port.scalar("appProtocol")
    name = texts.get("name", "").lower()
    return (
        port.scalar("name")
        if name in ("grpc", "h2c") or name.startswith("grpc-") or name.endswith("-grpc")
        else None
    )
