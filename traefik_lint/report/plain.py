"""Text that is safe and straight on a terminal, whatever stands in a linted file."""

from __future__ import annotations

import re

#: Control characters, and those that turn the direction of writing: a file could paint over our words with them.
_UNSAFE = re.compile(
    "[\x00-\x08\x0a-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_TAB = "    "


def safe(text: str) -> str:
    """The text on one line, with a replacement character for what a terminal would obey."""
    return _UNSAFE.sub("\N{REPLACEMENT CHARACTER}", text).replace("\t", _TAB)


def width(text: str) -> int:
    """How many cells a safe text takes on a terminal."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text)


def place(path: str, line: int, column: int) -> str:
    """``path:line:column``, as editors and terminals make it a link."""
    return f"{safe(path)}:{line}:{column}"
