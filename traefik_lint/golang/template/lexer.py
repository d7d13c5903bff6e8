"""The tokens of Go's `text/template`."""

from __future__ import annotations

import re
from typing import NamedTuple

from traefik_lint.golang.text import code_point, quote

_SPACES = " \t\r\n"
#: Words of the language; Go prints them as `<if>`.
KEYWORDS = frozenset(
    (".", "block", "break", "continue", "define", "else", "end", "if", "nil", "range", "template", "with")
)
_STRING = re.compile(r'"(?:[^"\\\n]|\\[^\n])*"')
_CHAR = re.compile(r"'(?:[^'\\\n]|\\[^\n])*'")
_NUMBER = re.compile(
    r"[+-]?(?:0[xX][0-9a-fA-F_]*(?:\.[0-9a-fA-F_]*)?(?:[pP][+-]?[0-9_]*)?|0[oO][0-7_]*(?:\.[0-7_]*)?"
    r"|0[bB][01_]*(?:\.[01_]*)?|[0-9_]*(?:\.[0-9_]*)?(?:[eE][+-]?[0-9_]*)?)i?"
)
_TERMINATORS = frozenset(" \t\r\n.,|:)(")


class Item(NamedTuple):
    """A token: its kind, its text, where it starts, and the line it starts on."""

    kind: str
    text: str
    start: int
    line: int

    def __str__(self) -> str:
        if self.kind == "EOF":
            return "EOF"
        if self.kind == "error":
            return self.text
        if self.kind in KEYWORDS:
            return f"<{self.text}>"
        if len(self.text.encode("utf-8", "surrogateescape")) > 10:
            return f"{quote(self.text[:10])}..."
        return quote(self.text)


def lex(text: str) -> list[Item]:
    """Cut a template into tokens; after a mistake the last one is an `error`, else it is `EOF`."""
    return _Lexer(text).run()


class _Stop(Exception):
    pass


