"""The source line of a place, with carets under the characters meant."""

from __future__ import annotations

from typing import NamedTuple

from traefik_lint.report.plain import safe, width
from traefik_lint.source.span import Span

_MORE = "…"


class Excerpt(NamedTuple):
    """A line to show (cut to fit), the blanks before the carets, and the carets."""

    number: int
    line: str
    indent: str
    carets: str


def excerpt(span: Span, columns: int) -> Excerpt:
    """The first line of a span in at most ``columns`` cells, cut where the span is not.

    A span that goes on in the next line is underlined to the line's end.
    """
    first, last = span.first, span.last
    line = span.file.line(first.line)
    begin = min(first.column - 1, len(line))
    end = min(last.column - 1, len(line)) if last.line == first.line else len(line.rstrip())
    end = max(end, begin)
    start, stop = _window(line, begin, end, max(columns, 20))
    before = (_MORE if start else "") + safe(line[start:begin])
    meant = safe(line[begin : min(end, stop)])
    after = safe(line[max(end, begin) : stop]) + (_MORE if stop < len(line) else "")
    return Excerpt(
        first.line, (before + meant + after).rstrip(), " " * width(before), "^" * max(width(meant), 1)
    )


def _window(line: str, begin: int, end: int, columns: int) -> tuple[int, int]:
    if len(line) * 2 <= columns or width(safe(line)) <= columns:
        return 0, len(line)
    room = columns // 2 - 2 if not line.isascii() else columns - 2
    start = max(0, min(begin - room // 3, len(line) - room))
    if end - start > room and end - begin <= room:
        start = end - room
    return start, min(len(line), start + room)
