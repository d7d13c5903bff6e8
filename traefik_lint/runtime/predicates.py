"""Expressions of circuit breakers and retries, as Traefik's libraries evaluate them (R-178)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from traefik_lint.runtime.expression.evaluate import Refusal, dotted_name, function_name, literal_value
from traefik_lint.runtime.expression.goexpr import GoNode, faults_text, parse_expression


class _Function(NamedTuple):
    """A function's parameters and result, as Go types."""

    parameters: tuple[str, ...]
    result: str


class _Library(NamedTuple):
    """What an expression may use; ``compared`` are the types that comparisons take on their left."""

    package: str
    functions: Mapping[str, _Function]
    compared: frozenset[str]
    #: Put before the text about a wrong left side: the operator's name in one library, nothing in the other.
    names_operator: bool


_BREAKER = _Library(
    "cbreaker",
    {
        "LatencyAtQuantileMS": _Function(("float64",), "toInt"),
        "NetworkErrorRatio": _Function((), "toFloat64"),
        "ResponseCodeRatio": _Function(("int",) * 4, "toFloat64"),
    },
    frozenset({"toInt", "toFloat64"}),
    True,
)
_RETRY = _Library(
    "buffer",
    {
        "RequestMethod": _Function((), "toString"),
        "IsNetworkError": _Function((), "hpredicate"),
        "Attempts": _Function((), "toInt"),
        "ResponseCode": _Function((), "toInt"),
    },
    frozenset({"toInt", "toString"}),
    False,
)
_OPERATORS = {"==": "eq", "!=": "eq", "<": "lt", "<=": "lt", ">": "gt", ">=": "gt"}
_OPERANDS = {"toInt": "int", "toFloat64": "float64", "toString": "string"}
_PREDICATE = "hpredicate"


def breaker_error(expression: str) -> str | None:
    """Why a circuit breaker's expression is refused, None when it is fine."""
    return _error(expression, _BREAKER)


def retry_error(expression: str) -> str | None:
    """Why a buffering middleware's retry expression is refused, None when it is fine."""
    return _error(expression, _RETRY)


def _error(expression: str, library: _Library) -> str | None:
    node, faults = parse_expression(expression)
    if node is None or faults:
        return faults_text(faults)
    try:
        result = _type_of(node, library)
    except Refusal as refusal:
        return refusal.text
    return None if result == _PREDICATE else f"expected predicate, got {_printed(result, library)}"


def _type_of(node: GoNode, library: _Library) -> str:
    """The type of a part; raises Refusal with the library's text."""
    if node.type == "*ast.BinaryExpr":
        left, right = (_type_of(part, library) for part in node.parts)
        return _joined(node, left, right, library)
    if node.type == "*ast.ParenExpr":
        return _type_of(node.parts[0], library)
    if node.type == "*ast.UnaryExpr":
        raise Refusal(f"{node.text} is not supported", node)
    return _operand(node, library)


def _joined(node: GoNode, left: str, right: str, library: _Library) -> str:
    if node.text in ("&&", "||"):
        for side in (left, right):
            if side != _PREDICATE:
                wanted = f"{library.package}.{_PREDICATE}"
                raise Refusal(f"reflect: cannot use {_printed(side, library)} as type {wanted} in Call", node)
        return _PREDICATE
    operator = _OPERATORS.get(node.text)
    if operator is None:
        raise Refusal(f"{node.text} is not supported", node)
    if left not in library.compared or (left == "toString" and operator != "eq"):
        prefix = f"{operator}: " if library.names_operator else ""
        raise Refusal(f"{prefix}unsupported argument: {_printed(left, library)}", node)
    if right != _OPERANDS[left]:
        # The library asks for an int in its text where it wants a float64, except for equality.
        wanted = "int" if left == "toFloat64" and operator != "eq" else _OPERANDS[left]
        raise Refusal(f"expected {wanted}, got {_printed(right, library)}", node)
    return _PREDICATE


def _operand(node: GoNode, library: _Library) -> str:
    if node.type == "*ast.BasicLit":
        value = literal_value(node)
        return "string" if isinstance(value, str) else "int" if isinstance(value, int) else "float64"
    if node.type == "*ast.CallExpr":
        return _call(node, library)
    if node.type == "*ast.Ident":
        raise Refusal(f"{node.text} is not defined", node)
    if node.type == "*ast.SelectorExpr":
        raise Refusal(f"{dotted_name(node)} is not defined", node)
    if node.type == "*ast.IndexExpr":
        raise Refusal("properties are not supported", node)
    raise Refusal(f"{node.type} is not supported", node)


def _call(node: GoNode, library: _Library) -> str:
    name = function_name(node.parts[0])
    function = library.functions.get(name)
    if function is None:
        raise Refusal(f"unsupported function: {name}", node)
    given = [_operand(part, library) for part in node.parts[1:]]
    if len(given) != len(function.parameters):
        word = "many" if len(given) > len(function.parameters) else "few"
        raise Refusal(f"reflect: Call with too {word} input arguments", node)
    for argument, wanted in zip(given, function.parameters, strict=True):
        if argument != wanted:
            raise Refusal(f"reflect: Call using {_printed(argument, library)} as type {wanted}", node)
    return function.result


def _printed(type_: str, library: _Library) -> str:
    return type_ if type_ in ("int", "float64", "string") else f"{library.package}.{type_}"
