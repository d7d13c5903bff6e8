"""The grammar of Go's `text/template`, with its error texts."""

from __future__ import annotations

from collections.abc import Container
from typing import NamedTuple, NoReturn

from traefik_lint.golang.errors import GoError
from traefik_lint.golang.strconv import parse_float, unquote
from traefik_lint.golang.template.lexer import Item, lex
from traefik_lint.golang.template.nodes import Action, Branch, Call, Command, Jump, Node, Operand, Pipe, Text
from traefik_lint.golang.text import quote

_DEEPEST = 80  # levels of nesting; the recursion stays well below Python's limit
_LITERALS = frozenset(("bool", "dot", "nil", "number", "string"))
_TERMS = frozenset(
    ("bool", "charConstant", "complex", ".", "field", "identifier", "number", "nil", "rawString", "string")
) | frozenset(("variable", "leftParen"))


class TooDeep(Exception):
    """The template nests deeper than we follow."""


class _End(NamedTuple):
    """`{{end}}` or `{{else}}`, which close a list."""

    word: str

    def __str__(self) -> str:
        return f"{{{{{self.word}}}}}"


class _Group:
    """What Go keeps per template: its variables in scope and the number of enclosing loops."""

    def __init__(self) -> None:
        self.variables = ["$"]
        self.loops = 0


