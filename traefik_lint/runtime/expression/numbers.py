"""Go's number literals, which a rule holds when somebody forgets the quotes of an address."""

from __future__ import annotations

import re
from collections.abc import Callable

_NAMES = {
    "": "decimal literal",
    "0": "octal literal",
    "o": "octal literal",
    "b": "binary literal",
    "x": "hexadecimal literal",
}
_BASES = {"": 10, "0": 8, "o": 8, "b": 2, "x": 16}
_DECIMAL = re.compile(r"[0-9_]*")
_HEXADECIMAL = re.compile(r"[0-9A-Fa-f_]*")


def scan_number(text: str, start: int, report: Callable[[int, str], None]) -> tuple[str, int]:
    """Read the number at an offset.

    Returns its kind (`INT`, `FLOAT` or `IMAG`) and its end; what is wrong is told to `report`.
    """
    prefix, at = _prefix(text, start)
    digits = _HEXADECIMAL if prefix == "x" else _DECIMAL
    kind = "INT"
    mantissa = at
    at = _end(digits, text, at)
    integer_end = at
    if text[at : at + 1] == ".":
        kind = "FLOAT"
        if prefix in ("o", "b"):
            report(at, f"invalid radix point in {_NAMES[prefix]}")
        at = _end(digits, text, at + 1)
    if prefix != "0" and not text[mantissa:at].strip("_."):
        report(at, f"{_NAMES[prefix]} has no digits")
    exponent = text[at : at + 1]
    if exponent and exponent in "eEpP":
        kind = "FLOAT"
        at = _exponent(text, at, prefix, report)
    elif prefix == "x" and kind == "FLOAT":
        report(at, "hexadecimal mantissa requires a 'p' exponent")
    if text[at : at + 1] == "i":
        kind = "IMAG"
        at += 1
    if kind == "INT" and prefix != "x":
        _check_digits(text, mantissa, integer_end, prefix, report)
    _check_separators(text[start:at], start, report)
    return kind, at


def _prefix(text: str, start: int) -> tuple[str, int]:
    if text[start] != "0":
        return "", start
    letter = text[start + 1 : start + 2].lower()
    if letter in ("x", "o", "b"):
        return letter, start + 2
    return "0", start + 1


def _end(digits: re.Pattern[str], text: str, at: int) -> int:
    found = digits.match(text, at)
    return found.end() if found else at


def _exponent(text: str, at: int, prefix: str, report: Callable[[int, str], None]) -> int:
    letter = text[at]
    if letter in "eE" and prefix not in ("", "0"):
        report(at, f"'{letter}' exponent requires decimal mantissa")
    elif letter in "pP" and prefix != "x":
        report(at, f"'{letter}' exponent requires hexadecimal mantissa")
    at += 1
    if text[at : at + 1] in ("+", "-"):
        at += 1
    end = _end(_DECIMAL, text, at)
    if not text[at:end].strip("_"):
        report(end, "exponent has no digits")
    return end


def _check_digits(text: str, start: int, end: int, prefix: str, report: Callable[[int, str], None]) -> None:
    for offset in range(start, end):
        digit = text[offset]
        if digit != "_" and int(digit) >= _BASES[prefix]:
            report(offset, f"invalid digit '{digit}' in {_NAMES[prefix]}")
            return


def _check_separators(literal: str, start: int, report: Callable[[int, str], None]) -> None:
    if "_" not in literal:
        return
    prefixed = literal[:1] == "0" and literal[1:2].lower() in ("x", "o", "b")
    hexadecimal = literal[1:2].lower() == "x"
    previous = "0" if prefixed else "."
    for offset in range(2 if prefixed else 0, len(literal)):
        char = literal[offset]
        if char == "_":
            misplaced = offset if previous != "0" else -1
        elif char.isdecimal() or (hexadecimal and char in "abcdefABCDEF"):
            char, misplaced = "0", -1
        else:
            misplaced = offset - 1 if previous == "_" else -1
            char = "."
        if misplaced >= 0:
            report(start + misplaced, "'_' must separate successive digits")
            return
        previous = char
    if previous == "_":
        report(start + len(literal) - 1, "'_' must separate successive digits")
