"""TL018: a text that is no boolean, number or duration as Go reads them (R-013, R-014, R-015, R-235, S-017, S-027)."""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import quoted
from traefik_lint.checks.reading.readings import problems, provider_settings
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.values import Problem
from traefik_lint.runtime.types import Runtime

_WANTED = {
    "bad-bool": ("a boolean", "true or false"),
    "bad-number": ("a number", "a number"),
    "bad-duration": ("a duration", "a number with its unit, such as 10s or 1m30s"),
}
_TRUE = frozenset(("yes", "y", "on", "enable", "enabled", "1.0"))
_FALSE = frozenset(("no", "n", "off", "disable", "disabled", "none", "0.0"))
_UNITS = {"d": 24, "day": 24, "days": 24, "w": 168}


@check("TL018", "malformed-value", severity="error")
def malformed_value(runtime: Runtime) -> Iterator[Draft]:
    for problem, reading in problems(runtime, *_WANTED):
        yield finding(problem.span, f"{_message(problem)}: {reading.loss}", hint=_hint(problem))
    for service, _, own in provider_settings(runtime):
        if own.error is not None and own.error.kind == "bad-bool":
            loss = f"Traefik skips the container {quoted(service.name.value)}"
            yield finding(own.error.span, f"{_message(own.error)}: {loss}", hint=_hint(own.error))


def _message(problem: Problem) -> str:
    what, _ = _WANTED[problem.kind]
    subject = quoted(problem.name) if problem.name.strip() else "the empty value"
    option = (
        f" for {problem.spec.name}" if problem.spec is not None and problem.spec.name[:1].isalpha() else ""
    )
    return f"{subject} is no {what[2:]}{option}"


def _hint(problem: Problem) -> str:
    _, wanted = _WANTED[problem.kind]
    text = problem.name.strip().lower()
    if problem.kind == "bad-bool":
        if text in _TRUE:
            return "write true"
        if text in _FALSE:
            return "write false"
    if problem.kind == "bad-duration":
        number = text.rstrip("dayswk ")
        hours = _UNITS.get(text[len(number) :].strip())
        if hours and number.isdigit():
            return f"write {int(number) * hours}h"
    if text and problem.name != problem.name.strip():
        return f"write it without blanks: {problem.name.strip()}"
    return f"write {wanted}"
