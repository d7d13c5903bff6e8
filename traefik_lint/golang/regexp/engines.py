"""Two ways to match a Go expression without google-re2: Python's `re`, and a machine that never backtracks."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from traefik_lint.golang.regexp.charclass import Ranges
from traefik_lint.golang.regexp.matcher import Spans
from traefik_lint.golang.regexp.syntax import Expression, Piece

_MANY = 6  # repetitions without a bound that `re` may try against each other
_MAX_RUNE = 0x10FFFF
_ASSERTIONS = {
    "begin-text": r"(?:\A)",
    "end-text": r"(?:\Z)",
    "begin-line": r"(?m:^)",
    "end-line": r"(?m:$)",
    "word": r"(?:(?a:\b))",
    "no-word": r"(?!(?a:\b))",  # Python's own \B fails on an empty text
}


def is_risky(piece: Piece) -> bool:
    """Tell whether `re` could take exponential time, or a high power of the text's length."""
    return _nests(piece) or _unbounded(piece) > _MANY


def _nests(piece: Piece) -> bool:
    if piece.op == "repeat" and (piece.high < 0 or piece.high > 1) and _branches(piece.parts[0]):
        return True
    return any(_nests(part) for part in piece.parts)


def _branches(piece: Piece) -> bool:
    return piece.op in ("repeat", "alternate") or any(_branches(part) for part in piece.parts)


def _unbounded(piece: Piece) -> int:
    own = 1 if piece.op == "repeat" and (piece.high < 0 or piece.high > _MANY) else 0
    return own + sum(_unbounded(part) for part in piece.parts)


class Translated:
    """The expression as a pattern of Python's `re`."""

    __slots__ = ("_compiled",)

    def __init__(self, expression: Expression) -> None:
        self._compiled = re.compile(translate(expression.root))

    def find(self, text: str, start: int) -> Spans | None:
        """The spans of the leftmost match at or after an offset."""
        found = self._compiled.search(text, start)
        return None if found is None else list(found.regs)


def translate(piece: Piece) -> str:
    """Write an expression as a pattern of Python's `re` that means the same."""
    if piece.op == "chars":
        return _class(piece.ranges)
    if piece.op == "empty":
        return "(?:)"
    inner = [translate(part) for part in piece.parts]
    if piece.op == "capture":
        return f"({inner[0]})"
    if piece.op == "concat":
        return "".join(inner)
    if piece.op == "alternate":
        return f"(?:{'|'.join(inner)})"
    if piece.op == "repeat":
        high = "" if piece.high < 0 else str(piece.high)
        return f"(?:{inner[0]}){{{piece.low},{high}}}{'' if piece.greedy else '?'}"
    return _ASSERTIONS[piece.op]


def _class(ranges: Ranges) -> str:
    if not ranges:
        return "(?!)"
    if ranges == ((0, _MAX_RUNE),):
        return "(?s:.)"
    if len(ranges) == 1 and ranges[0][0] == ranges[0][1]:
        return _char(ranges[0][0])
    members = (_char(low) if low == high else f"{_char(low)}-{_char(high)}" for low, high in ranges)
    return f"[{''.join(members)}]"


def _char(code: int) -> str:
    char = chr(code)
    return char if char.isascii() and char.isalnum() else f"\\U{code:08x}"


class _Step(NamedTuple):
    """One instruction: read a character, try two ways, note a place, demand something, or be done."""

    kind: str
    following: int = 0
    other: int = 0
    ranges: Ranges = ()


