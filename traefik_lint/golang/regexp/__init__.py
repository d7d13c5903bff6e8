"""Go's `regexp`: whether an expression is valid, what it matches and how it replaces.

Validity is decided by our own reader of the syntax. Matching is done by google-re2 where it is
installed (the extra `re2`), else by Python's `re` after a translation, else by a small machine of
our own where `re` could take exponential time.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Protocol

from traefik_lint.golang.errors import GoError
from traefik_lint.golang.regexp.matcher import Engine, Matcher, Spans
from traefik_lint.golang.regexp.syntax import Expression, read

__all__ = ["Matcher", "Unmatchable", "check", "compile", "error_text", "search"]

_DEEPEST = 100  # nesting up to which the recursive translations are safe
_LARGEST = 20_000  # instructions


class Unmatchable(Exception):
    """A valid expression that can't be tried here: too deep or large, or of characters unknown to us."""


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
def compile(pattern: str, *, use_re2: bool = True) -> Matcher:
    """Compile a pattern; raises GoError as Go would, or Unmatchable.

    `use_re2` False keeps to what is always there.
    """
    expression = read(pattern)
    # google-re2 takes the inside of a character of several bytes for a place between characters.
    engine = _re2_engine(pattern) if use_re2 and r"\B" not in pattern else None
    return Matcher(expression.groups, engine or _own_engine(expression))


def search(pattern: str, text: str) -> bool:
    """Tell whether a pattern matches anywhere in a text; raises GoError or Unmatchable."""
    return compile(pattern).search(text)


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
    from traefik_lint.golang.regexp.engines import Machine, Translated, is_risky

    return Machine(expression) if is_risky(root) else Translated(expression)
