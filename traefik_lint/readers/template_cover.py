"""Templates that only insert values: each action covered by as many placeholder characters as it is long."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

#: No YAML or TOML means anything by it, and it may stand anywhere in a text.
PLACEHOLDER = "\ue000"

_INSIDE = re.compile(r"[\"'`]|\}\}")
_CLOSING = {
    '"': re.compile(r'(?:[^"\\\n]|\\.)*"'),
    "'": re.compile(r"(?:[^'\\\n]|\\.)*'"),
    "`": re.compile(r"[^`]*`"),
}
_CONTROL = re.compile(
    r"(?:if|else|end|range|with|define|template|block|break|continue)\b|\$\w*\s*(?:,\s*\$\w+\s*)?:?=[^=]"
)
_LINE_BREAK = re.compile(r"[\r\n]")


class Action(NamedTuple):
    """What stands in ``text[start:end]``, braces included; ``body`` is without braces and blanks."""

    start: int
    end: int
    body: str


def covered(text: str) -> str | None:
    """The text with inserted values covered and comments blanked; None when it does more than insert values."""
    if PLACEHOLDER in text:
        return None
    parts: list[str] = []
    at = 0
    for action in _actions(text):
        if action is None:
            return None
        parts.append(text[at : action.start])
        written = text[action.start : action.end]
        if action.body.startswith("/*"):
            parts.append("".join(char if char in "\r\n" else " " for char in written))
        elif not action.body or _CONTROL.match(action.body) or _LINE_BREAK.search(written):
            return None
        else:
            parts.append(PLACEHOLDER * len(written))
        at = action.end
    parts.append(text[at:])
    return "".join(parts)


def _actions(text: str) -> Iterator[Action | None]:
    """The template's actions; None where one is not closed, or trims the text around it."""
    at = text.find("{{")
    while at != -1:
        end = _action_end(text, at + 2)
        if end == -1:
            yield None
            return
        inner = text[at + 2 : end - 2]
        trims = re.match(r"-\s", inner) or re.search(r"\s-$", inner)
        yield None if trims else Action(at, end, inner.strip())
        at = text.find("{{", end)


def _action_end(text: str, at: int) -> int:
    comment = re.compile(r"(?:-\s+)?/\*").match(text, at)
    if comment:
        close = text.find("*/", comment.end())
        end = text.find("}}", close) if close != -1 else -1
        return end + 2 if end != -1 else -1
    while True:
        found = _INSIDE.search(text, at)
        if found is None:
            return -1
        if found[0] == "}}":
            return found.end()
        closing = _CLOSING[found[0]].match(text, found.end())
        if closing is None:
            return -1
        at = closing.end()
