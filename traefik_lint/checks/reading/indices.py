"""TL020: a list index that does not do what it looks like.

In labels, flags and variables an index on a list of texts makes Traefik ignore the value (R-018), and a list of
sections without an index gives one empty section (R-018); indices sort as texts (R-017).
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import quoted
from traefik_lint.checks.reading.readings import Reading, problems
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.values import Problem
from traefik_lint.runtime.types import Runtime


@check("TL020", "misused-index", severity="warning")
def misused_index(runtime: Runtime) -> Iterator[Draft]:
    for problem, reading in problems(runtime, "indexed-scalar", "missing-index", "bad-index"):
        name = problem.spec.name if problem.spec is not None else problem.name
        shown = name.lower() if reading.notation != "env" else name.upper()
        if problem.kind == "indexed-scalar":
            message = (
                f"{name} is a list of texts: with {quoted(problem.name)} Traefik ignores the value in silence"
            )
            hint = f"write the values after one another: {shown}=a,b"
        else:
            message = f"{name} is a list of sections: without an index Traefik makes an empty one"
            hint = f"write {quoted(_indexed(shown, problem, reading))}"
        yield finding(problem.span, message, hint=hint)


def _indexed(shown: str, problem: Problem, reading: Reading) -> str:
    if reading.notation == "env":
        return f"{shown}_0_{problem.name.upper()}"
    return f"{shown}[0].{problem.name}"
