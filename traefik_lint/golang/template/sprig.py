"""The common functions of sprig, whose names and manners Traefik's templates have."""

from __future__ import annotations

import re
from collections.abc import Mapping

from traefik_lint.golang import regexp
from traefik_lint.golang.errors import GoError
from traefik_lint.golang.template.errors import Unrenderable
from traefik_lint.golang.template.functions import Function, bounded, function
from traefik_lint.golang.template.values import (
    Int64,
    IntList,
    StringList,
    StringMap,
    Value,
    as_integer,
    as_list,
    as_string,
    as_strings,
    is_true,
    print_value,
    type_name,
)
from traefik_lint.golang.text import quote, to_lower, to_upper


def _default(fallback: Value, *given: Value) -> Value:
    return given[0] if given and is_true(given[0]) else fallback


def _coalesce(*values: Value) -> Value:
    return next((value for value in values if is_true(value)), None)


def _trunc(length: int, text: str) -> str:
    raw = text.encode("utf-8", "surrogateescape")
    if length < 0 < len(raw) + length:
        raw = raw[len(raw) + length :]
    elif length >= 0:
        raw = raw[:length]
    return raw.decode("utf-8", "surrogateescape")


def _substr(start: int, end: int, text: str) -> str:
    raw = text.encode("utf-8", "surrogateescape")
    if start < 0:
        start = 0
        out_of_range = not 0 <= end <= len(raw)
    else:
        end = len(raw) if end < 0 or end > len(raw) else end
        out_of_range = start > end
    if out_of_range:
        raise Unrenderable("substr out of range")
    return raw[start:end].decode("utf-8", "surrogateescape")


def _repeat(count: int, text: str) -> str:
    if count < 0:
        raise GoError("strings: negative Repeat count")
    bounded(count * len(text))
    return text * count


