"""Dotted or underscored paths, such as a label's key, put together to one tree."""

from __future__ import annotations

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

    def add(self, path: KeyPath, value: Node, *, first: int = 0) -> None:
        """Put a value at the end of a path, whose names count from ``first``."""
        here = self.root
        below = self._below
        names = path.names
        last = len(names) - 1
        for index in range(first, last):
            mark = (id(here), names[index])
            deeper = below.get(mark)
            if deeper is None:
                segment = path.segment(index)
                deeper = below[mark] = Mapping(segment.file, segment.start, path.key.end, [])
                here.entries.append(Entry(segment, deeper))
            here = deeper
        here.entries.append(Entry(path.segment(last), value))


#: Longer paths name no option; they are not followed.
MAX_NAMES = 200


class KeyPath:
    """A key cut at its separators into ``names``; a name's scalar is made when it is asked for.

    Where the key holds variables that the files don't tell, the names show them as ``${NAME}``, so that two labels
    of one router still meet, and their scalars are unknown.
    """

    __slots__ = ("_places", "_style", "key", "names")

    def __init__(self, key: Scalar, separator: str, style: str) -> None:
        self.key = key
        self._style = style
        #: For keys with unknown parts: where each name begins and ends in the key, and whether it is known.
        self._places: list[tuple[int, int, bool]] | None = None
        if key.unknown:
            self._cut_unknown(separator)
        else:
            self.names = key.value.split(separator)

    def segment(self, index: int) -> Scalar:
        """One name, standing at its own characters."""
        if self._places is None:
            begin = index + sum(map(len, self.names[:index]))
            part = cut(self.key, begin, begin + len(self.names[index]), self._style)
            part.value = self.names[index]
            return part
        begin, end, is_known = self._places[index]
        part = cut(self.key, begin, end, self._style)
        return Scalar(part.file, part.start, part.end, self.names[index], self._style, unknown=not is_known)

    def is_known(self, index: int) -> bool:
        """Whether nothing of this name is left to a variable."""
        return self._places is None or self._places[index][2]

    def _cut_unknown(self, separator: str) -> None:
        names = [""]
        places = [(0, 0, True)]
        is_placed = False
        for text, begin, end in shown_parts(self.key):
            is_placeholder = begin == end and bool(text)
            is_placed = is_placed or is_placeholder
            for i, name in enumerate([text] if is_placeholder else text.split(separator)):
                if i:
                    start = places[-1][1] + 1
                    names.append("")
                    places.append((start, start, True))
                start, stop, is_known = places[-1]
                names[-1] += name
                places[-1] = (
                    start,
                    stop if is_placeholder else stop + len(name),
                    is_known and not is_placeholder,
                )
        self.names = names
        # A text that compose refuses (`${1}`) tells nothing about any of its names.
        self._places = places if is_placed else [(begin, end, False) for begin, end, _ in places]
