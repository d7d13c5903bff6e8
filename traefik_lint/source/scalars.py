"""What Go's decoders take a scalar for, and how Go prints it."""

from __future__ import annotations

import math
import re
from typing import Literal, NamedTuple

from traefik_lint.source.tree import Scalar

Kind = Literal["null", "bool", "int", "float", "timestamp", "string"]
Value = None | bool | int | float | str


class Resolved(NamedTuple):
    """A scalar as Go holds it; a timestamp's value is the text Go prints for it."""

    kind: Kind
    value: Value


_WORDS = {
    "": Resolved("null", None),
    "~": Resolved("null", None),
    "null": Resolved("null", None),
    "Null": Resolved("null", None),
    "NULL": Resolved("null", None),
    "true": Resolved("bool", True),
    "True": Resolved("bool", True),
    "TRUE": Resolved("bool", True),
    "false": Resolved("bool", False),
    "False": Resolved("bool", False),
    "FALSE": Resolved("bool", False),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), Resolved("float", math.nan)),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), Resolved("float", math.inf)),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), Resolved("float", -math.inf)),
}
_TYPES: dict[str, tuple[Kind, ...]] = {
    "!!null": ("null",),
    "!!bool": ("bool",),
    "!!int": ("int",),
    "!!float": ("float", "int"),
    "!!timestamp": ("timestamp",),
}
_INT64_MIN = -(2**63)
_UINT64_MAX = 2**64 - 1
_INTEGER = re.compile(r"([+-]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))")
# What is left of `0b+1` after `0b` is parsed as a number of its own, with its own sign.
_INNER_SIGN = re.compile(r"0(?:b([+-][01]+)|o([+-][0-7]+))")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_TIMESTAMP = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)"
    r"(?:([Tt]| +)(\d\d?):(\d\d?):(\d\d?)(?:[.,](\d+))?(Z|[+-]\d\d:\d\d)?)?",
    re.ASCII,
)
_TOML_TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\d|\d\d:\d\d", re.ASCII)


def kind_of(scalar: Scalar) -> Kind:
    """The kind of value Go's decoder makes of a scalar in a YAML or TOML file, a label, a flag or a variable."""
    return value_of(scalar).kind


def go_text(scalar: Scalar) -> str:
    """The text that Go's default formatting (``%v``) gives, as compose does for label values (C-062).

    Null gives an empty text; a text stays what it is.
    """
    return _default_format(value_of(scalar))


def file_text(scalar: Scalar) -> str:
    """The text that Traefik's file loader makes of a scalar before it fills an option (R-235).

    As :func:`go_text`, but floats have six decimals or none: ``7.5`` becomes ``7.500000``. The loader refuses
    timestamps, so ask :func:`kind_of` first.
    """
    resolved = value_of(scalar)
    if isinstance(resolved.value, float) and math.isfinite(resolved.value):
        return f"{resolved.value:.6f}".removesuffix(".000000")
    return _default_format(resolved)


def value_of(scalar: Scalar) -> Resolved:
    """The value Go's decoder makes of a scalar: yaml.v3 for YAML, TOML 1.0 for ``bare`` scalars.

    Where yaml.v3 refuses an explicit tag (``!!int x``) the text stays a string.
    """
    text = scalar.value
    if scalar.style == "bare":
        return _toml_value(text)
    tag = scalar.tag
    if tag in ("", "!"):
        return resolve(text) if scalar.style == "plain" else Resolved("string", text)
    allowed = _TYPES.get(tag)
    if allowed:
        resolved = resolve(text)
        if resolved.kind in allowed:
            if tag == "!!float" and isinstance(resolved.value, int):
                return Resolved("float", float(resolved.value))
            return resolved
    return Resolved("string", text)


def resolve(text: str) -> Resolved:
    """The value of a plain YAML scalar by yaml.v3's resolver (C-007): ``on`` is a string, ``017`` is 15."""
    word = _WORDS.get(text)
    if word is not None:
        return word
    first = text[0]
    if first == ".":
        # Here yaml.v3 asks Go's float parser at once, without taking out underscores.
        return _float(text) or Resolved("string", text)
    if first not in "0123456789+-":
        return Resolved("string", text)
    return _timestamp(text) or _number(text.replace("_", "")) or Resolved("string", text)


