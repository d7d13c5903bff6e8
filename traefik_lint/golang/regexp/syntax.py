"""Reads Go's regular expressions (RE2 syntax) into a tree, with Go's error texts.

Mirrors what `regexp/syntax` accepts under the flags that `regexp.Compile` uses.
"""

from __future__ import annotations

from typing import NamedTuple

from traefik_lint.golang.errors import GoError
from traefik_lint.golang.regexp import charclass
from traefik_lint.golang.regexp.charclass import Ranges

#: Go's limits on what it compiles.
_MAX_HEIGHT = 1000
_MAX_SIZE = (128 << 20) // 40
_MAX_REPEAT = 1000
_MAX_RUNE = 0x10FFFF

_ANY = ((0, _MAX_RUNE),)
_ANY_BUT_NEWLINE = ((0, 9), (11, _MAX_RUNE))
_ASSERTIONS = {"A": "begin-text", "z": "end-text", "b": "word", "B": "no-word"}
_SIMPLE_ESCAPES = {"a": 7, "f": 12, "n": 10, "r": 13, "t": 9, "v": 11}
_HEX = "0123456789abcdefABCDEF"
_GREEDY_FLAGS = frozenset("imsU")


class Piece(NamedTuple):
    """A part of an expression.

    `op` is `empty`, `chars`, `capture`, `concat`, `alternate`, `repeat` or an assertion
    (`begin-text`, `end-text`, `begin-line`, `end-line`, `word`, `no-word`).
    `ranges` are the characters of `chars`; `low` and `high` the bounds of `repeat` (high -1 = no
    bound), `low` also the number of a `capture`. `height`, `size` and `copies` are what Go limits.
    """

    op: str
    parts: tuple[Piece, ...] = ()
    ranges: Ranges = ()
    low: int = 0
    high: int = 0
    greedy: bool = True
    height: int = 1
    size: int = 1
    copies: int = 1


class Expression(NamedTuple):
    """A whole expression and the names of its groups (index 0 is the whole match).

    `exact` is False when a class names a script, whose characters we do not know.
    """

    root: Piece
    groups: tuple[str, ...]
    exact: bool


class _Frame:
    """An open group: what it will be, the flags to restore, and the alternatives read so far."""

    __slots__ = ("alternatives", "flags", "number", "parts")

    def __init__(self, number: int, flags: frozenset[str]) -> None:
        self.number = number  # 0 = does not capture
        self.flags = flags
        self.alternatives: list[Piece] = []
        self.parts: list[Piece] = []


def read(pattern: str) -> Expression:
    """Read an expression as `regexp.Compile` does; raises GoError with Go's text."""
    return _Reader(pattern).run()


def _error(code: str, expression: str) -> GoError:
    return GoError(f"error parsing regexp: {code}: `{expression}`")