class Machine:
    """Follows all ways through an expression at once, so its time is bounded by text times expression."""

    __slots__ = ("_groups", "_program")

    def __init__(self, expression: Expression) -> None:
        self._groups = len(expression.groups)
        self._program: list[_Step] = []
        self._compile(expression.root)
        self._program.append(_Step("match"))

    def _compile(self, piece: Piece) -> None:
        program = self._program
        if piece.op == "chars":
            program.append(_Step("chars", len(program) + 1, ranges=piece.ranges))
        elif piece.op == "capture":
            program.append(_Step("save", len(program) + 1, piece.low * 2))
            self._compile(piece.parts[0])
            program.append(_Step("save", len(program) + 1, piece.low * 2 + 1))
        elif piece.op == "concat":
            for part in piece.parts:
                self._compile(part)
        elif piece.op == "alternate":
            self._compile_alternatives(piece.parts)
        elif piece.op == "repeat":
            self._compile_repeat(piece)
        elif piece.op != "empty":
            program.append(_Step(piece.op, len(program) + 1))

    def _compile_alternatives(self, parts: tuple[Piece, ...]) -> None:
        program = self._program
        jumps: list[int] = []
        for part in parts[:-1]:
            split = len(program)
            program.append(_Step("split"))
            self._compile(part)
            jumps.append(len(program))
            program.append(_Step("jump"))
            program[split] = _Step("split", split + 1, len(program))
        self._compile(parts[-1])
        for jump in jumps:
            program[jump] = _Step("jump", len(program))

    def _compile_repeat(self, piece: Piece) -> None:
        program = self._program
        inner = piece.parts[0]
        for _ in range(piece.low):
            self._compile(inner)
        splits: list[int] = []
        for _ in range(1 if piece.high < 0 else piece.high - piece.low):
            splits.append(len(program))
            program.append(_Step("split"))
            self._compile(inner)
        if piece.high < 0:
            program.append(_Step("jump", splits[0]))
        for split in splits:
            ways = split + 1, len(program)
            program[split] = _Step("split", *(ways if piece.greedy else reversed(ways)))

    def find(self, text: str, start: int) -> Spans | None:
        """The spans of the leftmost match at or after an offset, the first of equal ones as in Go."""
        unset = (-1,) * (self._groups * 2)
        found: tuple[int, ...] | None = None
        threads: list[tuple[int, tuple[int, ...]]] = []
        for at in range(start, len(text) + 1):
            seen: set[int] = set()
            ready: list[tuple[int, tuple[int, ...]]] = []
            for program_at, places in threads:
                self._follow(program_at, places, text, at, seen, ready)
            if found is None:
                self._follow(0, (at, *unset[1:]), text, at, seen, ready)
            threads = []
            code = ord(text[at]) if at < len(text) else -1
            for program_at, places in ready:
                step = self._program[program_at]
                if step.kind == "match":
                    found = (places[0], at, *places[2:])
                    break  # what follows is of lower priority
                if _contains(step.ranges, code):
                    threads.append((step.following, places))
            if found is not None and not threads:
                break
        if found is None:
            return None
        return [(found[index], found[index + 1]) for index in range(0, len(found), 2)]

    def _follow(
        self,
        program_at: int,
        places: tuple[int, ...],
        text: str,
        at: int,
        seen: set[int],
        ready: list[tuple[int, tuple[int, ...]]],
    ) -> None:
        """Go on from an instruction to all that read a character or are done, in order of priority."""
        todo = [(program_at, places)]
        while todo:
            program_at, places = todo.pop()
            if program_at in seen:
                continue
            seen.add(program_at)
            step = self._program[program_at]
            if step.kind in ("chars", "match"):
                ready.append((program_at, places))
            elif step.kind == "split":
                todo.append((step.other, places))
                todo.append((step.following, places))
            elif step.kind == "save":
                noted = list(places)
                noted[step.other] = at
                todo.append((step.following, tuple(noted)))
            elif step.kind == "jump" or _holds(step.kind, text, at):
                todo.append((step.following, places))


def _contains(ranges: Ranges, code: int) -> bool:
    index = bisect_right(ranges, (code, _MAX_RUNE)) - 1
    return index >= 0 and ranges[index][0] <= code <= ranges[index][1]


def _holds(assertion: str, text: str, at: int) -> bool:
    if assertion == "begin-text":
        return at == 0
    if assertion == "end-text":
        return at == len(text)
    if assertion == "begin-line":
        return at == 0 or text[at - 1] == "\n"
    if assertion == "end-line":
        return at == len(text) or text[at] == "\n"
    before = at > 0 and _is_word(text[at - 1])
    after = at < len(text) and _is_word(text[at])
    return (before != after) == (assertion == "word")


def _is_word(char: str) -> bool:
    return char == "_" or (char.isascii() and char.isalnum())
