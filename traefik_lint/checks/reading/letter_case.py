"""TL013: the right name in the wrong letter case, where the case matters.

Kubernetes compares field names exactly (K-092); labels begin with exactly `traefik` (R-003).
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import quoted
from traefik_lint.checks.reading.readings import problems
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.runtime.types import Runtime


@check("TL013", "wrong-letter-case", severity="warning")
def wrong_letter_case(runtime: Runtime) -> Iterator[Draft]:
    for problem, reading in problems(runtime, "wrong-case"):
        if reading.scope == "object":
            right = problem.spec.name if problem.spec is not None else ""
            message = (
                f"letter case matters here: Kubernetes drops {quoted(problem.name)} in silence, "
                "or refuses the object with strict validation"
            )
            yield finding(problem.span, message, hint=f"write {quoted(right)}")
        else:
            message = (
                f"a label begins with traefik in lower case, not with {quoted(problem.name)}: {reading.loss}"
            )
            yield finding(problem.span, message, hint='write "traefik"', severity="error")