def _number(plain: str) -> Resolved | None:
    match = _INTEGER.fullmatch(plain)
    if match:
        sign, hexadecimal, binary, octal, decimal = match.groups()
        value = _magnitude(hexadecimal, binary, octal, decimal)
        if sign == "-":
            value = -value
        # Only an unsigned parser takes what is beyond int64, and that takes no sign.
        if _INT64_MIN <= value < -_INT64_MIN or (not sign and value <= _UINT64_MAX):
            return Resolved("int", value)
    found = _float(plain)
    if found:
        return found
    inner = _INNER_SIGN.fullmatch(plain)
    if inner:
        value = int(inner[1], 2) if inner[1] else int(inner[2], 8)
        if _INT64_MIN <= value < -_INT64_MIN:
            return Resolved("int", value)
    return None


def _magnitude(hexadecimal: str | None, binary: str | None, octal: str | None, decimal: str | None) -> int:
    if hexadecimal:
        return int(hexadecimal, 16)
    if binary:
        return int(binary, 2)
    if octal:
        return int(octal, 8)
    # Python refuses to read thousands of digits; no more than twenty can be in range.
    return int(decimal) if decimal and len(decimal) <= 20 else _UINT64_MAX + 1


def _float(text: str) -> Resolved | None:
    if not _FLOAT.fullmatch(text):
        return None
    value = float(text)
    # Go's parser refuses what is out of range.
    return Resolved("float", value) if math.isfinite(value) else None


def _timestamp(text: str) -> Resolved | None:
    match = _TIMESTAMP.fullmatch(text)
    if not match:
        return None
    year, month, day = int(match[1]), int(match[2]), int(match[3])
    hour, minute, second = int(match[5] or 0), int(match[6] or 0), int(match[7] or 0)
    separator, zone = match[4], match[9] or ""
    if separator and separator.isspace() == bool(zone):
        return None  # the zone is required behind `T` and forbidden behind a blank
    if not (
        1 <= month <= 12 and 1 <= day <= _days_in(year, month) and hour < 24 and minute < 60 and second < 60
    ):
        return None
    shown_zone = _zone(zone)
    if shown_zone is None:
        return None
    fraction = (match[8] or "")[:9].rstrip("0")
    shown = f"{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}"
    return Resolved("timestamp", shown + ("." + fraction if fraction else "") + " " + shown_zone)


def _days_in(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _zone(zone: str) -> str | None:
    if zone in ("", "Z", "+00:00", "-00:00"):
        return "+0000 UTC"
    if int(zone[1:3]) > 24 or int(zone[4:]) > 60:
        return None
    minutes = int(zone[1:3]) * 60 + int(zone[4:])
    shown = f"{zone[0]}{minutes // 60:02}{minutes % 60:02}"
    return f"{shown} {shown}"


def _toml_value(text: str) -> Resolved:
    if text in ("true", "false"):
        return Resolved("bool", text == "true")
    if _TOML_TIMESTAMP.match(text):
        return _timestamp(text) or Resolved("timestamp", text)
    plain = text.replace("_", "")
    try:
        if plain.lstrip("+-")[:2] in ("0x", "0o", "0b") or plain.lstrip("+-").isdecimal():
            return Resolved("int", int(plain, 0))
        return Resolved("float", float(plain))
    except ValueError:  # a bare key
        return Resolved("string", text)


def _default_format(resolved: Resolved) -> str:
    value = resolved.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return format_float(value)
    return str(value)


def format_float(value: float) -> str:
    """Print a float as Go's ``%v``: the fewest digits that give it back, with an exponent outside 1e-4 … 1e6."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "+Inf" if value > 0 else "-Inf"
    # Python finds the same digits; only its layout differs.
    mantissa, exponent = f"{value:.{_shortest_precision(value)}e}".split("e")
    power = int(exponent)
    if power < -4 or power >= 6:
        return f"{mantissa}e{power:+03}"
    return repr(value).removesuffix(".0")


def _shortest_precision(value: float) -> int:
    digits = repr(value).lower().split("e")[0].lstrip("-").replace(".", "").strip("0")
    return max(len(digits) - 1, 0)
