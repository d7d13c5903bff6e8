"""TL735: options of a service that do nothing where they stand (K-045, K-053)."""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.kubernetes.objects import (
    ROUTES,
    TRAEFIK_GROUPS,
    mappings_of,
    service_references,
    services,
)
from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.runtime.types import Runtime
from traefik_lint.source.tree import Entry, Mapping


@check("TL735", "service-option-without-effect", severity="warning")
def service_option_without_effect(runtime: Runtime) -> Iterator[Draft]:
    for sticky in _sticky(runtime):
        yield finding(
            sticky.key,
            "sticky does nothing by itself: requests stick by a cookie",
            hint="write sticky: {cookie: {}}",
        )
    known = services(runtime)
    for reference in service_references(runtime):
        entry = reference.holder.entry("nodePortLB")
        service = known.get(reference.identity)
        if entry is None or service is None or service.spec is None or reference.owner.kind == "Ingress":
            continue
        asked = reference.holder.scalar("nodePortLB")
        kind = service.spec.scalar("type")
        shown = kind.value if kind is not None else "ClusterIP"
        if (
            asked is None
            or asked.value != "true"
            or shown == "NodePort"
            or (kind is not None and kind.unknown)
        ):
            continue
        yield finding(
            entry.key,
            f"nodePortLB is for Services of type NodePort, and {quoted(service.name)} is of type {shown}: Traefik "
            "ignores it in silence",
            hint="take it out, or write type: NodePort in the Service",
            related=[(service.name_node, "the Service")],
        )


def _sticky(runtime: Runtime) -> Iterator[Entry]:
    """Every `sticky` without a cookie: of the services of a route, and of weighted services."""
    if runtime.version < (3, 3, 0):
        return
    for found in runtime.deployment.objects:
        if found.group not in TRAEFIK_GROUPS or found.spec is None:
            continue
        holders: list[Mapping] = []
        if found.kind in ROUTES:
            for route in mappings_of(found.spec.sequence("routes")):
                holders += mappings_of(route.sequence("services"))
        elif found.kind == "TraefikService":
            weighted = found.spec.mapping("weighted")
            if weighted is not None:
                holders += [weighted, *mappings_of(weighted.sequence("services"))]
        for holder in holders:
            entry = holder.entry("sticky")
            if entry is not None and isinstance(entry.value, Mapping) and not entry.value.entries:
                yield entry
