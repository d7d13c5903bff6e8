"""From a Go expression to a rule's tree, with the errors of Traefik's predicate evaluation (R-100, R-102)."""

from __future__ import annotations

from collections.abc import Mapping

from traefik_lint.golang.errors import GoError
from traefik_lint.golang.strconv import parse_float, parse_int, unquote
from traefik_lint.runtime.expression.ast import And, Argument, Matcher, Node, Not, Or
from traefik_lint.runtime.expression.goexpr import GoNode

_Value = str | int | float | Matcher | And | Or | Not


class Refusal(Exception):
    """Traefik can't evaluate an expression; `text` is its reason, `start` and `end` the place."""

    def __init__(self, text: str, node: GoNode) -> None:
        super().__init__(text)
        self.text = text
        self.start = node.start
        self.end = node.end

    @classmethod
    def of_operator(cls, node: GoNode, at: int) -> Refusal:
        """Traefik does not know the operator that stands at an offset."""
        refusal = cls(f"{node.text} is not supported", node)
        refusal.start, refusal.end = at, at + len(node.text)
        return refusal


def evaluate(expression: GoNode, names: Mapping[str, str]) -> tuple[Node | None, list[Matcher]]:
    """Build the rule's tree.

    `names` maps each accepted spelling of a matcher to its canonical name. The tree is None when
    the expression is a mere value, such as a string. Raises Refusal.
    """
    evaluation = _Evaluation(names)
    value = evaluation.expression(expression, negated=False)
    root = value if isinstance(value, Matcher | And | Or | Not) else None
    return root, evaluation.matchers


class _Evaluation:
    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self.matchers: list[Matcher] = []

    def expression(self, node: GoNode, *, negated: bool) -> _Value:
        if node.type == "*ast.BinaryExpr":
            return self._binary(node, negated=negated)
        if node.type == "*ast.ParenExpr":
            return self.expression(node.parts[0], negated=negated)
        if node.type == "*ast.UnaryExpr":
            if node.text != "!":
                raise Refusal.of_operator(node, node.start)
            operand = self.expression(node.parts[0], negated=not negated)
            return Not(_tree(operand, node.parts[0]))
        return self._operand(node, negated=negated)

    def _binary(self, node: GoNode, *, negated: bool) -> _Value:
        # Long chains lean to the left: they are walked, not recursed into.
        spine: list[GoNode] = []
        left = node
        while left.type == "*ast.BinaryExpr":
            spine.append(left)
            left = left.parts[0]
        value = self.expression(left, negated=negated)
        for joined in reversed(spine):
            left_node, right_node = joined.parts
            right = self.expression(right_node, negated=negated)
            if joined.text not in ("&&", "||"):
                raise Refusal.of_operator(joined, joined.at)
            pair = _tree(value, left_node), _tree(right, right_node)
            value = And(*pair) if joined.text == "&&" else Or(*pair)
        return value

    def _operand(self, node: GoNode, *, negated: bool) -> _Value:
        if node.type == "*ast.BasicLit":
            return literal_value(node)
        if node.type == "*ast.CallExpr":
            return self._call(node, negated=negated)
        if node.type == "*ast.Ident":
            raise Refusal(f"{node.text} is not defined", node)
        if node.type == "*ast.SelectorExpr":
            raise Refusal(f"{dotted_name(node)} is not defined", node)
        if node.type == "*ast.IndexExpr":
            raise Refusal("properties are not supported", node)
        raise Refusal(f"{node.type} is not supported", node)

    def _call(self, node: GoNode, *, negated: bool) -> Matcher:
        function = node.parts[0]
        name = function_name(function)
        canonical = self._names.get(name)
        if canonical is None:
            raise Refusal(f"unsupported function: {name}", function)
        values = [(self._operand(part, negated=negated), part) for part in node.parts[1:]]
        arguments: list[Argument] = []
        for value, part in values:
            if not isinstance(value, str):
                refused = f"reflect: cannot use {_type_name(value)} as type string in Call"
                raise Refusal(refused, part)
            arguments.append(Argument(value, part.start, part.end, "`" if part.text[0] == "`" else '"'))
        matcher = Matcher(name, canonical, node.start, node.end, tuple(arguments), negated)
        self.matchers.append(matcher)
        return matcher


def literal_value(node: GoNode) -> str | int | float:
    """The value of a literal; raises Refusal for characters and complex numbers."""
    try:
        if node.kind == "STRING":
            return unquote(node.text)
        if node.kind == "INT":
            return parse_int(node.text, function="Atoi")
        if node.kind == "FLOAT":
            return parse_float(node.text)
    except GoError as error:
        raise Refusal(f"failed to parse argument: {node.text}, error: {error.text}", node) from None
    raise Refusal(f"unsupported function argument type: '{node.kind}'", node)


def dotted_name(node: GoNode) -> str:
    """`a.b.c` of a selector; raises Refusal when it does not begin with a name."""
    fields = [node.text]
    owner = node.parts[0]
    while owner.type == "*ast.SelectorExpr":
        fields.append(owner.text)
        owner = owner.parts[0]
    if owner.type != "*ast.Ident":
        raise Refusal(f"unsupported selector type: {owner.type}", owner)
    return ".".join([owner.text, *reversed(fields)])


def function_name(node: GoNode) -> str:
    """The name of a called function; raises Refusal when it is no name."""
    if node.type == "*ast.Ident":
        return node.text
    if node.type != "*ast.SelectorExpr":
        raise Refusal(f"expected identifier, got: {node.type}", node)
    owner = node.parts[0]
    if owner.type != "*ast.Ident":
        raise Refusal(f"expected selector identifier, got: {owner.type}", owner)
    return f"{owner.text}.{node.text}"


def _type_name(value: _Value) -> str:
    if isinstance(value, str):
        return "string"
    if isinstance(value, int):
        return "int"
    return "float64" if isinstance(value, float) else "rules.TreeBuilder"


def _tree(value: _Value, node: GoNode) -> Node:
    if isinstance(value, str | int | float):
        raise Refusal(f"reflect: Call using {_type_name(value)} as type rules.TreeBuilder", node)
    return value
