"""Flags that a chart writes: words whose characters point at the values they were made of."""

from __future__ import annotations

from typing import NamedTuple

from traefik_lint.source.pieces import pieces_of
from traefik_lint.source.tree import Mapping, Node, Piece, Scalar, Sequence


class Step(NamedTuple):
    """One name on the way to an option, and the key that it comes from."""

    name: str
    key: Scalar


def flag(path: list[Step], value: Node | str) -> Scalar:
    """``--a.b.c=value``; each name stands at its key, the value where it was written.

    A text as value was worked out by the chart; it stands at the last key. A list's items are joined with commas.
    """
    places: list[tuple[str, int, int]] = []
    for index, step in enumerate(path):
        places.append(("--" if index == 0 else ".", step.key.start, step.key.start))
        places.append((step.name, step.key.start, step.key.end))
    last = path[-1].key
    places.append(("=", last.end, last.end))
    unknown = any(step.key.unknown for step in path)
    pieces: list[Piece] = []
    texts: list[str] = []
    size = 0
    for text, start, stop in places:
        pieces.append(Piece(size, size + len(text), start, stop))
        texts.append(text)
        size += len(text)
    for item in _values(value):
        if isinstance(item, str):
            pieces.append(Piece(size, size + len(item), last.start, last.end))
            texts.append(item)
            size += len(item)
            continue
        unknown = unknown or item.unknown
        pieces += [
            Piece(size + piece.begin, size + piece.end, piece.start, piece.stop) for piece in pieces_of(item)
        ]
        texts.append(item.value)
        size += len(item.value)
    start = min([piece.start for piece in pieces])
    end = max([piece.stop for piece in pieces])
    return Scalar(last.file, start, end, "".join(texts), "flag", "", tuple(pieces), unknown)


def _values(value: Node | str) -> list[Scalar | str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Scalar):
        return [value]
    if isinstance(value, Sequence):
        items: list[Scalar | str] = []
        for item in value:
            if isinstance(item, Scalar):
                if items:
                    items.append(
                        Scalar(
                            item.file,
                            item.start,
                            item.start,
                            ",",
                            pieces=(Piece(0, 1, item.start, item.start),),
                        )
                    )
                items.append(item)
        return items
    return [""]


def flags_below(path: list[Step], node: Node) -> list[Scalar]:
    """All flags of a subtree whose names are Traefik's own; empty texts and nulls are left out, as by the chart."""
    words: list[Scalar] = []
    pending: list[tuple[list[Step], Node]] = [(path, node)]
    while pending:
        here, found = pending.pop(0)
        if isinstance(found, Mapping):
            pending = [
                ([*here, Step(entry.key.value, entry.key)], entry.value) for entry in found.entries
            ] + pending
        elif isinstance(found, Sequence):
            if any(isinstance(item, Mapping) for item in found):
                *before, last = here
                pending = [
                    ([*before, Step(f"{last.name}[{index}]", last.key)], item)
                    for index, item in enumerate(found)
                ] + pending
            elif found.items:
                words.append(flag(here, found))
        elif isinstance(found, Scalar) and has_text(found):
            words.append(flag(here, found))
    return words


def has_text(node: Node | None) -> bool:
    """Whether a value is there: neither null nor an empty text."""
    return (
        isinstance(node, Scalar) and not (node.style == "plain" and node.value in _NULLS) and bool(node.value)
    )


def is_null(node: Node | None) -> bool:
    """Whether a value is written as null, which removes the chart's default."""
    return isinstance(node, Scalar) and node.style == "plain" and node.value in _NULLS


def is_true(node: Node | None, default: bool) -> bool:
    """A switch of the chart."""
    if not isinstance(node, Scalar) or is_null(node):
        return default
    return node.value.lower() == "true"


_NULLS = ("", "null", "~", "Null", "NULL")
