"""Whether a request or a connection matches a rule."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from traefik_lint.golang.regexp import Unmatchable
from traefik_lint.runtime.expression.ast import And, Matcher, Node, Not, Or, Rule
from traefik_lint.runtime.expression.http_matching import V2_HTTP, V3_HTTP, Request
from traefik_lint.runtime.expression.tcp_matching import V2_TCP, V3_TCP, Connection

__all__ = ["Connection", "Request", "matches", "matches_connection"]


def matches(rule: Rule, request: Request) -> bool | None:
    """Tell whether a request matches an HTTP rule.

    None when that can't be told: the rule is refused, or it asks for something that is not known.
    """
    if rule.root is None or rule.error is not None:
        return None
    tests = V2_HTTP if rule.dialect.language == "v2" else V3_HTTP
    version = rule.dialect.version
    return _evaluate(rule.root, lambda matcher: tests[matcher.canonical](matcher.values, request, version))


def matches_connection(rule: Rule, connection: Connection) -> bool | None:
    """Tell whether a connection matches a TCP rule; None as in `matches`."""
    if rule.root is None or rule.error is not None:
        return None
    tests = V2_TCP if rule.dialect.language == "v2" else V3_TCP
    version = rule.dialect.version
    return _evaluate(rule.root, lambda matcher: tests[matcher.canonical](matcher.values, connection, version))


class _Join(NamedTuple):
    """A step of the evaluation: the left operand is known, the right one (if any is left) is not."""

    decided_by: bool  # False for `&&`, True for `||`
    right: Node | None


_NEGATE = object()


def _evaluate(root: Node, test: Callable[[Matcher], bool | None]) -> bool | None:
    # Without recursion, because a rule may join thousands of hosts.
    todo: list[object] = [root]
    values: list[bool | None] = []
    while todo:
        step = todo.pop()
        if isinstance(step, Matcher):
            values.append(_tried(test, step))
        elif isinstance(step, And | Or):
            todo.append(_Join(isinstance(step, Or), step.right))
            todo.append(step.left)
        elif isinstance(step, Not):
            todo.append(_NEGATE)
            todo.append(step.operand)
        elif isinstance(step, _Join):
            if step.right is None:
                values.append(_joined(values.pop(), values.pop(), decided_by=step.decided_by))
            elif values[-1] is not step.decided_by:
                todo.append(_Join(step.decided_by, None))
                todo.append(step.right)
        else:
            value = values.pop()
            values.append(None if value is None else not value)
    return values[0]


def _tried(test: Callable[[Matcher], bool | None], matcher: Matcher) -> bool | None:
    try:
        return test(matcher)
    except Unmatchable:
        return None


def _joined(right: bool | None, left: bool | None, *, decided_by: bool) -> bool | None:
    if left is decided_by or right is decided_by:
        return decided_by
    return None if left is None or right is None else not decided_by
