"""Decoded values: what an option's text means, together with the place it was written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from traefik_lint.options.spec import Spec
    from traefik_lint.source.span import Span
    from traefik_lint.source.tree import Node, Scalar

Plain: TypeAlias = "str | bool | int | float | None"


class Value:
    """A decoded scalar.

    ``data`` is the Python value by the option's kind: str, bool, int, float; durations are int nanoseconds.
    ``node`` is where it was written, ``key`` the key it stands under (None for list elements).
    ``known`` is false when the text holds something that the files can't tell; ``data`` is then the raw text.
    """

    __slots__ = ("data", "key", "known", "node", "spec")

    def __init__(
        self, spec: Spec, data: Plain, node: Node, key: Scalar | None = None, known: bool = True
    ) -> None:
        self.spec = spec
        self.data = data
        self.node = node
        self.key = key
        self.known = known

    @property
    def span(self) -> Span:
        """Where the value was written."""
        return self.node.span

    @property
    def text(self) -> str:
        """The value as text ("" for null)."""
        return self.data if isinstance(self.data, str) else "" if self.data is None else str(self.data)

    def sub(self, begin: int, end: int) -> Span:
        """The characters in the file behind ``text[begin:end]``."""
        from traefik_lint.source.tree import Scalar

        node = self.node
        return node.sub(begin, end) if isinstance(node, Scalar) else node.span

    def __repr__(self) -> str:
        return f"Value({self.spec.path}={self.data!r})"


class Items:
    """A decoded list; ``items`` are Values (list of scalars) or Elements (list of structs)."""

    __slots__ = ("items", "key", "node", "spec")

    def __init__(
        self, spec: Spec, items: list[Value] | list[Element], node: Node, key: Scalar | None = None
    ) -> None:
        self.spec = spec
        self.items = items
        self.node = node
        self.key = key

    @property
    def span(self) -> Span:
        """Where the list was written."""
        return self.node.span

    def __len__(self) -> int:
        return len(self.items)


class Element:
    """A decoded struct or map: canonical field names (or the user's names, for a map) to decoded values.

    Only what was written is in ``fields``; defaults are the runtime's business.
    """

    __slots__ = ("fields", "key", "node", "spec")

    def __init__(
        self, spec: Spec, fields: dict[str, Decodable], node: Node, key: Scalar | None = None
    ) -> None:
        self.spec = spec
        self.fields = fields
        self.node = node
        self.key = key

    @property
    def span(self) -> Span:
        """Where the element was written; its key where it has one, for that is the part to point at."""
        return self.key.span if self.key is not None else self.node.span

    def get(self, *path: str) -> Decodable | None:
        """What stands at a path of canonical names, or None."""
        if len(path) == 1:  # most questions are about the element's own fields
            return self.fields.get(path[0])
        here: Decodable | None = self
        for name in path:
            if not isinstance(here, Element):
                return None
            here = here.fields.get(name)
        return here

    def value(self, *path: str) -> Value | None:
        """The scalar at a path, or None when there is none."""
        found = self.get(*path)
        return found if isinstance(found, Value) else None

    def element(self, *path: str) -> Element | None:
        """The struct or map at a path, or None when there is none."""
        found = self.get(*path)
        return found if isinstance(found, Element) else None

    def values(self, *path: str) -> list[Value]:
        """The scalars of the list at a path (empty when there is none)."""
        found = self.get(*path)
        return [item for item in found.items if isinstance(item, Value)] if isinstance(found, Items) else []

    def elements(self, *path: str) -> list[Element]:
        """The structs of the list at a path (empty when there is none)."""
        found = self.get(*path)
        return [item for item in found.items if isinstance(item, Element)] if isinstance(found, Items) else []

    def string(self, *path: str, default: str = "") -> str:
        """The text at a path, or ``default``."""
        found = self.value(*path)
        return default if found is None else found.text

    def flag(self, *path: str, default: bool = False) -> bool:
        """The boolean at a path, or ``default`` (also where the value is unknown)."""
        found = self.value(*path)
        return found.data if found is not None and isinstance(found.data, bool) else default

    def integer(self, *path: str, default: int = 0) -> int:
        """The whole number at a path, or ``default``."""
        found = self.value(*path)
        if found is None or isinstance(found.data, bool) or not isinstance(found.data, int):
            return default
        return found.data

    def __contains__(self, name: str) -> bool:
        return name in self.fields

    def __iter__(self) -> Iterator[tuple[str, Decodable]]:
        return iter(self.fields.items())

    def __repr__(self) -> str:
        return f"Element({self.spec.path}: {list(self.fields)})"


Decodable: TypeAlias = "Value | Items | Element"

ProblemKind = Literal[
    "unknown-field",  # a key that this place does not have
    "newer-option",  # the modelled version does not have it yet
    "removed-option",  # the modelled version does not have it any more
    "ignored-option",  # decoded and dropped without a message in this notation
    "ignored-root",  # an unknown top-level key or label root: never read (R-001, S-011)
    "wrong-case",  # the letter case matters here (CRDs, the label root)
    "standalone",  # a value or `{}` where the element may not stand alone
    "switched-off",  # a switch section given a text other than `true`: off without a message (R-010, S-016)
    "wrong-type",  # a mapping for a list, a list for a scalar, …
    "bad-bool", "bad-number", "bad-duration", "bad-value",
    "bad-index", "empty-item", "indexed-scalar", "missing-index",  # lists in labels, flags, env (R-016 … R-018)
    "invalid-key",  # empty segments, brackets
    "duplicate-key", "case-duplicate",  # the same option in two spellings
    "null-value",
    "non-string-key",  # a YAML key that is a number or a boolean: Traefik calls the entry `<int Value>`
    "no-configuration",  # a static file in which no known option has a value (S-011)
    "unreadable-value",  # a date, a list in a list, a null in a list: the loader refuses these anywhere
    "missing-field",  # a required field of a CRD is not there
]  # fmt: skip


class Problem(NamedTuple):
    """What the decoder found wrong in one place.

    ``text`` is Traefik's own error text where it refuses (empty where it is silent), ``fatal`` says that Traefik
    refuses the whole file, container or object for it. ``parent`` is the spec of the struct the key stands in,
    ``spec`` that of the option where it is known, ``name`` the key or value as written.
    """

    kind: ProblemKind
    span: Span
    name: str
    text: str = ""
    fatal: bool = False
    parent: Spec | None = None
    spec: Spec | None = None


class Decoded(NamedTuple):
    """The decoder's answer: the best reading of the tree, and all that is wrong with it.

    ``error`` is the one problem that Traefik reports and refuses for, None when it accepts the tree.
    """

    element: Element
    problems: tuple[Problem, ...]
    error: Problem | None
