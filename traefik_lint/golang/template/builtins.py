"""Go's own template functions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import cast

from traefik_lint.golang.errors import GoError
from traefik_lint.golang.template.errors import Unrenderable
from traefik_lint.golang.template.functions import Function, function
from traefik_lint.golang.template.values import StringMap, Value, basic_kind, is_true, print_value, type_name
from traefik_lint.golang.text import quote


def _compare_equal(first: Value, *others: Value) -> bool:
    if not others:
        raise GoError("missing argument for comparison")
    kind = basic_kind(first)
    for other in others:
        if basic_kind(other) != kind:
            if first is not None and other is not None:
                raise _incompatible(first, other)
        elif kind == "other":
            raise Unrenderable("a comparison of lists or maps")
        elif first == other:
            return True
    return False


def _incompatible(first: Value, second: Value) -> GoError:
    return GoError(f"incompatible types for comparison: {type_name(first)} and {type_name(second)}")


def _less(first: Value, second: Value) -> bool:
    kind = basic_kind(first)
    for value in (first, second):
        if basic_kind(value) in ("nil", "other"):
            raise GoError("invalid type for comparison")
    if kind != basic_kind(second):
        raise _incompatible(first, second)
    if kind == "bool":
        raise GoError("invalid type for comparison")
    return cast("str", first) < cast("str", second)


def _index(item: Value, *keys: Value) -> Value:
    if item is None:
        raise GoError("index of untyped nil")
    for key in keys:
        if isinstance(item, dict):
            if not isinstance(key, str):
                raise GoError(f"value has type {type_name(key)}; should be string")
            item = item.get(key, "" if isinstance(item, StringMap) else None)
        elif isinstance(item, list | str):
            raw: list[Value] = list(item.encode()) if isinstance(item, str) else list(item)
            if isinstance(key, bool) or not isinstance(key, int):
                raise GoError(f"cannot index slice/array with type {type_name(key)}")
            if key < 0 or (key >= len(raw) and isinstance(item, list)):
                raise GoError(f"index out of range: {key}")
            if key >= len(raw):
                raise GoError("reflect: string index out of range")
            item = raw[key]
        else:
            raise GoError(
                "index of nil pointer" if item is None else f"can't index item of type {type_name(item)}"
            )
    return item


def _length(item: Value) -> Value:
    if isinstance(item, str):
        return len(item.encode("utf-8", "surrogateescape"))
    if isinstance(item, list | dict):
        return len(item)
    if item is None:
        raise GoError("reflect: call of reflect.Value.Type on zero Value")
    raise GoError(f"len of type {type_name(item)}")


def _print(*values: Value) -> str:
    written = ""
    for index, value in enumerate(values):
        if index and not isinstance(value, str) and not isinstance(values[index - 1], str):
            written += " "
        written += print_value(value)
    return written


def _printf(template: str, *values: Value) -> str:
    rest = list(values)

    def verb(found: re.Match[str]) -> str:
        flags, kind = found.groups()
        if kind == "%" and not flags:
            return "%"
        if not rest or flags not in ("", "02", "03", "04", "05", "2", "3"):
            raise Unrenderable(f"printf with {found.group()!r}")
        value = rest.pop(0)
        if kind == "v" and not flags:
            return print_value(value)
        if kind == "s" and isinstance(value, str) and not flags:
            return value
        if kind == "q" and isinstance(value, str) and not flags:
            return quote(value)
        if kind == "d" and basic_kind(value) == "int":
            return format(int(cast("int", value)), f"{flags}d")
        if kind == "t" and isinstance(value, bool) and not flags:
            return print_value(value)
        raise Unrenderable(f"printf with {found.group()!r}")

    written = re.sub(r"%([-+# 0-9.]*)(.|\Z)", verb, template, flags=re.DOTALL)
    if rest:
        raise Unrenderable("printf with too many arguments")
    return written


def _urlquery(*values: Value) -> str:
    from urllib.parse import quote_plus

    return quote_plus(_print(*values), safe="")


def _html(*values: Value) -> str:
    written = _print(*("<no value>" if value is None else value for value in values))
    return "".join(_HTML.get(char, char) for char in written)


_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;", "\0": "\ufffd"}

BUILTINS: Mapping[str, Function] = {
    "eq": function("any", _compare_equal, "any"),
    "ne": function("any any", lambda first, second: not _compare_equal(first, second)),
    "lt": function("any any", _less),
    "le": function("any any", lambda first, second: _less(first, second) or _compare_equal(first, second)),
    "gt": function(
        "any any", lambda first, second: not (_less(first, second) or _compare_equal(first, second))
    ),
    "ge": function("any any", lambda first, second: not _less(first, second)),
    "not": function("any", lambda value: not is_true(value)),
    "len": function("any", _length),
    "index": function("any", _index, "any"),
    "print": function("", _print, "any"),
    "println": function("", lambda *values: " ".join(map(print_value, values)) + "\n", "any"),
    "printf": function("string", _printf, "any"),
    "html": function("", _html, "any"),
    "urlquery": function("", _urlquery, "any"),
}
