"""TL115: a priority above the highest that routers may have disables the router (R-108, K-026)."""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import quoted, titled
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.runtime.types import Runtime

HIGHEST = 2**63 - 1 - 1000


@check("TL115", "priority-above-maximum", severity="error")
def priority_above_maximum(runtime: Runtime) -> Iterator[Draft]:
    for router in runtime.all_definitions():
        value = router.element.value("priority") if router.element is not None else None
        if value is None or not isinstance(value.data, int) or value.data <= HIGHEST:
            continue
        yield finding(
            value,
            f"{quoted(value.text)} is above the highest priority of routers, {HIGHEST}, "
            f"so {titled(router)} is disabled",
            hint="write a smaller number; it only has to be above the priorities of its rivals",
        )
