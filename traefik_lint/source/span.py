"""Where something stands in a file."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

_LINE_END = re.compile(r"\r\n?|\n")


class SourceFile:
    """One file's decoded text, with its lines found when somebody asks.

    ``path`` is the path shown to people: relative to the current directory where possible, with ``/``.
    ``real`` is the absolute path on disk (empty for standard input).
    Offsets into ``text`` count Unicode code points.
    """

    __slots__ = ("_starts", "parsed", "path", "real", "text")

    def __init__(self, path: str, text: str, real: str = "") -> None:
        self.path = path
        self.text = text
        self.real = real
        self._starts: list[int] | None = None
        #: What the file was parsed to, kept so that no room parses it twice.
        self.parsed: object = None

    def line_starts(self) -> list[int]:
        """The offset at which each line begins; ``\\n``, ``\\r\\n`` and a lone ``\\r`` end a line."""
        if self._starts is None:
            starts = [0]
            text = self.text
            if "\r" in text:
                starts += [line_end.end() for line_end in _LINE_END.finditer(text)]
            else:
                found = text.find("\n")
                while found != -1:
                    starts.append(found + 1)
                    found = text.find("\n", found + 1)
            self._starts = starts
        return self._starts

    def position(self, offset: int) -> Position:
        """Line and column of an offset, both counted from 1."""
        starts = self.line_starts()
        line = bisect_right(starts, offset)
        return Position(line, offset - starts[line - 1] + 1)

    def line(self, number: int) -> str:
        """The text of a line (counted from 1) without its line break."""
        starts = self.line_starts()
        end = starts[number] if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end].rstrip("\r\n")

    def __repr__(self) -> str:
        return f"SourceFile({self.path!r})"


class Position(NamedTuple):
    """A place for people: line and column count from 1, columns in code points."""

    line: int
    column: int


class Span(NamedTuple):
    """The characters from ``start`` to ``end`` (exclusive) of a file."""

    file: SourceFile
    start: int
    end: int

    @property
    def text(self) -> str:
        """The characters themselves."""
        return self.file.text[self.start : self.end]

    @property
    def first(self) -> Position:
        """Where it begins."""
        return self.file.position(self.start)

    @property
    def last(self) -> Position:
        """Where it ends (exclusive)."""
        return self.file.position(self.end)
