"""Router rules: what a rule's text means to Traefik, and whether a request matches it."""

from __future__ import annotations

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

__all__ = ["And", "Argument", "Matcher", "Node", "Not", "Or", "Rule", "RuleError", "parse"]
