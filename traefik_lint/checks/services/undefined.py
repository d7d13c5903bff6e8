"""TL501: a service that does not exist: its router is disabled and answers 404 (R-200, R-039, R-207)."""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import quoted
from traefik_lint.checks.references import missing
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.runtime.types import Reference, Runtime, Service


@check("TL501", "undefined-service", severity="error")
def undefined_service(runtime: Runtime) -> Iterator[Draft]:
    for protocol, known in (
        ("http", runtime.services), ("tcp", runtime.tcp_services), ("udp", runtime.udp_services),
    ):  # fmt: skip
        for router in runtime.all_definitions():
            if router.protocol == protocol and router.service is not None:
                effect = f"router {quoted(router.definition)} is disabled"
                yield from _finding(runtime, router.service, known, effect)
        for service in known.values():
            for reference in service.references:
                yield from _finding(runtime, reference, known, f"{quoted(service.name)} can't be built")


def _finding(
    runtime: Runtime, reference: Reference, known: dict[str, Service], effect: str
) -> Iterator[Draft]:
    value = reference.value
    if value is None or not value.known or not value.text or reference.name in known:
        return
    if reference.provider == "internal":
        return
    gap = missing(runtime, reference.name, "services", known)
    if gap is None:
        return
    target = known.get(gap.meant) if gap.meant else None
    meant = gap.meant
    if meant is not None and "@" not in value.text and meant.endswith(f"@{reference.provider}"):
        meant = meant.rpartition("@")[0]
    yield finding(
        value,
        f"service {quoted(reference.name)} does not exist, so {effect}",
        hint=f"write {quoted(meant)}" if meant else gap.hint("service"),
        related=[(target, "defined here")],
        severity=None if gap.confidence == "high" else "warning",
        confidence=gap.confidence,
    )
