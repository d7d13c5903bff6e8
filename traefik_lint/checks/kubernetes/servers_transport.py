"""TL725: a ServersTransport that a Kubernetes Service or a route names and that does not exist (K-014, K-052).

In a route the plain name of an object in the Service's namespace is meant; in an annotation nothing is added but the
provider, so the whole name `namespace-name@kubernetescrd` has to stand there. The router answers 500 without it.
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import nearest_name, quoted
from traefik_lint.checks.references import missing
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.model.values import Element, Value
from traefik_lint.runtime.names import normalize, qualify
from traefik_lint.runtime.types import Runtime
from traefik_lint.source.span import Span
from traefik_lint.source.tree import Scalar


@check("TL725", "undefined-kubernetes-transport", severity="error")
def undefined_kubernetes_transport(runtime: Runtime) -> Iterator[Draft]:
    seen: set[Span] = set()
    for services, known, kind in (
        (runtime.services, runtime.servers_transports, "ServersTransport"),
        (runtime.tcp_services, runtime.tcp_servers_transports, "ServersTransportTCP"),
    ):
        for service in services.values():
            origin = service.origin
            if service.element is None or not isinstance(origin, KubernetesObject):
                continue
            value = service.element.value("loadBalancer", "serversTransport")
            if value is None or not value.known or not value.text or value.span in seen:
                continue
            name = qualify(value.text, service.provider)
            if name in known:
                continue
            seen.add(value.span)
            draft = _draft(runtime, origin, value, name, known, kind)
            if draft is not None:
                yield draft


def _draft(
    runtime: Runtime, origin: KubernetesObject, value: Value, name: str, known: dict[str, Element], kind: str
) -> Draft | None:
    written = value.node.value if isinstance(value.node, Scalar) else value.text
    objects = [
        found
        for found in runtime.deployment.objects
        if found.kind == kind
        and qualify(normalize(f"{found.namespace}-{found.name}"), "kubernetescrd") in known
    ]
    is_whole = written == value.text
    meant = _meant(objects, origin, written.partition("@")[0], is_whole=is_whole)
    certain = (
        is_whole and "@" not in written and not runtime.deployment.is_external("servers-transports", name)
    )
    if meant is None and not certain:
        gap = missing(runtime, name, "serversTransports", known)
        if gap is None or gap.confidence != "high":
            return None
    if meant is None:
        hint = (
            f'write "{origin.namespace}-{written}@kubernetescrd": an annotation takes the whole name of the object'
            if certain
            else f"define the {kind}, or correct the name"
        )
    elif is_whole:
        hint = f'write "{normalize(f"{meant.namespace}-{meant.name}")}@kubernetescrd"'
    elif meant.namespace == origin.namespace:
        hint = f"write {quoted(meant.name)}"
    else:
        hint = f"define it in namespace {quoted(origin.namespace)}, where the Service is looked for, too"
    return finding(
        value,
        f"there is no servers transport {quoted(name)}: requests get 500",
        hint=hint,
        related=[(meant.name_node if meant is not None else None, "defined here")],
        severity=None if certain or meant is not None else "warning",
        confidence=None if certain else "medium",
    )


def _meant(
    objects: list[KubernetesObject], origin: KubernetesObject, written: str, *, is_whole: bool
) -> KubernetesObject | None:
    """The object that was meant: of that very name, or of one that is nearly the same."""
    names = {
        normalize(f"{found.namespace}-{found.name}") if is_whole else found.name: found for found in objects
    }
    for found in objects:
        if written in (found.name, normalize(f"{found.namespace}-{found.name}")):
            return found
    near = nearest_name(written, names)
    if near is None and is_whole:
        own = {found.name: found for found in objects if found.namespace == origin.namespace}
        near_own = nearest_name(written, own)
        return own[near_own] if near_own is not None else None
    return names[near] if near is not None else None
