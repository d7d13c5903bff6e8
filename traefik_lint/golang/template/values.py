"""Values inside a Go template: their types, truth and printing."""

from __future__ import annotations

import math
from typing import TypeAlias

from traefik_lint.golang.errors import GoError
from traefik_lint.golang.template.errors import Unrenderable


class Int64(int):
    """An `int64`, which Go does not take for an `int`."""


class StringMap(dict[str, str]):
    """A `map[string]string`; a plain dict is a `map[string]interface {}`."""


class StringList(list[str]):
    """A `[]string`; a plain list is a `[]interface {}`."""


class IntList(list[int]):
    """A `[]int`."""


class Struct:
    """A Go struct: its fields, and its type as Go prints it."""

    __slots__ = ("fields",)

    def __init__(self, fields: dict[str, Value]) -> None:
        self.fields = fields

    def __str__(self) -> str:
        return "{" + " ".join(print_value(value) for value in self.fields.values()) + "}"


Value: TypeAlias = (
    "list[Value] | dict[str, Value] | StringMap | StringList | IntList | Struct"
    " | str | bool | int | float | None"
)


def type_name(value: Value) -> str:
    """The type of a value as Go prints it."""
    if isinstance(value, Struct):
        fields = "; ".join(f"{name} {type_name(field)}" for name, field in value.fields.items())
        return f"struct {{ {fields} }}"
    for kind, name in (
        (bool, "bool"),
        (str, "string"),
        (Int64, "int64"),
        (int, "int"),
        (float, "float64"),
        (StringMap, "map[string]string"),
        (dict, "map[string]interface {}"),
        (StringList, "[]string"),
        (IntList, "[]int"),
        (list, "[]interface {}"),
    ):
        if isinstance(value, kind):
            return name
    return "nil"


def is_true(value: Value) -> bool:
    """The truth of a value: everything but nil, false, zero and what is empty."""
    return True if isinstance(value, Struct) else bool(value)


def print_value(value: Value) -> str:
    """Print a value as the verb `%v` does."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "<nil>"
    if isinstance(value, float):
        return format_float(value)
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, dict):
        return f"map[{' '.join(f'{key}:{print_value(value[key])}' for key in sorted(value))}]"
    if isinstance(value, list):
        return f"[{' '.join(map(print_value, value))}]"
    return str(value)


def format_float(value: float) -> str:
    """Print a float as the verb `%v` does."""
    from decimal import Decimal

    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else "+Inf" if value > 0 else "-Inf"
    scientific = f"{Decimal(repr(value)).normalize():e}"
    mantissa, _, exponent = scientific.partition("e")
    if -5 < int(exponent) < 6:
        return f"{Decimal(repr(value)).normalize():f}"
    return f"{mantissa}e{exponent[0]}{exponent[1:].rjust(2, '0')}"


def as_string(value: Value) -> str:
    """What sprig's `toString` makes of a value."""
    return print_value(value)


def as_integer(value: Value) -> int:
    """What sprig's arithmetic makes of a value: 0 for what is no number."""
    if isinstance(value, str):
        return _integer_of_text(value)
    if isinstance(value, bool | int | float):
        return int(value)
    return 0


def _integer_of_text(text: str) -> int:
    if not text.isascii() or "_" in text or text.startswith(("0", "-0", "+0")):
        if text in ("", "0"):
            return 0
        raise Unrenderable(f"a number is read from {text!r}")
    try:
        return int(text)
    except ValueError:
        return 0


def as_strings(value: Value) -> list[str]:
    """What sprig's `toStrings` makes of a value: nil elements are left out."""
    if isinstance(value, list):
        return [as_string(element) for element in value if element is not None]
    return [] if value is None else [as_string(value)]


def as_list(value: Value, verb: str) -> list[Value]:
    """A list, or sprig's panic as Go reports it."""
    if isinstance(value, list):
        return list(value)
    if value is None:
        raise Unrenderable(f"{verb} of nil")
    kind = "map" if isinstance(value, dict) else type_name(value)
    raise GoError(f"Cannot {verb} type {kind}")


def basic_kind(value: Value) -> str:
    """The kind by which `eq` and `lt` compare."""
    if value is None:
        return "nil"
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, int):
        return "int"
    if isinstance(value, float):
        return "float"
    return "string" if isinstance(value, str) else "other"
