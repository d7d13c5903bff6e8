"""What a template function is."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from traefik_lint.golang.template.errors import Unrenderable
from traefik_lint.golang.template.values import Value

_LARGEST = 1 << 20  # characters or elements that one call may make


class Function(NamedTuple):
    """A function: the kinds of its parameters, the kind of further ones, and what it computes.

    Kinds are `string`, `int`, `any` and `map`.
    """

    parameters: tuple[str, ...]
    variadic: str | None
    call: Callable[..., Value]


def function(parameters: str, call: Callable[..., Value], variadic: str | None = None) -> Function:
    """Describe a function: the kinds of its parameters with blanks between, what it does, further kinds."""
    return Function(tuple(parameters.split()), variadic, call)


def size_of(value: Value) -> int:
    """How many characters and elements a value has, with all that is nested; refuses what is too large."""
    if isinstance(value, str):
        return len(value)
    size = 1
    waiting: list[Value] = [value]
    while waiting:
        here = waiting.pop()
        if isinstance(here, list | dict):
            elements = here.values() if isinstance(here, dict) else here
            size += len(here)
            bounded(size)
            waiting += [element for element in elements if isinstance(element, str | list | dict)]
        elif isinstance(here, str):
            size += len(here)
    bounded(size)
    return size


def bounded(size: int) -> None:
    """Refuse to make what would fill the memory."""
    if size > _LARGEST:
        raise Unrenderable("the result is too large")
