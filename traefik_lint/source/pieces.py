"""Which characters of the file made which characters of a scalar's value."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from traefik_lint.source.span import Span
from traefik_lint.source.tree import Piece, Scalar

_BREAK = r"(?:\r\n|[\r\n\x85\u2028\u2029])"
_BREAKS = re.compile(_BREAK)
# A line break in a flow scalar takes the blanks around it along.
_FOLD = rf"[ \t]*(?:{_BREAK}[ \t]*)+"
_FOLDED_PLAIN = re.compile(f"(?P<fold>{_FOLD})")
_FOLDED_SINGLE = re.compile(f"(?P<fold>{_FOLD})|(?P<escape>'')")
_FOLDED_DOUBLE = re.compile(
    rf"(?P<continued>\\{_FOLD})|(?P<fold>{_FOLD})"
    r"|(?P<escape>\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.))"
)
_BLOCK_HEADER = re.compile(rf"[|>][-+0-9]*[ \t]*(?:#[^\r\n\x85\u2028\u2029]*)?{_BREAK}?")
#: Longer texts are no option's value; what is said of them is said of the whole.
_LONGEST = 200_000
_ESCAPES = {
    "0": "\0",
    "a": "\a",
    "b": "\b",
    "t": "\t",
    "n": "\n",
    "v": "\v",
    "f": "\f",
    "r": "\r",
    "e": "\x1b",
    "N": "\x85",
    "_": "\xa0",
    "L": "\u2028",
    "P": "\u2029",
}


def sub_span(scalar: Scalar, begin: int, end: int) -> Span:
    """The characters in the file that made ``value[begin:end]``.

    ``begin`` and ``end`` are cut to the value. An escape, a line fold or an interpolated variable counts whole when
    any of it is asked for; nothing asked for is an empty span. The result never leaves the scalar.
    """
    size = len(scalar.value)
    begin = min(max(begin, 0), size)
    end = min(max(end, begin), size)
    verbatim = verbatim_start(scalar)
    if verbatim != -1:
        return Span(scalar.file, verbatim + begin, verbatim + end)
    pieces = pieces_of(scalar)
    if not pieces:
        inside = scalar.start + (
            1 if scalar.style in ("single", "double") and scalar.end > scalar.start else 0
        )
        return Span(scalar.file, inside, inside)
    start = _file_offset(_piece_at(pieces, begin), begin, last=False)
    stop = start if begin == end else _file_offset(_piece_at(pieces, end - 1), end, last=True)
    start = min(max(start, scalar.start), scalar.end)
    return Span(scalar.file, start, min(max(stop, start), scalar.end))


def verbatim_start(scalar: Scalar) -> int:
    """Where the value stands in the file character by character; -1 where it does not, or is made of pieces."""
    value, start = scalar.value, scalar.start
    if scalar.pieces is not None or not value:
        return -1
    last = scalar.end - len(value)
    text = scalar.file.text
    if start <= last and text.startswith(value, start):
        return start
    return start + 1 if start < last and text.startswith(value, start + 1) else -1


def pieces_of(scalar: Scalar) -> tuple[Piece, ...]:
    """The scalar's value cut into pieces that cover it in order, each with the characters that made it."""
    if scalar.pieces is not None:
        return scalar.pieces
    value, start, end = scalar.value, scalar.start, scalar.end
    if not value:
        return ()
    offset = verbatim_start(scalar)
    if offset != -1:
        return (Piece(0, len(value), offset, offset + len(value)),)
    if end - start > _LONGEST:
        return (Piece(0, len(value), start, end),)
    scalar.pieces = _worked_out(scalar)  # kept, as one scalar may be asked about many times
    return scalar.pieces


def _piece_at(pieces: tuple[Piece, ...], index: int) -> Piece:
    return pieces[max(bisect_right(pieces, index, key=lambda piece: piece.begin) - 1, 0)]


def _file_offset(piece: Piece, index: int, *, last: bool) -> int:
    if piece.end - piece.begin == piece.stop - piece.start:
        return min(piece.start + index - piece.begin, piece.stop)
    if last or index >= piece.end:
        return piece.stop
    return piece.start


class Chunk(NamedTuple):
    """A part of a value, written as ``text[start:stop]``."""

    value: str
    start: int
    stop: int


