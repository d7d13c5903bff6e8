"""Dotted or underscored paths, such as a label's key, put together to one tree."""

from __future__ import annotations

from typing import NamedTuple

from traefik_lint.readers.derived import cut, shown_parts
from traefik_lint.source.tree import Entry, Mapping, Node, Scalar


class PathTree:
    """A tree that grows by whole paths; segments spelled the same are one node.

    A name that has both a value and deeper names stands twice (``tls=true`` beside ``tls.certresolver=le``), as the
    decoder expects it. Folding letter case is left to the decoder (R-005).
    """

    __slots__ = ("_below", "root")

    def __init__(self, root: Mapping) -> None:
        self.root = root
        self._below: dict[tuple[int, str], Mapping] = {}

    def add(self, path: list[Scalar], value: Node) -> None:
        """Put a value at the end of a path of at least one segment."""
        here = self.root
        below = self._below
        for segment in path[:-1]:
            mark = (id(here), segment.value)
            deeper = below.get(mark)
            if deeper is None:
                deeper = below[mark] = Mapping(segment.file, segment.start, path[-1].end, [])
                here.entries.append(Entry(segment, deeper))
            here = deeper
        here.entries.append(Entry(path[-1], value))


class Segments(NamedTuple):
    """A key cut at its separators, and the key as text with ``${NAME}`` for unknown variables."""

    segments: list[Scalar]
    text: str


def segments_of(key: Scalar, separator: str, style: str) -> Segments:
    """Cut a key at each separator; every segment stands at its own characters.

    Where the key holds variables that the files don't tell, the segment's value shows them as ``${NAME}``, so that
    two labels of one router still meet, and is unknown.
    """
    if not key.unknown:
        segments = []
        begin = 0
        for name in key.value.split(separator):
            segments.append(cut(key, begin, begin + len(name), style))
            begin += len(name) + 1
        return Segments(segments, key.value)
    names = [""]
    begins = [0]
    ends = [0]
    doubtful = [False]
    for text, begin, end in shown_parts(key):
        is_placeholder = begin == end and bool(text)
        for i, name in enumerate([text] if is_placeholder else text.split(separator)):
            if i:
                start = ends[-1] + 1
                names.append("")
                begins.append(start)
                ends.append(start)
                doubtful.append(False)
            names[-1] += name
            ends[-1] += 0 if is_placeholder else len(name)
            doubtful[-1] = doubtful[-1] or is_placeholder
    segments = []
    for name, begin, end, is_unknown in zip(names, begins, ends, doubtful, strict=True):
        part = cut(key, begin, end, style)
        if is_unknown:
            part = Scalar(part.file, part.start, part.end, name, style, unknown=True)
        segments.append(part)
    if not any(doubtful):
        segments = [
            Scalar(part.file, part.start, part.end, part.value, style, unknown=True) for part in segments
        ]
    return Segments(segments, separator.join(names))
