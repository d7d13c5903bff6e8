"""How large a tree becomes when every alias is written out, without writing it out."""

from __future__ import annotations

from typing import NamedTuple

from traefik_lint.source.tree import Mapping, Node, Sequence

_AMPLE = 400_000
_TOO_MANY = 4_000_000


class Size(NamedTuple):
    """``visits`` counts every node as often as a recursive walk meets it, ``nodes`` counts each once.

    Keys count as nodes. ``depth`` is the number of nodes on the longest way down.
    """

    visits: int
    nodes: int
    depth: int


def size_of(root: Node) -> Size:
    """Measure a tree in time linear in its distinct nodes (compose refuses more than 100,000 visits, C-008)."""
    visits: dict[int, int] = {}
    depth: dict[int, int] = {}
    nodes = 0
    pending = [root]
    while pending:
        node = pending[-1]
        mark = id(node)
        if mark in visits:
            pending.pop()
            continue
        children = _children(node)
        missing = [child for child in children if id(child) not in visits]
        if missing:
            pending.extend(missing)
            continue
        pending.pop()
        keys = len(children) if isinstance(node, Mapping) else 0
        nodes += 1 + keys
        visits[mark] = 1 + keys + sum(visits[id(child)] for child in children)
        depth[mark] = 1 + max((depth[id(child)] for child in children), default=0)
    return Size(visits[id(root)], nodes, depth[id(root)])


def is_excessive(size: Size) -> bool:
    """Whether Go's YAML decoder refuses the aliases (yaml.v3 decode.go: ``document contains excessive aliasing``).

    Up to 400,000 visits 99 % of them may come from aliases; the share falls to 10 % at 4,000,000.
    """
    by_alias = size.visits - size.nodes
    if by_alias <= 100 or size.visits <= 1000:
        return False
    beyond = min(max(size.visits - _AMPLE, 0), _TOO_MANY - _AMPLE)
    return by_alias / size.visits > 0.99 - 0.89 * beyond / (_TOO_MANY - _AMPLE)


def _children(node: Node) -> list[Node]:
    if isinstance(node, Mapping):
        return [entry.value for entry in node.entries]
    if isinstance(node, Sequence):
        return node.items
    return []
