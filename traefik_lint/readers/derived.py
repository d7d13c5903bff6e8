"""Scalars made from parts of other scalars, whose characters keep their places in the file."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from traefik_lint.source.pieces import pieces_of, sub_span, verbatim_start
from traefik_lint.source.tree import Piece, Scalar


class Segment(NamedTuple):
    """Text of a new value that was made of ``value[begin:end]`` of an old one.

    When ``text`` equals the old characters they correspond one by one. An empty ``text`` for some characters stands
    for something that the files don't tell, such as a variable that is set nowhere.
    """

    text: str
    begin: int
    end: int


def settled(scalar: Scalar) -> Scalar:
    """The scalar with its pieces worked out, to be asked about many times."""
    if scalar.pieces is not None:
        return scalar
    return Scalar(
        scalar.file,
        scalar.start,
        scalar.end,
        scalar.value,
        scalar.style,
        scalar.tag,
        pieces_of(scalar),
        scalar.unknown,
    )


def derive(origin: Scalar, segments: Iterable[Segment], style: str = "", unknown: bool = False) -> Scalar:
    """The scalar whose value is the segments' texts; it stands where ``origin`` does."""
    origin = settled(origin)
    value: list[str] = []
    pieces: list[Piece] = []
    size = 0
    for text, begin, end in segments:
        value.append(text)
        if text == origin.value[begin:end]:
            moved = _moved(origin, begin, end, size - begin)
            # A gap between two segments belongs to both.
            pieces.extend(piece for piece in moved if piece.begin < piece.end or piece not in pieces[-1:])
        else:
            place = sub_span(origin, begin, end)
            pieces.append(Piece(size, size + len(text), place.start, place.end))
        size += len(text)
    return Scalar(
        origin.file,
        origin.start,
        origin.end,
        "".join(value),
        style or origin.style,
        origin.tag,
        tuple(pieces),
        unknown,
    )


def cut(origin: Scalar, begin: int, end: int, style: str) -> Scalar:
    """The scalar ``value[begin:end]``, standing at just these characters.

    It is unknown when a part of it is: ``a=${X}`` has a known key and an unknown value.
    """
    start = verbatim_start(origin)
    if start == -1:
        own = pieces_of(origin)
        if len(own) == 1 and own[0].end - own[0].begin == own[0].stop - own[0].start:
            start = own[0].start
    if start != -1:
        value = origin.value[begin:end]
        return Scalar(origin.file, start + begin, start + end, value, style, "", None, origin.unknown)
    span = sub_span(origin, begin, end)
    pieces = tuple(_moved(origin, begin, end, -begin))
    start, stop = span.start, span.end
    if pieces:
        start = min(start, *(piece.start for piece in pieces))
        stop = max(stop, *(piece.stop for piece in pieces))
    unknown = origin.unknown and _is_unknown(origin, begin, end)
    return Scalar(origin.file, start, stop, origin.value[begin:end], style, pieces=pieces, unknown=unknown)


def shown_text(scalar: Scalar) -> str:
    """The value with ``${NAME}`` where the files don't tell a variable's value, so that names stay distinct."""
    return "".join(text for text, _, _ in shown_parts(scalar))


def shown_parts(scalar: Scalar) -> list[Segment]:
    """What :func:`shown_text` is made of: parts of the value, and placeholders that stand between them."""
    if not scalar.unknown or not scalar.pieces:
        return [Segment(scalar.value, 0, len(scalar.value))]
    parts: list[Segment] = []
    at = 0
    for piece in scalar.pieces:
        if piece.begin == piece.end:
            if at < piece.begin:
                parts.append(Segment(scalar.value[at : piece.begin], at, piece.begin))
                at = piece.begin
            parts.append(Segment(_placeholder(scalar.file.text[piece.start : piece.stop]), at, at))
    parts.append(Segment(scalar.value[at:], at, len(scalar.value)))
    return parts


def has_gap(scalar: Scalar, index: int) -> bool:
    """Whether a text that the files don't tell belongs in front of this character."""
    return scalar.unknown and any(piece.begin == piece.end for piece in _touching(scalar, index, index))


def _placeholder(written: str) -> str:
    name = written.lstrip("${")
    for i, char in enumerate(name):
        if not (char.isalnum() or char == "_"):
            name = name[:i]
            break
    return "${" + name + "}"


def _is_unknown(origin: Scalar, begin: int, end: int) -> bool:
    if any(piece.begin == piece.end for piece in _touching(origin, begin, end)):
        return True
    # Without any gap it is the text as a whole that is not known.
    return not any(piece.begin == piece.end for piece in origin.pieces or ())


def _touching(origin: Scalar, begin: int, end: int) -> Iterator[Piece]:
    """The pieces that share a character or an edge with ``value[begin:end]``."""
    pieces = pieces_of(origin)
    at = bisect_left(pieces, begin, key=lambda piece: piece.begin)
    while at > 0 and pieces[at - 1].end >= begin:
        at -= 1
    for index in range(at, len(pieces)):
        if pieces[index].begin > end:
            return
        yield pieces[index]


def _moved(origin: Scalar, begin: int, end: int, by: int) -> Iterator[Piece]:
    """The origin's pieces between two of its indices, with indices moved and cut to them."""
    for piece in _touching(origin, begin, end):
        if piece.begin == piece.end:
            yield Piece(piece.begin + by, piece.end + by, piece.start, piece.stop)
            continue
        first, last = max(piece.begin, begin), min(piece.end, end)
        if first >= last:
            continue
        start, stop = piece.start, piece.stop
        if stop - start == piece.end - piece.begin:
            start, stop = start + first - piece.begin, start + last - piece.begin
        yield Piece(first + by, last + by, start, stop)