class _Lexer:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._items: list[Item] = []
        self._line = 1
        self._counted = 0  # up to where newlines are in `_line`

    def run(self) -> list[Item]:
        try:
            while self._at < len(self._text):
                self._literal_text()
                if self._at < len(self._text):
                    self._action()
            self._emit("EOF", self._at)
        except _Stop:
            pass
        return self._items

    def _line_of(self, offset: int) -> int:
        self._line += self._text.count("\n", self._counted, offset)
        self._counted = max(self._counted, offset)
        return self._line

    def _emit(self, kind: str, start: int) -> None:
        self._items.append(Item(kind, self._text[start : self._at], start, self._line_of(start)))

    def _fail(self, start: int, message: str) -> _Stop:
        self._items.append(Item("error", message, start, self._line_of(start)))
        return _Stop()

    def _literal_text(self) -> None:
        start = self._at
        found = self._text.find("{{", start)
        end = len(self._text) if found < 0 else found
        self._at = end
        if found >= 0 and self._trims_left(found + 2):
            self._at = start + len(self._text[start:end].rstrip(_SPACES))
        if self._at > start:
            self._emit("text", start)
        self._at = end

    def _trims_left(self, offset: int) -> bool:
        return self._text.startswith("-", offset) and self._text[offset + 1 : offset + 2] in tuple(_SPACES)

    def _right_delimiter(self) -> int:
        """The length of the closing delimiter here: 0, 2, or 4 with a trim marker."""
        text = self._text
        if text[self._at : self._at + 1] in tuple(_SPACES) and text.startswith("-}}", self._at + 1):
            return 4
        return 2 if text.startswith("}}", self._at) else 0

    def _close(self, length: int) -> None:
        self._at += length
        if length == 4:
            rest = self._text[self._at :]
            self._at += len(rest) - len(rest.lstrip(_SPACES))

    def _action(self) -> None:
        start = self._at
        inside = start + (4 if self._trims_left(start + 2) else 2)
        if self._text.startswith("/*", inside):
            self._comment(inside)
            return
        self._at = start + 2
        self._emit("leftDelim", start)
        self._at = inside
        depth = 0
        while True:
            length = self._right_delimiter()
            if length:
                if depth:
                    raise self._fail(self._at, "unclosed left paren")
                delimiter = self._at + length - 2
                line = self._line_of(delimiter)
                self._items.append(Item("rightDelim", "}}", delimiter, line))
                self._close(length)
                return
            depth += self._token(depth)

    def _comment(self, start: int) -> None:
        close = self._text.find("*/", start + 2)
        if close < 0:
            raise self._fail(start, "unclosed comment")
        self._at = close + 2
        length = self._right_delimiter()
        if not length:
            raise self._fail(start, "comment ends before closing delimiter")
        self._close(length)

    def _token(self, depth: int) -> int:
        """Read one token inside an action; returns by how much the depth of parentheses changes."""
        start = self._at
        char = self._text[start : start + 1]
        if not char:
            raise self._fail(start, "unclosed action")
        if char in _SPACES:
            self._spaces(start)
        elif char in "=|":
            self._single("assign" if char == "=" else "pipe", start)
        elif char == ":":
            if not self._text.startswith(":=", start):
                raise self._fail(start, "expected :=")
            self._at = start + 2
            self._emit("declare", start)
        elif char == '"':
            self._quoted(_STRING, "string", "unterminated quoted string", start)
        elif char == "'":
            self._quoted(_CHAR, "charConstant", "unterminated character constant", start)
        elif char == "`":
            close = self._text.find("`", start + 1)
            if close < 0:
                raise self._fail(start, "unterminated raw quoted string")
            self._at = close + 1
            self._emit("rawString", start)
        elif char == "$" or (char == "." and self._text[start + 1 : start + 2] not in tuple("0123456789")):
            self._field_or_variable(start, "variable" if char == "$" else "field")
        elif char in "+-.0123456789":
            self._number(start)
        elif _is_alphanumeric(char):
            self._word(start)
        elif char == "(":
            self._single("leftParen", start)
            return 1
        elif char == ")":
            if depth == 0:
                raise self._fail(start, "unexpected right paren")
            self._single("rightParen", start)
            return -1
        elif char.isascii() and char.isprintable():
            self._single("char", start)
        else:
            raise self._fail(start, f"unrecognized character in action: {code_point(char)}")
        return 0

    def _single(self, kind: str, start: int) -> None:
        self._at = start + 1
        self._emit(kind, start)

    def _spaces(self, start: int) -> None:
        text = self._text
        at = start
        while at < len(text) and text[at] in _SPACES:
            at += 1
        # The last blank may belong to a trim marker.
        self._at = at - 1 if text.startswith("-}}", at) else at
        if self._at > start:
            self._emit("space", start)

    def _quoted(self, pattern: re.Pattern[str], kind: str, message: str, start: int) -> None:
        found = pattern.match(self._text, start)
        if found is None:
            raise self._fail(start, message)
        self._at = found.end()
        self._emit(kind, start)

    def _word_end(self, at: int) -> int:
        while at < len(self._text) and _is_alphanumeric(self._text[at]):
            at += 1
        return at

    def _ends_word(self, at: int) -> bool:
        return at >= len(self._text) or self._text[at] in _TERMINATORS or self._text.startswith("}}", at)

    def _check_end(self, start: int) -> None:
        if not self._ends_word(self._at):
            raise self._fail(start, f"bad character {code_point(self._text[self._at])}")

    def _field_or_variable(self, start: int, kind: str) -> None:
        self._at = self._word_end(start + 1)
        if self._at == start + 1 and self._ends_word(self._at):
            self._emit("variable" if kind == "variable" else ".", start)
            return
        self._check_end(start)
        self._emit(kind, start)

    def _word(self, start: int) -> None:
        self._at = self._word_end(start)
        self._check_end(start)
        word = self._text[start : self._at]
        literal = "bool" if word in ("true", "false") else "identifier"
        self._emit(word if word in KEYWORDS else literal, start)

    def _number(self, start: int) -> None:
        kind = "number"
        found = _NUMBER.match(self._text, start)
        at = found.end() if found else start
        if not self._ends_number(at):
            raise self._fail(start, f"bad number syntax: {quote(self._text[start : at + 1])}")
        if self._text[at : at + 1] in ("+", "-"):
            kind = "complex"
            found = _NUMBER.match(self._text, at)
            at = found.end() if found else at
            if not self._ends_number(at) or self._text[at - 1] != "i":
                end = at if self._ends_number(at) else at + 1
                raise self._fail(start, f"bad number syntax: {quote(self._text[start:end])}")
        self._at = at
        self._emit(kind, start)

    def _ends_number(self, at: int) -> bool:
        return at >= len(self._text) or not _is_alphanumeric(self._text[at])


def _is_alphanumeric(char: str) -> bool:
    return char == "_" or char.isalpha() or char.isdecimal()
