"""Go's `regexp`: whether an expression is valid, what it matches and how it replaces.

Validity is decided by our own reader of the syntax. Matching is done by google-re2 where it is
installed (the extra `re2`), else by Python's `re` after a translation, else by a small machine of
our own where `re` could take exponential time.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Protocol

from traefik_lint.golang.errors import GoError
from traefik_lint.golang.regexp_syntax import Expression, read

__all__ = ["Matcher", "Unmatchable", "check", "compile_pattern", "error_text"]

#: Start and end of the whole match and of each group, (-1, -1) for a group that took no part.
Spans = list[tuple[int, int]]

_DEEPEST = 100  # nesting up to which the recursive translations are safe
_LARGEST = 20_000  # instructions


class Unmatchable(Exception):
    """A valid expression that can't be tried here: too deep or large, or of characters unknown to us."""


class Engine(Protocol):
    """Something that finds the leftmost match at or after an offset."""

    def find(self, text: str, start: int) -> Spans | None:
        """The spans of the match, or None."""


def check(pattern: str) -> None:
    """Raise GoError with Go's text when `regexp.Compile` refuses the pattern."""
    text = error_text(pattern)
    if text is not None:
        raise GoError(text)


@lru_cache(maxsize=1024)
def error_text(pattern: str) -> str | None:
    """What `regexp.Compile` says of a pattern, None when it is fine."""
    try:
        read(pattern)
    except GoError as error:
        return error.text
    return None


@lru_cache(maxsize=1024)
def compile_pattern(pattern: str, *, use_re2: bool = True) -> Matcher:
    """Compile a pattern; raises GoError as Go would, or Unmatchable.

    `use_re2` False keeps to what is always there.
    """
    expression = read(pattern)
    # google-re2 takes the inside of a character of several bytes for a place between characters.
    engine = _re2_engine(pattern) if use_re2 and r"\B" not in pattern else None
    return Matcher(expression.groups, engine or _own_engine(expression))


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


class _Found(Protocol):
    def span(self, group: int) -> tuple[int, int]: ...


class _Compiled(Protocol):
    groups: int

    def search(self, text: str, start: int) -> _Found | None: ...


class _Re2Engine:
    __slots__ = ("_compiled",)

    def __init__(self, compiled: _Compiled) -> None:
        self._compiled = compiled

    def find(self, text: str, start: int) -> Spans | None:
        found = self._compiled.search(text, start)
        if found is None:
            return None
        return [found.span(index) for index in range(self._compiled.groups + 1)]


def _re2_engine(pattern: str) -> Engine | None:
    try:
        import re2
    except ImportError:
        return None
    options = re2.Options()
    options.log_errors = False
    try:
        return _Re2Engine(re2.compile(pattern, options))
    except (re2.error, UnicodeEncodeError):
        return None  # a few expressions are fine in Go only


def _own_engine(expression: Expression) -> Engine:
    root = expression.root
    if not expression.exact or root.height > _DEEPEST or root.size > _LARGEST:
        raise Unmatchable
    from traefik_lint.golang.regexp_engines import Machine, Translated, is_risky

    return Machine(expression) if is_risky(root) else Translated(expression)
