"""The functions of Traefik's templates: Go's own and the common ones of sprig."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple, cast

from traefik_lint.golang.errors import GoError
from traefik_lint.golang.template_errors import Unrenderable
from traefik_lint.golang.template_values import (
    Int64,
    IntList,
    StringList,
    StringMap,
    Value,
    as_integer,
    as_list,
    as_string,
    as_strings,
    basic_kind,
    is_true,
    print_value,
    type_name,
)
from traefik_lint.golang.text import quote, to_lower, to_upper

_LARGEST = 1 << 20  # characters or elements that one call may make


class Function(NamedTuple):
    """A function: the kinds of its parameters, the kind of further ones, and what it computes.

    Kinds are `string`, `int`, `any` and `map`.
    """

    parameters: tuple[str, ...]
    variadic: str | None
    call: Callable[..., Value]


def normalize(name: str) -> str:
    """Traefik's `normalize`: each run of characters that are no letters or digits becomes `-`."""
    return "-".join(re.findall(r"[^\W_]+", name))


def bounded(size: int) -> None:
    """Refuse to make what would fill the memory."""
    if size > _LARGEST:
        raise Unrenderable("the result is too large")


# Go's own


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
            if not 0 <= key < len(raw):
                raise GoError(f"index out of range: {key}")
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
        raise GoError("len of nil pointer")
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


# sprig's


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


def _split(separator: str, text: str) -> list[str]:
    return text.split(separator) if separator else list(text)


def _split_map(separator: str, text: str) -> Value:
    return StringMap({f"_{index}": part for index, part in enumerate(_split(separator, text))})


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


def _indent(width: int, text: str) -> str:
    pad = " " * max(width, 0)
    return pad + text.replace("\n", f"\n{pad}")


def _title(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9 ]*", text):
        raise Unrenderable("title")
    return re.sub(r"(?:^|(?<= ))[a-z]", lambda found: found.group().upper(), text)


def _quote_all(*values: Value) -> str:
    return " ".join(quote(as_string(value)) for value in values if value is not None)


def _regex_match(pattern: str, text: str) -> Value:
    from traefik_lint.golang.regexp import compile_pattern, error_text

    return error_text(pattern) is None and compile_pattern(pattern).search(text)


def _regex_replace(pattern: str, text: str, replacement: str) -> Value:
    from traefik_lint.golang.regexp import compile_pattern, error_text

    problem = error_text(pattern)
    if problem is not None:
        written = f"`{pattern}`" if pattern.isprintable() and "`" not in pattern else quote(pattern)
        raise GoError(f"regexp: Compile({written}): {problem}")
    return compile_pattern(pattern).replace_all(text, replacement)


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
    for value in as_list(values, "find uniq on"):
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


def _function(parameters: str, call: Callable[..., Value], variadic: str | None = None) -> Function:
    return Function(tuple(parameters.split()), variadic, call)


def _minimum(first: Value, *others: Value) -> Value:
    return Int64(min(map(as_integer, (first, *others))))


def _maximum(first: Value, *others: Value) -> Value:
    return Int64(max(map(as_integer, (first, *others))))


def _urlquery(*values: Value) -> str:
    from urllib.parse import quote_plus

    return quote_plus(_print(*values), safe="")


_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;", "\0": "\ufffd"}

