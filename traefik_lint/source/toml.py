"""TOML text to the same positioned trees as YAML.

Traefik 2.11 and 3.x read TOML 1.1 (line breaks and a last comma in inline tables, ``\\e`` and ``\\xHH``, times without
seconds). What redefines what follows the reference of TOML 1.0 as Python's ``tomllib`` applies it.
"""

from __future__ import annotations

import gc
import re
from typing import NamedTuple

from traefik_lint.source.refused import MAX_DEPTH, Refused
from traefik_lint.source.span import SourceFile
from traefik_lint.source.toml_values import Cursor, read_atom, read_key
from traefik_lint.source.tree import Duplicate, Entry, Mapping, Node, ReadError, Scalar, Sequence

_COMMENT = r"#[^\x00-\x08\x0a-\x1f\x7f]*"
_BETWEEN_STATEMENTS = re.compile(rf"(?:[ \t]|\r?\n|{_COMMENT}(?=\r?\n|\Z))*")
_END_OF_STATEMENT = re.compile(rf"[ \t]*(?:{_COMMENT})?(?:\r?\n|\Z)")


class TomlResult(NamedTuple):
    """What a TOML text holds: all before ``error``, everything when that is None.

    ``duplicates`` are the keys and tables defined a second time, which Traefik's TOML reader refuses as well;
    both entries are in the tree.
    """

    root: Mapping
    error: ReadError | None
    duplicates: list[Duplicate]


def parse_toml(file: SourceFile) -> TomlResult:
    """Read a TOML text; a file is parsed once, however often it is asked for.

    Numbers, booleans and dates are scalars of the style ``bare`` with the text as written. A table's span begins
    with its header (or the key that implies it) and ends with its last value.
    """
    if not isinstance(file.parsed, TomlResult):
        file.parsed = _parse(file)
    return file.parsed


def _parse(file: SourceFile) -> TomlResult:
    parser = _Parser(file)
    error = None
    collecting = gc.isenabled()
    gc.disable()  # as for YAML: the tree grows without garbage
    try:
        parser.read_document()
    except Refused as refused:
        error = refused.error
    finally:
        if collecting:
            gc.enable()
    return TomlResult(parser.root.mapping, error, parser.duplicates)


class _Table:
    """A table under construction.

    ``declared``: it has a header of its own. ``dotted_in``: the section whose dotted keys made or extended it,
    0 for none; no later section may do so again.
    """

    __slots__ = ("declared", "dotted_in", "mapping", "members")

    def __init__(self, mapping: Mapping, *, declared: bool = False, dotted_in: int = 0) -> None:
        self.mapping = mapping
        self.members: dict[str, _Member] = {}
        self.declared = declared
        self.dotted_in = dotted_in


class _Tables(NamedTuple):
    """An array of tables under construction, with its newest table."""

    sequence: Sequence
    last: _Table


class _Member(NamedTuple):
    """What a key stands for; ``state`` is None for a value, which nothing can extend."""

    key: Scalar
    state: _Table | _Tables | None


