"""A command written as one text, split into words as compose splits it (C-120)."""

from __future__ import annotations

from typing import NamedTuple

from traefik_lint.readers.derived import Segment, cut, derive, has_gap, settled
from traefik_lint.source.tree import Scalar

_SPACES = " \t\r\n"
_ENDS = ";&|<>"
_ESCAPED = {"t": "\t", "n": "\n"}
_OTHER = {"'": '"', '"': "'"}


class Words(NamedTuple):
    """The words, and the place in the value where compose gives up (-1 when it does not).

    ``rest`` is where the splitter stopped reading: it ends at an unquoted ``;``, ``&``, ``|``, ``<`` or ``>`` and
    drops what follows without a message; -1 when all was read.
    """

    words: list[Scalar]
    error: int = -1
    rest: int = -1


def split_words(command: Scalar) -> Words:
    """Split a command text; each word stands where its characters do, quotes included.

    Quotes and backslashes are taken off, no variable or back-tick is expanded. An unquoted parenthesis and a
    quote that is not closed are errors.
    """
    splitter = _Splitter(settled(command))
    error, rest = splitter.run()
    return Words(splitter.words, error, rest)


class _Splitter:
    """The state of one splitting: open quotes (they may overlap, as in compose), and the word that grows."""

    def __init__(self, command: Scalar) -> None:
        self.command = command
        self.words: list[Scalar] = []
        self.quotes: dict[str, int] = {}  # the kind of each open quote, and where it was opened
        self.segments: list[Segment] = []
        self.begin = -1  # where the word began, -1 between words
        self.from_ = 0  # the first character of the word that is in no segment yet

    def run(self) -> tuple[int, int]:
        """Split; answers the places of an error and of text that is dropped (-1 for none)."""
        text = self.command.value
        at = 0
        size = len(text)
        while at < size:
            char = text[at]
            if char == "\\" and "'" not in self.quotes:
                if at + 1 == size:
                    return at, -1
                self._replace(_ESCAPED.get(text[at + 1], text[at + 1]), at, at + 2)
                at += 2
                continue
            if char in _SPACES and not self.quotes:
                self._finish(at)
            elif char in "\"'" and not self.quotes.keys() & {_OTHER[char], "("}:
                self._replace("", at, at + 1)
                self._toggle(char, at)
            else:
                if char == "`" and not self.quotes.keys() & {"'", '"', "("}:
                    self._toggle(char, at)
                elif char == ")" and "(" in self.quotes:
                    self._toggle("(", at)
                elif char in "()" and not self.quotes.keys() & {"'", '"', "`"}:
                    if char == ")" or "(" in self.quotes or text[at - 1 : at] != "$":
                        return at, -1
                    self._toggle("(", at)
                elif char in _ENDS and not self.quotes:
                    if not (char == ">" and text[self.begin : self.begin + 1].isdigit()):
                        self._finish(at)
                    return -1, at
                self.begin = at if self.begin == -1 else self.begin
            at += 1
        if self.quotes:
            return min(self.quotes.values()), -1
        self._finish(size)
        return -1, -1

    def _toggle(self, quote: str, at: int) -> None:
        if quote in self.quotes:
            del self.quotes[quote]
        else:
            self.quotes[quote] = at

    def _replace(self, text: str, begin: int, end: int) -> None:
        """Put ``text`` for these characters into the word."""
        self.begin = begin if self.begin == -1 else self.begin
        self._take(begin)
        if text:
            self.segments.append(Segment(text, begin, end))
        self.from_ = end

    def _take(self, upto: int) -> None:
        self.from_ = max(self.from_, self.begin)
        if self.from_ < upto or has_gap(self.command, upto):
            self.segments.append(Segment(self.command.value[self.from_ : upto], self.from_, upto))

    def _finish(self, end: int) -> None:
        if self.begin == -1:
            return
        self._take(end)
        word = cut(self.command, self.begin, end, "flag")
        if len(self.segments) != 1 or (self.segments[0].begin, self.segments[0].end) != (self.begin, end):
            begin = self.begin
            moved = [
                Segment(segment.text, segment.begin - begin, segment.end - begin) for segment in self.segments
            ]
            word = derive(word, moved, unknown=word.unknown)
        self.words.append(word)
        self.segments = []
        self.begin = -1
