"""The texts that Traefik wraps around what is wrong with a rule, per protocol and version (R-103, K-024)."""

from __future__ import annotations

from traefik_lint.golang.text import quote
from traefik_lint.runtime.expression.ast import And, Matcher, Node, Not
from traefik_lint.runtime.expression.languages import Dialect


def unreadable(rule: str, reason: str, dialect: Dialect) -> str:
    """The text for a rule that is no expression or calls an unknown matcher."""
    if dialect.protocol == "tcp":
        return f"invalid rule: {quote(rule)} , {reason}"
    if dialect.has_syntax_parser:
        return f"error while parsing rule {rule}: parsing rule {rule}: {reason}"
    return f"error while parsing rule {rule}: {reason}"


def mere_value(rule: str, dialect: Dialect) -> str:
    """The text for a rule that is a value, such as a string alone."""
    if dialect.protocol == "tcp":
        return f"invalid rule: {quote(rule)} , error while parsing rule {rule}"
    if dialect.has_syntax_parser:
        return f"error while parsing rule {rule}: obtaining build tree"
    return f"error while parsing rule {rule}"


def refused(rule: str, root: Node, matcher: Matcher, step: str, reason: str, dialect: Dialect) -> str:
    """The text for a matcher that can't be built; `step` is `checking` or `adding`."""
    if dialect.version < (3, 0, 0):
        return reason
    if dialect.protocol == "tcp":
        return f"error while adding rule {rule}: {reason}"
    words = [*_left_of(root, matcher), matcher.canonical]
    steps = ["adding"] * (len(words) - 1) + [step]
    wrapped = "".join(f"error while {one} rule {word}: " for one, word in zip(steps, words, strict=True))
    if dialect.has_syntax_parser:
        return f"error while parsing rule {rule}: adding rule {rule}: {wrapped}{reason}"
    return f"error while adding rule {rule}: {wrapped}{reason}"


def unreadable_domains(rule: str, reason: str | None, dialect: Dialect) -> str:
    """What a TLS router says in addition when its host names can't be read; no reason = a mere value."""
    if dialect.protocol == "tcp":
        return unreadable(rule, reason, dialect) if reason else mere_value(rule, dialect)
    parsing = f"error while parsing rule {rule}"
    if reason is None:
        return f"invalid rule {rule}, error: {parsing}"
    if dialect.version < (3, 0, 0):
        return f"invalid rule {rule}, error: {reason}"
    return f"invalid rule {rule}, error: {parsing}: {reason}"


def _left_of(root: Node, matcher: Matcher) -> list[str]:
    """The operators, outermost first, in whose left operand a matcher stands, negations pushed down (R-132)."""
    todo: list[tuple[Node, bool, tuple[str, ...]]] = [(root, False, ())]
    while todo:
        node, negated, words = todo.pop()
        while not isinstance(node, Matcher):
            if isinstance(node, Not):
                node, negated = node.operand, not negated
                continue
            word = "and" if isinstance(node, And) != negated else "or"
            todo.append((node.right, negated, words))
            node, words = node.left, (*words, word)
        if node is matcher:
            return list(words)
    return []
