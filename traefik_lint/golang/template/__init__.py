"""Go's `text/template` as Traefik uses it: default rules (R-031) and dynamic files (R-236)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from traefik_lint.golang.regexp import Unmatchable
from traefik_lint.golang.template.catalogue import FILE_FUNCTIONS, FUNCTION_NAMES, FUNCTIONS, normalize
from traefik_lint.golang.template.errors import Unrenderable
from traefik_lint.golang.template.evaluation import Evaluator
from traefik_lint.golang.template.execution import Execution
from traefik_lint.golang.template.nodes import Node
from traefik_lint.golang.template.parser import TemplateParser, TooDeep
from traefik_lint.golang.template.values import StringMap, Struct, Value

__all__ = ["Template", "Unrenderable", "normalize", "parse", "render"]


class Template(NamedTuple):
    """A parsed template: its name, its text, and the nodes of each part by name."""

    name: str
    text: str
    parts: Mapping[str, tuple[Node, ...]]


def parse(text: str, *, name: str = "defaultRule") -> Template:
    """Parse a template.

    `name` is what Go's errors show: `defaultRule`, or the file's path. Raises GoError with Go's
    text, or Unrenderable when the template nests deeper than we follow.
    """
    parser = TemplateParser(name, text, FUNCTION_NAMES)
    try:
        parser.run()
    except TooDeep:
        raise Unrenderable("the template nests too deeply") from None
    return Template(name, text, parser.templates)


def render(
    template: Template,
    data: Mapping[str, object] | None,
    *,
    environment: Mapping[str, str] | None = None,
) -> str:
    """Execute a template.

    `data` are the fields of the struct that a default rule gets (`Name`, `Labels` …); None stands
    for a dynamic file, which gets no data. Only variables in `environment` are known.
    Raises GoError when Go would fail, Unrenderable when the result depends on what is not known.
    """
    dot: Value = False
    if data is not None:
        dot = Struct({field: _go_value(value) for field, value in data.items()})
    functions = FILE_FUNCTIONS if data is None else FUNCTIONS
    values = Evaluator(template.name, template.text, functions, environment or {})
    execution = Execution(template.parts, values)
    try:
        execution.run(template.name, dot)
    except RecursionError:
        raise Unrenderable("the template nests too deeply") from None
    except Unmatchable:
        raise Unrenderable("a regular expression can't be tried") from None
    return "".join(execution.written)


def _go_value(value: object) -> Value:
    if isinstance(value, Mapping):
        return StringMap({str(key): str(element) for key, element in value.items()})
    if isinstance(value, str | bool | int | float) or value is None:
        return value
    raise TypeError(f"no template value: {type(value).__name__}")