class TemplateParser:
    """Reads one template's text; `templates` then holds its parts by name."""

    def __init__(self, name: str, text: str, functions: Container[str]) -> None:
        self.templates: dict[str, tuple[Node, ...]] = {}
        self._name = name
        self._functions = functions
        self._items = lex(text)
        self._next_index = 0
        self._farthest = 0  # Go reports the line of the token that it read last
        self._action_line = 0
        self._group = _Group()
        self._depth = 0

    def run(self) -> None:
        """Read everything; raises GoError or TooDeep."""
        nodes: list[Node] = []
        while self._peek().kind != "EOF":
            if self._peek().kind == "leftDelim":
                before = self._next_index
                self._next()
                if self._next_non_space().kind == "define":
                    self._definition()
                    continue
                self._next_index = before
            node = self._text_or_action()
            if isinstance(node, _End):
                self._fail(f"unexpected {node}")
            nodes.append(node)
        self._add(self._name, nodes)

    # Tokens

    def _next(self) -> Item:
        index = min(self._next_index, len(self._items) - 1)
        self._next_index += 1
        self._farthest = max(self._farthest, index)
        return self._items[index]

    def _peek(self) -> Item:
        item = self._next()
        self._next_index -= 1
        return item

    def _next_non_space(self) -> Item:
        item = self._next()
        while item.kind == "space":
            item = self._next()
        return item

    def _peek_non_space(self) -> Item:
        item = self._next_non_space()
        self._next_index -= 1
        return item

    def _expect(self, kinds: tuple[str, ...], context: str) -> Item:
        item = self._next_non_space()
        if item.kind not in kinds:
            self._unexpected(item, context)
        return item

    def _fail(self, message: str) -> NoReturn:
        raise GoError(f"template: {self._name}:{self._items[self._farthest].line}: {message}")

    def _unexpected(self, item: Item, context: str) -> NoReturn:
        if item.kind != "error":
            self._fail(f"unexpected {item} in {context}")
        extra = ""
        if self._action_line and self._action_line != item.line:
            extra = f" in action started at {self._name}:{self._action_line}"
            if item.text.endswith(" action"):
                extra = extra.removeprefix(" in action")
        self._fail(f"{item.text}{extra}")

    # Lists and actions

    def _add(self, name: str, nodes: list[Node]) -> None:
        empty = all(isinstance(node, Text) and not node.text.strip() for node in nodes)
        before = self.templates.get(name)
        if before is None or all(isinstance(node, Text) and not node.text.strip() for node in before):
            self.templates[name] = tuple(nodes)
        elif not empty:
            self._fail(f"template: multiple definition of template {quote(name)}")

    def _definition(self) -> None:
        name = self._unquoted(self._expect(("string", "rawString"), "define clause").text)
        self._expect(("rightDelim",), "define clause")
        self._separate(name, "define clause")

    def _separate(self, name: str, context: str) -> None:
        """Read a template of its own up to its `{{end}}`."""
        outer, self._group = self._group, _Group()
        nodes, end = self._item_list()
        if end.word != "end":
            self._fail(f"unexpected {end} in {context}")
        self._group = outer
        self._add(name, nodes)

    def _item_list(self) -> tuple[list[Node], _End]:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise TooDeep
        nodes: list[Node] = []
        while self._peek_non_space().kind != "EOF":
            node = self._text_or_action()
            if isinstance(node, _End):
                self._depth -= 1
                return nodes, node
            nodes.append(node)
        return self._fail("unexpected EOF")

    def _text_or_action(self) -> Node | _End:
        item = self._next_non_space()
        if item.kind == "text":
            return Text(item.text)
        if item.kind != "leftDelim":
            self._unexpected(item, "input")
        self._action_line = item.line
        node = self._action()
        self._action_line = 0
        return node

    def _action(self) -> Node | _End:
        item = self._next_non_space()
        if item.kind in ("if", "with", "range"):
            return self._branch(item.kind)
        if item.kind in ("break", "continue"):
            following = self._next_non_space()
            if following.kind != "rightDelim":
                self._unexpected(following, f"{{{{{item.kind}}}}}")
            if self._group.loops == 0:
                self._fail(f"{{{{{item.kind}}}}} outside {{{{range}}}}")
            return Jump(item.kind)
        if item.kind == "else":
            if self._peek_non_space().kind not in ("if", "with"):
                self._expect(("rightDelim",), "else")
            return _End("else")
        if item.kind == "end":
            self._expect(("rightDelim",), "end")
            return _End("end")
        if item.kind == "template":
            return self._call("template clause")
        if item.kind == "block":
            return self._call("block clause")
        self._next_index -= 1
        start = self._peek().start
        return Action(start, self._pipeline("command", "rightDelim"))

    def _branch(self, word: str) -> Branch:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise TooDeep
        group = self._group
        scope = len(group.variables)
        pipe = self._pipeline(word, "rightDelim")
        group.loops += word == "range"
        body, end = self._item_list()
        group.loops -= word == "range"
        otherwise: list[Node] = []
        if end.word == "else":
            if word in ("if", "with") and self._peek().kind == word:
                self._next()
                otherwise = [self._branch(word)]
            else:
                otherwise, end = self._item_list()
                if end.word != "end":
                    self._fail(f"expected end; found {end}")
        del group.variables[scope:]
        self._depth -= 1
        return Branch(word, pipe.start, pipe, tuple(body), tuple(otherwise))

    def _call(self, context: str) -> Call:
        item = self._next_non_space()
        if item.kind not in ("string", "rawString"):
            self._unexpected(item, context)
        name = self._unquoted(item.text)
        pipe: Pipe | None = None
        if context == "block clause":
            pipe = self._pipeline(context, "rightDelim")
            self._separate(name, context)
        elif self._next_non_space().kind != "rightDelim":
            self._next_index -= 1
            pipe = self._pipeline(context, "rightDelim")
        return Call(item.start, name, item.text, pipe)

    # Pipelines

    def _pipeline(self, context: str, end: str) -> Pipe:
        start = self._peek_non_space().start
        variables, assigns = self._declarations(context)
        commands: list[Command] = []
        while True:
            item = self._next_non_space()
            if item.kind == end:
                break
            if item.kind not in _TERMS:
                self._unexpected(item, context)
            self._next_index -= 1
            commands.append(self._command())
        if not commands:
            self._fail(f"missing value for {context}")
        for index, command in enumerate(commands[1:], 2):
            if command.args[0].kind in _LITERALS:
                self._fail(f"non executable command in pipeline stage {index}")
        return Pipe(start, tuple(commands), tuple(variables), assigns)

    def _declarations(self, context: str) -> tuple[list[str], bool]:
        variables: list[str] = []
        while self._peek_non_space().kind == "variable":
            self._next_non_space()
            before = self._next_index
            variable = self._items[before - 1]
            following = self._peek_non_space()
            if following.kind in ("assign", "declare"):
                self._next_non_space()
                variables.append(variable.text)
                self._group.variables.append(variable.text)
                return variables, following.kind == "assign"
            if following.kind != "char" or following.text != ",":
                self._next_index = before - 1
                return variables, False
            self._next_non_space()
            variables.append(variable.text)
            self._group.variables.append(variable.text)
            if context != "range" or len(variables) > 1:
                self._fail(f"too many declarations in {context}")
            if self._peek_non_space().kind not in ("variable", "rightDelim", "rightParen"):
                self._fail("range can only initialize variables")
        return variables, False

    def _command(self) -> Command:
        start = self._peek_non_space().start
        args: list[Operand] = []
        while True:
            self._peek_non_space()
            operand = self._operand()
            if operand is not None:
                args.append(operand)
            item = self._next()
            if item.kind == "space":
                continue
            if item.kind in ("rightDelim", "rightParen"):
                self._next_index -= 1
            elif item.kind != "pipe":
                self._unexpected(item, "operand")
            break
        if not args:
            self._fail("empty command")
        return Command(start, tuple(args))

    def _operand(self) -> Operand | None:
        term = self._term()
        if term is None or self._peek().kind != "field":
            return term
        start = self._peek().start
        names: list[str] = []
        while self._peek().kind == "field":
            names.append(self._next().text[1:])
        if term.kind in _LITERALS:
            self._fail(f"unexpected . after term {quote(str(term))}")
        if term.kind in ("field", "variable"):
            return Operand(term.kind, start, names=(*term.names, *names))
        return Operand("chain", start, names=tuple(names), inner=term)

    def _term(self) -> Operand | None:
        item = self._next_non_space()
        kind, text, start = item.kind, item.text, item.start
        if kind == "identifier":
            if text not in self._functions:
                self._fail(f"function {quote(text)} not defined")
            return Operand("identifier", start, text)
        if kind == ".":
            return Operand("dot", start, ".")
        if kind == "nil":
            return Operand("nil", start, "nil")
        if kind == "variable":
            if text not in self._group.variables:
                self._fail(f"undefined variable {quote(text)}")
            return Operand("variable", start, text, names=(text,))
        if kind == "field":
            return Operand("field", start, text, names=(text[1:],))
        if kind == "bool":
            return Operand("bool", start, text, text == "true")
        if kind in ("charConstant", "complex", "number"):
            return Operand("number", start, text, self._number(item))
        if kind == "leftParen":
            self._depth += 1
            if self._depth > _DEEPEST:
                raise TooDeep
            inner = self._pipeline("parenthesized pipeline", "rightParen")
            self._depth -= 1
            return Operand("pipe", inner.start, inner=inner)
        if kind in ("string", "rawString"):
            return Operand("string", start, text, self._unquoted(text))
        self._next_index -= 1
        return None

    def _unquoted(self, text: str) -> str:
        try:
            return unquote(text)
        except ValueError:
            self._fail("invalid syntax")

    def _number(self, item: Item) -> int | float | None:
        """The value of a number; None for a complex one, which we do not compute with."""
        text = item.text
        if item.kind == "charConstant":
            value = self._unquoted(f'"{text[1:-1]}"' if text != "'\"'" else '"\\""')
            if len(value) != 1:
                self._fail(f"malformed character constant: {text}")
            return ord(value)
        if item.kind == "complex" or text.endswith("i"):
            return None
        try:
            integer = int(
                text if text.lstrip("+-").lower().startswith(("0x", "0o", "0b")) else _octal(text), 0
            )
        except ValueError:
            return self._float(text)
        if -(1 << 63) <= integer < 1 << 64:
            return integer
        return self._float(text)

    def _float(self, text: str) -> float:
        try:
            value = parse_float(text)
        except GoError:
            self._fail(f"illegal number syntax: {quote(text)}")
        if not any(char in ".eEpP" for char in text):
            self._fail(f"integer overflow: {quote(text)}")
        return value


def _octal(text: str) -> str:
    """Write Go's `017` as Python does."""
    sign = text[:1] if text.startswith(("+", "-")) else ""
    digits = text[len(sign) :]
    if len(digits) > 1 and digits.startswith("0") and digits.replace("_", "").isdigit():
        return f"{sign}0o{digits[1:].lstrip('_')}"
    return text