class _Reader:
    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0
        self._flags: frozenset[str] = frozenset()
        self._frames = [_Frame(0, self._flags)]
        self._groups = [""]
        self._exact = True

    def run(self) -> Expression:
        pattern = self._pattern
        last_repeat = -1  # where the repetition just before began
        while self._at < len(pattern):
            start = self._at
            char = pattern[start]
            repeat = -1
            if char in "*+?":
                self._at += 1
                low, high = {"*": (0, -1), "+": (1, -1), "?": (0, 1)}[char]
                self._repeat(start, low, high, last_repeat, counted=False)
                repeat = start
            elif char == "{" and self._counted_repeat(start, last_repeat):
                repeat = start
            else:
                self._element(start, char)
            last_repeat = repeat
        root = self._close_group()
        if self._frames:
            raise _error("missing closing )", pattern)
        return Expression(root, tuple(self._groups), self._exact)

    # Groups

    def _close_group(self) -> Piece:
        frame = self._frames.pop()
        frame.alternatives.append(self._concat(frame.parts))
        return self._alternate(frame.alternatives)

    def _concat(self, parts: list[Piece]) -> Piece:
        if not parts:
            return Piece("empty")
        if len(parts) == 1:
            return parts[0]
        literal = all(part.op == "chars" and len(part.ranges) <= 2 for part in parts)
        height = 1 if literal else 1 + max(part.height for part in parts)
        return self._limited(
            Piece(
                "concat",
                tuple(parts),
                height=height,
                size=sum(part.size for part in parts),
                copies=max(part.copies for part in parts),
            )
        )

    def _alternate(self, parts: list[Piece]) -> Piece:
        if len(parts) == 1:
            return parts[0]
        return self._limited(
            Piece(
                "alternate",
                tuple(parts),
                height=1 + max(part.height for part in parts),
                size=sum(part.size for part in parts) + len(parts) - 1,
                copies=max(part.copies for part in parts),
            )
        )

    def _limited(self, piece: Piece) -> Piece:
        if piece.size > _MAX_SIZE:
            raise _error("expression too large", self._pattern)
        if piece.height > _MAX_HEIGHT:
            raise _error("expression nests too deeply", self._pattern)
        return piece

    # Elements

    def _push(self, piece: Piece) -> None:
        self._frames[-1].parts.append(piece)

    def _push_char(self, code: int) -> None:
        ranges: Ranges = ((code, code),)
        self._push(Piece("chars", ranges=charclass.folded(ranges) if "i" in self._flags else ranges))

    def _element(self, start: int, char: str) -> None:
        self._at = start + 1
        if char == "(":
            self._open_group(start)
        elif char == "|":
            frame = self._frames[-1]
            frame.alternatives.append(self._concat(frame.parts))
            frame.parts = []
        elif char == ")":
            self._right_parenthesis()
        elif char == "^":
            self._push(Piece("begin-line" if "m" in self._flags else "begin-text"))
        elif char == "$":
            self._push(Piece("end-line" if "m" in self._flags else "end-text"))
        elif char == ".":
            self._push(Piece("chars", ranges=_ANY if "s" in self._flags else _ANY_BUT_NEWLINE))
        elif char == "[":
            self._bracket(start)
        elif char == "\\":
            self._escaped(start)
        else:
            self._check_utf8(start)
            self._push_char(ord(char))

    def _open_group(self, start: int) -> None:
        pattern = self._pattern
        if pattern.startswith("?", start + 1):
            if (pattern.startswith("?P<", start + 1) and len(pattern) - start > 4) or (
                pattern.startswith("?<", start + 1) and len(pattern) - start > 3
            ):
                self._named_group(start)
            else:
                self._flag_group(start)
            return
        self._groups.append("")
        self._frames.append(_Frame(len(self._groups) - 1, self._flags))

    def _named_group(self, start: int) -> None:
        pattern = self._pattern
        end = pattern.find(">", start)
        if end < 0:
            self._check_all_utf8(start, len(pattern))
            raise _error("invalid named capture", pattern[start:])
        name_start = pattern.index("<", start) + 1
        name = pattern[name_start:end]
        self._check_all_utf8(name_start, end)
        if not name or not all(char == "_" or (char.isascii() and char.isalnum()) for char in name):
            raise _error("invalid named capture", pattern[start : end + 1])
        self._groups.append(name)
        self._frames.append(_Frame(len(self._groups) - 1, self._flags))
        self._at = end + 1

    def _flag_group(self, start: int) -> None:
        pattern = self._pattern
        flags = set(self._flags)
        negative = saw_flag = False
        at = start + 2
        while at < len(pattern):
            self._check_utf8(at)
            char = pattern[at]
            at += 1
            if char in _GREEDY_FLAGS:
                (flags.discard if negative else flags.add)(char)
                saw_flag = True
            elif char == "-" and not negative:
                negative, saw_flag = True, False
            elif char in ":)" and (saw_flag or not negative):
                if char == ":":
                    self._frames.append(_Frame(0, self._flags))
                self._flags = frozenset(flags)
                self._at = at
                return
            else:
                break
        raise _error("invalid or unsupported Perl syntax", pattern[start:at])

    def _right_parenthesis(self) -> None:
        if len(self._frames) == 1:
            raise _error("unexpected )", self._pattern)
        frame = self._frames[-1]
        inner = self._close_group()
        self._flags = frame.flags
        if frame.number:
            inner = self._limited(
                Piece(
                    "capture",
                    (inner,),
                    low=frame.number,
                    height=inner.height + 1,
                    size=inner.size + 2,
                    copies=inner.copies,
                )
            )
        self._push(inner)

    # Repetitions

    def _repeat(self, start: int, low: int, high: int, last_repeat: int, *, counted: bool) -> None:
        greedy = "U" not in self._flags
        if self._pattern.startswith("?", self._at):
            self._at += 1
            greedy = not greedy
        if last_repeat >= 0:
            raise _error("invalid nested repetition operator", self._pattern[last_repeat : self._at])
        parts = self._frames[-1].parts
        if not parts:
            raise _error("missing argument to repetition operator", self._pattern[start : self._at])
        inner = parts.pop()
        copies = inner.copies
        times = high if high >= 0 else low
        if counted:
            copies = 1 if high == 0 else max(times, 1) * inner.copies
        piece = Piece(
            "repeat",
            (inner,),
            low=low,
            high=high,
            greedy=greedy,
            height=inner.height + 1,
            size=_repeat_size(inner.size, low, high, counted=counted),
            copies=copies,
        )
        parts.append(self._limited(piece))
        if counted and (low >= 2 or high >= 2) and copies > _MAX_REPEAT:
            raise _error("invalid repeat count", self._pattern[start : self._at])

    def _counted_repeat(self, start: int, last_repeat: int) -> bool:
        """Read `{2}`, `{2,}` or `{2,3}`; anything else leaves the brace a literal."""
        low, at = self._number(start + 1)
        high = low
        if at < 0:
            return False
        if self._pattern.startswith(",", at):
            if self._pattern.startswith("}", at + 1):
                high, at = -1, at + 1
            else:
                high, at = self._number(at + 1)
                if at < 0:
                    return False
                if high > _MAX_REPEAT:
                    low = _MAX_REPEAT + 1
        if not self._pattern.startswith("}", at):
            return False
        self._at = at + 1
        if low > _MAX_REPEAT or 0 <= high < low:
            raise _error("invalid repeat count", self._pattern[start : self._at])
        self._repeat(start, low, high, last_repeat, counted=True)
        return True

    def _number(self, start: int) -> tuple[int, int]:
        """Read a number; returns it (at most 1001) and its end, which is -1 when there is none."""
        at = start
        while at < len(self._pattern) and self._pattern[at] in "0123456789":
            at += 1
        digits = self._pattern[start:at]
        if not digits or (len(digits) > 1 and digits[0] == "0"):
            return 0, -1
        return (min(int(digits), _MAX_REPEAT + 1) if len(digits) < 9 else _MAX_REPEAT + 1), at

    # Escapes and classes

    def _escaped(self, start: int) -> None:
        pattern = self._pattern
        kind = pattern[start + 1 : start + 2]
        if kind and kind in _ASSERTIONS:
            self._at = start + 2
            self._push(Piece(_ASSERTIONS[kind]))
        elif kind == "C":
            raise _error("invalid escape sequence", pattern[start : start + 2])
        elif kind == "Q":
            close = pattern.find("\\E", start + 2)
            end = len(pattern) if close < 0 else close
            for offset in range(start + 2, end):
                # Go names the rest of the quoted part, not of the pattern.
                self._check_utf8(offset, end)
                self._push_char(ord(pattern[offset]))
            self._at = end if close < 0 else close + 2
        else:
            ranges = self._class_escape(start)
            if ranges is not None:
                self._push(Piece("chars", ranges=charclass.clean(ranges)))
            else:
                self._push_char(self._escape(start))

    def _class_escape(self, start: int) -> Ranges | None:
        """Read `\\d`, `\\pL`, `\\P{Greek}` and the like at an offset; None when there is none."""
        pattern = self._pattern
        if not pattern.startswith("\\", start):
            return None
        kind = pattern[start + 1 : start + 2]
        fold = "i" in self._flags
        if kind and kind in charclass.PERL:
            self._at = start + 2
            return charclass.perl(kind, fold=fold)
        if kind not in ("p", "P"):
            return None
        end = start + 3
        if start + 2 >= len(pattern):
            raise _error("invalid character class range", pattern[start:])
        self._check_utf8(start + 2)
        name = pattern[start + 2]
        if name == "{":
            close = pattern.find("}", start)
            if close < 0:
                self._check_all_utf8(start, len(pattern))
                raise _error("invalid character class range", pattern[start:])
            end = close + 1
            name = pattern[start + 3 : close]
            self._check_all_utf8(start + 3, close)
        negative = (kind == "P") ^ name.startswith("^")
        name = name.removeprefix("^")
        ranges = charclass.unicode_class(name, negative=negative, fold=fold)
        self._exact = self._exact and not charclass.is_script(name)
        if ranges is None:
            raise _error("invalid character class range", pattern[start:end])
        self._at = end
        return ranges

    def _escape(self, start: int) -> int:
        """Read the escape of one character; returns its code."""
        pattern = self._pattern
        if start + 1 >= len(pattern):
            raise _error("trailing backslash at end of expression", "")
        self._check_utf8(start + 1)
        char = pattern[start + 1]
        self._at = start + 2
        if char in "01234567" and (char == "0" or pattern[start + 2 : start + 3] in tuple("01234567")):
            while self._at < start + 4 and pattern[self._at : self._at + 1] in tuple("01234567"):
                self._at += 1
            return int(pattern[start + 1 : self._at], 8)
        if char == "x":
            code = self._hexadecimal()
            if code >= 0:
                return code
        elif char in _SIMPLE_ESCAPES:
            return _SIMPLE_ESCAPES[char]
        elif char.isascii() and not char.isalnum():
            return ord(char)
        raise _error("invalid escape sequence", pattern[start : self._at])

    def _hexadecimal(self) -> int:
        """Read `41` or `{1F600}` after `\\x`; -1 when it is not that, with all read that Go reads."""
        pattern = self._pattern
        if self._at >= len(pattern):
            return -1
        if self._next_char() != "{":
            first = pattern[self._at - 1]
            if self._at >= len(pattern):
                return -1
            second = self._next_char()
            return int(first + second, 16) if first in _HEX and second in _HEX else -1
        code, digits = 0, 0
        while self._at < len(pattern):
            char = self._next_char()
            if char == "}":
                return code if digits else -1
            if char not in _HEX:
                return -1
            code = code * 16 + int(char, 16)
            if code > _MAX_RUNE:
                return -1
            digits += 1
        return -1

    def _next_char(self) -> str:
        self._check_utf8(self._at)
        self._at += 1
        return self._pattern[self._at - 1]

    def _bracket(self, start: int) -> None:
        pattern = self._pattern
        negative = pattern.startswith("^", start + 1)
        self._at = start + 2 if negative else start + 1
        ranges: list[tuple[int, int]] = []
        fold = "i" in self._flags
        first = True
        while first or not pattern.startswith("]", self._at):
            first = False
            at = self._at
            if pattern.startswith("[:", at):
                close = pattern.find(":]", at + 2)
                if close >= 0:
                    named = charclass.posix(pattern[at : close + 2], fold=fold)
                    if named is None:
                        raise _error("invalid character class range", pattern[at : close + 2])
                    ranges.extend(named)
                    self._at = close + 2
                    continue
            escaped = self._class_escape(at)
            if escaped is not None:
                ranges.extend(escaped)
                continue
            low = high = self._class_char(start)
            if pattern.startswith("-", self._at) and pattern[self._at + 1 : self._at + 2] not in ("", "]"):
                self._at += 1
                high = self._class_char(start)
                if high < low:
                    raise _error("invalid character class range", pattern[at : self._at])
            ranges.extend(charclass.folded(((low, high),)) if fold else ((low, high),))
        self._at += 1
        cleaned = charclass.clean(tuple(ranges))
        self._push(Piece("chars", ranges=charclass.negated(cleaned) if negative else cleaned))

    def _class_char(self, class_start: int) -> int:
        if self._at >= len(self._pattern):
            raise _error("missing closing ]", self._pattern[class_start:])
        if self._pattern[self._at] == "\\":
            return self._escape(self._at)
        return ord(self._next_char())

    # Bytes that are no UTF-8

    def _check_utf8(self, offset: int, end: int | None = None) -> None:
        if "\ud800" <= self._pattern[offset] <= "\udfff":
            raise _error("invalid UTF-8", self._pattern[offset:end])

    def _check_all_utf8(self, start: int, end: int) -> None:
        for offset in range(start, end):
            if "\ud800" <= self._pattern[offset] <= "\udfff":
                raise _error("invalid UTF-8", self._pattern[start:end])


def _repeat_size(inner: int, low: int, high: int, *, counted: bool) -> int:
    if not counted:
        return inner + (2 if low == 0 and high < 0 else 1)
    if high < 0:
        return inner + 2 if low == 0 else 1 + low * inner
    return max(1, high * inner + high - low)
