"""Patterns for paths, as in ``.gitignore``; the one matcher for git's files, ``exclude`` and per-path rules."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache


class PathPatterns:
    """A list of patterns of which the last that fits decides, as gitignore(5) says."""

    __slots__ = ("_rules",)

    def __init__(self, lines: Iterable[str]) -> None:
        self._rules = [rule for rule in map(_rule, lines) if rule is not None]

    def verdict(self, path: str, is_folder: bool = False) -> bool | None:
        """True when ``path`` is matched, False when a ``!`` pattern takes it back, None when no pattern fits.

        ``path`` is relative to the folder that the patterns belong to, with ``/``. A pattern that fits a folder
        fits all that is in it.
        """
        subject = path + "/" if is_folder else path
        for expression, negated in reversed(self._rules):
            if expression.match(subject):
                return not negated
        return None

    def matches(self, path: str, is_folder: bool = False) -> bool:
        """Whether ``path`` is matched and not taken back."""
        return self.verdict(path, is_folder) is True

    def __bool__(self) -> bool:
        return bool(self._rules)


def _rule(line: str) -> tuple[re.Pattern[str], bool] | None:
    line = line.rstrip("\r\n")
    while line.endswith(" ") and not line.endswith("\\ "):
        line = line[:-1]
    if not line or line.startswith("#"):
        return None
    negated = line.startswith("!")
    if negated:
        line = line[1:]
    expression = _expression(line)
    return (expression, negated) if expression is not None else None


@lru_cache(maxsize=512)
def _expression(pattern: str) -> re.Pattern[str] | None:
    folder_only = pattern.endswith("/")
    pattern = pattern.removesuffix("/")
    anchored = "/" in pattern
    pattern = pattern.removeprefix("/")
    if not pattern:
        return None
    start = "" if anchored else "(?:.*/)?"
    end = "/" if folder_only else "(?:/|\\Z)"
    try:
        return re.compile(start + _body(pattern) + end, re.DOTALL)
    except re.error:  # what git can't read as a pattern fits nothing
        return None


def _body(pattern: str) -> str:
    parts: list[str] = []
    at = 0
    while at < len(pattern):
        char = pattern[at]
        if pattern.startswith("**/", at) and (at == 0 or pattern[at - 1] == "/"):
            parts.append("(?:.*/)?")
            at += 3
        elif pattern.startswith("/**", at) and at + 3 == len(pattern):
            parts.append("/.+")
            at += 3
        elif char == "*":
            begins_name = at == 0 or pattern[at - 1] == "/"
            while at < len(pattern) and pattern[at] == "*":
                at += 1
            parts.append("(?=[^/])[^/]*" if begins_name else "[^/]*")
        elif char == "?":
            parts.append("[^/]")
            at += 1
        elif char == "[":
            end = _class_end(pattern, at)
            if end == -1:
                raise re.error("a character class without an end")
            parts.append(_class(pattern[at + 1 : end]))
            at = end + 1
        else:
            if char == "\\" and at + 1 < len(pattern):
                at += 1
            parts.append(re.escape(pattern[at]))
            at += 1
    return "".join(parts)


def _class_end(pattern: str, start: int) -> int:
    first = start + 2 if pattern[start + 1 : start + 2] in ("!", "^") else start + 1
    return pattern.find("]", first + 1)


def _class(inner: str) -> str:
    negated = inner[0] in "!^"
    members = inner[1:] if negated else inner
    ranges: list[str] = []
    at = 0
    while at < len(members):
        if members[at + 1 : at + 2] == "-" and at + 2 < len(members):
            first, last = members[at], members[at + 2]
            if first <= last:
                ranges.append(f"{re.escape(first)}-{re.escape(last)}")
            at += 3
        else:
            ranges.append(re.escape(members[at]))
            at += 1
    body = "".join(ranges)
    if not body:
        return "[^/]" if negated else "(?!)"
    return f"(?!/)[{'^' if negated else ''}{body}]"