FUNCTIONS: Mapping[str, Function] = {
    "eq": _function("any", _compare_equal, "any"),
    "ne": _function("any any", lambda first, second: not _compare_equal(first, second)),
    "lt": _function("any any", _less),
    "le": _function("any any", lambda first, second: _less(first, second) or _compare_equal(first, second)),
    "gt": _function(
        "any any", lambda first, second: not (_less(first, second) or _compare_equal(first, second))
    ),
    "ge": _function("any any", lambda first, second: not _less(first, second)),
    "not": _function("any", lambda value: not is_true(value)),
    "len": _function("any", _length),
    "index": _function("any", _index, "any"),
    "print": _function("", _print, "any"),
    "println": _function("", lambda *values: " ".join(map(print_value, values)) + "\n", "any"),
    "printf": _function("string", _printf, "any"),
    "html": _function("", lambda *values: "".join(_HTML.get(char, char) for char in _print(*values)), "any"),
    "urlquery": _function("", _urlquery, "any"),
    "normalize": _function("string", normalize),
    "lower": _function("string", to_lower),
    "upper": _function("string", to_upper),
    "title": _function("string", _title),
    "trim": _function("string", lambda text: text.strip()),
    "trimAll": _function("string string", lambda cut, text: text.strip(cut)),
    "trimall": _function("string string", lambda cut, text: text.strip(cut)),
    "trimPrefix": _function("string string", lambda prefix, text: text.removeprefix(prefix)),
    "trimSuffix": _function("string string", lambda suffix, text: text.removesuffix(suffix)),
    "nospace": _function("string", lambda text: "".join(text.split())),
    "trunc": _function("int string", _trunc),
    "substr": _function("int int string", _substr),
    "repeat": _function("int string", _repeat),
    "contains": _function("string string", lambda part, text: part in text),
    "hasPrefix": _function("string string", lambda prefix, text: text.startswith(prefix)),
    "hasSuffix": _function("string string", lambda suffix, text: text.endswith(suffix)),
    "replace": _function("string string string", lambda old, new, text: text.replace(old, new)),
    "quote": _function("", _quote_all, "any"),
    "squote": _function(
        "",
        lambda *values: " ".join(f"'{print_value(value)}'" for value in values if value is not None),
        "any",
    ),
    "cat": _function(
        "", lambda *values: " ".join(print_value(value) for value in values if value is not None), "any"
    ),
    "indent": _function("int string", _indent),
    "nindent": _function("int string", lambda width, text: "\n" + _indent(width, text)),
    "plural": _function("string string int", lambda one, many, count: one if count == 1 else many),
    "toString": _function("any", as_string),
    "toStrings": _function("any", lambda value: StringList(as_strings(value))),
    "int": _function("any", as_integer),
    "int64": _function("any", lambda value: Int64(as_integer(value))),
    "add": _function("", lambda *values: Int64(sum(map(as_integer, values))), "any"),
    "add1": _function("any", lambda value: Int64(as_integer(value) + 1)),
    "sub": _function("any any", lambda first, second: Int64(as_integer(first) - as_integer(second))),
    "mul": _function("any", _product, "any"),
    "div": _function("any any", lambda first, second: Int64(_divide(first, second)[0])),
    "mod": _function("any any", lambda first, second: Int64(_divide(first, second)[1])),
    "max": _function("any", _maximum, "any"),
    "min": _function("any", _minimum, "any"),
    "until": _function("int", lambda count: _until_step(0, count, 1 if count >= 0 else -1)),
    "untilStep": _function("int int int", _until_step),
    "split": _function("string string", _split_map),
    "splitList": _function("string string", lambda separator, text: StringList(_split(separator, text))),
    "join": _function("string any", lambda separator, values: separator.join(as_strings(values))),
    "sortAlpha": _function("any", lambda values: StringList(sorted(as_strings(values)))),
    "default": _function("any", _default, "any"),
    "empty": _function("any", lambda value: not is_true(value)),
    "coalesce": _function("", _coalesce, "any"),
    "ternary": _function("any any bool", lambda yes, no, test: yes if test else no),
    "list": _function("", lambda *values: list(values), "any"),
    "tuple": _function("", lambda *values: list(values), "any"),
    "dict": _function("", _dict, "any"),
    "get": _function("map string", lambda target, key: target.get(key, "")),
    "set": _function("map string any", _set),
    "hasKey": _function("map string", lambda target, key: key in target),
    "keys": _function("", _keys, "map"),
    "first": _function("any", lambda values: _end_of(values, "find first on", 0)),
    "last": _function("any", lambda values: _end_of(values, "find last on", -1)),
    "rest": _function("any", lambda values: as_list(values, "find rest on")[1:]),
    "initial": _function("any", lambda values: as_list(values, "find initial on")[:-1]),
    "reverse": _function("any", lambda values: as_list(values, "find reverse on")[::-1]),
    "compact": _function("any", lambda values: list(filter(is_true, as_list(values, "compact on")))),
    "uniq": _function("any", _uniq),
    "has": _function("any any", _has),
    "append": _function("any any", lambda values, value: [*as_list(values, "push on"), value]),
    "prepend": _function("any any", lambda values, value: [value, *as_list(values, "prepend on")]),
    "regexMatch": _function("string string", _regex_match),
    "regexReplaceAll": _function("string string string", _regex_replace),
    "b64enc": _function("string", _b64encode),
    "b64dec": _function("string", _b64decode),
    "sha256sum": _function("string", _sha256),
    "fail": _function("string", _fail),
}

#: In files, `split` is Go's own: the text first, then the separator.
FILE_FUNCTIONS: Mapping[str, Function] = {
    **FUNCTIONS,
    "split": _function("string string", lambda text, separator: StringList(_split(separator, text))),
}

_OTHER_NAMES = """
abbrev abbrevboth add1f addf adler32sum ago all and any atoi b32dec b32enc base bcrypt biggest
buildCustomCert call camelcase ceil chunk clean concat date dateInZone dateModify date_in_zone
date_modify decryptAES deepCopy deepEqual derivePassword dig dir divf duration durationRound
encryptAES env expandenv ext float64 floor fromJson genCA genCAWithKey genPrivateKey
genSelfSignedCert genSelfSignedCertWithKey genSignedCert genSignedCertWithKey getHostByName hello
htmlDate htmlDateInZone htpasswd initials isAbs js kebabcase kindIs kindOf maxf merge mergeOverwrite
minf mulf mustAppend mustChunk mustCompact mustDateModify mustDeepCopy mustFirst mustFromJson mustHas
mustInitial mustLast mustMerge mustMergeOverwrite mustPrepend mustPush mustRegexFind mustRegexFindAll
mustRegexMatch mustRegexReplaceAll mustRegexReplaceAllLiteral mustRegexSplit mustRest mustReverse
mustSlice mustToDate mustToJson mustToPrettyJson mustToRawJson mustUniq mustWithout must_date_modify
now omit or osBase osClean osDir osExt osIsAbs pick pluck push randAlpha randAlphaNum randAscii
randBytes randInt randNumeric regexFind regexFindAll regexQuoteMeta regexReplaceAllLiteral regexSplit
round semver semverCompare seq sha1sum shuffle slice snakecase splitn subf swapcase toDate toDecimal
toJson toPrettyJson toRawJson typeIs typeIsLike typeOf unixEpoch unset untitle urlJoin urlParse uuidv4
values without wrap wrapWith
"""

#: Every function that Traefik's templates know, computed here or not.
FUNCTION_NAMES = frozenset(FUNCTIONS) | frozenset(_OTHER_NAMES.split())
