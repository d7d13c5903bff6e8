"""TL021: a key that Traefik can't take apart: an empty segment, or a bracket where none may be (R-020)."""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import quoted
from traefik_lint.checks.reading.readings import problems, provider_settings
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.values import Problem
from traefik_lint.runtime.types import Runtime


@check("TL021", "invalid-key", severity="error")
def invalid_key(runtime: Runtime) -> Iterator[Draft]:
    for problem, reading in problems(runtime, "invalid-key"):
        yield _finding(problem, reading.loss)
    for service, _, own in provider_settings(runtime):
        if own.error is not None and own.error.kind in ("invalid-key", "wrong-case", "wrong-type"):
            yield _finding(own.error, f"Traefik skips the container {quoted(service.name.value)}")


def _finding(problem: Problem, loss: str) -> Draft:
    name = problem.name
    if problem.kind == "wrong-case":
        return finding(
            problem.span, f"a label begins with traefik in lower case: {loss}", hint='write "traefik"'
        )
    if problem.kind == "wrong-type":
        return finding(
            problem.span, f"nothing can stand below this label: {loss}", hint="take the rest of the key out"
        )
    if "[" in name[:1]:
        message = f"the segment {quoted(name)} begins with a bracket: {loss}"
        return finding(
            problem.span, message, hint="put the name of the list in front of the index, as in domains[0]"
        )
    if name.endswith("]") and "[" not in name:
        return finding(
            problem.span, f"{quoted(name)} has a bracket that nothing opens: {loss}", hint="write [0]"
        )
    fixed = ".".join(segment for segment in name.split(".") if segment)
    return finding(
        problem.span, f"{quoted(name)} has an empty segment: {loss}", hint=f"write {quoted(fixed)}"
    )
