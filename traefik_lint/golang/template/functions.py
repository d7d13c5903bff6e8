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


def bounded(size: int) -> None:
    """Refuse to make what would fill the memory."""
    if size > _LARGEST:
        raise Unrenderable("the result is too large")
