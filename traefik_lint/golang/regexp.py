"""Go's `regexp`: whether an expression is valid, and what it matches."""

from __future__ import annotations

from functools import lru_cache

from traefik_lint.golang.errors import GoError
from traefik_lint.golang.regexp_syntax import read

__all__ = ["check", "error_text"]


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
