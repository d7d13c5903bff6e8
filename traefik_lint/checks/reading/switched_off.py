"""TL016: a section that is switched off by the text that was to switch it on.

Sections that may be empty are on with `true` (or a mapping, in files) and off with any other text, without a message
(R-010, R-012, S-016).
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import quoted
from traefik_lint.checks.reading.readings import problems
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.runtime.types import Runtime


@check("TL016", "section-switched-off", severity="warning")
def section_switched_off(runtime: Runtime) -> Iterator[Draft]:
    for problem, reading in problems(runtime, "switched-off"):
        name = problem.spec.name if problem.spec is not None else "the section"
        is_off_word = problem.name.lower() == "false"
        what = "and everything below it " if is_off_word else ""
        message = (
            f"{quoted(problem.name)} switches {name} off {what}without a message; only true switches it on"
        )
        if is_off_word:
            hint = f"take out what is below {name}, or write true"
        elif reading.notation in ("label", "flag", "env"):
            hint = "write true, and options of the section each for itself"
        else:
            hint = "write {}, true, or a mapping with the section's options"
        yield finding(problem.span, message, hint=hint)
