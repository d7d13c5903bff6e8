"""Dotted keys to a tree: what Traefik makes of labels, flags and variables before it looks at any option."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from traefik_lint.model.values import Problem, ProblemKind
from traefik_lint.options.nodes import part
from traefik_lint.source.tree import Entry, Mapping, Scalar

#: Prefixes of the labels that are dynamic configuration (R-001); without a dot behind them, as in Traefik (R-002).
DYNAMIC_PREFIXES = ("traefik.http", "traefik.tcp", "traefik.udp", "traefik.tls.stores.default")
#: Prefixes of the labels that the docker and the swarm provider read for themselves (R-025).
PROVIDER_PREFIXES = {
    "docker": ("traefik.docker.", "traefik.enable"),
    "swarm": ("traefik.enable", "traefik.docker.", "traefik.swarm."),
}


class KeyTree(NamedTuple):
    """The tree below the root, the fatal problems of the keys themselves (the first is Traefik's error), and the
    keys that no prefix let through."""

    root: Mapping | None
    problems: tuple[Problem, ...]
    unread: tuple[Scalar, ...]


def tree_of_keys(
    pairs: Iterable[tuple[Scalar, Scalar]], prefixes: tuple[str, ...] = (), root: str = "traefik"
) -> KeyTree:
    """Split dotted keys into one tree for :func:`traefik_lint.options.decoder.decode`.

    A pair is a whole key (``traefik.http.routers.api.rule``) and its value; of two equal keys the later counts.
    Only keys that begin with one of the prefixes, in any letter case, are read; without prefixes all are. The first
    segment must be the root, letter for letter (R-003). Empty segments and leading brackets are refused (R-020).
    ``root`` of the result is None when nothing is left: Traefik then decodes nothing at all.
    """
    last = {key.value: (key, value) for key, value in pairs}
    problems: list[Problem] = []
    unread: list[Scalar] = []
    top: _Trie | None = None
    for text in sorted(last):
        key, value = last[text]
        if prefixes and not text.lower().startswith(prefixes):
            unread.append(key)
            continue
        problem = _refusal(key, root)
        if problem is not None:
            problems.append(problem)
            continue
        if top is None:
            top = _Trie(Mapping(key.file, key.start, key.end, []))
        segments = text.split(".")
        if len(segments) > 1:
            _plant(top, key, segments, value)
    return KeyTree(top.mapping if top else None, tuple(problems), tuple(unread))


def _refusal(key: Scalar, root: str) -> Problem | None:
    text = key.value
    first, _, rest = text.partition(".")
    if first != root:
        kind: ProblemKind = "wrong-case" if first.lower() == root else "invalid-key"
        return Problem(kind, key.sub(0, len(first)), first, f"invalid label root {first}", True)
    begin = len(first) + 1
    if not rest and begin > len(text):
        return None
    for segment in rest.split("."):
        if not segment:
            return Problem(
                "invalid-key", key.sub(max(begin - 1, 0), begin), text, f"invalid element: {text}", True
            )
        if segment.startswith("["):
            reason = f"invalid leading character '[' in field name (bracket is a slice delimiter): {segment}"
            return Problem("invalid-key", key.sub(begin, begin + len(segment)), segment, reason, True)
        if segment.endswith("]") and "[" not in segment:
            # Traefik's decoder panics here; this is what the provider logs.
            span = key.sub(begin, begin + len(segment))
            return Problem("invalid-key", span, segment, "panic in operation: %!w(<nil>)", True)
        begin += len(segment) + 1
    return None


class _Trie:
    """A mapping under construction, and the ones below it by exact spelling."""

    __slots__ = ("below", "mapping")

    def __init__(self, mapping: Mapping) -> None:
        self.mapping = mapping
        self.below: dict[str, _Trie] = {}


def _plant(top: _Trie, key: Scalar, segments: list[str], value: Scalar) -> None:
    here = top
    begin = len(segments[0]) + 1
    for segment in segments[1:-1]:
        found = here.below.get(segment)
        if found is None:
            name = part(key, begin, begin + len(segment))
            found = here.below[segment] = _Trie(Mapping(key.file, name.start, name.end, []))
            here.mapping.entries.append(Entry(name, found.mapping))
        here = found
        begin += len(segment) + 1
    here.mapping.entries.append(Entry(part(key, begin, begin + len(segments[-1])), value))
