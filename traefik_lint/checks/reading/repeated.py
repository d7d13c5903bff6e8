"""TL022: one option written in two letter cases, of which Traefik takes one (R-005, R-232)."""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import quoted
from traefik_lint.checks.reading.readings import problems
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.runtime.types import Runtime


@check("TL022", "option-in-two-spellings", severity="warning")
def option_in_two_spellings(runtime: Runtime) -> Iterator[Draft]:
    for problem, _ in problems(runtime, "case-duplicate"):
        name = problem.spec.name if problem.spec is not None else problem.name
        message = (
            f"{name} is written twice in different letter case: Traefik does not take {quoted(problem.name)}"
        )
        yield finding(problem.span, message, hint="keep one of them")
