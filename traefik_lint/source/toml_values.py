"""TOML's keys, strings, numbers, booleans and dates as positioned scalars (TOML 1.1, as Traefik's reader takes)."""

from __future__ import annotations

import math
import re
from datetime import date

from traefik_lint.source.pieces import Chunk, pieces_from
from traefik_lint.source.refused import Refused, error_at
from traefik_lint.source.span import SourceFile
from traefik_lint.source.tree import Scalar

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_BLANKS = re.compile(r"[ \t]*")

# What a string may hold as it stands; a string wholly of that needs no further look.
_SIMPLE = {
    '"': re.compile(r'"(?!"")([^"\\\x00-\x08\x0a-\x1f\x7f]*)"'),
    "'": re.compile(r"'(?!'')([^'\x00-\x08\x0a-\x1f\x7f]*)'"),
}
_BASIC_TEXT = re.compile(r'[^"\\\x00-\x08\x0a-\x1f\x7f]+')
_LITERAL_TEXT = re.compile(r"[^'\x00-\x08\x0a-\x1f\x7f]+")
_BASIC_LINES = re.compile(r'[^"\\\x00-\x08\x0b-\x1f\x7f]+')
_LITERAL_LINES = re.compile(r"[^'\x00-\x08\x0b-\x1f\x7f]+")
_CLOSING = {'"': re.compile('"{3,5}'), "'": re.compile("'{3,5}")}
_QUOTES = {'"': re.compile('"{1,2}'), "'": re.compile("'{1,2}")}
_LINE_BREAK = re.compile(r"\r?\n")
_CONTINUED = re.compile(r"\\[ \t]*\r?\n(?:[ \t]|\r?\n)*")
_ESCAPE = re.compile(r'\\(?:([btnfre"\\])|x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))')
_ESCAPED = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b", '"': '"', "\\": "\\"}

_CLOCK = r"(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?"
_DATE = re.compile(
    rf"(\d{{4}})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
    rf"(?:[Tt ]{_CLOCK}(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)?)?",
    re.ASCII,
)
_TIME = re.compile(_CLOCK, re.ASCII)
_FLOAT = re.compile(
    r"[+-]?(?:inf|nan"
    r"|(?:0|[1-9](?:_?\d)*)(?:\.\d(?:_?\d)*(?:[eE][+-]?\d(?:_?\d)*)?|[eE][+-]?\d(?:_?\d)*))",
    re.ASCII,
)
_INTEGER = re.compile(
    r"0x[0-9A-Fa-f](?:_?[0-9A-Fa-f])*|0o[0-7](?:_?[0-7])*|0b[01](?:_?[01])*|[+-]?(?:0|[1-9](?:_?\d)*)",
    re.ASCII,
)
_BOOLEAN = re.compile("true|false")


