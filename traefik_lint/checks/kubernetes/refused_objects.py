"""TL743 and TL744: objects that Kubernetes does not take, so that Traefik never sees them.

Traefik's own kinds are those of its CRDs, in `traefik.io/v1alpha1` (K-001, K-002). What an Ingress or a Service may
hold is checked by Kubernetes itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from traefik_lint.checks.kubernetes.objects import INGRESS_GROUP, TRAEFIK_GROUPS, mappings_of
from traefik_lint.checks.kubernetes.ownership import CLASS_ANNOTATION
from traefik_lint.checks.names import nearest_name, quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.runtime.types import Runtime
from traefik_lint.source.tree import Scalar

_KINDS = (
    "IngressRoute", "IngressRouteTCP", "IngressRouteUDP", "Middleware", "MiddlewareTCP", "ServersTransport",
    "ServersTransportTCP", "TLSOption", "TLSStore", "TraefikService",
)  # fmt: skip
#: What is a host with something more; a name of other letters may be a placeholder that is still to be filled in.
_MORE_THAN_HOST = re.compile(r"[a-z][a-z0-9+]*://.*|[*a-z0-9.-]+(?::\d+|/.*)")


@check("TL743", "unknown-kind", severity="error")
def unknown_kind(runtime: Runtime) -> Iterator[Draft]:
    for found in runtime.deployment.objects:
        if found.kind_node.unknown or found.api_version.unknown:
            continue
        is_own = found.group in TRAEFIK_GROUPS
        if is_own and found.kind not in _KINDS:
            near = nearest_name(found.kind, _KINDS) or ("IngressRoute" if found.kind == "Ingress" else None)
            yield finding(
                found.kind_node,
                f"Traefik has no kind {quoted(found.kind)} in {quoted(found.group)}: Kubernetes refuses the object",
                hint=f"write {near}"
                if near is not None
                else "write one of Traefik's kinds, such as IngressRoute",
            )
        elif is_own and found.version != "v1alpha1":
            yield finding(
                found.api_version,
                f"Traefik's kinds are v1alpha1 alone: Kubernetes refuses {quoted(found.api_version.value)}",
                hint="write apiVersion: traefik.io/v1alpha1",
            )
        elif (
            found.kind.startswith("IngressRoute")
            and found.kind in _KINDS
            and found.group in (INGRESS_GROUP, "extensions", "")
        ):
            yield finding(
                found.api_version,
                f"{found.kind} is Traefik's own kind, not one of {quoted(found.api_version.value)}: Kubernetes refuses "
                "the object",
                hint="write apiVersion: traefik.io/v1alpha1",
            )


@check("TL744", "refused-by-kubernetes", severity="error")
def refused_by_kubernetes(runtime: Runtime) -> Iterator[Draft]:
    for found in runtime.deployment.objects:
        if found.kind == "Ingress" and found.group == INGRESS_GROUP:
            yield from _of_ingress(found)
        elif found.kind == "Service" and found.group == "" and found.spec is not None:
            name = found.spec.scalar("externalName")
            if name is not None and name.value and not name.unknown and _MORE_THAN_HOST.fullmatch(name.value):
                yield finding(
                    name,
                    f"externalName is the name of a host, and {quoted(name.value)} is none: Kubernetes refuses the "
                    "Service",
                    hint="write the host alone; the port and the scheme belong to the route",
                )


def _of_ingress(found: KubernetesObject) -> Iterator[Draft]:
    spec = found.spec
    if spec is None:
        return
    by_field, by_annotation = spec.scalar("ingressClassName"), found.annotation(CLASS_ANNOTATION)
    if by_field is not None and by_annotation is not None and _differ(by_field, by_annotation):
        yield finding(
            by_annotation,
            f"the class is {quoted(by_annotation.value)} here and {quoted(by_field.value)} in ingressClassName: "
            "Kubernetes does not make an Ingress with both",
            hint=f"take the annotation {CLASS_ANNOTATION} out",
            related=[(by_field, "the other one")],
        )
    for rule in mappings_of(spec.sequence("rules")):
        host = rule.scalar("host")
        every = host is not None and host.value == "*"
        if host is None or host.unknown or not (every or _MORE_THAN_HOST.fullmatch(host.value)):
            continue
        yield finding(
            host,
            f"{quoted(host.value)} is no host for an Ingress: Kubernetes refuses it",
            hint="leave host out to take every host" if every else "write the name of the host alone",
        )


def _differ(one: Scalar, other: Scalar) -> bool:
    is_known = not one.unknown and not other.unknown and one.value and other.value
    return bool(is_known) and one.value != other.value
