"""Reads a rule that is in order, without recursion and with one regular expression a step.

Most rules are in order, and ten thousand of them have to be read in a blink. What this reader
does not know at once (mistakes, comments, escapes) it leaves to the exact reader in `goexpr`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from traefik_lint.runtime.expression.ast import And, Argument, Matcher, Node, Not, Or

_ARGUMENT = r"(?:`[^`\r\0\ufeff\ud800-\udfff]*`|\"[^\"\\\n\r\0\ufeff\ud800-\udfff]*\")"
# A newline may follow an opening parenthesis, a comma, `!` or an operator, and nothing else.
_OPERAND = re.compile(
    r"[ \t\r\n]*(?:([A-Za-z][A-Za-z0-9]*)[ \t\r]*\([ \t\r\n]*"
    rf"({_ARGUMENT})[ \t\r]*((?:,[ \t\r\n]*{_ARGUMENT}[ \t\r]*)*)(?:,[ \t\r\n]*)?\)"
    r"|([!(]))"
)
_OPERATOR = re.compile(r"[ \t\r]*(?:(&&|\|\||\))|\n?[ \t\r\n]*\Z)")
_NEXT_ARGUMENT = re.compile(_ARGUMENT)


def read(text: str, names: Mapping[str, str]) -> tuple[Node, list[Matcher]] | None:
    """Read a rule; None when it is not of the plain kind."""
    matchers: list[Matcher] = []
    either: Node | None = None  # left operand of a pending `||`
    both: Node | None = None  # left operand of a pending `&&`
    nots = 0
    negated = False
    outer: list[tuple[Node | None, Node | None, int, bool]] = []
    at = 0
    while True:
        found = _OPERAND.match(text, at)
        if found is None:
            return None
        at = found.end()
        name, first, others, sign = found.groups()
        if sign == "!":
            nots += 1
            continue
        if sign == "(":
            outer.append((either, both, nots, negated))
            negated ^= nots % 2 == 1
            either, both, nots = None, None, 0
            continue
        canonical = names.get(name)
        if canonical is None:
            return None
        matcher = Matcher(
            name,
            canonical,
            found.start(1),
            at,
            _arguments(text, found, first, others),
            negated ^ (nots % 2 == 1),
        )
        matchers.append(matcher)
        node: Node = matcher
        while True:
            while nots:
                node = Not(node)
                nots -= 1
            both = node if both is None else And(both, node)
            follows = _OPERATOR.match(text, at)
            if follows is None:
                return None
            at = follows.end()
            operator = follows.group(1)
            if operator == "&&":
                break
            either = both if either is None else Or(either, both)
            both = None
            if operator == "||":
                break
            if operator is None:
                return None if outer else (either, matchers)
            if not outer:
                return None
            node = either
            either, both, nots, negated = outer.pop()


def _arguments(text: str, found: re.Match[str], first: str, others: str) -> tuple[Argument, ...]:
    start, end = found.span(2)
    argument = Argument(first[1:-1], start, end, "`" if first[0] == "`" else '"')
    if not others:
        return (argument,)
    arguments = [argument]
    for literal in _NEXT_ARGUMENT.finditer(text, *found.span(3)):
        written = literal.group()
        start, end = literal.span()
        arguments.append(Argument(written[1:-1], start, end, "`" if written[0] == "`" else '"'))
    return tuple(arguments)
