"""The one kind of tree that every notation becomes: mappings, sequences and scalars that know where they stand.

A label ``traefik.http.routers.api.rule=…`` and a YAML file's ``http: {routers: {api: {rule: …}}}`` are the same
tree; only the spans differ. Nodes are shared where YAML shares them (aliases), so they are never changed after
a reader has built them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from traefik_lint.source.span import SourceFile, Span


class Node:
    """Something that stands at ``file.text[start:end]``."""

    __slots__ = ("end", "file", "start")

    def __init__(self, file: SourceFile, start: int, end: int) -> None:
        self.file = file
        self.start = start
        self.end = end

    @property
    def span(self) -> Span:
        """Where the node stands."""
        return Span(self.file, self.start, self.end)


class Piece(NamedTuple):
    """Characters of a value and the characters of the file that they came from.

    ``value[begin:end]`` was written as ``file.text[start:stop]``; when both have one length they match
    character by character, else the piece is indivisible (an escape, an interpolated ``${VAR}``, a line fold).
    """

    begin: int
    end: int
    start: int
    stop: int


class Scalar(Node):
    """A text with its place.

    ``value`` is the text after unquoting (and, in compose files, after interpolation).
    ``style`` says how it was written: ``plain``, ``single``, ``double``, ``literal``, ``folded`` (YAML, TOML
    strings use ``single``/``double``), ``bare`` for TOML numbers, booleans and dates, ``label``, ``flag``, ``env``.
    ``tag`` is an explicit YAML tag such as ``!!str`` or ``!reset``, else empty.
    ``pieces`` maps the value to the file; None means that the value is one verbatim run from ``start`` plus
    the opening quote, or that :func:`pieces_of` has to work it out from the style.
    ``unknown`` is true when the value can't be known from the files: it holds an unresolved ``${VAR}`` or a template.
    """

    __slots__ = ("pieces", "style", "tag", "unknown", "value")

    def __init__(
        self,
        file: SourceFile,
        start: int,
        end: int,
        value: str,
        style: str = "plain",
        tag: str = "",
        pieces: tuple[Piece, ...] | None = None,
        unknown: bool = False,
    ) -> None:
        self.file = file
        self.start = start
        self.end = end
        self.value = value
        self.style = style
        self.tag = tag
        self.pieces = pieces
        self.unknown = unknown

    def sub(self, begin: int, end: int) -> Span:
        """The characters in the file that made ``value[begin:end]``; never outside this node."""
        from traefik_lint.source.pieces import sub_span

        return sub_span(self, begin, end)

    def __repr__(self) -> str:
        return f"Scalar({self.value!r}, {self.file.path}:{self.start}-{self.end})"


class Entry:
    """One key with its value; ``via`` is where the entry came through (a ``<<``, an ``extends``), else None."""

    __slots__ = ("key", "value", "via")

    def __init__(self, key: Scalar, value: Node, via: Span | None = None) -> None:
        self.key = key
        self.value = value
        self.via = via


class Mapping(Node):
    """Keys with their values in the order written; keys written twice are both kept.

    ``tag`` is an explicit YAML tag such as ``!reset`` or ``!override``, else empty.
    """

    __slots__ = ("entries", "tag")

    def __init__(self, file: SourceFile, start: int, end: int, entries: list[Entry], tag: str = "") -> None:
        self.file = file
        self.start = start
        self.end = end
        self.entries = entries
        self.tag = tag

    def entry(self, key: str) -> Entry | None:
        """The last entry with exactly this key."""
        for entry in reversed(self.entries):
            if entry.key.value == key:
                return entry
        return None

    def get(self, key: str) -> Node | None:
        """The value of the last entry with exactly this key."""
        for entry in reversed(self.entries):
            if entry.key.value == key:
                return entry.value
        return None

    def mapping(self, key: str) -> Mapping | None:
        """The value of ``key`` when it is a mapping."""
        value = self.get(key)
        return value if isinstance(value, Mapping) else None

    def sequence(self, key: str) -> Sequence | None:
        """The value of ``key`` when it is a sequence."""
        value = self.get(key)
        return value if isinstance(value, Sequence) else None

    def scalar(self, key: str) -> Scalar | None:
        """The value of ``key`` when it is a scalar."""
        value = self.get(key)
        return value if isinstance(value, Scalar) else None

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def __repr__(self) -> str:
        return f"Mapping({[entry.key.value for entry in self.entries]})"


class Sequence(Node):
    """Items in the order written; ``tag`` as in :class:`Mapping`."""

    __slots__ = ("items", "tag")

    def __init__(self, file: SourceFile, start: int, end: int, items: list[Node], tag: str = "") -> None:
        self.file = file
        self.start = start
        self.end = end
        self.items = items
        self.tag = tag

    def __iter__(self) -> Iterator[Node]:
        return iter(self.items)

    def __repr__(self) -> str:
        return f"Sequence({len(self.items)})"


class Document(NamedTuple):
    """One YAML document (or one TOML file): its root node, None when it is empty."""

    root: Node | None


class Comment(NamedTuple):
    """A comment's text without ``#`` and where it stands; ``own_line`` when nothing but blanks is before it."""

    text: str
    span: Span
    own_line: bool


class ReadError(NamedTuple):
    """What keeps a file from being read as data: the parser's reason and the place."""

    message: str
    span: Span


class Duplicate(NamedTuple):
    """A mapping key that was written before in the same mapping."""

    key: Scalar
    earlier: Scalar
