"""Go's tokens, with the semicolons it inserts at line ends and its scanner's error texts (R-100, R-101)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from traefik_lint.golang.text import code_point
from traefik_lint.runtime.expression.numbers import scan_number

_KEYWORD_LIST = """
break case chan const continue default defer else fallthrough for func go goto if import interface
map package range return select struct switch type var
"""
_KEYWORDS = frozenset(_KEYWORD_LIST.split())
_KEYWORDS_ENDING_A_STATEMENT = frozenset(("break", "continue", "fallthrough", "return"))
_OPERATOR = re.compile(
    r"<<=|>>=|&\^=|\.\.\.|&&|\|\||<-|\+\+|--|==|!=|<=|>=|:=|\+=|-=|\*=|/=|%=|&=|\|=|\^=|<<|>>|&\^"
    r"|[-+*/%&|^<>=!()\[\]{},;.:~]"
)
_ENDING_A_STATEMENT = frozenset((")", "]", "}", "++", "--"))
_ASCII_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_BAD = re.compile("[\0\ufeff\ud800-\udfff]")
_SIMPLE_ESCAPES = frozenset("abfnrtv\\")
_CODE_ESCAPES = {"x": (2, 16, 0xFF), "u": (4, 16, 0x10FFFF), "U": (8, 16, 0x10FFFF)}


class Token(NamedTuple):
    """A token: its kind as Go prints it (`IDENT`, `STRING`, `&&`, `EOF`), its text and its place."""

    kind: str
    text: str
    start: int
    end: int


class Scanner:
    """Reads tokens one by one; errors are told to `report(offset, text)` and reading goes on."""

    def __init__(self, text: str, report: Callable[[int, str], None]) -> None:
        self._text = text
        self._report = report
        self._at = 1 if text.startswith("\ufeff") else 0
        self._ends_statement = False
        self._newline_in_comment: int | None = None
        self._bad = [found.start() for found in _BAD.finditer(text, self._at)]
        self._report_bad_characters()

    def scan(self) -> Token:
        """Read the next token; comments are passed over, the end is an endless row of `EOF`."""
        token = self._scan()
        if self._bad:
            self._report_bad_characters()
        return token

    def _report_bad_characters(self) -> None:
        # Go reads one character ahead and complains about it when it does.
        while self._bad and self._bad[0] <= self._at:
            offset = self._bad.pop(0)
            char = self._text[offset]
            if char == "\0":
                self._report(offset, "illegal character NUL")
            elif char == "\ufeff":
                self._report(offset, "illegal byte order mark")
            else:
                self._report(offset, "illegal UTF-8 encoding")

    def _scan(self) -> Token:
        text = self._text
        while True:
            if self._newline_in_comment is not None:
                start, self._newline_in_comment = self._newline_in_comment, None
                return Token(";", "\n", start, start + 1)
            start = self._skip_blanks()
            if start >= len(text):
                if self._ends_statement:
                    self._ends_statement = False
                    return Token(";", "\n", start, start)
                return Token("EOF", "", start, start)
            if not text.startswith(("//", "/*"), start):
                break
            self._skip_comment(start)
        return self._token_at(start, text[start])

    def _skip_blanks(self) -> int:
        blanks = " \t\r" if self._ends_statement else " \t\r\n"
        at = self._at
        while at < len(self._text) and self._text[at] in blanks:
            at += 1
        self._at = at
        return at

    def _skip_comment(self, start: int) -> None:
        text = self._text
        if text[start + 1] == "/":
            end = text.find("\n", start)
            self._at = len(text) if end < 0 else end
            return
        close = text.find("*/", start + 2)
        if close < 0:
            self._report(start, "comment not terminated")
        self._at = len(text) if close < 0 else close + 2
        newline = text.find("\n", start, self._at)
        if self._ends_statement and newline >= 0:
            self._newline_in_comment = newline
            self._ends_statement = False

    def _token_at(self, start: int, char: str) -> Token:
        if char == "\n":
            self._ends_statement = False
            return self._token(";", start, start + 1)
        if char.isalpha() or char == "_":
            return self._word(start)
        if char in "0123456789" or (char == "." and self._text[start + 1 : start + 2] in set("0123456789")):
            self._ends_statement = True
            kind, end = scan_number(self._text, start, self._report)
            return self._token(kind, start, end)
        if char == "`":
            return self._raw_string(start)
        if char == '"':
            return self._string(start)
        if char == "'":
            return self._rune(start)
        operator = _OPERATOR.match(self._text, start)
        if operator is not None:
            self._ends_statement = operator.group() in _ENDING_A_STATEMENT
            return self._token(operator.group(), start, operator.end())
        if char in "“”":
            self._report(start, f"curly quotation mark '{char}' (use neutral '\"')")
        elif char != "\ufeff":
            self._report(start, f"illegal character {code_point(char)}")
        return self._token("ILLEGAL", start, start + 1)

    def _token(self, kind: str, start: int, end: int) -> Token:
        self._at = end
        return Token(kind, self._text[start:end], start, end)

    def _word(self, start: int) -> Token:
        text = self._text
        found = _ASCII_WORD.match(text, start)
        end = found.end() if found else start + 1
        while end < len(text) and (text[end] == "_" or text[end].isalpha() or text[end].isdecimal()):
            end += 1
        word = text[start:end]
        keyword = word in _KEYWORDS
        self._ends_statement = not keyword or word in _KEYWORDS_ENDING_A_STATEMENT
        return self._token(word if keyword else "IDENT", start, end)

    def _raw_string(self, start: int) -> Token:
        self._ends_statement = True
        close = self._text.find("`", start + 1)
        if close < 0:
            self._report(start, "raw string literal not terminated")
        end = len(self._text) if close < 0 else close + 1
        self._at = end
        return Token("STRING", self._text[start:end].replace("\r", ""), start, end)

    def _string(self, start: int) -> Token:
        self._ends_statement = True
        at = start + 1
        while True:
            char = self._text[at : at + 1]
            if char in ("", "\n"):
                self._report(start, "string literal not terminated")
                return self._token("STRING", start, at)
            at += 1
            if char == '"':
                return self._token("STRING", start, at)
            if char == "\\":
                at, _ = self._escape(at, '"')

    def _rune(self, start: int) -> Token:
        self._ends_statement = True
        at, valid, count = start + 1, True, 0
        while True:
            char = self._text[at : at + 1]
            if char in ("", "\n"):
                if valid:
                    self._report(start, "rune literal not terminated")
                return self._token("CHAR", start, at)
            at += 1
            if char == "'":
                if valid and count != 1:
                    self._report(start, "illegal rune literal")
                return self._token("CHAR", start, at)
            count += 1
            if char == "\\":
                at, escape_valid = self._escape(at, "'")
                valid = valid and escape_valid

    def _escape(self, start: int, quote: str) -> tuple[int, bool]:
        """Read what follows a backslash; returns where reading goes on and whether it was an escape."""
        char = self._text[start : start + 1]
        if char and (char in _SIMPLE_ESCAPES or char == quote):
            return start + 1, True
        if char and char in "01234567":
            at, (digits, base, largest) = start, (3, 8, 0xFF)
        elif char in _CODE_ESCAPES:
            at, (digits, base, largest) = start + 1, _CODE_ESCAPES[char]
        else:
            self._report(start, "unknown escape sequence" if char else "escape sequence not terminated")
            return start, False
        code = 0
        for _ in range(digits):
            digit = self._text[at : at + 1]
            value = int(digit, 16) if digit and digit in "0123456789abcdefABCDEF" else 16
            if value >= base:
                illegal = f"illegal character {code_point(digit)} in escape sequence" if digit else ""
                self._report(at, illegal or "escape sequence not terminated")
                return at, False
            code = code * base + value
            at += 1
        if code > largest or 0xD800 <= code < 0xE000:
            self._report(start, "escape sequence is invalid Unicode code point")
            return at, False
        return at, True
