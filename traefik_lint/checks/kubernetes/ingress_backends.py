"""TL716 and TL717: backends of an Ingress that Traefik does not use (K-110, K-112)."""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.kubernetes.objects import INGRESS_GROUP, dropped, lost
from traefik_lint.checks.kubernetes.ownership import Ownership, class_node
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.runtime.types import Runtime
from traefik_lint.source.tree import Mapping


@check("TL716", "unused-default-backend", severity="warning")
def unused_default_backend(runtime: Runtime) -> Iterator[Draft]:
    """`defaultBackend` counts in an Ingress without rules only, and in one of them per cluster (K-110)."""
    ownership = Ownership(runtime)
    for found in runtime.deployment.objects:
        if found.kind != "Ingress" or found.group != INGRESS_GROUP or found.spec is None:
            continue
        entry = found.spec.entry("defaultBackend")
        rules = found.spec.sequence("rules")
        if entry is None or rules is None or not rules.items or not _is_taken(runtime, ownership, found):
            continue
        yield finding(
            entry.key,
            "Traefik uses defaultBackend in an Ingress without rules only: what no rule here takes gets 404",
            hint="make an Ingress of its own for it, with defaultBackend and no rules, or add a path / to the rules",
        )
    for drop, origin, span in dropped(runtime, "several-defaults"):
        if origin.kind == "Ingress":
            entry = origin.spec.entry("defaultBackend") if origin.spec is not None else None
            yield finding(
                entry.key if entry is not None else span,
                "another Ingress has the default backend of the cluster, and there is only one: Traefik drops one of "
                "the two, whichever comes second",
                hint="keep one of them",
                confidence="medium",
            )
            _ = drop


@check("TL717", "backend-that-is-no-service", severity="error")
def backend_that_is_no_service(runtime: Runtime) -> Iterator[Draft]:
    """Traefik routes to Services only: resource backends are dropped (K-112)."""
    ownership = Ownership(runtime)
    for drop, origin, span in dropped(runtime, "backend", "panic"):
        if origin.kind != "Ingress" or not _is_taken(runtime, ownership, origin):
            continue
        is_old = _is_old(origin, span.start)
        yield finding(
            span,
            (
                "serviceName and servicePort are of an older kind of Ingress, and this backend names no service"
                if is_old
                else "Traefik supports no resource backends"
                if "Resource" in drop.text or "resource" in span.text
                else "this backend names no service"
            )
            + (
                ": releases like this one stop reading Ingresses over it"
                if drop.kind == "panic"
                else f": Traefik drops {lost(drop)}"
            ),
            hint="write service: {name: …, port: {number: …}}"
            if is_old or "Resource" not in drop.text
            else "put a Service before it, or use a TraefikService in an IngressRoute",
        )


def _is_taken(runtime: Runtime, ownership: Ownership, found: KubernetesObject) -> bool:
    """Whether the Ingress is plainly Traefik's: it says so, or nothing else can take it here."""
    if ownership.asks_for_traefik(found):
        return True
    return class_node(found) is None and runtime.deployment.static is not None


def _is_old(found: KubernetesObject, offset: int) -> bool:
    pending = [found.spec] if found.spec is not None else []
    while pending:
        here = pending.pop()
        for entry in here.entries:
            if entry.key.value == "serviceName" and here.start <= offset <= here.end:
                return True
            if isinstance(entry.value, Mapping):
                pending.append(entry.value)
            else:
                pending += [item for item in getattr(entry.value, "items", ()) if isinstance(item, Mapping)]
    return False