class Cursor:
    """A place in a TOML text that moves on as things are read."""

    __slots__ = ("file", "pos", "text")

    def __init__(self, file: SourceFile) -> None:
        self.file = file
        self.text = file.text
        self.pos = 0

    def peek(self) -> str:
        """The next character, empty at the end."""
        return self.text[self.pos : self.pos + 1]

    def take(self, expected: str) -> bool:
        """Step over ``expected`` if it comes next."""
        if self.text.startswith(expected, self.pos):
            self.pos += len(expected)
            return True
        return False

    def match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Step over what ``pattern`` matches here."""
        found = pattern.match(self.text, self.pos)
        if found:
            self.pos = found.end()
        return found

    def skip_blanks(self) -> None:
        """Step over spaces and tabs."""
        self.match(_BLANKS)

    def refusal(self, message: str, offset: int | None = None) -> Refused:
        """What to raise when the text cannot go on like this."""
        return Refused(error_at(self.file, self.pos if offset is None else offset, message))


def read_key(cursor: Cursor) -> list[Scalar]:
    """Read a key, which is several parts when it is dotted."""
    parts = [_key_part(cursor)]
    while True:
        cursor.skip_blanks()
        if not cursor.take("."):
            return parts
        cursor.skip_blanks()
        parts.append(_key_part(cursor))


def _key_part(cursor: Cursor) -> Scalar:
    start = cursor.pos
    bare = cursor.match(_BARE_KEY)
    if bare:
        return Scalar(cursor.file, start, cursor.pos, bare[0], "bare")
    quote = cursor.peek()
    if quote in ('"', "'"):
        if cursor.text.startswith(quote * 3, start):
            raise cursor.refusal("a key cannot have several lines")
        return read_string(cursor)
    raise cursor.refusal("expected a key")


def read_atom(cursor: Cursor) -> Scalar:
    """Read a value that is neither array nor table."""
    if cursor.peek() in ('"', "'"):
        return read_string(cursor)
    start = cursor.pos
    dated = cursor.match(_DATE)
    if dated:
        try:
            date(int(dated[1]), int(dated[2]), int(dated[3]))
        except ValueError:
            raise cursor.refusal("invalid date", start) from None
    elif not (cursor.match(_TIME) or cursor.match(_BOOLEAN)):
        number = cursor.match(_FLOAT) or cursor.match(_INTEGER)
        if not number:
            raise cursor.refusal("expected a value")
        if not _fits(number[0]):
            raise cursor.refusal("the number is out of the range of 64 bits", start)
    return Scalar(cursor.file, start, cursor.pos, cursor.text[start : cursor.pos], "bare")


def _fits(number: str) -> bool:
    digits = number.replace("_", "")
    if _FLOAT.fullmatch(number):
        return "inf" in number or not math.isinf(float(digits))
    # The longest in range is `0b` and 63 digits; Python refuses to read thousands.
    return len(digits) <= 66 and -(2**63) <= int(digits, 0) < 2**63


def read_string(cursor: Cursor) -> Scalar:
    """Read a string of any of the four kinds."""
    start = cursor.pos
    quote = cursor.peek()
    style = "double" if quote == '"' else "single"
    simple = cursor.match(_SIMPLE[quote])
    if simple:
        return Scalar(cursor.file, start, cursor.pos, simple[1], style)
    chunks: list[Chunk] = []
    if cursor.take(quote * 3):
        cursor.match(_LINE_BREAK)
        while not _read_closing(cursor, quote, chunks):
            chunks.append(_lines_chunk(cursor, quote))
    else:
        cursor.pos += 1
        while not cursor.take(quote):
            chunks.append(_line_chunk(cursor, quote))
    value = "".join(chunk.value for chunk in chunks)
    return Scalar(cursor.file, start, cursor.pos, value, style, pieces=pieces_from(chunks))


def _read_closing(cursor: Cursor, quote: str, chunks: list[Chunk]) -> bool:
    start = cursor.pos
    closing = cursor.match(_CLOSING[quote])
    if closing and len(closing[0]) > 3:  # up to two quotes before the closing three belong to the text
        chunks.append(Chunk(closing[0][3:], start, cursor.pos - 3))
    return closing is not None


def _line_chunk(cursor: Cursor, quote: str) -> Chunk:
    return _text_chunk(cursor, _BASIC_TEXT if quote == '"' else _LITERAL_TEXT) or _escape_chunk(cursor)


def _lines_chunk(cursor: Cursor, quote: str) -> Chunk:
    start = cursor.pos
    found = _text_chunk(cursor, _BASIC_LINES if quote == '"' else _LITERAL_LINES) or _text_chunk(
        cursor, _QUOTES[quote]
    )
    if found:
        return found
    if cursor.match(_LINE_BREAK):
        return Chunk("\n", start, cursor.pos)
    if quote == '"' and cursor.match(_CONTINUED):
        return Chunk("", start, cursor.pos)
    return _escape_chunk(cursor)


def _text_chunk(cursor: Cursor, pattern: re.Pattern[str]) -> Chunk | None:
    found = cursor.match(pattern)
    return Chunk(found[0], found.start(), found.end()) if found else None


def _escape_chunk(cursor: Cursor) -> Chunk:
    start = cursor.pos
    if cursor.peek() != "\\":
        reason = (
            "a control character must be escaped"
            if cursor.peek() not in ("", "\n")
            else "the string is not closed"
        )
        raise cursor.refusal(reason)
    found = cursor.match(_ESCAPE)
    if not found:
        raise cursor.refusal("invalid escape in a string")
    letter, *codes = found.groups()
    if letter:
        return Chunk(_ESCAPED[letter], start, cursor.pos)
    number = int(next(code for code in codes if code), 16)
    if number > 0x10FFFF or 0xD800 <= number <= 0xDFFF:
        raise cursor.refusal("the escape is no character of Unicode", start)
    return Chunk(chr(number), start, cursor.pos)
