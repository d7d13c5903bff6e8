"""Compares what two sides make of one case, and says readably where they differ."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import NamedTuple

from .harness.jsontypes import Json, Object, mapping, sequence
from .harness.normalise import SECTIONS, tidy

#: Keys that are told apart from the rest, since they are what a user acts on.
_STATUS = "status"
_ERROR = "error"


class Difference(NamedTuple):
    """One place where the real Traefik and our model differ.

    `kind` is `start` (one refuses to start), `names`, `status`, `content`, `error` (its text), or `chance`.
    """

    kind: str
    place: str
    real: str
    ours: str

    @property
    def element(self) -> str:
        """The qualified name of the element that differs."""
        return self.place.partition("[")[2].partition("]")[0]

    @property
    def key(self) -> tuple[str, str]:
        """The kind of the difference, and the key of the element that it is about."""
        head, bracket, rest = self.place.partition("]")
        return self.kind, head + bracket + rest.lstrip(".").partition(".")[0].partition("[")[0]

    def __str__(self) -> str:
        return f"{self.kind:8}{self.place}\n        real: {self.real}\n        ours: {self.ours}"


def compare(real: Object | None, ours: Object | None) -> list[Difference]:
    """Return the differences between two rawdata, None being a Traefik that does not start."""
    if real is None or ours is None:
        if real is ours:
            return []
        return [
            Difference(
                "start",
                "static configuration",
                *("refused" if side is None else "starts" for side in (real, ours)),
            )
        ]
    real, ours = tidy(real), tidy(ours)
    return [
        difference
        for section in SECTIONS
        for difference in _sections(section, mapping(real[section]), mapping(ours[section]))
    ]


def _sections(section: str, real: Object, ours: Object) -> Iterator[Difference]:
    for name in sorted(real.keys() | ours.keys()):
        place = f"{section}[{name}]"
        if name not in ours:
            yield Difference("names", place, "is there", "is missing")
        elif name not in real:
            yield Difference("names", place, "is missing", "is there")
        else:
            yield from _elements(place, mapping(real[name]), mapping(ours[name]))


def _elements(place: str, real: Object, ours: Object) -> Iterator[Difference]:
    for key, kind in ((_STATUS, "status"), (_ERROR, "error")):
        if real.get(key) != ours.get(key):
            yield Difference(kind, f"{place}.{key}", _shown(real.get(key)), _shown(ours.get(key)))
    rest = [
        {key: value for key, value in side.items() if key not in (_STATUS, _ERROR)} for side in (real, ours)
    ]
    yield from _values(place, rest[0], rest[1])


def _values(place: str, real: Json, ours: Json) -> Iterator[Difference]:
    """Descend to the deepest places that differ."""
    if isinstance(real, dict) and isinstance(ours, dict):
        for key in sorted(real.keys() | ours.keys()):
            if key not in real or key not in ours:
                yield Difference(
                    "content",
                    f"{place}.{key}",
                    *(_shown(side[key]) if key in side else "(absent)" for side in (real, ours)),
                )
            else:
                yield from _values(f"{place}.{key}", real[key], ours[key])
    elif isinstance(real, list) and isinstance(ours, list) and len(real) == len(ours):
        for number, (one, other) in enumerate(zip(sequence(real), sequence(ours), strict=True)):
            yield from _values(f"{place}[{number}]", one, other)
    elif real != ours or isinstance(real, bool) is not isinstance(ours, bool):
        yield Difference("content", place, _shown(real), _shown(ours))


def _shown(value: Json) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)
