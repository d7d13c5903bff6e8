"""Which containers a provider's ``constraints`` let through (R-034)."""

from __future__ import annotations

from collections.abc import Mapping

from traefik_lint.golang.errors import GoError
from traefik_lint.golang.regexp import Unmatchable, search
from traefik_lint.runtime.expression.ast import And, Matcher, Node, Not
from traefik_lint.runtime.expression.evaluate import Refusal, evaluate
from traefik_lint.runtime.expression.goexpr import faults_text, parse_expression

_FUNCTIONS = {"Label": "Label", "LabelRegex": "LabelRegex"}


def parse_constraints(expression: str) -> Node | None:
    """Read an expression of ``Label`` and ``LabelRegex``; None when it is empty. Raises GoError."""
    if not expression:
        return None
    tree, faults = parse_expression(expression)
    if tree is None or faults:
        raise GoError(faults_text(faults))
    try:
        root, matchers = evaluate(tree, _FUNCTIONS)
    except Refusal as refusal:
        raise GoError(refusal.text) from None
    for matcher in matchers:
        if len(matcher.args) != 2:
            word = "many" if len(matcher.args) > 2 else "few"
            raise GoError(f"reflect: Call with too {word} input arguments")
    if root is None:
        raise GoError("not a constraintLabelFunc")
    return root


def matches(node: Node | None, labels: Mapping[str, str]) -> bool:
    """Whether a container with these labels passes."""
    if node is None:
        return True
    if isinstance(node, Matcher):
        return _label_matches(node, labels)
    if isinstance(node, Not):
        return not matches(node.operand, labels)
    left = matches(node.left, labels)
    if isinstance(node, And):
        return left and matches(node.right, labels)
    return left or matches(node.right, labels)


def _label_matches(matcher: Matcher, labels: Mapping[str, str]) -> bool:
    name, wanted = matcher.values
    value = labels.get(name, "")
    if matcher.canonical == "Label":
        return value == wanted
    try:
        return search(wanted, value)
    except (GoError, Unmatchable):
        return False
