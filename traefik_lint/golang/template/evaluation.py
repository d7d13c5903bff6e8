"""Computes the pipelines of a template."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NoReturn

from traefik_lint.golang.errors import GoError
from traefik_lint.golang.template.errors import Unrenderable
from traefik_lint.golang.template.functions import Function, size_of
from traefik_lint.golang.template.nodes import Command, Operand, Pipe
from traefik_lint.golang.template.values import StringMap, Struct, Value, is_true, type_name
from traefik_lint.golang.text import quote

_MOST_STEPS = 100_000
#: Characters and elements that all calls of a template together may read and make.
_MOST_WORK = 5_000_000


class _Missing:
    """Stands for "no value comes from the command before"."""


_MISSING = _Missing()


class Evaluator:
    """The state that computing needs: the variables in scope, and where the execution stands.

    `text` and `template_name` are the template's, for Go's errors; `name` is the part being executed.
    """

    def __init__(
        self, template_name: str, text: str, functions: Mapping[str, Function], environment: Mapping[str, str]
    ) -> None:
        self.name = template_name
        self.variables: list[tuple[str, Value]] = []
        self.at: tuple[int, object] = (0, "")
        self._template_name = template_name
        self._text = text
        self._functions = functions
        self._environment = environment
        self._steps = 0
        self._work = 0

    def step(self) -> None:
        """Count a step; raises Unrenderable when there are too many."""
        self._steps += 1
        if self._steps > _MOST_STEPS:
            raise Unrenderable("the template runs too long")

    def weigh(self, *values: Value) -> None:
        """Count what is read or made; raises Unrenderable when it is too large, or too much altogether."""
        self._work += sum(map(size_of, values))
        if self._work > _MOST_WORK:
            raise Unrenderable("the template runs too long")

    # Errors

    def fail(self, message: str) -> NoReturn:
        """Raise the error that Go reports where the execution stands."""
        start, what = self.at
        before = self._text[:start]
        line = before.count("\n") + 1
        column = len(before[before.rfind("\n") + 1 :].encode("utf-8", "surrogateescape"))
        place = f"{self._template_name}:{line}:{column}"
        raise GoError(f"template: {place}: executing {quote(self.name)} at <{what}>: {message}")

    # Variables

    def assign(self, name: str, value: Value) -> None:
        """Change a variable that is in scope."""
        for index in range(len(self.variables) - 1, -1, -1):
            if self.variables[index][0] == name:
                self.variables[index] = (name, value)
                return
        self.fail(f"undefined variable: {name}")

    def _variable(self, name: str) -> Value:
        for known, value in reversed(self.variables):
            if known == name:
                return value
        return self.fail(f"undefined variable: {name}")

    # Pipelines

    def pipe(self, pipe: Pipe, dot: Value) -> Value:
        """Compute a pipeline, and set the variables that it declares."""
        self.at = (pipe.start, pipe)
        final: Value | _Missing = _MISSING
        for command in pipe.commands:
            final = self._command(command, dot, final)
        value = None if isinstance(final, _Missing) else final
        for name in pipe.variables:
            if pipe.assigns:
                self.assign(name, value)
            else:
                self.variables.append((name, value))
        return value

    def _command(self, command: Command, dot: Value, final: Value | _Missing) -> Value:
        self.step()
        first = command.args[0]
        self.at = (first.start, first)
        if first.kind == "identifier":
            return self._function(first, command, command.args[1:], dot, final)
        if (
            first.kind == "field"
            or first.kind == "chain"
            or (first.kind == "variable" and len(first.names) > 1)
        ):
            return self._fields(first, dot, has_arguments=len(command.args) > 1 or final is not _MISSING)
        if len(command.args) > 1 or final is not _MISSING:
            self.fail(f"can't give argument to non-function {first}")
        if first.kind == "nil":
            self.fail("nil is not a command")
        return self._operand(first, dot)

    def _operand(self, operand: Operand, dot: Value) -> Value:
        """The value of a term that stands for itself."""
        self.at = (operand.start, operand)
        if operand.kind == "pipe" and isinstance(operand.inner, Pipe):
            return self.pipe(operand.inner, dot)
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
                self.fail(f"{operand.text} overflows int")
        return operand.value

    def _fields(self, operand: Operand, dot: Value, *, has_arguments: bool) -> Value:
        names = operand.names
        if operand.kind == "variable":
            value, names = self._variable(names[0]), names[1:]
        elif operand.kind == "chain" and isinstance(operand.inner, Operand):
            if operand.inner.kind == "nil":
                self.fail(f"indirection through explicit nil in {operand}")
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
                self.fail(f"{name} has arguments but cannot be invoked as function")
            return owner.fields[name]
        if isinstance(owner, dict):
            if has_arguments:
                self.fail(f"{name} is not a method but has arguments")
            return owner.get(name)
        return self.fail(f"can't evaluate field {name} in type {type_name(owner)}")

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
        self.weigh(*values)
        try:
            result = function.call(*values)
        except GoError as error:
            # Go names the call itself, not its last argument.
            self.at = (node.start, node)
            return self.fail(f"error calling {name.text}: {error.text}")
        self.weigh(result)
        return result

    def _check_count(
        self, name: str, function: Function, args: tuple[Operand, ...], final: Value | _Missing
    ) -> None:
        given = len(args) + (final is not _MISSING)
        wanted = len(function.parameters)
        if function.variadic is None and given != wanted:
            self.fail(f"wrong number of args for {name}: want {wanted} got {given}")
        if function.variadic is not None and given < wanted:
            self.fail(f"wrong number of args for {name}: want at least {wanted} got {len(args)}")

    def _and_or(self, name: str, args: tuple[Operand, ...], dot: Value, final: Value | _Missing) -> Value:
        if not args and isinstance(final, _Missing):
            self.fail(f"wrong number of args for {name}: want at least 1 got 0")
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
        self.at = (operand.start, operand)
        if operand.kind == "nil":
            if kind in ("any", "map"):
                return {} if kind == "map" else None
            self.fail(f"cannot assign nil to {kind}")
        if operand.kind in ("bool", "number", "string") and kind != "any":
            return self._literal(operand, kind)
        return self._checked(self._operand(operand, dot), kind)

    def _literal(self, operand: Operand, kind: str) -> Value:
        """A literal as an argument: it must be of the parameter's kind as it is written."""
        value = operand.value
        if kind == "int":
            if operand.kind == "number" and value is not None and value == int(value):
                return int(value)
            self.fail(f"expected integer; found {operand}")
        if kind in ("string", "bool"):
            if operand.kind == kind:
                return value
            self.fail(f"expected {kind}; found {operand}")
        return self.fail(f"can't handle {operand} for arg of type map[string]interface {{}}")

    def _checked(self, value: Value, kind: str) -> Value:
        """Demand that a value is of a parameter's kind."""
        if kind == "any":
            return value
        if kind == "map":
            if value is None or (isinstance(value, dict) and not isinstance(value, StringMap)):
                return {} if value is None else value
            self.fail(f"wrong type for value; expected map[string]interface {{}}; got {type_name(value)}")
        if value is None:
            self.fail(f"invalid value; expected {kind}")
        actual = type_name(value)
        if actual != kind:
            self.fail(f"wrong type for value; expected {kind}; got {actual}")
        return value
