"""One view of all notations' trees: what Traefik's decoder calls a node, with its value and its children.

Files, labels, flags and variables become the same node tree in Traefik before it is compared with the options.
This module gives that view without building a second tree:

- a **file**'s mapping has its keys as children, in byte order; keys with a null value are skipped (R-233);
  a list's mappings are children named ``[0]``, ``[1]`` …, and its scalars become the node's own value;
- **labels**, flags and variables come as a mapping of path segments; a name that has both a value and deeper keys
  (``tls=true`` and ``tls.certresolver=le``) simply stands there twice. A segment with an index is one entry,
  keyed as written: ``domains[0]``. Names that differ only in letter case are one node (R-005), ordered as
  Traefik orders them: by the bytes of the whole key.
"""

from __future__ import annotations

from typing import NamedTuple

from traefik_lint.source.scalars import file_text, value_of
from traefik_lint.source.tree import Entry, Mapping, Node, Scalar, Sequence

#: What stands between the items of a list that became one text, as Traefik's loader does it.
LIST_SEPARATOR = "║"

#: Go's numbers for kinds, by which the loader marks what a list holds.
GO_KINDS = {"bool": 1, "int": 2, "float": 14, "map": 21, "string": 24, "timestamp": 25}


class Child(NamedTuple):
    """A named node: the name as Traefik sees it, the key that wrote it, and what stands there."""

    name: str
    key: Scalar
    node: Node


class Group(Node):
    """The labels that meet in one node: its own value, where some label ends here, and what lies deeper.

    ``runs`` are the mappings below, one list per exact spelling of the name, in byte order of the spelling.
    ``beaten`` are keys whose value lost against a later spelling (R-005).
    """

    __slots__ = ("beaten", "runs", "spelling", "value")

    def __init__(self, key: Scalar) -> None:
        self.file = key.file
        self.start = key.start
        self.end = key.end
        self.value: Scalar | None = None
        self.runs: list[list[Mapping]] = []
        self.beaten: list[Scalar] = []
        self.spelling: tuple[int, str] = (-1, "")

    def add(self, spelling: tuple[int, str], mapping: Mapping) -> None:
        """Put a mapping below: with those of the very same spelling, which are sorted together.

        A spelling is the name and the number of the run above in which it stands.
        """
        if self.runs and self.spelling == spelling:
            self.runs[-1].append(mapping)
        else:
            self.runs.append([mapping])
            self.spelling = spelling


def is_null(node: Node) -> bool:
    """Whether a file's scalar is null, so that the loader skips its key."""
    if type(node) is not Scalar or node.value not in _NULLS or node.unknown:
        return False
    return value_of(node).kind == "null"


_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
#: How a plain scalar begins that is no text for Go: a digit, a sign, a dot, or a word for true, false, null, inf, nan.
_MAYBE_TYPED = frozenset("0123456789+-.~ntfNTF")


def scalar_text(scalar: Scalar) -> str:
    """The text that the file loader makes of a scalar (R-235)."""
    if scalar.unknown or (
        not scalar.tag
        and (scalar.style != "bare")
        and (scalar.style != "plain" or not scalar.value or scalar.value[0] not in _MAYBE_TYPED)
    ):
        return scalar.value
    return file_text(scalar)


def scalar_kind(scalar: Scalar) -> str:
    """The kind of value that Go's parser makes of a scalar in a file."""
    if scalar.unknown:
        return "string"
    return value_of(scalar).kind


def key_name(key: Scalar) -> str:
    """The name that the loader gives to a key of a file: a number as key is named ``<int Value>``."""
    if key.style != "plain" or key.unknown:
        return key.value
    kind = value_of(key).kind
    return _KEY_NAMES.get(kind, key.value)


_KEY_NAMES = {
    "bool": "<bool Value>",
    "int": "<int Value>",
    "float": "<float64 Value>",
    "timestamp": "<time.Time Value>",
}


def file_children(node: Node) -> list[Child]:
    """The children of a file's node, in the loader's order."""
    if type(node) is Mapping:
        named: dict[str, Child] = {}
        for entry in node.entries:
            key = entry.key
            name = key.value
            if name[:1] in _MAYBE_TYPED:
                name = key_name(key)
            value = entry.value
            if type(value) is not Scalar or value.value not in _NULLS or not is_null(value):
                named[name] = Child(name, key, value)
            elif name in named and entry.via is None:
                del named[name]  # of two equal keys the later counts, and this one is null
        return [named[name] for name in sorted(named)] if len(named) > 1 else list(named.values())
    if type(node) is Sequence:
        return [
            Child(f"[{index}]", _index_key(item, index), item)
            for index, item in enumerate(node.items)
            if type(item) is Mapping
        ]
    return []


def _index_key(item: Node, index: int) -> Scalar:
    return Scalar(item.file, item.start, item.end, f"[{index}]", "index")


def file_text_of(node: Node) -> str:
    """The own value of a file's node: a scalar's text, or the loader's one text for a list of scalars."""
    if type(node) is Scalar:
        return scalar_text(node)
    if type(node) is Sequence:
        texts = []
        highest = 0
        for item in node.items:
            if type(item) is Scalar:
                highest = max(highest, GO_KINDS.get(scalar_kind(item), 0))
                texts.append(scalar_text(item))
            elif type(item) is Mapping:
                highest = max(highest, GO_KINDS["map"])
        if texts:
            return LIST_SEPARATOR + str(highest) + LIST_SEPARATOR + LIST_SEPARATOR.join(texts)
    return ""


def label_children(node: Node) -> list[Child]:
    """The children of a label node: names folded, indices split off, in the byte order of the whole keys."""
    if type(node) is Mapping:
        return _folded([[node]])
    if type(node) is Group:
        return _folded(node.runs)
    return []


def _folded(runs: list[list[Mapping]]) -> list[Child]:
    groups: dict[str, Child] = {}
    for number, run in enumerate(runs):
        entries = [entry for mapping in run for entry in mapping.entries]
        if len(entries) > 1:
            entries.sort(key=_order)
        for entry in entries:
            key = entry.key
            name = key.value
            bracket = name.find("[") if name.endswith("]") else -1
            if bracket > 0:
                group = _group(groups, name[:bracket], part(key, 0, bracket))
                below = Mapping(
                    key.file, key.start, key.end, [Entry(part(key, bracket, len(name)), entry.value)]
                )
                group.add((number, name), below)
                continue
            group = _group(groups, name, key)
            value = entry.value
            if type(value) is Scalar:
                if group.value is not None:
                    group.beaten.append(group.value)
                group.value = value
            elif type(value) is Mapping:
                group.add((number, name), value)
            elif type(value) is Group:
                group.runs.extend(value.runs)
                group.value = value.value or group.value
                group.spelling = (-1, "")
    return list(groups.values())


def _order(entry: Entry) -> str:
    # The bytes of the whole key decide: `a-b.rule` is before `a.rule`, and `tls` before `tls.certresolver`.
    name = entry.key.value
    return name if type(entry.value) is Scalar else name + "."


def _group(groups: dict[str, Child], name: str, key: Scalar) -> Group:
    folded = name.lower()
    child = groups.get(folded)
    if child is None:
        child = groups[folded] = Child(name, key, Group(key))
    group = child.node
    assert type(group) is Group
    return group


def part(scalar: Scalar, begin: int, end: int) -> Scalar:
    """A piece of a scalar's value as a scalar of its own, standing where its characters stand."""
    span = scalar.sub(begin, end)
    return Scalar(span.file, span.start, span.end, scalar.value[begin:end], "part", unknown=scalar.unknown)
