"""TL026 and TL027: keys and values that YAML or TOML make something else of than a text.

A date, a list in a list, or a null in a list is refused (R-230); a key that looks like a number or a boolean loses
its name.
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import quoted
from traefik_lint.checks.reading.readings import problems
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.runtime.types import Runtime
from traefik_lint.source.tree import Mapping


@check("TL026", "unquoted-name", severity="error")
def unquoted_name(runtime: Runtime) -> Iterator[Draft]:
    for problem, _ in problems(runtime, "non-string-key"):
        message = (
            f"the name {quoted(problem.name)} is no text without quotes: Traefik calls it by another name"
        )
        yield finding(problem.span, message, hint=f"write {quoted(problem.name)} in quotes")


@check("TL027", "unreadable-value", severity="error")
def unreadable_value(runtime: Runtime) -> Iterator[Draft]:
    for problem, reading in problems(runtime, "unreadable-value"):
        reason = "the list holds a list or an empty item"
        hint = "take it out, or write its items one by one"
        if "struct" in problem.text:
            reason, hint = (
                "the value is a date without quotes",
                f"write it in quotes: {quoted(problem.span.text)}",
            )
        yield finding(problem.span, f"{reason}: {reading.loss}", hint=hint)


@check("TL025", "no-configuration", severity="error")
def no_configuration(runtime: Runtime) -> Iterator[Draft]:
    """A static file without any known section keeps Traefik from starting (S-011)."""
    for problem, reading in problems(runtime, "no-configuration"):
        root = reading.decoded.element.node
        first = root.entries[0].key.span if isinstance(root, Mapping) and root.entries else None
        span = first or problem.span._replace(end=min(problem.span.end, problem.span.start + 1))
        message = "there is no option of the static configuration in this file: Traefik does not start"
        yield finding(
            span, message, hint="define at least one entry point or provider, or take the file away"
        )