def _until_step(start: int, stop: int, step: int) -> Value:
    if (stop < start and step >= 0) or (stop >= start and step <= 0):
        return IntList()
    bounded(abs(stop - start) // abs(step))
    return IntList(range(start, stop, step))


def split(separator: str, text: str) -> list[str]:
    """Cut a text as `strings.Split` does: an empty separator cuts between all characters."""
    return text.split(separator) if separator else list(text)


def _split_map(separator: str, text: str) -> Value:
    return StringMap({f"_{index}": part for index, part in enumerate(split(separator, text))})


def _dict(*pairs: Value) -> Value:
    result: dict[str, Value] = {}
    for index in range(0, len(pairs), 2):
        result[as_string(pairs[index])] = pairs[index + 1] if index + 1 < len(pairs) else ""
    return result


def _set(target: dict[str, Value], key: str, value: Value) -> Value:
    target[key] = value
    return target


def _divide(first: Value, second: Value) -> tuple[int, int]:
    """Quotient and remainder as Go computes them: towards zero."""
    dividend, divisor = as_integer(first), as_integer(second)
    if divisor == 0:
        raise GoError("runtime error: integer divide by zero")
    quotient = abs(dividend) // abs(divisor)
    quotient = quotient if (dividend < 0) == (divisor < 0) else -quotient
    return quotient, dividend - quotient * divisor


def _product(*values: Value) -> Value:
    result = 1
    for value in values:
        result *= as_integer(value)
    return Int64(result)


def _replace(old: str, new: str, text: str) -> str:
    bounded(text.count(old) * len(new))
    return text.replace(old, new)


def _join(separator: str, values: Value) -> str:
    texts = as_strings(values)
    bounded(len(texts) * len(separator))
    return separator.join(texts)


def _indent(width: int, text: str) -> str:
    bounded((text.count("\n") + 1) * width)
    pad = " " * max(width, 0)
    return pad + text.replace("\n", f"\n{pad}")


def _title(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9 ]*", text):
        raise Unrenderable("title")
    return re.sub(r"(?:^|(?<= ))[a-z]", lambda found: found.group().upper(), text)


def _quote_all(*values: Value) -> str:
    return " ".join(quote(as_string(value)) for value in values if value is not None)


def _regex_match(pattern: str, text: str) -> Value:
    return regexp.error_text(pattern) is None and regexp.compile(pattern).search(text)


def _regex_replace(pattern: str, text: str, replacement: str) -> Value:
    bounded((len(text) + 1) * len(replacement))
    problem = regexp.error_text(pattern)
    if problem is not None:
        written = f"`{pattern}`" if pattern.isprintable() and "`" not in pattern else quote(pattern)
        raise GoError(f"regexp: Compile({written}): {problem}")
    return regexp.compile(pattern).replace_all(text, replacement)


def _b64decode(text: str) -> str:
    import base64

    try:
        return base64.b64decode(text, validate=True).decode("utf-8", "surrogateescape")
    except ValueError:
        raise Unrenderable("b64dec") from None


def _b64encode(text: str) -> str:
    import base64

    return base64.b64encode(text.encode("utf-8", "surrogateescape")).decode()


def _sha256(text: str) -> str:
    import hashlib

    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def _fail(message: str) -> Value:
    raise GoError(message)


def _uniq(values: Value) -> Value:
    result: list[Value] = []
    elements = as_list(values, "find uniq on")
    bounded(len(elements) ** 2)
    for value in elements:
        if not any(type_name(value) == type_name(other) and value == other for other in result):
            result.append(value)
    return result


def _has(needle: Value, values: Value) -> Value:
    if values is None:
        return False
    elements = as_list(values, "find has on")
    return any(type_name(needle) == type_name(value) and needle == value for value in elements)


def _end_of(values: Value, verb: str, position: int) -> Value:
    elements = as_list(values, verb)
    return elements[position] if elements else None


def _keys(*maps: dict[str, Value]) -> Value:
    if sum(map(len, maps)) > 1:
        raise Unrenderable("keys come in no order")
    return StringList(key for one in maps for key in one)


def _minimum(first: Value, *others: Value) -> Value:
    return Int64(min(map(as_integer, (first, *others))))


def _maximum(first: Value, *others: Value) -> Value:
    return Int64(max(map(as_integer, (first, *others))))


SPRIG: Mapping[str, Function] = {
    "lower": function("string", to_lower),
    "upper": function("string", to_upper),
    "title": function("string", _title),
    "trim": function("string", lambda text: text.strip()),
    "trimAll": function("string string", lambda cut, text: text.strip(cut)),
    "trimall": function("string string", lambda cut, text: text.strip(cut)),
    "trimPrefix": function("string string", lambda prefix, text: text.removeprefix(prefix)),
    "trimSuffix": function("string string", lambda suffix, text: text.removesuffix(suffix)),
    "nospace": function("string", lambda text: "".join(text.split())),
    "trunc": function("int string", _trunc),
    "substr": function("int int string", _substr),
    "repeat": function("int string", _repeat),
    "contains": function("string string", lambda part, text: part in text),
    "hasPrefix": function("string string", lambda prefix, text: text.startswith(prefix)),
    "hasSuffix": function("string string", lambda suffix, text: text.endswith(suffix)),
    "replace": function("string string string", _replace),
    "quote": function("", _quote_all, "any"),
    "squote": function(
        "",
        lambda *values: " ".join(f"'{print_value(value)}'" for value in values if value is not None),
        "any",
    ),
    "cat": function(
        "", lambda *values: " ".join(print_value(value) for value in values if value is not None), "any"
    ),
    "indent": function("int string", _indent),
    "nindent": function("int string", lambda width, text: "\n" + _indent(width, text)),
    "plural": function("string string int", lambda one, many, count: one if count == 1 else many),
    "toString": function("any", as_string),
    "toStrings": function("any", lambda value: StringList(as_strings(value))),
    "int": function("any", as_integer),
    "int64": function("any", lambda value: Int64(as_integer(value))),
    "add": function("", lambda *values: Int64(sum(map(as_integer, values))), "any"),
    "add1": function("any", lambda value: Int64(as_integer(value) + 1)),
    "sub": function("any any", lambda first, second: Int64(as_integer(first) - as_integer(second))),
    "mul": function("any", _product, "any"),
    "div": function("any any", lambda first, second: Int64(_divide(first, second)[0])),
    "mod": function("any any", lambda first, second: Int64(_divide(first, second)[1])),
    "max": function("any", _maximum, "any"),
    "min": function("any", _minimum, "any"),
    "until": function("int", lambda count: _until_step(0, count, 1 if count >= 0 else -1)),
    "untilStep": function("int int int", _until_step),
    "split": function("string string", _split_map),
    "splitList": function("string string", lambda separator, text: StringList(split(separator, text))),
    "join": function("string any", _join),
    "sortAlpha": function("any", lambda values: StringList(sorted(as_strings(values)))),
    "default": function("any", _default, "any"),
    "empty": function("any", lambda value: not is_true(value)),
    "coalesce": function("", _coalesce, "any"),
    "ternary": function("any any bool", lambda yes, no, test: yes if test else no),
    "list": function("", lambda *values: list(values), "any"),
    "tuple": function("", lambda *values: list(values), "any"),
    "dict": function("", _dict, "any"),
    "get": function("map string", lambda target, key: target.get(key, "")),
    "set": function("map string any", _set),
    "hasKey": function("map string", lambda target, key: key in target),
    "keys": function("", _keys, "map"),
    "first": function("any", lambda values: _end_of(values, "find first on", 0)),
    "last": function("any", lambda values: _end_of(values, "find last on", -1)),
    "rest": function("any", lambda values: as_list(values, "find rest on")[1:]),
    "initial": function("any", lambda values: as_list(values, "find initial on")[:-1]),
    "reverse": function("any", lambda values: as_list(values, "find reverse on")[::-1]),
    "compact": function("any", lambda values: list(filter(is_true, as_list(values, "compact on")))),
    "uniq": function("any", _uniq),
    "has": function("any any", _has),
    "append": function("any any", lambda values, value: [*as_list(values, "push on"), value]),
    "prepend": function("any any", lambda values, value: [value, *as_list(values, "prepend on")]),
    "regexMatch": function("string string", _regex_match),
    "regexReplaceAll": function("string string string", _regex_replace),
    "b64enc": function("string", _b64encode),
    "b64dec": function("string", _b64decode),
    "sha256sum": function("string", _sha256),
    "fail": function("string", _fail),
}
