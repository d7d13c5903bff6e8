"""What somebody meant by a name that does not exist at its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from traefik_lint.options.catalogue import dynamic, static
from traefik_lint.options.spec import Notation, Spec
from traefik_lint.options.version import NEWEST, Version


def nearest(name: str, spec: Spec, version: Version, notation: Notation = "yaml") -> str | None:
    """The name of this struct's fields that is so like ``name`` that it was meant; None when none is.

    Only options that the release has are proposed, spelled as the notation spells them.
    """
    return nearest_of(name, names_of(spec, version, notation))


def names_of(spec: Spec, version: Version, notation: Notation = "yaml") -> list[str]:
    """The names that a struct has for people in this release."""
    dotted = notation in ("label", "flag", "env")
    return [
        field.label_name if dotted and field.label_name else field.name
        for field in spec.fields.values()
        if _is_for_people(field, notation) and field.exists_in(version)
    ]


def _is_for_people(field: Spec, notation: Notation) -> bool:
    """Whether people write the option; ``server.port`` is theirs in labels and Traefik's own in files (R-019)."""
    return not field.internal or (bool(field.ignored) and notation not in field.ignored)


def nearest_of(name: str, names: Iterable[str]) -> str | None:
    """The one of some names that is most like ``name``, None when none is like it.

    Letter case, hyphens and underscores don't count; a letter too many, missing, wrong or exchanged with its
    neighbour counts one. A third of the letters may be wrong, of short names one.
    """
    plain = _plain(name)
    if not plain:
        return None
    limit = max(1, min(3, len(plain) // 3))
    best: tuple[int, int, int, str] | None = None
    for candidate in names:
        other = _plain(candidate)
        distance = 0 if other == plain else edit_distance(plain, other, limit)
        if distance > limit or distance >= len(other):
            continue
        # Of equally near ones the first that shares most of its beginning and end.
        rank = (distance, -_shared(plain, other), abs(len(other) - len(plain)), candidate)
        if best is None or rank < best:
            best = rank
    return best[3] if best else None


def _plain(name: str) -> str:
    return name.lower().replace("-", "").replace("_", "").strip()


def _shared(one: str, other: str) -> int:
    front = 0
    while front < min(len(one), len(other)) and one[front] == other[front]:
        front += 1
    back = 0
    while back < min(len(one), len(other)) - front and one[-1 - back] == other[-1 - back]:
        back += 1
    return front + back


def edit_distance(one: str, other: str, limit: int) -> int:
    """The number of insertions, deletions, replacements and exchanges of neighbours; ``limit + 1`` when it is more."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        row = [i]
        for j, right in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (left != right))
            if before and j > 1 and left == other[j - 2] and one[i - 2] == right:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
        before, last = last, row
    return last[-1]


def places_of(name: str, version: Version = NEWEST) -> list[str]:
    """Where an option of this name (in any letter case) is right, dynamic places first.

    A place is the path of the section it belongs into, ``http.middlewares.<name>`` for ``compress``; the top level
    is an empty text.
    """
    found = []
    for spec in _by_name().get(name.lower(), ()):
        if spec.exists_in(version):
            place = readable_path(spec.path.rpartition(".")[0])
            if place not in found and not place.startswith(_NOT_FOR_PEOPLE):
                found.append(place)
    return found


#: Accepted in files, but made by Traefik itself out of the entry points' settings.
_NOT_FOR_PEOPLE = ("http.models", "tcp.models")


def readable_path(path: str) -> str:
    """An option's path as people write it: ``http.routers.<name>.tls.domains[0].main``."""
    return path.replace("*", "<name>").replace("[]", "[0]")


@cache
def _by_name() -> dict[str, list[Spec]]:
    index: dict[str, list[Spec]] = {}
    for root in (dynamic(), static()):
        for spec in _options(root):
            index.setdefault(spec.name.lower(), []).append(spec)
            if spec.label_name:
                index.setdefault(spec.label_name, []).append(spec)
    return index


def _options(root: Spec) -> Iterator[Spec]:
    waiting = [root]
    while waiting:
        spec = waiting.pop(0)
        for field in spec.fields.values():
            if not field.internal:
                yield field
                waiting.append(field)
        if spec.item is not None:
            waiting.append(spec.item)