def _worked_out(scalar: Scalar) -> tuple[Piece, ...]:
    chunks = list(_chunks(scalar))
    if scalar.style in ("literal", "folded"):
        chunks = _with_final_breaks(chunks, scalar)
    if "".join(chunk.value for chunk in chunks) != scalar.value:
        return (Piece(0, len(scalar.value), scalar.start, scalar.end),)
    return pieces_from(chunks)


def pieces_from(chunks: Iterable[Chunk]) -> tuple[Piece, ...]:
    """The pieces of the value that the chunks make one after the other."""
    pieces = []
    begin = 0
    for value, start, stop in chunks:
        if value:
            pieces.append(Piece(begin, begin + len(value), start, stop))
            begin += len(value)
    return tuple(pieces)


def _chunks(scalar: Scalar) -> Iterator[Chunk]:
    text, start, end = scalar.file.text, scalar.start, scalar.end
    if scalar.style == "plain":
        return _flow_chunks(text, start, end, _FOLDED_PLAIN)
    if scalar.style == "single":
        return _flow_chunks(text, start + 1, end - 1, _FOLDED_SINGLE)
    if scalar.style == "double":
        return _flow_chunks(text, start + 1, end - 1, _FOLDED_DOUBLE)
    if scalar.style in ("literal", "folded"):
        return _block_chunks(scalar)
    return iter(())


def _flow_chunks(text: str, start: int, end: int, special: re.Pattern[str]) -> Iterator[Chunk]:
    for match in special.finditer(text, start, end):
        if match.start() > start:
            yield Chunk(text[start : match.start()], start, match.start())
        start = match.end()
        yield Chunk(_flow_value(match), match.start(), start)
    if start < end:
        yield Chunk(text[start:end], start, end)


def _flow_value(match: re.Match[str]) -> str:
    written = match[0]
    if match.lastgroup == "fold":
        return _folded(_line_breaks(written))
    if match.lastgroup == "continued":
        return "".join(_line_breaks(written)[1:])
    if written == "''":
        return "'"
    if written[1] in "xuU":
        return chr(min(int(written[2:], 16), 0x10FFFF))
    return _ESCAPES.get(written[1], written[1])


def _line_breaks(written: str) -> list[str]:
    # YAML reads every line break as a line feed, but for the two separators of Unicode.
    return [found if found in "\u2028\u2029" else "\n" for found in _BREAKS.findall(written)]


def _folded(breaks: list[str]) -> str:
    if breaks[0] != "\n":
        return "".join(breaks)
    return "".join(breaks[1:]) or " "


def _block_chunks(scalar: Scalar) -> Iterator[Chunk]:
    # As libyaml's scanner does it: a line that holds anything beyond the indentation counts, others are breaks.
    text = scalar.file.text
    header = _BLOCK_HEADER.match(text, scalar.start, scalar.end)
    if header is None:
        return
    indent = _block_indent(scalar, header.end())
    breaks: list[str] = []
    first = True
    previous_blank = False
    joint = header.end()
    for start, stop, line_break in _lines(text, header.end(), scalar.end):
        content = start
        while content < stop and content - start < indent and text[content] == " ":
            content += 1
        if content < stop:
            blank = text[content] in " \t"
            fold = scalar.style == "folded" and not first and not previous_blank and not blank
            yield Chunk(_folded(breaks) if fold else "".join(breaks), joint, content)
            yield Chunk(text[content:stop], content, stop)
            breaks = []
            first = False
            previous_blank = blank
            joint = stop
        breaks += _line_breaks(line_break)


def _block_indent(scalar: Scalar, body: int) -> int:
    # The indentation may be relative to a parent that we do not see; the value tells it.
    for start, stop, _ in _lines(scalar.file.text, body, scalar.end):
        line = scalar.file.text[start:stop]
        if line.strip(" "):
            for valued in _BREAKS.split(scalar.value):
                if valued.strip(" "):
                    return max(_leading_blanks(line) - _leading_blanks(valued), 0)
    return 0


def _leading_blanks(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    for match in _BREAKS.finditer(text, start, end):
        yield start, match.start(), match[0]
        start = match.end()
    if start < end:
        yield start, end, ""


def _with_final_breaks(chunks: list[Chunk], scalar: Scalar) -> list[Chunk]:
    # The breaks that chomping leaves stand behind the node; they belong to its end.
    known = sum(len(chunk.value) for chunk in chunks)
    rest = scalar.value[known:]
    if rest and not rest.strip("\n\u2028\u2029 \t"):
        return [*chunks, Chunk(rest, scalar.end, scalar.end)]
    return chunks
