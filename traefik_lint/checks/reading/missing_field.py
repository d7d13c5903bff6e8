"""TL024: a field without which Kubernetes refuses an object (K-090)."""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import quoted
from traefik_lint.checks.reading.readings import problems
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.runtime.types import Runtime


@check("TL024", "missing-field", severity="error")
def missing_field(runtime: Runtime) -> Iterator[Draft]:
    for problem, reading in problems(runtime, "missing-field"):
        where = problem.parent.path if problem.parent is not None else ""
        message = f"{quoted(problem.name)} is required in {where or 'the object'}: {reading.loss}"
        yield finding(problem.span, message, hint=f"add {problem.name}: …")
