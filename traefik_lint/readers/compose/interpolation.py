"""Variables in compose values: ``$NAME``, ``${NAME:-default}`` and their kin (C-040 … C-047)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from typing import Literal, NamedTuple

from traefik_lint.readers.derived import Segment, derive
from traefik_lint.source.tree import Scalar

#: The value of a variable by its name, None when it is set nowhere.
Lookup = Callable[[str], "str | None"]

MAX_DEPTH = 50
#: Variables that are made of each other double in size with each line; a longer value is of no use to anybody.
MAX_INSERTED = 1_000_000

# Matching ignores letter case; in Go that lets in the two letters whose lower case is ASCII.
_NAME = "[_A-Za-z\u017f\u212a][_A-Za-z0-9\u017f\u212a]*"
_TOKEN = re.compile(
    rf"\$(?:(?P<dollar>\$)|(?P<named>{_NAME})|\{{(?:(?P<braced>{_NAME})(?P<operator>\}}|:?[-+?]))?)"
)
_BRACE = re.compile(r"[{}]")
_HASH = re.compile(r"\$(?:apr1|2[abxy]|5|6|sha1)\$[^\s,:]*", re.IGNORECASE)


class Fault(NamedTuple):
    """What is wrong with ``value[begin:end]``; ``name`` is the variable, or the text that is none."""

    kind: Literal["invalid", "required", "unset"]
    name: str
    begin: int
    end: int


class Interpolated(NamedTuple):
    """The scalar with its variables replaced, and the places where compose stumbles or warns."""

    scalar: Scalar
    faults: tuple[Fault, ...]


def interpolate(scalar: Scalar, lookup: Lookup) -> Interpolated:
    """Replace the variables of a scalar as compose does.

    A variable that is set nowhere and has no default becomes empty, as in compose, and makes the scalar unknown,
    for it may be set in the environment that compose runs in. An invalid form leaves the text as it is (compose
    refuses the file), and so does a value that grows without measure.
    """
    if "$" not in scalar.value:
        return Interpolated(scalar, ())
    work = _Substitution(scalar.value, lookup)
    work.run(0, len(scalar.value), 0)
    faults = tuple(work.faults)
    if work.inserted > MAX_INSERTED or any(fault.kind == "invalid" for fault in faults):
        whole = [Segment(scalar.value, 0, len(scalar.value))]
        return Interpolated(derive(scalar, whole, unknown=True), faults)
    if work.segments == [Segment(scalar.value, 0, len(scalar.value))]:
        return Interpolated(scalar, faults)
    return Interpolated(derive(scalar, work.segments, unknown=bool(faults)), faults)


def swallowed_hash(value: str, faults: tuple[Fault, ...]) -> tuple[int, int] | None:
    """Where a password hash (``$apr1$…``) loses its parts as if they were variables (C-046)."""
    begins = [fault.begin for fault in faults]
    for match in _HASH.finditer(value):
        following = bisect_left(begins, match.start())
        if following < len(begins) and begins[following] < match.end():
            return match.span()
    return None


class _Substitution:
    """One run over a value; ``segments`` is what it becomes."""

    def __init__(self, text: str, lookup: Lookup) -> None:
        self.text = text
        self.lookup = lookup
        self.segments: list[Segment] = []
        self.faults: list[Fault] = []
        self.is_invalid = False
        self.inserted = 0

    def run(self, begin: int, end: int, depth: int) -> None:
        """Substitute ``text[begin:end]``, the whole value or a default inside it."""
        text = self.text
        line_end = last_brace = -1
        while True:
            match = _TOKEN.search(text, begin, end)
            if match is None:
                self._verbatim(begin, end)
                return
            start = match.start()
            self._verbatim(begin, start)
            begin = match.end()
            operator = match["operator"]
            if match["dollar"]:
                self.segments.append(Segment("$", start, begin))
            elif match["named"] or operator == "}":
                self._variable(match["named"] or match["braced"], start, begin)
            else:
                if begin > line_end:
                    line_end = text.find("\n", begin, end)
                    line_end = end if line_end == -1 else line_end
                    last_brace = text.rfind("}", begin, line_end)
                if operator is None or last_brace < begin:
                    self._invalid(start, last_brace)
                if self.is_invalid:
                    return
                closing = _closing_brace(text, start + 1, last_brace)
                self._operation(match["braced"], operator, start, begin, closing, depth)
                if self.is_invalid:
                    return
                begin = closing + 1

    def _operation(self, name: str, operator: str, start: int, begin: int, closing: int, depth: int) -> None:
        value = self.lookup(name)
        is_set = value is not None and (value != "" or operator[0] != ":")
        kind = operator[-1]
        if depth == MAX_DEPTH:
            self._unset(name, start, closing + 1)
        elif kind == "+":
            if is_set:
                self.run(begin, closing, depth + 1)
        elif is_set:
            self._insert(value or "", start, closing + 1)
        elif kind == "-":
            self.run(begin, closing, depth + 1)
        else:
            self.faults.append(Fault("required", name, start, closing + 1))
            self.segments.append(Segment("", start, closing + 1))

    def _variable(self, name: str, start: int, end: int) -> None:
        value = self.lookup(name)
        if value is None:
            self._unset(name, start, end)
        else:
            self._insert(value, start, end)

    def _unset(self, name: str, start: int, end: int) -> None:
        self.faults.append(Fault("unset", name, start, end))
        self.segments.append(Segment("", start, end))

    def _insert(self, value: str, start: int, end: int) -> None:
        # A known empty value leaves no segment: an empty one would stand for something unknown.
        self.inserted += len(value)
        if value and self.inserted <= MAX_INSERTED:
            self.segments.append(Segment(value, start, end))

    def _verbatim(self, begin: int, end: int) -> None:
        if begin < end:
            self.segments.append(Segment(self.text[begin:end], begin, end))

    def _invalid(self, start: int, last_brace: int) -> None:
        # The first one counts, as in compose; what comes behind it is of no use any more.
        self.is_invalid = True
        closing = self.text.find("}", start, last_brace + 1)
        stop = closing + 1 if closing != -1 else start + 2
        self.faults.append(Fault("invalid", self.text[start:stop], start, stop))


def _closing_brace(text: str, opening: int, last_brace: int) -> int:
    """The brace that ends an expression; the line's last one when braces are not balanced.

    As compose counts, the character behind an opening brace is never looked at.
    """
    depth = 0
    at = opening
    while True:
        match = _BRACE.search(text, at, last_brace + 1)
        if match is None:
            return last_brace
        at = match.end()
        if match[0] == "{":
            depth += 1
            at += 1
        else:
            depth -= 1
            if depth == 0:
                return match.start()
