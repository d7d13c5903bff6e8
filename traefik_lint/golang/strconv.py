"""Go's `strconv`: texts to booleans, numbers and strings, with its error texts."""

from __future__ import annotations

import math
import re
import struct

from traefik_lint.golang.errors import GoError
from traefik_lint.golang.text import quote

__all__ = ["parse_bool", "parse_float", "parse_int", "parse_uint", "quote", "unquote"]

_TRUE = frozenset(("1", "t", "T", "TRUE", "true", "True"))
_FALSE = frozenset(("0", "f", "F", "FALSE", "false", "False"))
_SIGNED = re.compile(r"[+-]?[0-9]+")
_UNSIGNED = re.compile(r"[0-9]+")
_DECIMAL = re.compile(r"[+-]?(?:[0-9_]+\.?[0-9_]*|\.[0-9_]+)(?:[eE][+-]?[0-9][0-9_]*)?")
_HEXADECIMAL = re.compile(r"[+-]?0[xX](?:[0-9a-fA-F_]+\.?[0-9a-fA-F_]*|\.[0-9a-fA-F_]+)[pP][+-]?[0-9][0-9_]*")
_SPECIAL = re.compile(r"[+-]?inf(?:inity)?|nan", re.IGNORECASE | re.ASCII)
_MISPLACED_SEPARATOR = re.compile(r"(?<![0-9a-fA-FxX])_|_(?![0-9a-fA-F])")
_LARGEST_FLOAT32 = 3.4028235677973366e38  # halfway to what would be the next one: rounds to infinity
_ESCAPE = re.compile(r"\\(x..|u.{4}|U.{8}|[0-7]{3}|.)", re.DOTALL)
_HEX = "[0-9A-Fa-f]"
_INTERPRETED = re.compile(
    rf"(?:[^\"\\\n]|\\(?:[abfnrtv\\\"]|[0-3][0-7]{{2}}|x{_HEX}{{2}}"
    rf"|(?:u|U0000)(?![dD][89a-fA-F]){_HEX}{{4}}|U00(?:0[1-9a-fA-F]|10){_HEX}{{4}}))*"
)
_SIMPLE_ESCAPES = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


def parse_bool(text: str) -> bool:
    """Read a boolean as `strconv.ParseBool` does; raises GoError."""
    if text in _TRUE:
        return True
    if text in _FALSE:
        return False
    raise _invalid("ParseBool", text)


def parse_int(text: str, bits: int = 64, *, function: str = "ParseInt") -> int:
    """Read a decimal integer of `bits` bits as `strconv.ParseInt` does.

    `function` is the name that the error texts show. Raises GoError.
    """
    if _SIGNED.fullmatch(text) is None:
        raise _invalid_integer(function, text, text[1:] if text.startswith(("+", "-")) else text, bits)
    return _in_range(text, -(1 << (bits - 1)), (1 << (bits - 1)) - 1, function)


def parse_uint(text: str, bits: int = 64) -> int:
    """Read an unsigned decimal integer of `bits` bits as `strconv.ParseUint` does; raises GoError."""
    if _UNSIGNED.fullmatch(text) is None:
        raise _invalid_integer("ParseUint", text, text, bits)
    return _in_range(text, 0, (1 << bits) - 1, "ParseUint")


def _in_range(text: str, smallest: int, largest: int, function: str) -> int:
    # Python refuses to read thousands of digits; no number of so many is in range.
    digits = text.lstrip("+-").lstrip("0") or "0"
    if len(digits) <= 20:
        number = -int(digits) if text.startswith("-") else int(digits)
        if smallest <= number <= largest:
            return number
    raise _out_of_range(function, text)


def _invalid_integer(function: str, text: str, digits: str, bits: int) -> GoError:
    # Go reads from the left, so a number that is too large comes before a character that is wrong.
    found = _UNSIGNED.match(digits)
    number = found.group().lstrip("0") if found else ""
    if len(number) > 20 or int(number or 0) >= 1 << bits:
        return _out_of_range(function, text)
    return _invalid(function, text)


def _out_of_range(function: str, text: str) -> GoError:
    return GoError(f"strconv.{function}: parsing {quote(text)}: value out of range")


def parse_float(text: str, bits: int = 64) -> float:
    """Read a floating-point number of 32 or 64 bits as `strconv.ParseFloat` does; raises GoError."""
    if _SPECIAL.fullmatch(text):
        return float(text)
    if "_" in text and _MISPLACED_SEPARATOR.search(text):
        raise _invalid("ParseFloat", text)
    plain = text.replace("_", "")
    if _HEXADECIMAL.fullmatch(text):
        try:
            number = float.fromhex(plain)
        except OverflowError:
            number = math.inf
    elif _DECIMAL.fullmatch(text):
        number = float(plain)
    else:
        raise _invalid("ParseFloat", text)
    if math.isinf(number) or (bits == 32 and abs(number) >= _LARGEST_FLOAT32):
        raise _out_of_range("ParseFloat", text)
    return float(struct.unpack("f", struct.pack("f", number))[0]) if bits == 32 else number


def _invalid(function: str, text: str) -> GoError:
    return GoError(f"strconv.{function}: parsing {quote(text)}: invalid syntax")


def unquote(literal: str) -> str:
    """Read a Go string literal, raw or interpreted, as `strconv.Unquote` does; raises GoError.

    Bytes that are not UTF-8 (`"\\xff"`) are kept as `surrogateescape` keeps them.
    """
    inner = literal[1:-1]
    if literal.startswith("`"):
        return inner.replace("\r", "")
    if "\\" not in inner:
        return inner
    if _INTERPRETED.fullmatch(inner) is None:
        raise GoError("invalid syntax")
    written = bytearray()
    end = 0
    for found in _ESCAPE.finditer(inner):
        written += inner[end : found.start()].encode("utf-8", "surrogatepass")
        written += _unescaped(found.group(1))
        end = found.end()
    written += inner[end:].encode("utf-8", "surrogatepass")
    return written.decode("utf-8", "surrogateescape")


def _unescaped(escape: str) -> bytes:
    kind = escape[0]
    if kind == "x":
        return bytes((int(escape[1:], 16),))
    if kind in "uU":
        return chr(int(escape[1:], 16)).encode()
    if kind in "01234567":
        return bytes((int(escape, 8),))
    return _SIMPLE_ESCAPES.get(kind, kind).encode()
