"""Names in messages: quoting them, listing them, and finding the one that was meant."""

from __future__ import annotations

from collections.abc import Iterable

from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.runtime.types import Router


def quoted(name: str) -> str:
    """A user's own text in quotes, on one line and not endless; single ones where it holds double ones itself."""
    text = " ".join(name.split())
    mark = "'" if '"' in text and "'" not in text else '"'
    return f"{mark}{text if len(text) <= 100 else text[:97] + '…'}{mark}"


def titled(router: Router) -> str:
    """A router as its author knows it: by its name, or by the Kubernetes object that it comes from."""
    origin = router.origin
    if isinstance(origin, KubernetesObject):
        return f"{origin.kind} {quoted(f'{origin.namespace}/{origin.name}')}"
    return f"router {quoted(router.definition)}"


def listed(names: Iterable[str], most: int = 6) -> str:
    """Names for people: ``"a", "b" and 3 more``."""
    all_names = sorted(set(names))
    shown = ", ".join(quoted(name) for name in all_names[:most])
    more = len(all_names) - most
    return f"{shown} and {more} more" if more > 0 else shown


def nearest_name(name: str, candidates: Iterable[str]) -> str | None:
    """The candidate that was most likely meant, None when none is near.

    Near is: the same but for letter case and ``-``, ``_``, ``.``; else few edits apart for its length (an edit is
    a letter added, left out, replaced, or two neighbours swapped); of very short names only swapped letters.
    """
    folded = _folded(name)
    best: tuple[int, str] | None = None
    for candidate in sorted(set(candidates)):
        if candidate == name:
            continue
        other = _folded(candidate)
        allowed = _most_edits(folded, other)
        if abs(len(other) - len(folded)) > allowed:
            continue
        distance = edit_distance(folded, other, allowed)
        if distance <= allowed and (best is None or distance < best[0]):
            best = (distance, candidate)
    return best[1] if best else None


def _most_edits(name: str, other: str) -> int:
    if len(name) <= 3:
        return 1 if sorted(name) == sorted(other) else 0
    return 1 if len(name) <= 5 else 2


def _folded(name: str) -> str:
    return name.lower().replace("-", "").replace("_", "").replace(".", "")


def edit_distance(one: str, other: str, most: int) -> int:
    """The number of edits between two texts; anything above ``most`` comes out as ``most + 1``."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, char in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, target in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (char != target))
            if i > 1 and j > 1 and char == other[j - 2] and one[i - 2] == target:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
