"""The ``.env`` grammar, which env files and label files share (C-030 … C-033, C-063)."""

from __future__ import annotations

import re
from typing import NamedTuple

from traefik_lint.readers.compose.interpolation import Lookup, interpolate
from traefik_lint.readers.derived import Segment, derive
from traefik_lint.source.span import SourceFile, Span
from traefik_lint.source.tree import ReadError, Scalar

_BLANKS = " \t\v\f\r\x85\xa0"
_ESCAPE = re.compile(r"\\(?:[abcfnrtv$\"\\]|0\d{0,3})")
_SIMPLE_ESCAPES = {
    "a": "\a",
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "v": "\v",
    "\\": "\\",
    '"': '"',
}
_EXPORT = re.compile(r"export\s+")


class Assignment(NamedTuple):
    """One ``KEY=value``; ``value`` is None for a bare key, which takes its value from the environment."""

    key: Scalar
    value: Scalar | None


class DotEnv(NamedTuple):
    """What such a file assigns, in its order, up to ``error``."""

    assignments: list[Assignment]
    error: ReadError | None

    def variables(self) -> dict[str, str]:
        """The last value of each key that has one the files tell."""
        return {
            assignment.key.value: assignment.value.value
            for assignment in self.assignments
            if assignment.value is not None and not assignment.value.unknown
        }


def no_variables(name: str) -> str | None:  # noqa: ARG001
    """The look-up that knows no variable."""
    return None


def read_dotenv(file: SourceFile, lookup: Lookup = no_variables) -> DotEnv:
    """Read assignments; values may use the variables of ``lookup`` and, behind them, earlier keys of the file."""
    assignments: list[Assignment] = []
    known: dict[str, str] = {}

    def look(name: str) -> str | None:
        value = lookup(name)
        return known.get(name) if value is None else value

    text = file.text
    at = 0
    try:
        while True:
            at = _statement_start(text, at)
            if at == len(text):
                return DotEnv(assignments, None)
            key, at, is_bare = _key(file, at)
            if is_bare:
                assignments.append(Assignment(key, None))
                continue
            written, at = _value(file, at)
            value = interpolate(written, look).scalar if written.style != "single" else written
            assignments.append(Assignment(key, value))
            if not value.unknown:
                known[key.value] = value.value
    except _Refused as refused:
        return DotEnv(assignments, refused.error)


class _Refused(Exception):
    """The file is not in the grammar; compose refuses the project."""

    def __init__(self, message: str, file: SourceFile, start: int, end: int) -> None:
        super().__init__(message)
        self.error = ReadError(message, Span(file, start, end))


def _statement_start(text: str, at: int) -> int:
    size = len(text)
    while at < size:
        if text[at].isspace() or text[at] == "\x85":
            at += 1
        elif text[at] == "#":
            at = _line_end(text, at)
        else:
            return at
    return size


def _key(file: SourceFile, start: int) -> tuple[Scalar, int, bool]:
    """The key that begins here, where its value begins, and whether it has none."""
    text = file.text
    export = _EXPORT.match(text, start)
    if export:
        start = export.end()
    at = start
    size = len(text)
    while at < size and text[at] not in "=:\n":
        char = text[at]
        if not (char in "_.-[]" or char in _BLANKS or char.isalpha() or char.isnumeric()):
            raise _Refused(f'unexpected character "{char}" in a variable name', file, at, at + 1)
        at += 1
    end = start + len(text[start:at].rstrip())
    if " " in text[start:end]:
        raise _Refused("a key cannot contain a blank", file, start, end)
    key = Scalar(file, start, end, text[start:end], "env")
    is_bare = at == size or text[at] == "\n"
    at = min(at + 1, size)
    while at < size and text[at] in _BLANKS:
        at += 1
    return key, at, is_bare


def _value(file: SourceFile, start: int) -> tuple[Scalar, int]:
    """The value that begins here, before variables are replaced, and where the next statement may begin."""
    text = file.text
    if text[start : start + 1] in ('"', "'"):
        return _quoted(file, start)
    end = _line_end(text, start)
    value = text[start:end].partition(" #")[0].rstrip()
    return Scalar(file, start, start + len(value), value, "env"), min(end + 1, len(text))


def _quoted(file: SourceFile, start: int) -> tuple[Scalar, int]:
    text = file.text
    quote = text[start]
    segments: list[Segment] = []
    run = at = start + 1
    size = len(text)
    while at < size and text[at] != quote:
        if text[at] == "\\" and at + 1 < size:
            if text[at + 1] == quote:
                segments += [
                    Segment(text[run:at], run - start, at - start),
                    Segment(quote, at - start, at - start + 2),
                ]
                run = at + 2
            at += 1
        at += 1
    if at >= size:
        raise _Refused("unterminated quoted value", file, start, _line_end(text, start))
    segments.append(Segment(text[run:at], run - start, at - start))
    whole = Scalar(file, start, at + 1, text[start : at + 1], "env")
    value = derive(
        whole, (segment for segment in segments if segment.text), "single" if quote == "'" else "double"
    )
    return (value if quote == "'" else _without_escapes(value)), at + 1


def _without_escapes(scalar: Scalar) -> Scalar:
    if "\\" not in scalar.value:
        return scalar
    segments: list[Segment] = []
    at = 0
    for match in _ESCAPE.finditer(scalar.value):
        if at < match.start():
            segments.append(Segment(scalar.value[at : match.start()], at, match.start()))
        segments.append(Segment(_unescaped(match[0]), match.start(), match.end()))
        at = match.end()
    if at < len(scalar.value):
        segments.append(Segment(scalar.value[at:], at, len(scalar.value)))
    return derive(scalar, segments)


def _unescaped(escape: str) -> str:
    if escape == "\\$":
        return "$$"  # which interpolation turns into one
    if escape[1] == "0":
        digits = escape[2:]
        is_octal = len(digits) == 3 and all(digit in "01234567" for digit in digits) and int(digits, 8) < 256
        return chr(int(digits, 8)) if is_octal else "\\" + digits
    return _SIMPLE_ESCAPES.get(escape[1], escape)


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end == -1 else end
