"""Router rules: what a rule's text means to Traefik, and whether a request matches it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from traefik_lint.runtime.expression.ast import (
    And,
    Argument,
    Matcher,
    Node,
    Not,
    Or,
    Rule,
    RuleError,
)
from traefik_lint.runtime.expression.parser import parse

if TYPE_CHECKING:
    from traefik_lint.runtime.expression.matching import Connection, Request, matches, matches_connection

__all__ = [
    "And",
    "Argument",
    "Connection",
    "Matcher",
    "Node",
    "Not",
    "Or",
    "Request",
    "Rule",
    "RuleError",
    "matches",
    "matches_connection",
    "parse",
]


def __getattr__(name: str) -> object:
    # Matching needs what linting does not: it is imported when somebody asks for it.
    if name in ("Connection", "Request", "matches", "matches_connection"):
        from traefik_lint.runtime.expression import matching

        return getattr(matching, name)
    raise AttributeError(name)
