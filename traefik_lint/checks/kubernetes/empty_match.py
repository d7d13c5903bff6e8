"""TL718: a route whose `match` is empty: Traefik drops it (K-024)."""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.kubernetes.objects import dropped
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.runtime.types import Runtime


@check("TL718", "empty-match", severity="error")
def empty_match(runtime: Runtime) -> Iterator[Draft]:
    for drop, _, span in dropped(runtime, "empty-rule"):
        if "match" in span.text:
            continue  # the whole route: that match is required is told of itself
        yield finding(
            span,
            "an empty match takes nothing: Traefik drops the route",
            hint="write a rule, such as Host(`shop.example.com`), or PathPrefix(`/`) for everything"
            if "TCP" not in drop.subject
            else "write a rule, such as HostSNI(`*`)",
        )
