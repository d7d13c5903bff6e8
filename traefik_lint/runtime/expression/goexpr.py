"""Go's expression syntax as `go/parser` reads it, errors and recovery included (R-100, R-103).

A rule that is in order never comes here; this reader exists to say what Go says of a broken one,
so it goes on after a mistake exactly as far as Go does, to count "and 2 more errors".
Types inside an expression are read as far as a rule can hold them; bodies of `struct`, `interface`
and `func` are not.
"""

from __future__ import annotations

from typing import NamedTuple

from traefik_lint.runtime.expression.scanner import Scanner, Token

_MAX_DEPTH = 60  # levels of nesting, about seven Python frames each
_LITERALS = frozenset(("INT", "FLOAT", "IMAG", "CHAR", "STRING"))
_UNARY = frozenset(("+", "-", "!", "^", "&", "~"))
_PRECEDENCE = {
    **dict.fromkeys(("||",), 1),
    **dict.fromkeys(("&&",), 2),
    **dict.fromkeys(("==", "!=", "<", "<=", ">", ">="), 3),
    **dict.fromkeys(("+", "-", "|", "^"), 4),
    **dict.fromkeys(("*", "/", "%", "<<", ">>", "&", "&^"), 5),
}
_STATEMENT_WORDS = """
break const continue defer fallthrough for go goto if return select switch type var
"""
_STATEMENT_STARTS = frozenset(_STATEMENT_WORDS.split())
_EXPRESSION_ENDS = frozenset((",", ":", ";", ")", "]", "}"))
_COMPOSITE_TYPES = frozenset(
    (
        "*ast.BadExpr",
        "*ast.Ident",
        "*ast.SelectorExpr",
        "*ast.IndexExpr",
        "*ast.IndexListExpr",
        "*ast.ArrayType",
        "*ast.StructType",
        "*ast.MapType",
    )
)


class GoNode(NamedTuple):
    """An expression: its Go type (`*ast.CallExpr`), its place, its text, and its parts.

    `text` is a literal's text, an identifier's name or an operator; `kind` a literal's kind.
    `parts` are the operands: for a call the function, then the arguments. `at` is where the
    operator of a binary expression stands.
    """

    type: str
    start: int
    end: int
    text: str = ""
    kind: str = ""
    parts: tuple[GoNode, ...] = ()
    at: int = 0


class SyntaxFault(NamedTuple):
    """One entry of Go's error list."""

    line: int
    column: int
    text: str
    start: int
    end: int


class _BailOut(Exception):
    """Go stops here, too."""


def parse_expression(text: str) -> tuple[GoNode | None, list[SyntaxFault]]:
    """Read a Go expression; returns its tree and Go's errors, sorted as Go sorts them."""
    return _Parser(text).run()


def faults_text(faults: list[SyntaxFault]) -> str:
    """Print an error list as Go's `scanner.ErrorList` does."""
    first = f"{faults[0].line}:{faults[0].column}: {faults[0].text}"
    return first if len(faults) == 1 else f"{first} (and {len(faults) - 1} more errors)"


