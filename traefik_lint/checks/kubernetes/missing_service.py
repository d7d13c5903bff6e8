"""TL702: a Kubernetes Service that is not there (K-041, K-050, K-112).

Services often come from elsewhere, so we speak only on evidence in the files: a Service of that name in another
namespace, of nearly that name in the same one, or an object all of whose other Services are in its own file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from traefik_lint.checks.kubernetes.objects import (
    ServiceReference,
    service_references,
    services,
    traefik_services,
)
from traefik_lint.checks.names import nearest_name, quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.runtime.types import Runtime
from traefik_lint.source.span import Span
from traefik_lint.source.tree import Scalar

_Known = dict[tuple[str, str], KubernetesObject]


@check("TL702", "undefined-kubernetes-service", severity="error", confidence="medium")
def undefined_kubernetes_service(runtime: Runtime) -> Iterator[Draft]:
    looked_up = {
        drop.span
        for drop in (*runtime.missing, *runtime.drops)
        if drop.kind == "service-missing" and drop.span
    }
    known = services(runtime)
    split = traefik_services(runtime)
    yield from _kind_too_many(runtime, known, split)
    if not looked_up:
        return
    used: dict[str, list[ServiceReference]] = defaultdict(list)
    references = list(service_references(runtime))
    for reference in references:
        used[reference.owner.root.file.path].append(reference)
    seen: set[Span] = set()
    for reference in references:
        name = reference.name
        if name.span not in looked_up or name.unknown or reference.identity in known or name.span in seen:
            continue
        seen.add(name.span)
        if runtime.deployment.is_external("kubernetes-services", name.value):
            continue
        draft = _draft(reference, known, split, used[reference.owner.root.file.path])
        if draft is not None:
            yield draft


def _draft(
    reference: ServiceReference, known: _Known, split: _Known, beside: list[ServiceReference]
) -> Draft | None:
    name, namespace = reference.name.value, reference.namespace
    effect = f"Traefik drops {_effect(reference)}"
    if "@" in name:
        return finding(
            reference.name,
            f"{quoted(name)} is looked for as a Kubernetes Service, and none can have that name: {effect}",
            hint="add kind: TraefikService",
            confidence="high",
        )
    if (namespace, name) in split:
        return finding(
            reference.name,
            f"{quoted(name)} is a TraefikService, and is looked for as a Kubernetes Service: {effect}",
            hint="add kind: TraefikService",
            related=[(split[namespace, name].name_node, "defined here")],
            confidence="high",
        )
    same = [
        found for (_, other), found in known.items() if other == name and found.namespace_node is not None
    ]
    if len(same) == 1 and _has_namespace(reference):
        other = same[0].namespace
        how = (
            "an Ingress can only name Services of its own namespace"
            if reference.owner.kind == "Ingress"
            else f"add namespace: {other} (allowCrossNamespace must be on), or move this there"
        )
        return finding(
            reference.name,
            f"Service {quoted(name)} is in namespace {quoted(other)}, not in {quoted(namespace)}: {effect}",
            hint=f"{how}: put it into namespace {quoted(other)}"
            if reference.owner.kind == "Ingress"
            else how,
            related=[(same[0].name_node, "defined here")],
        )
    near = nearest_name(name, [other for where, other in known if where == namespace])
    if near is not None and not any(one.name.value == near for one in beside):
        return finding(
            reference.name,
            f"there is no Service {quoted(name)} in namespace {quoted(namespace)}: {effect}",
            hint=f"write {quoted(near)}",
            related=[(known[namespace, near].name_node, "defined here")],
        )
    if _stands_alone(reference, known, beside):
        return finding(
            reference.name,
            f"there is no Service {quoted(name)} in namespace {quoted(namespace)}: {effect}",
            hint="define the Service, or take it out here",
            severity="warning",
        )
    return None


def _kind_too_many(runtime: Runtime, known: _Known, split: _Known) -> Iterator[Draft]:
    """`kind: TraefikService` where the files have only a Service of that name: the router is disabled (K-049)."""
    for router in runtime.definitions["http"].values():
        origin, reference = router.origin, router.service
        if not isinstance(origin, KubernetesObject) or reference is None or reference.value is None:
            continue
        node = reference.value.node
        if reference.name in runtime.services or not isinstance(node, Scalar) or "@" in node.value:
            continue
        identity = (origin.namespace, node.value)
        if origin.kind == "IngressRoute" and identity in known and identity not in split and not node.unknown:
            yield finding(
                node,
                f"{quoted(node.value)} is a Kubernetes Service, and is looked for as a TraefikService: the route is "
                "disabled",
                hint="take kind: TraefikService out, or write kind: Service",
                related=[(known[identity].name_node, "the Service")],
            )


def _has_namespace(reference: ServiceReference) -> bool:
    written = reference.holder.scalar("namespace")
    node = written if written is not None else reference.owner.namespace_node
    return node is not None and not node.unknown


def _stands_alone(reference: ServiceReference, known: _Known, beside: list[ServiceReference]) -> bool:
    """Whether all other Services that the file names are defined in that very file."""
    file = reference.owner.root.file
    others = {one.identity for one in beside if one.identity != reference.identity}
    return bool(others) and all(
        identity in known and known[identity].root.file is file for identity in others
    )


def _effect(reference: ServiceReference) -> str:
    owner = reference.owner
    if owner.kind == "Ingress":
        return "the path"
    if owner.kind in ("TraefikService", "Middleware"):
        return f"the whole {owner.kind} {quoted(owner.name)}"
    return "the route" if owner.kind == "IngressRoute" else "it from the route"
