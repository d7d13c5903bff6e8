"""A rendered template laid beside the template: which line made which."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from traefik_lint.source.tree import Piece

_ACTION = re.compile(r"\{\{.*?\}\}")
#: More lines with actions than this are not looked up.
_MOST_LINES_WITH_ACTIONS = 100


class _Line(NamedTuple):
    """A line of the template without the blanks around it; ``literals`` is what stands around its actions."""

    start: int
    text: str
    literals: tuple[str, ...]
    weight: int


def aligned(rendered: str, template: str) -> Iterator[Piece]:
    """For each rendered line the template's line that made it, as far as the texts tell."""
    lines = list(_template_lines(template))
    by_text: dict[str, list[int]] = {}
    with_actions: list[int] = []
    for number, line in enumerate(lines):
        if len(line.literals) == 1:
            by_text.setdefault(line.text, []).append(number)
        elif line.weight and len(with_actions) < _MOST_LINES_WITH_ACTIONS:
            with_actions.append(number)
    at = 0
    current = 0
    for written in rendered.splitlines(keepends=True):
        text = written.strip()
        begin = at + len(written) - len(written.lstrip()) if text else at
        same = by_text.get(text) if text else None
        if same:
            current = next((number for number in same if number >= current), same[0])
            pieces = [Piece(begin, begin + len(text), lines[current].start, lines[current].start + len(text))]
        else:
            found = _fitting(text, lines, with_actions, current) if text else None
            current = current if found is None else found
            pieces = _pieces_of_line(text, begin, lines[current], is_sure=found is not None)
        # The blanks around belong to the ends of the text.
        yield Piece(at, begin, pieces[0].start, pieces[0].start)
        yield from pieces
        yield Piece(begin + len(text), at + len(written), pieces[-1].stop, pieces[-1].stop)
        at += len(written)


def _template_lines(template: str) -> Iterator[_Line]:
    at = 0
    for line in template.splitlines(keepends=True) or [""]:
        text = line.strip()
        start = at + len(line) - len(line.lstrip()) if text else at
        literals = tuple(_ACTION.split(text))
        yield _Line(start, text, literals, sum(map(len, literals)))
        at += len(line)


def _fitting(text: str, lines: list[_Line], numbers: list[int], current: int) -> int | None:
    """The line with actions that may have made this text: the one with most text of its own, then the next."""
    best: tuple[int, bool, int] | None = None
    for number in numbers:
        line = lines[number]
        if _results(text, line.literals) is not None:
            rank = (-line.weight, number < current, number)
            best = rank if best is None else min(best, rank)
    return None if best is None else best[2]


def _results(text: str, literals: tuple[str, ...]) -> list[tuple[int, int]] | None:
    """Where the actions' results are in a text that has these literals around them; None when it has not."""
    first, *middle, last = literals
    end = len(text) - len(last)
    at = len(first)
    if not (text.startswith(first) and text.endswith(last) and at <= end):
        return None
    results = []
    for literal in middle:
        found = text.find(literal, at, end)
        if found == -1:
            return None
        results.append((at, found))
        at = found + len(literal)
    return [*results, (at, end)]


def _pieces_of_line(text: str, begin: int, line: _Line, *, is_sure: bool) -> list[Piece]:
    results = _results(text, line.literals) if is_sure else None
    if results is None:
        return [Piece(begin, begin + len(text), line.start, line.start + len(line.text))]
    pieces: list[Piece] = []
    at = place = 0
    actions = [match.span() for match in _ACTION.finditer(line.text)]
    for (start, end), (action_start, action_end) in zip(results, actions, strict=True):
        pieces.append(Piece(begin + at, begin + start, line.start + place, line.start + action_start))
        pieces.append(Piece(begin + start, begin + end, line.start + action_start, line.start + action_end))
        at, place = end, action_end
    pieces.append(Piece(begin + at, begin + len(text), line.start + place, line.start + len(line.text)))
    return [piece for piece in pieces if piece.begin < piece.end] or pieces[:1]
