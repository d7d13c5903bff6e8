"""Walks a template's nodes and writes their text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress

from traefik_lint.golang.template.errors import Unrenderable
from traefik_lint.golang.template.evaluation import Evaluator
from traefik_lint.golang.template.functions import bounded
from traefik_lint.golang.template.nodes import Action, Branch, Call, Jump, Node, Pipe, Text
from traefik_lint.golang.template.values import Struct, Value, is_true, print_value
from traefik_lint.golang.text import quote

_DEEPEST_CALLS = 20


class _Break(Exception):
    pass


class _Continue(Exception):
    pass


class Execution:
    """Writes what a template makes of its data, to `written`."""

    def __init__(self, parts: Mapping[str, tuple[Node, ...]], values: Evaluator) -> None:
        self.written: list[str] = []
        self._size = 0
        self._parts = parts
        self._values = values
        self._calls = 0

    def run(self, name: str, dot: Value) -> None:
        """Execute one part with its own variables."""
        outer_name, outer_variables = self._values.name, self._values.variables
        self._values.name, self._values.variables = name, [("$", dot)]
        self._walk(self._parts[name], dot)
        self._values.name, self._values.variables = outer_name, outer_variables

    def _write(self, text: str) -> None:
        self._size += len(text)
        bounded(self._size)
        self.written.append(text)

    def _walk(self, nodes: Iterable[Node], dot: Value) -> None:
        for node in nodes:
            self._values.step()
            if isinstance(node, Text):
                self._write(node.text)
            elif isinstance(node, Action):
                value = self._values.pipe(node.pipe, dot)
                if not node.pipe.variables:
                    self._values.weigh(value)
                    self._write("<no value>" if value is None else print_value(value))
            elif isinstance(node, Branch):
                self._branch(node, dot)
            elif isinstance(node, Call):
                self._call_template(node, dot)
            elif isinstance(node, Jump):
                raise _Break if node.word == "break" else _Continue

    def _branch(self, node: Branch, dot: Value) -> None:
        scope = len(self._values.variables)
        try:
            if node.word == "range":
                self._range(node, dot)
                return
            value = self._values.pipe(node.pipe, dot)
            if is_true(value):
                self._walk(node.body, value if node.word == "with" else dot)
            else:
                self._walk(node.otherwise, dot)
        finally:
            del self._values.variables[scope:]

    def _range(self, node: Branch, dot: Value) -> None:
        value = self._values.pipe(node.pipe, dot)
        self._values.weigh(value)
        pairs: list[tuple[Value, Value]]
        if isinstance(value, bool | str | float | Struct):
            self._values.fail(f"range can't iterate over {print_value(value)}")
        if isinstance(value, int):
            if len(node.pipe.variables) > 1:
                self._values.fail(f"can't use {value} to iterate over more than one variable")
            bounded(value)
            pairs = [(None, type(value)(number)) for number in range(value)]
        elif isinstance(value, dict):
            pairs = [(key, value[key]) for key in sorted(value)]
        else:
            pairs = list(enumerate(value or ()))
        if not pairs:
            self._walk(node.otherwise, dot)
            return
        scope = len(self._values.variables)
        try:
            for key, element in pairs:
                self._values.step()
                self._set_loop_variables(node.pipe, key, element)
                with suppress(_Continue):
                    self._walk(node.body, element)
                del self._values.variables[scope:]
        except _Break:
            pass

    def _set_loop_variables(self, pipe: Pipe, key: Value, element: Value) -> None:
        names = pipe.variables
        if not names:
            return
        values = (key, element) if len(names) > 1 else (element,)
        if pipe.assigns:
            for name, value in zip(names, values, strict=True):
                self._values.assign(name, value)
            return
        # The pipeline has just pushed its variables: they are the topmost ones.
        top = len(self._values.variables) - len(names)
        for index, (name, value) in enumerate(zip(names, values, strict=True)):
            self._values.variables[top + index] = (name, value)

    def _call_template(self, node: Call, dot: Value) -> None:
        self._values.at = (node.start, f"{{{{template {node.text}{f' {node.pipe}' if node.pipe else ''}}}}}")
        if node.name not in self._parts:
            self._values.fail(f"template {quote(node.name)} not defined")
        self._calls += 1
        if self._calls > _DEEPEST_CALLS:
            raise Unrenderable("templates call each other too deeply")
        value = None if node.pipe is None else self._values.pipe(node.pipe, dot)
        self.run(node.name, value)
        self._calls -= 1