class _Parser:
    __slots__ = ("cursor", "duplicates", "file", "open_nodes", "root", "section", "table")

    def __init__(self, file: SourceFile) -> None:
        self.file = file
        self.cursor = Cursor(file)
        self.root = _Table(Mapping(file, 0, len(file.text), []), declared=True)
        self.table = self.root
        self.open_nodes: list[Node] = []  # those that end where the present section ends
        self.section = 1
        self.duplicates: list[Duplicate] = []

    def read_document(self) -> None:
        cursor = self.cursor
        end = 0
        while True:
            cursor.match(_BETWEEN_STATEMENTS)
            following = cursor.peek()
            if following in ("", "["):
                for node in self.open_nodes:
                    node.end = max(node.end, end)
            if not following:
                return
            if following == "[":
                self._read_header()
            else:
                self._read_pair(self.table, self.section, len(self.open_nodes))
            end = cursor.pos
            if not cursor.match(_END_OF_STATEMENT):
                cursor.skip_blanks()
                raise cursor.refusal("expected the end of the line")

    def _read_header(self) -> None:
        cursor = self.cursor
        start = cursor.pos
        in_array = cursor.take("[[")
        if not in_array:
            cursor.take("[")
        cursor.skip_blanks()
        keys = read_key(cursor)
        if not cursor.take("]]" if in_array else "]"):
            raise cursor.refusal("expected the end of the table's name")
        self._check_depth(len(keys), start)
        self.section += 1
        self.open_nodes = []
        table = self.root
        for key in keys[:-1]:
            table = self._enter(table, key)
        end = cursor.pos
        self.table = (
            self._next_of(table, keys[-1], start) if in_array else self._declare(table, keys[-1], start)
        )
        self.open_nodes.append(self.table.mapping)
        for node in self.open_nodes:
            node.end = max(node.end, end)

    def _enter(self, table: _Table, key: Scalar) -> _Table:
        member = table.members.get(key.value)
        state = member.state if member else None
        if isinstance(state, _Tables):
            self.open_nodes.append(state.sequence)
            state = state.last
        if state is None:
            state = self._add_table(table, key, key.start)
        self.open_nodes.append(state.mapping)
        return state

    def _declare(self, table: _Table, key: Scalar, start: int) -> _Table:
        member = table.members.get(key.value)
        if (
            member
            and isinstance(member.state, _Table)
            and not member.state.declared
            and not member.state.dotted_in
        ):
            declared = member.state
        else:
            declared = self._add_table(table, key, start)
        declared.declared = True
        return declared

    def _next_of(self, table: _Table, key: Scalar, start: int) -> _Table:
        fresh = _Table(Mapping(self.file, start, self.cursor.pos, []), declared=True)
        member = table.members.get(key.value)
        if member and isinstance(member.state, _Tables):
            sequence = member.state.sequence
            table.members[key.value] = _Member(member.key, _Tables(sequence, fresh))
        else:
            sequence = Sequence(self.file, start, self.cursor.pos, [])
            self._add(table, key, sequence, _Tables(sequence, fresh))
        sequence.items.append(fresh.mapping)
        self.open_nodes.append(sequence)
        return fresh

    def _read_pair(self, table: _Table, section: int, depth: int) -> None:
        cursor = self.cursor
        keys = read_key(cursor)
        if not cursor.take("="):
            raise cursor.refusal("expected '=' behind the key")
        depth += len(keys)
        self._check_depth(depth, keys[0].start)
        entered = []
        for key in keys[:-1]:
            table = self._extend(table, key, section)
            entered.append(table.mapping)
        cursor.skip_blanks()
        value = self._read_value(depth)
        for mapping in entered:
            mapping.end = value.end
        self._add(table, keys[-1], value, None)

    def _extend(self, table: _Table, key: Scalar, section: int) -> _Table:
        # Dotted keys may extend what this section's dotted keys made, and what headers only implied.
        member = table.members.get(key.value)
        state = member.state if member else None
        if not isinstance(state, _Table) or state.declared or state.dotted_in not in (0, section):
            state = self._add_table(table, key, key.start)
        state.dotted_in = section
        return state

    def _add_table(self, table: _Table, key: Scalar, start: int) -> _Table:
        added = _Table(Mapping(self.file, start, key.end, []))
        self._add(table, key, added.mapping, added)
        return added

    def _add(self, table: _Table, key: Scalar, value: Node, state: _Table | _Tables | None) -> None:
        table.mapping.entries.append(Entry(key, value))
        member = table.members.get(key.value)
        if member:
            self.duplicates.append(Duplicate(key, member.key))
        table.members[key.value] = _Member(key, state)

    def _read_value(self, depth: int) -> Node:
        following = self.cursor.peek()
        if following == "[":
            return self._read_array(depth + 1)
        if following == "{":
            return self._read_inline_table(depth + 1)
        return read_atom(self.cursor)

    def _read_array(self, depth: int) -> Sequence:
        cursor = self.cursor
        array = Sequence(self.file, cursor.pos, cursor.pos, [])
        self._check_depth(depth, cursor.pos)
        cursor.take("[")
        while self._another(array.items, "]"):
            array.items.append(self._read_value(depth))
        array.end = cursor.pos
        return array

    def _read_inline_table(self, depth: int) -> Mapping:
        cursor = self.cursor
        table = _Table(Mapping(self.file, cursor.pos, cursor.pos, []))
        self._check_depth(depth, cursor.pos)
        cursor.take("{")
        while self._another(table.mapping.entries, "}"):
            self._read_pair(table, 1, depth)
        table.mapping.end = cursor.pos
        return table.mapping

    def _another(self, already: list[Node] | list[Entry], closing: str) -> bool:
        # Whether one more member follows before the closing bracket; a comma stands between and may stand last.
        cursor = self.cursor
        cursor.match(_BETWEEN_STATEMENTS)
        if already and cursor.take(","):
            cursor.match(_BETWEEN_STATEMENTS)
        elif already and cursor.peek() != closing:
            raise cursor.refusal(f"expected ',' or '{closing}'")
        return not cursor.take(closing)

    def _check_depth(self, depth: int, offset: int) -> None:
        if depth > MAX_DEPTH:
            raise self.cursor.refusal(f"nested deeper than {MAX_DEPTH} levels", offset)
