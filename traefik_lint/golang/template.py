"""Go's `text/template` as Traefik uses it: default rules (R-063) and dynamic files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import NamedTuple, NoReturn

from traefik_lint.golang.errors import GoError
from traefik_lint.golang.regexp import Unmatchable
from traefik_lint.golang.template_errors import Unrenderable
from traefik_lint.golang.template_functions import (
    FILE_FUNCTIONS,
    FUNCTION_NAMES,
    FUNCTIONS,
    Function,
    bounded,
    normalize,
)
from traefik_lint.golang.template_nodes import Action, Branch, Call, Command, Jump, Node, Operand, Pipe, Text
from traefik_lint.golang.template_parser import TemplateParser, TooDeep
from traefik_lint.golang.template_values import (
    StringMap,
    Struct,
    Value,
    is_true,
    print_value,
    type_name,
)
from traefik_lint.golang.text import quote

__all__ = ["Template", "Unrenderable", "normalize", "parse", "render"]

_MOST_STEPS = 100_000
_DEEPEST_CALLS = 20


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
    execution = _Execution(template, functions, environment or {})
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


class _Break(Exception):
    pass


class _Continue(Exception):
    pass


class _Missing:
    """Stands for "no value comes from the command before"."""


_MISSING = _Missing()


class _Execution:
    def __init__(
        self, template: Template, functions: Mapping[str, Function], environment: Mapping[str, str]
    ) -> None:
        self.written: list[str] = []
        self._size = 0
        self._template = template
        self._functions = functions
        self._environment = environment
        self._name = template.name
        self._variables: list[tuple[str, Value]] = []
        self._calls = 0
        self._steps = 0
        self._at: tuple[int, object] = (0, "")

    def run(self, name: str, dot: Value) -> None:
        outer_name, outer_variables = self._name, self._variables
        self._name, self._variables = name, [("$", dot)]
        self._walk(self._template.parts[name], dot)
        self._name, self._variables = outer_name, outer_variables

    # Nodes

    def _step(self) -> None:
        self._steps += 1
        if self._steps > _MOST_STEPS:
            raise Unrenderable("the template runs too long")

    def _write(self, text: str) -> None:
        self._size += len(text)
        bounded(self._size)
        self.written.append(text)

    def _walk(self, nodes: Iterable[Node], dot: Value) -> None:
        for node in nodes:
            self._step()
            if isinstance(node, Text):
                self._write(node.text)
            elif isinstance(node, Action):
                value = self._pipe(node.pipe, dot)
                if not node.pipe.variables:
                    self._write("<no value>" if value is None else print_value(value))
            elif isinstance(node, Branch):
                self._branch(node, dot)
            elif isinstance(node, Call):
                self._call_template(node, dot)
            elif isinstance(node, Jump):
                raise _Break if node.word == "break" else _Continue

    def _branch(self, node: Branch, dot: Value) -> None:
        scope = len(self._variables)
        try:
            if node.word == "range":
                self._range(node, dot)
                return
            value = self._pipe(node.pipe, dot)
            if is_true(value):
                self._walk(node.body, value if node.word == "with" else dot)
            else:
                self._walk(node.otherwise, dot)
        finally:
            del self._variables[scope:]

    def _range(self, node: Branch, dot: Value) -> None:
        value = self._pipe(node.pipe, dot)
        pairs: list[tuple[Value, Value]]
        if isinstance(value, bool | str | float | Struct):
            self._fail(f"range can't iterate over {print_value(value)}")
        if isinstance(value, int):
            if len(node.pipe.variables) > 1:
                self._fail(f"can't use {value} to iterate over more than one variable")
            bounded(value)
            pairs = [(None, type(value)(number)) for number in range(value)]
        elif isinstance(value, dict):
            pairs = [(key, value[key]) for key in sorted(value)]
        else:
            pairs = list(enumerate(value or ()))
        if not pairs:
            self._walk(node.otherwise, dot)
            return
        scope = len(self._variables)
        try:
            for key, element in pairs:
                self._step()
                self._set_loop_variables(node.pipe, key, element)
                with suppress(_Continue):
                    self._walk(node.body, element)
                del self._variables[scope:]
        except _Break:
            pass

    def _set_loop_variables(self, pipe: Pipe, key: Value, element: Value) -> None:
        names = pipe.variables
        if not names:
            return
        values = (key, element) if len(names) > 1 else (element,)
        if pipe.assigns:
            for name, value in zip(names, values, strict=True):
                self._assign(name, value)
            return
        # The pipeline has just pushed its variables: they are the topmost ones.
        top = len(self._variables) - len(names)
        for index, (name, value) in enumerate(zip(names, values, strict=True)):
            self._variables[top + index] = (name, value)

    def _call_template(self, node: Call, dot: Value) -> None:
        self._at = (node.start, f"{{{{template {node.text}{f' {node.pipe}' if node.pipe else ''}}}}}")
        if node.name not in self._template.parts:
            self._fail(f"template {quote(node.name)} not defined")
        self._calls += 1
        if self._calls > _DEEPEST_CALLS:
            raise Unrenderable("templates call each other too deeply")
        value = None if node.pipe is None else self._pipe(node.pipe, dot)
        self.run(node.name, value)
        self._calls -= 1

    # Errors

    def _fail(self, message: str) -> NoReturn:
        start, what = self._at
        before = self._template.text[:start]
        line = before.count("\n") + 1
        column = len(before[before.rfind("\n") + 1 :].encode("utf-8", "surrogateescape"))
        place = f"{self._template.name}:{line}:{column}"
        raise GoError(f"template: {place}: executing {quote(self._name)} at <{what}>: {message}")

    # Variables

    def _assign(self, name: str, value: Value) -> None:
        for index in range(len(self._variables) - 1, -1, -1):
            if self._variables[index][0] == name:
                self._variables[index] = (name, value)
                return
        self._fail(f"undefined variable: {name}")

    def _variable(self, name: str) -> Value:
        for known, value in reversed(self._variables):
            if known == name:
                return value
        return self._fail(f"undefined variable: {name}")

    # Pipelines

    def _pipe(self, pipe: Pipe, dot: Value) -> Value:
        self._at = (pipe.start, pipe)
        final: Value | _Missing = _MISSING
        for command in pipe.commands:
            final = self._command(command, dot, final)
        value = None if isinstance(final, _Missing) else final
        for name in pipe.variables:
            if pipe.assigns:
                self._assign(name, value)
            else:
                self._variables.append((name, value))
        return value

    def _command(self, command: Command, dot: Value, final: Value | _Missing) -> Value:
        self._step()
        first = command.args[0]
        self._at = (first.start, first)
        if first.kind == "identifier":
            return self._function(first, command, command.args[1:], dot, final)
        if (
            first.kind == "field"
            or first.kind == "chain"
            or (first.kind == "variable" and len(first.names) > 1)
        ):
            return self._fields(first, dot, has_arguments=len(command.args) > 1 or final is not _MISSING)
        if len(command.args) > 1 or final is not _MISSING:
            self._fail(f"can't give argument to non-function {first}")
        if first.kind == "nil":
            self._fail("nil is not a command")
        return self._operand(first, dot)

    def _operand(self, operand: Operand, dot: Value) -> Value:
        """The value of a term that stands for itself."""
        self._at = (operand.start, operand)
        if operand.kind == "pipe" and isinstance(operand.inner, Pipe):
            return self._pipe(operand.inner, dot)
        if operand.kind == "dot":
            return dot
        if operand.kind == "variable" and len(operand.names) == 1:
            return self._variable(operand.names[0])
        if operand.kind in ("field", "chain", "variable"):
            return self._fields(operand, dot, has_arguments=False)
        if operand.kind == "identifier":
            return self._function(operand, operand, (), dot, _MISSING)
        if operand.kind == "number":
            if operand.value is None:
                raise Unrenderable(f"the number {operand.text}")
            if isinstance(operand.value, int) and abs(operand.value) >= 1 << 63:
                self._fail(f"{operand.text} overflows int")
        return operand.value

    def _fields(self, operand: Operand, dot: Value, *, has_arguments: bool) -> Value:
        names = operand.names
        if operand.kind == "variable":
            value, names = self._variable(names[0]), names[1:]
        elif operand.kind == "chain" and isinstance(operand.inner, Operand):
            if operand.inner.kind == "nil":
                self._fail(f"indirection through explicit nil in {operand}")
            value = self._operand(operand.inner, dot)
        else:
            value = dot
        for index, name in enumerate(names):
            value = self._field(value, name, has_arguments=has_arguments and index == len(names) - 1)
        return value

    def _field(self, owner: Value, name: str, *, has_arguments: bool) -> Value:
        if owner is None:
            return None
        if isinstance(owner, Struct) and name in owner.fields:
            if has_arguments:
                self._fail(f"{name} has arguments but cannot be invoked as function")
            return owner.fields[name]
        if isinstance(owner, dict):
            if has_arguments:
                self._fail(f"{name} is not a method but has arguments")
            return owner.get(name)
        return self._fail(f"can't evaluate field {name} in type {type_name(owner)}")

    # Functions

    def _function(
        self,
        name: Operand,
        node: Command | Operand,
        args: tuple[Operand, ...],
        dot: Value,
        final: Value | _Missing,
    ) -> Value:
        if name.text in ("and", "or"):
            return self._and_or(name.text, args, dot, final)
        if name.text in ("env", "expandenv"):
            return self._from_environment(name.text, args, dot, final)
        function = self._functions.get(name.text)
        if function is None:
            raise Unrenderable(f"the function {name.text!r}")
        self._check_count(name.text, function, args, final)
        kinds = [*function.parameters, *[function.variadic or "any"] * (len(args) + 1)]
        values = [self._argument(arg, kind, dot) for arg, kind in zip(args, kinds, strict=False)]
        if not isinstance(final, _Missing):
            values.append(self._checked(final, kinds[len(args)]))
        try:
            return function.call(*values)
        except GoError as error:
            # Go names the call itself, not its last argument.
            self._at = (node.start, node)
            return self._fail(f"error calling {name.text}: {error.text}")

    def _check_count(
        self, name: str, function: Function, args: tuple[Operand, ...], final: Value | _Missing
    ) -> None:
        given = len(args) + (final is not _MISSING)
        wanted = len(function.parameters)
        if function.variadic is None and given != wanted:
            self._fail(f"wrong number of args for {name}: want {wanted} got {given}")
        if function.variadic is not None and given < wanted:
            self._fail(f"wrong number of args for {name}: want at least {wanted} got {len(args)}")

    def _and_or(self, name: str, args: tuple[Operand, ...], dot: Value, final: Value | _Missing) -> Value:
        if not args and isinstance(final, _Missing):
            self._fail(f"wrong number of args for {name}: want at least 1 got 0")
        value: Value = None
        for arg in args:
            value = self._argument(arg, "any", dot)
            if is_true(value) == (name == "or"):
                return value
        return value if isinstance(final, _Missing) else final

    def _from_environment(
        self, name: str, args: tuple[Operand, ...], dot: Value, final: Value | _Missing
    ) -> Value:
        self._check_count(name, Function(("string",), None, str), args, final)
        if args:
            value = self._argument(args[0], "string", dot)
        else:
            value = None if isinstance(final, _Missing) else self._checked(final, "string")
        if name == "env" and isinstance(value, str) and value in self._environment:
            return self._environment[value]
        raise Unrenderable(f"the environment variable {value!r}" if name == "env" else "expandenv")

    def _argument(self, operand: Operand, kind: str, dot: Value) -> Value:
        self._at = (operand.start, operand)
        if operand.kind == "nil":
            if kind in ("any", "map"):
                return {} if kind == "map" else None
            self._fail(f"cannot assign nil to {kind}")
        if operand.kind in ("bool", "number", "string") and kind != "any":
            wanted = {"string": "string", "int": "integer", "bool": "bool"}
            if kind not in wanted:
                self._fail(f"can't handle {operand} for arg of type map[string]interface {{}}")
            fits = {"string": "string", "int": "number", "bool": "bool"}[kind] == operand.kind
            if not fits or (kind == "int" and not isinstance(operand.value, int)):
                self._fail(f"expected {wanted[kind]}; found {operand}")
        return self._checked(self._operand(operand, dot), kind)

    def _checked(self, value: Value, kind: str) -> Value:
        """Demand that a value is of a parameter's kind."""
        if kind == "any":
            return value
        if kind == "map":
            if value is None or (isinstance(value, dict) and not isinstance(value, StringMap)):
                return {} if value is None else value
            self._fail(f"wrong type for value; expected map[string]interface {{}}; got {type_name(value)}")
        if value is None:
            self._fail(f"invalid value; expected {kind}")
        actual = type_name(value)
        if actual != kind:
            self._fail(f"wrong type for value; expected {kind}; got {actual}")
        return value
