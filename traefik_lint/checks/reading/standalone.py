"""TL015: a section without the options that it can't do without.

An empty mapping, or a text where options are expected, is refused except for the few sections that are switches
(R-009, R-029, R-179, R-233, S-013, S-014, S-023).
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import quoted
from traefik_lint.checks.reading.readings import Reading, problems
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.values import Problem
from traefik_lint.options.nearest import names_of
from traefik_lint.options.version import Version
from traefik_lint.runtime.types import Runtime


@check("TL015", "section-without-options", severity="error")
def section_without_options(runtime: Runtime) -> Iterator[Draft]:
    for problem, reading in problems(runtime, "standalone"):
        message = f"{quoted(problem.name)} can't stand without options of its own: {reading.loss}"
        yield finding(problem.span, message, hint=_hint(problem, reading, runtime.version))


def _hint(problem: Problem, reading: Reading, version: Version) -> str:
    spec = problem.spec
    if spec is None:
        return "give it options, or take it out"
    if spec.kind == "map":
        return _under(problem, "<name>", reading) + ", or take it out"
    inner = spec.item if spec.kind == "list" and spec.item is not None else spec
    names = names_of(inner, version, reading.notation)
    if not names:
        return "take it out"
    known = _likely(names)
    if reading.notation in ("label", "flag"):
        known = [name.lower() for name in known]
    shown = ", ".join(_under(problem, name, reading, word="") for name in known)
    return f"write {shown}"


#: What most people want to say when they name a section, before the alphabet.
_FIRST = (
    "to",
    "users",
    "prefixes",
    "prefix",
    "regex",
    "address",
    "sourceRange",
    "directory",
    "filename",
    "main",
    "servers",
)


def _likely(names: list[str]) -> list[str]:
    first = [name for name in _FIRST if name in names]
    rest = [name for name in names if name not in first]
    return (first + rest)[: 3 if first else 4]


def _under(problem: Problem, name: str, reading: Reading, word: str = "write ") -> str:
    if reading.notation in ("label", "flag"):
        return f"{word}{quoted(f'{problem.name}.{name}=…')}"
    if reading.notation == "env":
        return f"{word}{quoted(f'{problem.name}_{name}'.upper())}"
    return f"{word}{quoted(name)} below it"
