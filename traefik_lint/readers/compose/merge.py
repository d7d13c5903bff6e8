"""How compose lays one file over another, and a service over the one it extends (C-070 … C-075)."""

from __future__ import annotations

from collections.abc import Callable

from traefik_lint.readers.compose.pairs import pairs_of
from traefik_lint.readers.compose.volumes import target_of
from traefik_lint.source.scalars import go_text, kind_of
from traefik_lint.source.span import Span
from traefik_lint.source.tree import Entry, Mapping, Node, Scalar, Sequence

#: Deeper than this nothing is merged, the later file wins: no option that matters lies so deep.
MAX_DEPTH = 50

Path = tuple[str, ...]


def merge(base: Node, over: Node, path: Path = (), via: Span | None = None) -> Node:
    """The tree that results when ``over`` is laid over ``base``, which stands at ``path`` (names become ``*``).

    ``via`` is put on the entries that come from ``base`` alone.
    """
    if _has_tag(over, "!override"):
        return over
    special = _SPECIAL.get(path)
    if special is not None:
        return special(base, over, path, via)
    if is_null(over):
        return base
    if isinstance(base, Mapping) and isinstance(over, Mapping) and len(path) < MAX_DEPTH:
        return _merge_mappings(base, over, path, via)
    if isinstance(base, Sequence) and isinstance(over, Sequence):
        return _unique(Sequence(base.file, base.start, base.end, base.items + over.items), path)
    return over


def merge_services(base: Mapping, over: Mapping, via: Span | None) -> Mapping:
    """A service laid over the service that it extends."""
    return _merge_mappings(base, over, ("services", "*"), via)


def without_resets(node: Node, depth: int = 0) -> Node:
    """The tree without the nodes tagged ``!reset``, which only take away what was loaded before (C-075)."""
    if depth == MAX_DEPTH:
        return node
    if isinstance(node, Mapping):
        entries = [
            Entry(entry.key, without_resets(entry.value, depth + 1), entry.via)
            for entry in node.entries
            if not _has_tag(entry.value, "!reset")
        ]
        return Mapping(node.file, node.start, node.end, entries, node.tag)
    if isinstance(node, Sequence):
        items = [without_resets(item, depth + 1) for item in node.items if not _has_tag(item, "!reset")]
        return Sequence(node.file, node.start, node.end, items, node.tag)
    return node


def is_null(node: Node | None) -> bool:
    """Whether the node is YAML's null, or nothing."""
    return node is None or (isinstance(node, Scalar) and kind_of(node) == "null")


def _has_tag(node: Node, tag: str) -> bool:
    return isinstance(node, (Mapping, Sequence, Scalar)) and node.tag == tag


def _merge_mappings(base: Mapping, over: Mapping, path: Path, via: Span | None) -> Mapping:
    merged = {entry.key.value: _inherited(entry, via) for entry in base.entries}
    for entry in over.entries:
        name = entry.key.value
        known = merged.get(name)
        if _has_tag(entry.value, "!reset"):
            merged.pop(name, None)
            if via is not None:
                merged[name] = entry  # it also takes away what an earlier file says of the extending service
        elif known is None:
            merged[name] = entry
        else:
            value = merge(known.value, entry.value, _next(path, name), via)
            if value is known.value:
                continue
            key = entry.key if value is entry.value else known.key
            merged[name] = Entry(key, value, entry.via if value is entry.value else None)
    return Mapping(base.file, base.start, base.end, list(merged.values()), over.tag)


def _next(path: Path, name: str) -> Path:
    return (*path, "*" if len(path) == 1 else name)


def _inherited(entry: Entry, via: Span | None) -> Entry:
    return Entry(entry.key, entry.value, entry.via or via) if via is not None else entry


def _replace(_base: Node, over: Node, _path: Path, _via: Span | None) -> Node:
    return over


def _merge_pairs(base: Node, over: Node, _path: Path, via: Span | None) -> Node:
    entries = {entry.key.value: _inherited(entry, via) for entry in pairs_of(base)}
    for entry in pairs_of(over):
        if _has_tag(entry.value, "!reset"):
            entries.pop(entry.key.value, None)
        else:
            entries[entry.key.value] = entry
    where = base if is_null(over) else over
    return Mapping(where.file, where.start, where.end, list(entries.values()))


def _merge_named(base: Node, over: Node, path: Path, via: Span | None) -> Node:
    return _merge_mappings(_as_mapping(base), _as_mapping(over), path, via)


def _merge_lists(base: Node, over: Node, path: Path, _via: Span | None) -> Node:
    return _unique(Sequence(base.file, base.start, base.end, _as_list(base) + _as_list(over)), path)


def _as_mapping(node: Node) -> Mapping:
    if isinstance(node, Mapping):
        return node
    items = node.items if isinstance(node, Sequence) else []
    entries = [
        Entry(item, Scalar(item.file, item.end, item.end, "")) for item in items if isinstance(item, Scalar)
    ]
    return Mapping(node.file, node.start, node.end, entries)


def _as_list(node: Node) -> list[Node]:
    if isinstance(node, Sequence):
        return node.items
    return [] if is_null(node) else [node]


def _unique(sequence: Sequence, path: Path) -> Sequence:
    key_of = _UNIQUE.get(path)
    if key_of is None:
        return sequence
    # A later item takes the place of the earlier one.
    items = {key_of(item): item for item in sequence.items}
    return Sequence(sequence.file, sequence.start, sequence.end, list(items.values()))


def _text_key(item: Node) -> str:
    if isinstance(item, Scalar):
        return go_text(item)
    if isinstance(item, Mapping):
        return _field(item, "path")
    return f"at {item.start}"


def _port_key(item: Node) -> str:
    if not isinstance(item, Mapping):
        return _text_key(item)
    host, protocol = _field(item, "host_ip") or "0.0.0.0", _field(item, "protocol") or "tcp"
    return f"{host}:{_field(item, 'published')}:{_field(item, 'target')}/{protocol}"


def _volume_key(item: Node) -> str:
    return target_of(item)


def _mount_key(item: Node) -> str:
    if isinstance(item, Mapping):
        return _field(item, "target") or "/" + _field(item, "source")
    return "/" + _text_key(item)


def _field(item: Mapping, name: str) -> str:
    scalar = item.scalar(name)
    return go_text(scalar) if scalar is not None else ""


_Merger = Callable[[Node, Node, Path, "Span | None"], Node]

_SPECIAL: dict[Path, _Merger] = {
    ("services", "*", *path): merger
    for merger, paths in (
        (_merge_pairs, (("labels",), ("deploy", "labels"), ("environment",), ("annotations",), ("sysctls",))),
        (_replace, (("command",), ("entrypoint",), ("healthcheck", "test"))),
        (_merge_named, (("networks",), ("depends_on",), ("models",))),
        (_merge_lists, (("env_file",), ("label_file",), ("dns",), ("dns_search",), ("dns_opt",), ("tmpfs",))),
    )
    for path in paths
}

_UNIQUE: dict[Path, Callable[[Node], str]] = {
    ("services", "*", name): key_of
    for name, key_of in (
        ("ports", _port_key), ("expose", _text_key), ("volumes", _volume_key), ("configs", _mount_key),
        ("secrets", _mount_key), ("env_file", _text_key), ("label_file", _text_key), ("profiles", _text_key),
        ("dns", _text_key), ("dns_search", _text_key), ("dns_opt", _text_key), ("tmpfs", _text_key),
    )
}  # fmt: skip
