"""TL730: pods asked by https whose certificate can't be trusted (K-042, K-043, K-052).

Traefik asks pods by their addresses. A certificate for names does not hold for an address, so that without a
ServersTransport that says which name to expect (or to trust any) every request gets 500.
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.kubernetes.objects import ServiceReference, service_references, services
from traefik_lint.checks.kubernetes.schemes import chosen_scheme, port_of
from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.options.annotations import PREFIX
from traefik_lint.runtime.types import Runtime

_HTTP = frozenset({"IngressRoute", "TraefikService", "Ingress"})


@check("TL730", "untrusted-pod-certificate", severity="warning", confidence="medium", needs=("static",))
def untrusted_pod_certificate(runtime: Runtime) -> Iterator[Draft]:
    static = runtime.deployment.static
    if static is None or static.element.get("serversTransport") is not None:
        return
    known = services(runtime)
    told: set[tuple[str, str]] = set()
    for reference in service_references(runtime):
        service = known.get(reference.identity)
        if service is None or reference.owner.kind not in _HTTP or reference.identity in told:
            continue
        port = port_of(reference, service)
        if port is None or _is_external(service) or chosen_scheme(reference, service, port) != "https":
            continue
        if _has_transport(reference, service):
            continue
        told.add(reference.identity)
        scheme = reference.holder.entry("scheme")
        yield finding(
            scheme.value if scheme is not None else reference.port or reference.name,
            f"Traefik asks the pods of Service {quoted(service.name)} by https at their addresses, for which their "
            "certificate does not hold: every request gets 500",
            hint=_hint(reference, service),
            related=[(service.name_node, "the Service")],
        )


def _is_external(service: KubernetesObject) -> bool:
    kind = service.spec.scalar("type") if service.spec is not None else None
    return kind is not None and (kind.unknown or kind.value == "ExternalName")


def _has_transport(reference: ServiceReference, service: KubernetesObject) -> bool:
    if reference.owner.kind != "Ingress":
        return reference.holder.get("serversTransport") is not None
    return any(
        label.key.value.lower() == PREFIX + "service.serverstransport" for label in service.annotations
    )


def _hint(reference: ServiceReference, service: KubernetesObject) -> str:
    transport = "a ServersTransport with serverName and rootCAs, or with insecureSkipVerify"
    if reference.owner.kind == "Ingress":
        return f"name {transport} in the annotation {PREFIX}service.serverstransport of Service {quoted(service.name)}"
    return f"name {transport} in serversTransport"
