"""How a parser gives up: at a place, for a reason."""

from __future__ import annotations

from traefik_lint.source.span import SourceFile, Span
from traefik_lint.source.tree import ReadError

#: Deeper than any real configuration, and shallow enough to walk a tree recursively.
MAX_DEPTH = 200


class Refused(Exception):
    """The text cannot be read as data; never leaves this package."""

    def __init__(self, error: ReadError) -> None:
        super().__init__(error.message)
        self.error = error


def error_at(file: SourceFile, offset: int, message: str) -> ReadError:
    """An error about the character at ``offset``, or about the end of the text."""
    size = len(file.text)
    start = min(offset, size)
    return ReadError(message, Span(file, start, min(start + 1, size)))
