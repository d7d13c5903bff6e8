"""Dynamic files are Go templates (R-236): what they give, and where in the template it was written.

A template that depends on nothing outside is rendered, and its lines are looked up in the template. Most others
only insert values (``Host(`{{ env "NAME" }}`)``): such an action is covered by as many placeholder characters as it
is long, so that the rest keeps its place, and the scalars around it become unknown. Any other template, where an
``if`` or a ``range`` depends on what the files don't tell, can't be read.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from traefik_lint.readers.template_cover import PLACEHOLDER, covered
from traefik_lint.readers.template_lines import aligned
from traefik_lint.source.pieces import pieces_of
from traefik_lint.source.span import SourceFile, Span
from traefik_lint.source.tree import Mapping, Node, Piece, Scalar, Sequence

#: What surely can't be rendered: the container's environment is not known.
_UNKNOWN = re.compile(r"\benv\b")


class Plain(NamedTuple):
    """A template as a text without actions, and which characters of the template made which of it.

    ``pieces`` cover the text in order; ``is_rendered`` says that it is what Go's engine gives.
    """

    text: str
    pieces: tuple[Piece, ...]
    is_rendered: bool = False


def is_template(text: str) -> bool:
    """Whether a text has anything that Go's template engine would act on."""
    return "{{" in text


def plain_text(file: SourceFile) -> Plain | None:
    """What the template gives; None when it can't be told.

    A template that depends on nothing outside is rendered. In any other the inserted values are covered by
    placeholders, if it does nothing but insert values.
    """
    return _rendered(file) or _covered(file.text)


def go_error(file: SourceFile) -> str:
    """What Go's template engine refuses the template for, "" where it does not or that can't be told."""
    from traefik_lint.golang.errors import GoError
    from traefik_lint.golang.template import Unrenderable, parse, render

    try:
        render(parse(file.text, name=file.path), None)
    except GoError as error:
        return error.text
    except Unrenderable:
        return ""
    return ""


def move(root: Mapping, file: SourceFile, plain: Plain) -> None:
    """Let a tree that was read from the plain text stand in the template; what was covered becomes unknown."""
    pending: list[Node] = [root]
    seen: set[int] = set()
    while pending:
        node = pending.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, Scalar):
            _move_scalar(node, file, plain.pieces)
        elif isinstance(node, Mapping):
            for entry in node.entries:
                pending += (entry.key, entry.value)
                if entry.via is not None:
                    entry.via = moved_span(entry.via, file, plain)
        elif isinstance(node, Sequence):
            pending += node.items
        span = moved_span(node.span, file, plain)
        node.file, node.start, node.end = span


def moved_span(span: Span, file: SourceFile, plain: Plain) -> Span:
    """Where a place in the plain text is in the template."""
    pieces = plain.pieces
    start = _moved(pieces, span.start, last=False)
    end = start if span.start == span.end else _moved(pieces, span.end, last=True)
    return Span(file, start, max(start, end))


def _move_scalar(scalar: Scalar, file: SourceFile, map_: tuple[Piece, ...]) -> None:
    own = pieces_of(scalar)
    is_unknown = PLACEHOLDER in scalar.value
    if not is_unknown and len(map_) == 1 and map_[0][:2] == map_[0][2:]:
        return  # the very same characters at the very same place
    moved: list[Piece] = []
    for piece in own:
        if piece.stop - piece.start != piece.end - piece.begin:
            start, stop = _moved(map_, piece.start, last=False), _moved(map_, piece.stop, last=True)
            moved.append(Piece(piece.begin, piece.end, start, max(start, stop)))
            continue
        at = piece.start
        while at < piece.stop:
            part = map_[_index(map_, at)]
            until = min(part.end, piece.stop) if part.end > at else piece.stop
            begin = piece.begin + at - piece.start
            start, stop = _moved(map_, at, last=False), _moved(map_, until, last=True)
            moved.append(Piece(begin, begin + until - at, start, max(start, stop)))
            at = until
    scalar.pieces = tuple(moved)
    if is_unknown:
        scalar.value = _original(scalar, file)
        scalar.unknown = True


def _index(pieces: tuple[Piece, ...], offset: int) -> int:
    return max(bisect_right(pieces, offset, key=lambda piece: piece.begin) - 1, 0)


def _moved(pieces: tuple[Piece, ...], offset: int, *, last: bool) -> int:
    piece = pieces[_index(pieces, offset - 1 if last else offset)]
    if piece.stop - piece.start == piece.end - piece.begin:
        return min(piece.start + offset - piece.begin, piece.stop)
    return piece.stop if last or offset >= piece.end else piece.start


def _original(scalar: Scalar, file: SourceFile) -> str:
    # A covered text is as long as what it covers.
    return "".join(
        file.text[piece.start : piece.stop]
        if piece.stop - piece.start == piece.end - piece.begin
        else scalar.value[piece.begin : piece.end]
        for piece in scalar.pieces or ()
    )


def _rendered(file: SourceFile) -> Plain | None:
    from traefik_lint.golang.errors import GoError
    from traefik_lint.golang.template import Unrenderable, parse, render

    if _UNKNOWN.search(file.text):
        return None
    try:
        text = render(parse(file.text, name=file.path), None)
    except (GoError, Unrenderable):
        # Where Go refuses, the file may be a template of another engine that is not yet rendered.
        return None
    pieces = tuple(piece for piece in aligned(text, file.text) if piece.begin < piece.end)
    return Plain(text, pieces or (Piece(0, 0, 0, 0),), is_rendered=True)


def _covered(text: str) -> Plain | None:
    cover = covered(text)
    return None if cover is None else Plain(cover, (Piece(0, len(text), 0, len(text)),))
