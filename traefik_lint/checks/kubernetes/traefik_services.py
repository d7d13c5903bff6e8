"""TL719: TraefikServices that do nothing, or not all that they say (K-050, R-203, R-207)."""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.kubernetes.objects import TRAEFIK_GROUPS, mappings_of
from traefik_lint.checks.names import listed, quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.runtime.types import Runtime
from traefik_lint.source.tree import Mapping

#: In the order in which Traefik looks for them.
_TYPES = ("weighted", "mirroring", "highestRandomWeight", "failover")


@check("TL719", "idle-traefik-service", severity="error")
def idle_traefik_service(runtime: Runtime) -> Iterator[Draft]:
    for found in runtime.deployment.objects:
        spec = found.spec
        if found.kind != "TraefikService" or found.group not in TRAEFIK_GROUPS or spec is None:
            continue
        written = [name for name in _TYPES if spec.get(name) is not None]
        if not spec.entries:
            yield finding(
                found.kind_node,
                f"TraefikService {quoted(found.name)} has no type, so Traefik drops it and disables its routers",
                hint=f"give it one of {listed(_TYPES)}",
            )
        if len(written) > 1:
            entry = spec.entry(written[1])
            yield finding(
                entry.key if entry is not None else found.kind_node,
                f"{quoted(written[0])} comes first: Traefik ignores {listed(written[1:])} of the same TraefikService",
                hint="make a TraefikService of its own of each",
            )
        yield from _members(found, spec)


def _members(found: KubernetesObject, spec: Mapping) -> Iterator[Draft]:
    mirroring = spec.mapping("mirroring")
    for mirror in mappings_of(mirroring.sequence("mirrors") if mirroring is not None else None):
        percent = mirror.scalar("percent")
        name = mirror.scalar("name")
        if percent is None and mirror.get("percent") is None and name is not None:
            yield finding(
                name,
                f"mirror {quoted(name.value)} has no percent, which means 0: it gets no request",
                hint="add percent: 100",
                severity="warning",
            )
    weighted = spec.mapping("weighted")
    members = list(mappings_of(weighted.sequence("services") if weighted is not None else None))
    weights = [member.scalar("weight") for member in members]
    if members and all(weight is not None and weight.value == "0" for weight in weights):
        yield finding(
            weights[0] or found.kind_node,
            f"all weights of TraefikService {quoted(found.name)} are 0: every request gets 503",
            hint="give one of them a weight above 0",
        )
