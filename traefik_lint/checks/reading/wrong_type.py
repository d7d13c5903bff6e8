"""TL017: a list, mapping or text where the option has another shape.

Some of these are refused (R-235, K-090), others swallowed: texts in a list of sections give nothing, a mapping gives
one empty section, a list where a text belongs becomes one odd text.
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import quoted
from traefik_lint.checks.reading.readings import Reading, problems
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.values import Element, Problem
from traefik_lint.options.nodes import Group
from traefik_lint.options.spec import Kind, Spec
from traefik_lint.runtime.types import Runtime
from traefik_lint.source.tree import Scalar

_SHAPES: dict[Kind, str] = {
    "struct": "a mapping", "map": "a mapping", "string": "a text", "bool": "true or false", "int": "a number",
    "uint": "a number", "float": "a number", "duration": "a duration such as 10s",
    "int-or-string": "a number or a text",
}  # fmt: skip


@check("TL017", "wrong-shape", severity="error")
def wrong_shape(runtime: Runtime) -> Iterator[Draft]:
    for problem, reading in problems(runtime, "wrong-type"):
        spec = problem.spec
        name = spec.name if spec is not None else ""
        name = f"an entry of {problem.parent.name}" if problem.parent is not None and name == "*" else name
        wanted = _wanted(problem)
        entry = _entry_named(problem, reading) if reading.notation in ("label", "flag", "env") else None
        if entry is not None and problem.parent is not None:
            yield _mistaken_for_name(entry, problem.parent)
        elif problem.fatal:
            yield finding(
                problem.span, f"{name} takes {wanted}: {reading.loss}", hint=_hint(problem, reading)
            )
        else:
            message = f"{name} takes {wanted}; Traefik ignores what is written here"
            yield finding(problem.span, message, hint=_hint(problem, reading), severity="warning")


def _entry_named(problem: Problem, reading: Reading) -> Scalar | None:
    """The key of a map's entry that was given a value of its own: `http.routers.tls=true` (R-011)."""
    if problem.parent is None or problem.parent.kind != "map":
        return None
    found = reading.decoded.element.get(*problem.parent.path.split("."))
    for _, entry in found if isinstance(found, Element) else ():
        node = entry.node
        if isinstance(node, Group) and node.value is not None and node.value.span == problem.span:
            return entry.key
    return None


def _mistaken_for_name(key: Scalar, parent: Spec) -> Draft:
    path = parent.path.lower()
    message = (
        f"{quoted(key.value)} becomes a name here: Traefik takes it for an entry of {path} without options"
    )
    return finding(key, message, hint=f"write {quoted(f'{path}.<name>.{key.value}')}", severity="warning")


def _wanted(problem: Problem) -> str:
    spec = problem.spec
    if spec is None:
        return "something else"
    if spec.kind == "list" and spec.item is not None:
        return "a list of mappings" if spec.item.kind == "struct" else "a list of texts"
    return _SHAPES.get(spec.kind, "something else")


def _hint(problem: Problem, reading: Reading) -> str:
    spec = problem.spec
    if spec is None:
        return "write it in the form that the option has"
    if reading.notation in ("label", "flag", "env"):
        if spec.kind in ("struct", "map"):
            return f"write an option below it, such as {quoted(f'{problem.name}.…=…')}"
        return "write one value, and nothing below it"
    if spec.kind == "list" and spec.item is not None and spec.item.kind == "struct":
        first = next((field.name for field in spec.item.fields.values() if not field.internal), "name")
        return f"write a list whose items are mappings: - {first}: …"
    if spec.kind == "list":
        return "write a list: - …"
    if spec.kind in ("struct", "map"):
        names = [field.name for field in spec.fields.values() if not field.internal][:3]
        return "write a mapping with " + (", ".join(names) if names else "names and values")
    if spec.kind == "string" and problem.name:
        return f"write a text, in quotes where it looks like something else: {quoted(problem.name)}"
    return f"write {_SHAPES.get(spec.kind, 'a text')}"
