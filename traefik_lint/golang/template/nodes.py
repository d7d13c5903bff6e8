"""The tree of a Go template, and how Go prints its parts in error messages."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias


class Operand(NamedTuple):
    """A term: `kind` is bool, dot, nil, number, string, field, variable, identifier, chain or pipe.

    `text` is the term as written, `value` the value of a literal, `names` the parts of a field or
    variable, `inner` the pipeline in parentheses or the term before the fields of a chain.
    """

    kind: str
    start: int
    text: str = ""
    value: str | int | float | bool | None = None
    names: tuple[str, ...] = ()
    inner: Operand | Pipe | None = None

    def __str__(self) -> str:
        if self.kind == "field":
            return "".join(f".{name}" for name in self.names)
        if self.kind == "variable":
            return ".".join(self.names)
        if self.kind == "pipe":
            return str(self.inner)
        if self.kind == "chain":
            inner = str(self.inner)
            if isinstance(self.inner, Operand) and self.inner.kind == "pipe":
                inner = f"({inner})"
            return inner + "".join(f".{name}" for name in self.names)
        return self.text


class Command(NamedTuple):
    """A term with arguments."""

    start: int
    args: tuple[Operand, ...]

    def __str__(self) -> str:
        return " ".join(f"({arg})" if arg.kind == "pipe" else str(arg) for arg in self.args)


class Pipe(NamedTuple):
    """Commands that hand their results on, and the variables that get the last one."""

    start: int
    commands: tuple[Command, ...]
    variables: tuple[str, ...] = ()
    assigns: bool = False

    def __str__(self) -> str:
        commands = " | ".join(map(str, self.commands))
        if not self.variables:
            return commands
        return f"{', '.join(self.variables)} {'=' if self.assigns else ':='} {commands}"


class Text(NamedTuple):
    """Text that is written as it stands."""

    text: str


class Action(NamedTuple):
    """A pipeline whose result is written, unless it goes into a variable."""

    start: int
    pipe: Pipe

    def __str__(self) -> str:
        return f"{{{{{self.pipe}}}}}"


class Branch(NamedTuple):
    """`if`, `with` or `range`."""

    word: str
    start: int
    pipe: Pipe
    body: tuple[Node, ...]
    otherwise: tuple[Node, ...]


class Call(NamedTuple):
    """`{{template "name" pipeline}}`."""

    start: int
    name: str
    text: str
    pipe: Pipe | None


class Jump(NamedTuple):
    """`break` or `continue`."""

    word: str


Node: TypeAlias = "Text | Action | Branch | Call | Jump"
