"""TL722: values that the Traefik chart does not read.

Helm passes over values that no template asks for, and the chart itself refuses some that it had in older versions, so
that the release is not installed at all.
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.runtime.types import Runtime


@check("TL722", "unread-chart-value", severity="warning")
def unread_chart_value(runtime: Runtime) -> Iterator[Draft]:
    for problem in runtime.deployment.chart_problems:
        is_refused = problem.effect == "refused" and problem.certain
        yield finding(
            problem.span,
            problem.message,
            hint=problem.hint or "take it out, or write it where the chart's values.yaml has it",
            severity="error" if is_refused else "warning",
            confidence="high" if problem.certain else "medium",
        )