class _Parser:
    def __init__(self, text: str) -> None:
        self._text = text
        self._faults: list[SyntaxFault] = []
        self._depth = 0
        self._in_right_side = False
        self._sync_at = 0
        self._sync_count = 0
        self._scanner = Scanner(text, self._scanner_error)
        self._token = Token("ILLEGAL", "", 0, 0)

    def run(self) -> tuple[GoNode | None, list[SyntaxFault]]:
        node: GoNode | None = None
        try:
            self._next()
            node = self._right_side()
            if self._at_newline():
                self._next()
            self._expect("EOF")
        except _BailOut:
            pass
        return node, sorted(self._faults)

    # Errors

    def _scanner_error(self, offset: int, text: str) -> None:
        end = offset + 1
        if text == "illegal rune literal":  # the whole of what stands in single quotes
            end = self._text.index("'", end) + 1
        self._faults.append(self._fault(offset, end, text))

    def _fault(self, start: int, end: int, text: str) -> SyntaxFault:
        # A newline at the very end begins no line for Go.
        searched = min(start, len(self._text) - 1) if self._text else 0
        line_start = self._text.rfind("\n", 0, searched) + 1
        line = self._text.count("\n", 0, searched) + 1
        before = self._text[line_start:start]
        column = len(before) if before.isascii() else len(before.encode("utf-8", "surrogatepass"))
        if start and (start >= len(self._text) or self._text[start] == "\n"):
            start, end = start - 1, start  # something is missing there: show what it is missing after
        return SyntaxFault(line, column + 1, text, start, min(end, len(self._text)))

    def _error(self, token: Token, text: str) -> None:
        fault = self._fault(token.start, token.end, text)
        if self._faults and self._faults[-1].line == fault.line:
            return  # Go takes it for a consequence of the error before
        if len(self._faults) > 10:
            raise _BailOut
        self._faults.append(fault)

    def _error_expected(self, token: Token, wanted: str) -> None:
        text = f"expected {wanted}"
        if token.start == self._token.start:
            current = self._token
            if self._at_newline():
                text += ", found newline"
            elif current.kind in _LITERALS or current.kind == "IDENT":
                text += f", found {current.text}"
            else:
                text += f", found '{current.kind}'"
        self._error(token, text)

    # Tokens

    def _next(self) -> None:
        self._token = self._scanner.scan()

    def _at_newline(self) -> bool:
        return self._token.kind == ";" and self._token.text == "\n"

    def _expect(self, kind: str) -> Token:
        token = self._token
        if token.kind != kind:
            self._error_expected(token, f"'{kind}'")
        self._next()
        return token

    def _expect_closing(self, kind: str, context: str) -> Token:
        if self._token.kind != kind and self._at_newline():
            self._error(self._token, f"missing ',' before newline in {context}")
            self._next()
        return self._expect(kind)

    def _at_comma(self, context: str, closing: str) -> bool:
        if self._token.kind == ",":
            return True
        if self._token.kind == closing:
            return False
        newline = " before newline" if self._at_newline() else ""
        self._error(self._token, f"missing ','{newline} in {context}")
        return True  # Go inserts the comma and goes on

    def _advance(self, stops: frozenset[str]) -> None:
        while self._token.kind != "EOF":
            if self._token.kind in stops:
                at = self._token.start
                if at == self._sync_at and self._sync_count < 10:
                    self._sync_count += 1
                    return
                if at > self._sync_at:
                    self._sync_at = at
                    self._sync_count = 0
                    return
            self._next()

    # Expressions

    def _right_side(self) -> GoNode:
        before, self._in_right_side = self._in_right_side, True
        node = self._binary(1)
        self._in_right_side = before
        return node

    def _binary(self, lowest: int) -> GoNode:
        node = self._unary()
        while True:
            operator = self._token.kind
            if operator == "=" and self._in_right_side:
                operator = "=="
            precedence = _PRECEDENCE.get(operator, 0)
            if precedence < lowest:
                return node
            at = self._expect(operator).start
            right = self._binary(precedence + 1)
            node = GoNode("*ast.BinaryExpr", node.start, right.end, operator, parts=(node, right), at=at)

    def _unary(self) -> GoNode:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            self._error(self._token, "exceeded max nesting depth")
            raise _BailOut
        token = self._token
        if token.kind in _UNARY:
            self._next()
            operand = self._unary()
            node = GoNode("*ast.UnaryExpr", token.start, operand.end, token.kind, parts=(operand,))
        elif token.kind == "<-":
            self._next()
            operand = self._unary()
            kind = operand.type if operand.type == "*ast.ChanType" else "*ast.UnaryExpr"
            node = GoNode(kind, token.start, operand.end, token.kind, parts=(operand,))
        elif token.kind == "*":
            self._next()
            operand = self._unary()
            node = GoNode("*ast.StarExpr", token.start, operand.end, parts=(operand,))
        else:
            node = self._primary()
        self._depth -= 1
        return node

    def _primary(self) -> GoNode:
        node = self._operand()
        while True:
            kind = self._token.kind
            if kind == ".":
                node = self._selector(node)
            elif kind == "[":
                node = self._index(node)
            elif kind == "(":
                node = self._call(node)
            elif kind == "{":
                bare = node
                while bare.type == "*ast.ParenExpr":
                    bare = bare.parts[0]
                if bare.type not in _COMPOSITE_TYPES:
                    return node
                if bare is not node:
                    where = Token("", "", bare.start, bare.end)
                    self._error(where, "cannot parenthesize type in composite literal")
                node = self._literal_value(node.start)
            else:
                return node

    def _operand(self) -> GoNode:
        token = self._token
        if token.kind == "IDENT":
            self._next()
            return GoNode("*ast.Ident", token.start, token.end, token.text)
        if token.kind in _LITERALS:
            self._next()
            return GoNode("*ast.BasicLit", token.start, token.end, token.text, token.kind)
        if token.kind == "(":
            self._next()
            inner = self._right_side()
            closing = self._expect(")")
            return GoNode("*ast.ParenExpr", token.start, closing.end, parts=(inner,))
        node = self._type_or_none()
        if node is not None:
            return node
        return self._bad("operand", _STATEMENT_STARTS)

    def _bad(self, wanted: str, stops: frozenset[str]) -> GoNode:
        token = self._token
        self._error_expected(token, wanted)
        self._advance(stops)
        return GoNode("*ast.BadExpr", token.start, self._token.start)

    def _selector(self, node: GoNode) -> GoNode:
        self._next()
        token = self._token
        if token.kind == "IDENT":
            self._next()
            return GoNode("*ast.SelectorExpr", node.start, token.end, token.text, parts=(node,))
        if token.kind == "(":
            self._next()
            if self._token.kind == "type":
                self._next()
            else:
                self._type()
            closing = self._expect(")")
            return GoNode("*ast.TypeAssertExpr", node.start, closing.end, parts=(node,))
        self._error_expected(token, "selector or type assertion")
        if token.kind != "}":
            self._next()
        return GoNode("*ast.SelectorExpr", node.start, token.end, "_", parts=(node,))

    def _index(self, node: GoNode) -> GoNode:
        self._expect("[")
        if self._token.kind == "]":
            self._error_expected(self._token, "operand")
            closing = self._token
            self._next()
            return GoNode("*ast.IndexExpr", node.start, closing.end, parts=(node,))
        colons: list[tuple[Token, bool]] = []
        kind = "*ast.IndexExpr"
        if self._token.kind != ":":
            self._right_side()
        while self._token.kind == ":" and len(colons) < 2:
            colon = self._token
            self._next()
            filled = self._token.kind not in (":", "]", "EOF")
            colons.append((colon, filled))
            if filled:
                self._right_side()
        while not colons and self._token.kind == ",":
            self._next()
            if self._token.kind not in ("]", "EOF"):
                kind = "*ast.IndexListExpr"
                self._type()
        closing = self._expect("]")
        if colons:
            kind = "*ast.SliceExpr"
            if len(colons) == 2:
                for (colon, filled), name in zip(colons, ("middle", "final"), strict=True):
                    if not filled:
                        self._error(colon, f"{name} index required in 3-index slice")
        return GoNode(kind, node.start, closing.end, parts=(node,))

    def _call(self, function: GoNode) -> GoNode:
        self._expect("(")
        parts = [function]
        spread = False
        while self._token.kind not in (")", "EOF") and not spread:
            parts.append(self._right_side())
            if self._token.kind == "...":
                spread = True
                self._next()
            if not self._at_comma("argument list", ")"):
                break
            self._next()
        closing = self._expect_closing(")", "argument list")
        return GoNode("*ast.CallExpr", function.start, closing.end, parts=tuple(parts))

    def _literal_value(self, start: int) -> GoNode:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            self._error(self._token, "exceeded max nesting depth")
            raise _BailOut
        self._expect("{")
        while self._token.kind not in ("}", "EOF"):
            self._element()
            if self._token.kind == ":":
                self._next()
                self._element()
            if not self._at_comma("composite literal", "}"):
                break
            self._next()
        closing = self._expect_closing("}", "composite literal")
        self._depth -= 1
        return GoNode("*ast.CompositeLit", start, closing.end)

    def _element(self) -> None:
        if self._token.kind == "{":
            self._literal_value(self._token.start)
        else:
            self._binary(1)

    # Types

    def _type(self) -> GoNode:
        node = self._type_or_none()
        return self._bad("type", _EXPRESSION_ENDS) if node is None else node

    def _type_or_none(self) -> GoNode | None:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            self._error(self._token, "exceeded max nesting depth")
            raise _BailOut
        node = self._read_type()
        self._depth -= 1
        return node

    def _read_type(self) -> GoNode | None:
        token = self._token
        kind = token.kind
        if kind == "IDENT":
            return self._type_name(token)
        if kind == "[":
            return self._array_type(token)
        if kind == "*":
            self._next()
            base = self._type()
            return GoNode("*ast.StarExpr", token.start, base.end, parts=(base,))
        if kind == "map":
            self._next()
            self._expect("[")
            self._type()
            self._expect("]")
            return GoNode("*ast.MapType", token.start, self._type().end)
        if kind in ("chan", "<-"):
            return self._channel_type(token)
        if kind == "(":
            self._next()
            inner = self._type()
            closing = self._expect(")")
            return GoNode("*ast.ParenExpr", token.start, closing.end, parts=(inner,))
        if kind in ("struct", "interface"):
            self._next()
            self._expect("{")
            closing = self._expect("}")
            name = "*ast.StructType" if kind == "struct" else "*ast.InterfaceType"
            return GoNode(name, token.start, closing.end)
        if kind == "func":
            return self._function(token)
        return None

    def _type_name(self, token: Token) -> GoNode:
        self._next()
        node = GoNode("*ast.Ident", token.start, token.end, token.text)
        if self._token.kind == ".":
            self._next()
            selected = self._token
            if selected.kind == "IDENT":
                self._next()
            else:
                self._expect("IDENT")
            node = GoNode("*ast.SelectorExpr", token.start, selected.end, selected.text, parts=(node,))
        if self._token.kind != "[":
            return node
        self._next()
        count = 0
        while self._token.kind not in ("]", "EOF"):
            self._type()
            count += 1
            if not self._at_comma("type argument list", "]"):
                break
            self._next()
        closing = self._expect_closing("]", "type argument list")
        if count == 0:
            self._error_expected(closing, "type argument list")
        kind = "*ast.IndexListExpr" if count > 1 else "*ast.IndexExpr"
        return GoNode(kind, token.start, closing.end, parts=(node,))

    def _array_type(self, opening: Token) -> GoNode:
        self._next()
        if self._token.kind == "...":
            self._next()
        elif self._token.kind != "]":
            self._right_side()
        if self._token.kind == ",":
            self._error(self._token, "unexpected comma; expecting ]")
            self._next()
        self._expect("]")
        return GoNode("*ast.ArrayType", opening.start, self._type().end)

    def _channel_type(self, token: Token) -> GoNode:
        self._next()
        if token.kind == "<-":
            self._expect("chan")
        elif self._token.kind == "<-":
            self._next()
        return GoNode("*ast.ChanType", token.start, self._type().end)

    def _function(self, token: Token) -> GoNode:
        self._next()
        self._expect("(")
        closing = self._expect(")")
        result = self._type_or_none()
        if self._token.kind != "{":
            return GoNode("*ast.FuncType", token.start, result.end if result else closing.end)
        self._next()
        closing = self._expect("}")
        return GoNode("*ast.FuncLit", token.start, closing.end)
