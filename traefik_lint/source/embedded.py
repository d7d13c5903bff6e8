"""Files inside of files: a text that a YAML scalar holds, read as a tree whose nodes stand in the outer file."""

from __future__ import annotations

from bisect import bisect_right
from typing import Literal, NamedTuple

from traefik_lint.source.pieces import pieces_of
from traefik_lint.source.span import SourceFile, Span
from traefik_lint.source.toml import parse_toml
from traefik_lint.source.tree import Mapping, Node, Piece, ReadError, Scalar, Sequence
from traefik_lint.source.yaml import parse_yaml


class Embedded(NamedTuple):
    """What an inner text holds: its documents' roots before ``error``, all of them when that is None."""

    roots: tuple[Node, ...]
    error: ReadError | None


def read_embedded(outer: Scalar, notation: Literal["yaml", "toml"] = "yaml") -> Embedded:
    """Read the text of ``outer`` as a file of its own; every span of the result lies inside ``outer``.

    Where a line fold or an escape of the outer scalar has no character of its own, it counts whole.
    """
    file = SourceFile(outer.file.path, outer.value, outer.file.real)
    if notation == "toml":
        table = parse_toml(file)
        roots: list[Node] = [table.root]
        error = table.error
    else:
        stream = parse_yaml(file)
        roots = [document.root for document in stream.documents if document.root is not None]
        error = stream.error
    move = _Move(outer)
    for root in roots:
        move.tree(root)
    if error is not None:
        error = ReadError(error.message, move.span(error.span.start, error.span.end))
    return Embedded(tuple(roots), error)


class _Move:
    """From offsets in the inner text to offsets in the outer file."""

    __slots__ = ("begins", "is_verbatim", "outer", "pieces", "seen")

    def __init__(self, outer: Scalar) -> None:
        self.outer = outer
        self.pieces = pieces_of(outer)
        self.begins = [piece.begin for piece in self.pieces]
        #: Whether lines keep their text, so that a scalar's pieces can be worked out from the outer file.
        self.is_verbatim = outer.style == "literal" or len(self.pieces) == 1
        self.seen: set[int] = set()

    def tree(self, root: Node) -> None:
        pending = [root]
        while pending:
            node = pending.pop()
            if id(node) in self.seen:
                continue
            self.seen.add(id(node))
            if isinstance(node, Mapping):
                for entry in node.entries:
                    pending.append(entry.key)
                    pending.append(entry.value)
                    if entry.via is not None and entry.via.file is not self.outer.file:
                        entry.via = self.span(entry.via.start, entry.via.end)
            elif isinstance(node, Sequence):
                pending.extend(node.items)
            self.node(node)

    def node(self, node: Node) -> None:
        if isinstance(node, Scalar) and (not self.is_verbatim or node.pieces is not None):
            node.pieces = tuple(
                Piece(piece.begin, piece.end, *self.span(piece.start, piece.stop)[1:])
                for piece in pieces_of(node)
            )
        span = self.span(node.start, node.end)
        node.file, node.start, node.end = span

    def span(self, start: int, end: int) -> Span:
        first = self.offset(start, last=False)
        last = self.offset(end, last=True) if end > start else first
        return Span(self.outer.file, first, max(first, last))

    def offset(self, index: int, *, last: bool) -> int:
        if not self.pieces:
            return self.outer.start
        # An end belongs to the character before it.
        at = max(bisect_right(self.begins, index - 1 if last and index else index) - 1, 0)
        piece = self.pieces[at]
        if piece.end - piece.begin == piece.stop - piece.start:
            return min(piece.start + index - piece.begin, piece.stop)
        return piece.stop if last or index >= piece.end else piece.start
