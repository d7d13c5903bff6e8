"""TL742: Endpoints written by hand that belong to no Service, or whose ports have other names.

A Service without a selector has the Endpoints of its own name, the EndpointSlices with its name in a label; the port
is found by the Service port's name (K-042). Otherwise Traefik finds no server and drops the route.
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.kubernetes.objects import mappings_of, service_references, services
from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.runtime.types import Runtime
from traefik_lint.source.tree import Mapping, Scalar

_LABEL = "kubernetes.io/service-name"


@check("TL742", "endpoints-of-other-service", severity="error", confidence="medium")
def endpoints_of_other_service(runtime: Runtime) -> Iterator[Draft]:
    written = [found for found in runtime.deployment.objects if found.kind in ("Endpoints", "EndpointSlice")]
    if not written:
        return
    known = services(runtime)
    for identity in dict.fromkeys(reference.identity for reference in service_references(runtime)):
        service = known.get(identity)
        spec = service.spec if service is not None else None
        if (
            service is None
            or spec is None
            or spec.get("selector") is not None
            or spec.get("externalName") is not None
        ):
            continue
        near = [one for one in written if one.namespace == service.namespace]
        own = [one for one in near if _service_of(one) == service.name]
        if not own:
            free = [one for one in near if (one.namespace, _service_of(one)) not in known]
            if len(free) == 1 and not (_place(free[0]) or free[0].kind_node).unknown:
                yield _of_name(service, free[0])
            continue
        draft = _of_ports(service, spec, own)
        if draft is not None:
            yield draft


def _service_of(endpoints: KubernetesObject) -> str:
    if endpoints.kind == "Endpoints":
        return endpoints.name
    return next((label.value.value for label in endpoints.labels if label.key.value == _LABEL), "")


def _place(endpoints: KubernetesObject) -> Scalar | None:
    """Where the Service is named: by the name of the object, or by the label of a slice."""
    if endpoints.kind == "Endpoints":
        return endpoints.name_node
    label = next((label.value for label in endpoints.labels if label.key.value == _LABEL), None)
    return label or endpoints.name_node


def _of_name(service: KubernetesObject, other: KubernetesObject) -> Draft:
    is_whole = other.kind == "Endpoints"
    hint = f"write name: {service.name}" if is_whole else f"give it the label {_LABEL}: {service.name}"
    return finding(
        _place(other) or other.kind_node,
        f"Service {quoted(service.name)} has neither a selector nor endpoints, and these belong to no Service: Traefik "
        "drops its routes",
        hint=hint,
        related=[(service.name_node, "the Service")],
    )


def _of_ports(service: KubernetesObject, spec: Mapping, own: list[KubernetesObject]) -> Draft | None:
    names: dict[str, Scalar | None] = {}
    for endpoints in own:
        holders = [endpoints.root]
        if endpoints.kind == "Endpoints":
            holders = list(mappings_of(endpoints.root.sequence("subsets")))
        for holder in holders:
            for port in mappings_of(holder.sequence("ports")):
                name = port.scalar("name")
                names[name.value if name is not None else ""] = name or port.scalar("port")
    ports = list(mappings_of(spec.sequence("ports")))
    if len(ports) != 1 or len(names) != 1:
        return None
    name = ports[0].scalar("name")
    wanted = name.value if name is not None else ""
    [(has, place)] = names.items()
    if wanted == has or place is None or place.unknown or (name is not None and name.unknown):
        return None
    called = f"calls it {quoted(has)}" if has else "gives it no name"
    return finding(
        place,
        f"port {quoted(wanted) if wanted else 'without a name'} of Service {quoted(service.name)} is looked up by its "
        f"name, and {own[0].kind} {quoted(own[0].name)} {called}: Traefik finds no server and drops the route",
        hint=f"write name: {wanted}" if wanted else "take the name out",
        related=[(name or service.name_node, "the port of the Service")],
    )
