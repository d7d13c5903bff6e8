"""What a compiled expression does with a text: search it, or replace in it."""

from __future__ import annotations

from typing import Protocol, TypeAlias

#: Start and end of the whole match and of each group, (-1, -1) for a group that took no part.
Spans: TypeAlias = list[tuple[int, int]]


class Engine(Protocol):
    """Something that finds the leftmost match at or after an offset."""

    def find(self, text: str, start: int) -> Spans | None:
        """The spans of the match, or None."""


class Matcher:
    """A compiled expression."""

    __slots__ = ("_engine", "_groups")

    def __init__(self, groups: tuple[str, ...], engine: Engine) -> None:
        self._groups = groups
        self._engine = engine

    def search(self, text: str) -> bool:
        """Tell whether the expression matches anywhere in a text, as `MatchString` does."""
        return self._engine.find(text, 0) is not None

    def match_prefix(self, text: str) -> bool:
        """Tell whether the leftmost match begins where the text begins."""
        found = self._engine.find(text, 0)
        return found is not None and found[0][0] == 0

    def replace_all(self, text: str, template: str) -> str:
        """Replace all matches as `ReplaceAllString` does; the template knows `$1`, `${1}`, `$name`, `$$`."""
        written: list[str] = []
        last_end = at = 0
        while at <= len(text):
            spans = self._engine.find(text, at)
            if spans is None:
                break
            start, end = spans[0]
            written.append(text[last_end:start])
            # An empty match right after another match does not count.
            if end > last_end or start == 0:
                written.append(self._expand(template, text, spans))
            last_end = end
            at = max(at + 1, end)
        written.append(text[last_end:])
        return "".join(written)

    def _expand(self, template: str, text: str, spans: Spans) -> str:
        written: list[str] = []
        while True:
            before, dollar, template = template.partition("$")
            written.append(before)
            if not dollar:
                return "".join(written)
            if template.startswith("$"):
                written.append("$")
                template = template[1:]
                continue
            name, rest = _group_name(template)
            if not name:
                written.append("$")
                continue
            template = rest
            written.append(self._group(name, text, spans))

    def _group(self, name: str, text: str, spans: Spans) -> str:
        if name.isascii() and name.isdigit() and len(name) < 9 and (name == "0" or name[0] != "0"):
            indexes = [int(name)]
        else:
            indexes = [index for index, group in enumerate(self._groups) if group == name]
        for index in indexes:
            if index < len(spans) and spans[index][0] >= 0:
                start, end = spans[index]
                return text[start:end]
        return ""


def _group_name(template: str) -> tuple[str, str]:
    """Read a group's name after `$`; returns it and the rest, an empty name when there is none."""
    brace = template.startswith("{")
    start = at = 1 if brace else 0
    while at < len(template) and (template[at].isalpha() or template[at].isdecimal() or template[at] == "_"):
        at += 1
    if brace and not template.startswith("}", at):
        return "", template
    return template[start:at], template[at + 1 if brace else at :]
