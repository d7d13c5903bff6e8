"""The alternatives of a rule: its ``||`` taken apart."""

from __future__ import annotations

from traefik_lint.runtime.expression.ast import And, Matcher, Node, Not, Or, Rule

#: Alternatives that are followed, and matchers up to which a rule is taken apart.
MOST_ALTERNATIVES = 16
MOST_MATCHERS = 64


def alternatives(rule: Rule) -> list[list[Matcher]]:
    """A rule as alternatives of matchers that must all hold; empty when it is too large.

    Negated parts count as matchers whose ``negated`` is set; a negated group makes the rule too complicated.
    """
    if rule.root is None or len(rule.matchers) > MOST_MATCHERS:
        return []
    return _alternatives(rule.root) or []


def _alternatives(node: Node) -> list[list[Matcher]] | None:
    if isinstance(node, Matcher):
        return [[node]]
    if isinstance(node, Not):
        return [[node.operand]] if isinstance(node.operand, Matcher) else None
    left, right = _alternatives(node.left), _alternatives(node.right)
    if left is None or right is None:
        return None
    joined = left + right if isinstance(node, Or) else [one + other for one in left for other in right]
    return joined if len(joined) <= MOST_ALTERNATIVES else None


def branches(rule: Rule) -> list[Node]:
    """The operands of the ``||`` at the top of a rule, in order; the rule alone when there is none."""
    if rule.root is None:
        return []
    found: list[Node] = []
    pending: list[Node] = [rule.root]
    while pending:
        node = pending.pop()
        if isinstance(node, Or):
            pending += [node.right, node.left]
        else:
            found.append(node)
    return found


def matchers_in(node: Node) -> list[Matcher]:
    """The matchers of a part of a rule, in order."""
    found: list[Matcher] = []
    pending: list[Node] = [node]
    while pending:
        here = pending.pop()
        if isinstance(here, Matcher):
            found.append(here)
        elif isinstance(here, Not):
            pending.append(here.operand)
        elif isinstance(here, And | Or):
            pending += [here.right, here.left]
    return found
