"""TL019: a value that decodes, and that Traefik then refuses, gives up on, or passes over in silence.

TLS versions, ciphers, curves, client authentication, strategies, encodings, status ranges, networks and the like; the
reactions are those of `schemas/enums.json` (K-069, K-091, R-152, R-172, R-175, R-210, R-211, S-040, S-066, S-077).
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import quoted
from traefik_lint.checks.reading.readings import problems, readings
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.findings.finding import Severity
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.model.values import Element, Problem
from traefik_lint.options.nearest import nearest_of
from traefik_lint.options.values_check import ValueProblem, value_problems
from traefik_lint.runtime.types import Runtime

_MOST_LISTED = 8


@check("TL019", "unsupported-value", severity="error")
def unsupported_value(runtime: Runtime) -> Iterator[Draft]:
    refused = set()
    for problem, _ in problems(runtime, "bad-value"):
        refused.add(problem.span)
        yield finding(
            problem.span, f"{_reason(problem)}: Kubernetes refuses the object", hint=_schema_hint(problem)
        )
    for element in _elements(runtime):
        for bad in value_problems(element, runtime.version):
            if bad.value.span not in refused:
                refused.add(bad.value.span)
                yield _finding(bad)


def _elements(runtime: Runtime) -> Iterator[Element]:
    """All that was decoded under static or dynamic options; what a provider made of objects among it."""
    for reading in readings(runtime):
        if reading.scope != "object":
            yield reading.decoded.element
    groups = (runtime.middlewares, runtime.tcp_middlewares, runtime.services, runtime.tls_options)
    for group in groups:
        for part in group.values():
            if isinstance(part.origin, KubernetesObject) and part.element is not None:
                yield part.element


def _finding(bad: ValueProblem) -> Draft:
    value = bad.value
    what = f"{quoted(value.text)} is no value for {_option(bad)}"
    effect = bad.effect or _REACTIONS[bad.reaction]
    span = value.span if value.text or value.key is None else value.key.span
    severity: Severity | None = "warning" if bad.reaction == "ignore" else None
    return finding(span, f"{what}: {effect}", hint=_hint(value.text, bad.expected), severity=severity)


def _option(bad: ValueProblem) -> str:
    path = bad.value.spec.path
    return next(part for part in reversed(path.replace("[]", "").split(".")) if part != "*")


_REACTIONS = {
    "refuse": "Traefik does not start",
    "disable": "what uses it is disabled",
    "drop": "Traefik leaves it out",
    "ignore": "Traefik ignores it in silence",
}


#: DNS providers that go by another code now (S-066).
_SUCCESSORS = {"azure": "azuredns", "dnspod": "tencentcloud", "googledomains": "gcloud"}


def _hint(text: str, expected: tuple[str, ...]) -> str:
    if len(expected) == 1:
        return f"write {expected[0]}"
    meant = _SUCCESSORS.get(text) if _SUCCESSORS.get(text) in expected else nearest_of(text, expected)
    if meant is not None:
        return f"write {quoted(meant)}"
    shown = ", ".join(quoted(value) for value in expected[:_MOST_LISTED] if value)
    more = len(expected) - _MOST_LISTED
    return f"write one of {shown}" + (f" and {more} more" if more > 0 else "")


def _reason(problem: Problem) -> str:
    name = problem.spec.name if problem.spec is not None else "the field"
    return f"{quoted(problem.name)} is no value for {name}"


def _schema_hint(problem: Problem) -> str:
    spec = problem.spec
    if spec is None:
        return "write a value that the field takes"
    if spec.enum:
        return _hint(problem.name, spec.enum)
    if spec.pattern:
        return f"write a text of the form {spec.pattern}"
    if spec.minimum is not None and spec.maximum is not None:
        return f"write a number from {spec.minimum} to {spec.maximum}"
    return (
        f"write a number of at least {spec.minimum}"
        if spec.minimum is not None
        else f"at most {spec.maximum}"
    )
