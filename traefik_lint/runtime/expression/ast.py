"""The tree of a router rule; every node says which characters of the rule it stands for."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from traefik_lint.runtime.expression.languages import Dialect

#: How an argument is written: a raw string or an interpreted one.
Quote: TypeAlias = Literal["`", '"']


class Argument(NamedTuple):
    """One string argument of a matcher; `start` and `end` cover the literal with its quotes."""

    value: str
    start: int
    end: int
    quote: Quote

    @property
    def inner(self) -> tuple[int, int]:
        """The characters between the quotes: as many as `value` has, unless there are escapes."""
        return self.start + 1, self.end - 1


class Matcher(NamedTuple):
    """A call such as `` Host(`a.test`) ``.

    `name` is spelled as the user wrote it, `canonical` as Traefik's documentation does (R-102).
    `negated` tells whether an odd number of `!` stands above it (R-132).
    """

    name: str
    canonical: str
    start: int
    end: int
    args: tuple[Argument, ...]
    negated: bool

    @property
    def values(self) -> list[str]:
        """The arguments' values, in order."""
        return [argument.value for argument in self.args]


class And:
    """Both operands must match."""

    __slots__ = ("left", "right")

    def __init__(self, left: Node, right: Node) -> None:
        self.left = left
        self.right = right


class Or:
    """One of the operands must match."""

    __slots__ = ("left", "right")

    def __init__(self, left: Node, right: Node) -> None:
        self.left = left
        self.right = right


class Not:
    """The operand must not match."""

    __slots__ = ("operand",)

    def __init__(self, operand: Node) -> None:
        self.operand = operand


Node: TypeAlias = "Matcher | And | Or | Not"


class RuleError(NamedTuple):
    """Why Traefik refuses a rule: its full text as in `/api/rawdata`, and the characters to point at."""

    text: str
    start: int
    end: int


class Rule:
    """What Traefik makes of a rule's text.

    `root` is None when the text is no expression; `error` is None when a router can use the rule.
    `matchers` are all matchers in the order of the text.
    `domains` are the host names (lower case) that bind TLS options and certificates (R-140);
    `domain_error` is Traefik's reason when it can't read them. `length` counts bytes (R-108).
    """

    __slots__ = (
        "dialect",
        "domain_error",
        "domains",
        "error",
        "length",
        "matchers",
        "priority",
        "root",
        "text",
    )

    def __init__(
        self,
        text: str,
        dialect: Dialect,
        root: Node | None,
        matchers: tuple[Matcher, ...],
        domains: tuple[str, ...],
        error: RuleError | None,
        domain_error: str | None,
        length: int,
        priority: int,
    ) -> None:
        self.text = text
        self.dialect = dialect
        self.root = root
        self.matchers = matchers
        self.domains = domains
        self.error = error
        self.domain_error = domain_error
        self.length = length
        #: What the router gets without a priority of its own (R-108, R-127).
        self.priority = priority
