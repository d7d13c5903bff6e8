"""Makes a failing world as small as it stays failing."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator

from tests.conformance.harness.jsontypes import Json

from .world import World

_Path = tuple[str | int, ...]

#: Bound of the questions asked for one shrinking.
MOST_TRIES = 300


def shrink(world: World, fails: Callable[[World], bool]) -> World:
    """Return a world from which nothing can be dropped without losing the failure.

    Elements are dropped from the outside in, so whole files and services go first; at most MOST_TRIES questions.
    """
    tries = 0
    smaller = True
    while smaller:
        smaller = False
        for path in sorted(_paths(world), key=len):
            candidate = _without(world, path)
            if candidate is None:
                continue
            tries += 1
            if tries > MOST_TRIES:
                return world
            if fails(candidate):
                world, smaller = candidate, True
                break
    return world


def _paths(tree: Json, above: _Path = ()) -> Iterator[_Path]:
    """Yield where something could be dropped; the providers and the API stay, or the case is another."""
    items: list[tuple[str | int, Json]] = []
    if isinstance(tree, dict):
        items = list(tree.items())
    elif isinstance(tree, list):
        items = list(enumerate(tree))
    for key, value in items:
        path = (*above, key)
        if path not in (("static",), ("static", "api"), ("static", "providers")) and path[:3] not in (
            ("static", "providers", key),
        ):
            yield path
        yield from _paths(value, path)


def _without(world: World, path: _Path) -> World | None:
    """Return a copy without what is at the path, which may be gone already."""
    done = copy.deepcopy(world)
    parent: Json = done
    for key in path[:-1]:
        if isinstance(parent, dict) and key in parent:
            parent = parent[str(key)]
        elif isinstance(parent, list) and isinstance(key, int) and key < len(parent):
            parent = parent[key]
        else:
            return None
    last = path[-1]
    if isinstance(parent, dict) and last in parent:
        del parent[str(last)]
    elif isinstance(parent, list) and isinstance(last, int) and last < len(parent):
        del parent[last]
    else:
        return None
    return done
