"""``KEY=VALUE`` sets such as labels and environment, written as a list or as a map."""

from __future__ import annotations

import re

from traefik_lint.readers.derived import cut
from traefik_lint.source.span import Span
from traefik_lint.source.tree import Entry, Mapping, Node, Scalar, Sequence

_ALIAS = re.compile(r"\s*:\s*(\*[^\s,\]}]+)")


def pairs_of(node: Node | None) -> list[Entry]:
    """The set's entries in order, with one entry per key: the later wins, in the first one's place (C-061).

    A list item is split at its first ``=``; without one its value is null. What is neither a text nor a map is
    left out. A value from a list item has the style ``label``: it is always a text, whatever it looks like.
    """
    if isinstance(node, Mapping):
        return _later_wins(node.entries)
    if isinstance(node, Sequence):
        found: list[Entry] = []
        for item in node.items:
            if isinstance(item, Scalar):
                found.append(_split(item))
            elif isinstance(item, Mapping):
                found.extend(item.entries)
        return _later_wins(found)
    if isinstance(node, Scalar) and node.value:
        return [_split(node)]
    return []


def alias_of(entry: Entry) -> Span | None:
    """The alias (``*name``) that an entry's value came through, None when it was written in place."""
    key, value = entry.key, entry.value
    if value.file is key.file and 0 <= value.start - key.end <= 2:
        return None
    match = _ALIAS.match(key.file.text, key.end)
    return Span(key.file, match.start(1), match.end(1)) if match else None


def _split(item: Scalar) -> Entry:
    at = item.value.find("=")
    if at == -1:
        key = cut(item, 0, len(item.value), "label")
        return Entry(key, Scalar(item.file, key.end, key.end, ""))
    return Entry(cut(item, 0, at, "label"), cut(item, at + 1, len(item.value), "label"))


def _later_wins(entries: list[Entry]) -> list[Entry]:
    by_key = {entry.key.value: entry for entry in entries}
    return entries if len(by_key) == len(entries) else list(by_key.values())
