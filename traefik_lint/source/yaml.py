"""YAML text to positioned trees: our own composer over PyYAML's parser events.

The events of libyaml give the same tree and the same positions as Go's yaml.v3, which Traefik and compose use.
PyYAML's composers are not used: they recurse (and crash the process on deep nesting), refuse an anchor that is
defined again (C-052) and drop duplicate keys in silence (C-005).
"""

from __future__ import annotations

import gc
import re
from collections.abc import Callable
from sys import intern
from typing import NamedTuple

from yaml.error import MarkedYAMLError, YAMLError
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)
from yaml.reader import ReaderError

from traefik_lint.source.aliases import is_excessive, size_of
from traefik_lint.source.refused import MAX_DEPTH, Refused, error_at
from traefik_lint.source.span import SourceFile, Span
from traefik_lint.source.tree import Document, Duplicate, Entry, Mapping, Node, ReadError, Scalar, Sequence
from traefik_lint.source.yaml_events import Event, event_source

MAX_MERGED_ENTRIES = 1_000_000
MAX_TAG_DIRECTIVES = 1000

_STYLES = {"'": "single", '"': "double", "|": "literal", ">": "folded"}
_STANDARD_TAGS = "tag:yaml.org,2002:"
# Anchor and tag stand before the node they belong to, perhaps with line breaks and comments between.
_PROPERTIES = re.compile(
    r"(?:(?:&[\w-]+|!(?:<[^>\s]*>|[^\s,\[\]{}]*))"
    r"(?:(?:[ \t]|[\r\n\x85\u2028\u2029]\ufeff?)+(?:#[^\r\n\x85\u2028\u2029]*)?)*)+"
)


class YamlResult(NamedTuple):
    """What a YAML text holds: the documents before ``error``, all of them when that is None.

    ``duplicates`` are the keys written twice in one mapping, in the order of the text; both entries are in the tree.
    """

    documents: list[Document]
    error: ReadError | None
    duplicates: list[Duplicate]


def parse_yaml(file: SourceFile) -> YamlResult:
    """Read a YAML text, which may hold several documents.

    Merge keys are resolved (C-050: shallow, own keys win, in a list the earlier wins); merged entries come after
    the mapping's own and carry in ``via`` where the merged alias stands. Aliases share the node of their anchor.
    Nesting deeper than 200, cycles and excessive aliasing are refused (C-008, and yaml.v3's decoder), so the
    trees can be walked recursively and without counting. A file is parsed once, however often it is asked for.
    """
    if not isinstance(file.parsed, YamlResult):
        file.parsed = _parse(file)
    return file.parsed


def _parse(file: SourceFile) -> YamlResult:
    documents: list[Document] = []
    duplicates: list[Duplicate] = []
    error = None
    # The tree has no garbage cycles while it grows; looking for them takes three to seven times as long as parsing.
    collecting = gc.isenabled()
    gc.disable()
    try:
        if file.text.startswith("\ufeff"):  # a second one; the parser would take it off and shift every place
            raise Refused(error_at(file, 0, "the text begins with two byte order marks"))
        if file.text.count("%TAG") > MAX_TAG_DIRECTIVES:  # libyaml compares each with all before it
            raise Refused(error_at(file, 0, "too many %TAG directives"))
        _compose(file, event_source(file.text), documents, duplicates)
    except Refused as refused:
        error = refused.error
    except YAMLError as wrong:
        error = _syntax_error(file, wrong)
    except UnicodeEncodeError as wrong:
        error = error_at(file, wrong.start, "the text holds a lone surrogate")
    except (ValueError, OverflowError):  # the pure parser hands any escape to `chr`
        error = error_at(file, 0, "found invalid Unicode character escape code")
    finally:
        if collecting:
            gc.enable()
    return YamlResult(documents, error, duplicates)


def _compose(
    file: SourceFile, get_event: Callable[[], Event], documents: list[Document], duplicates: list[Duplicate]
) -> None:
    # One loop, with no call of our own on its common path: it runs once per event, and events are what a file costs.
    # The collection being filled has `entries` (and the `key` that waits for its value) or `items`; `around` holds
    # those it stands in. `end` is where the last finished node ends: a block collection ends there too, while the
    # parser lets it run on to the next token.
    text = file.text
    styles = _STYLES
    shared: dict[str, str] = {}  # names stand where they are defined and where they are used: keep each text once
    anchors: dict[str, Node] = {}  # never emptied between documents, as in yaml.v3
    merged = 0
    aliased = False
    root: Node | None = None
    collection: Mapping | Sequence | None = None
    entries: list[Entry] | None = None
    items: list[Node] | None = None
    key: Scalar | None = None
    around: list[tuple[Mapping | Sequence | None, list[Entry] | None, list[Node] | None]] = []
    end = 0
    node: Scalar | Mapping | Sequence
    while True:
        event = get_event()
        kind: type[object] = type(event)
        if kind is ScalarEvent:
            end = event.end_mark.index
            style = event.style
            value = event.value
            value = shared.setdefault(value, value)
            node = Scalar(file, event.start_mark.index, end, value, styles[style] if style else "plain")
            if event.anchor is not None or event.tag is not None:
                _take_properties(node, event, anchors)
            if style == "|" or style == ">":
                end = node.end = _block_scalar_end(text, node.start, end)
            if key is not None:
                entries.append(Entry(key, node))  # type: ignore[union-attr]  # a key only waits where entries are
                key = None
            elif entries is not None:
                node.value = intern(value)  # keys repeat, and are compared often
                key = node
            elif items is not None:
                items.append(node)
            else:
                root = node
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            if event.start_mark.index != event.end_mark.index:
                end = event.end_mark.index
            collection.end = end  # type: ignore[union-attr]  # what ends has begun
            if entries is not None:
                names = {entry.key.value for entry in entries}
                if len(names) != len(entries):
                    duplicates.extend(_duplicates(entries))
                if "<<" in names:
                    merged += _merge(entries, MAX_MERGED_ENTRIES - merged)
            collection, entries, items = around.pop()
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            start = event.start_mark.index
            node = (
                Mapping(file, start, -1, []) if kind is MappingStartEvent else Sequence(file, start, -1, [])
            )
            if event.anchor is not None or event.tag is not None:
                _take_properties(node, event, anchors)
            if key is not None:
                entries.append(Entry(key, node))  # type: ignore[union-attr]
                key = None
            elif entries is not None:
                raise Refused(error_at(file, start, "invalid map key: only a text can be a key"))
            elif items is not None:
                items.append(node)
            else:
                root = node
            if len(around) == MAX_DEPTH:
                raise Refused(error_at(file, start, f"nested deeper than {MAX_DEPTH} levels"))
            around.append((collection, entries, items))
            collection = node
            if kind is MappingStartEvent:
                entries = node.entries  # type: ignore[union-attr]
                items = None
            else:
                entries = None
                items = node.items  # type: ignore[union-attr]
        elif kind is AliasEvent:
            aliased = True
            span = Span(file, event.start_mark.index, event.end_mark.index)
            end = span.end
            target = _alias_target(event.anchor or "", span, anchors)
            if key is not None:
                is_merge = key.value == "<<"
                entries.append(Entry(key, target, span if is_merge else None))  # type: ignore[union-attr]
                key = None
            elif entries is not None:
                if not isinstance(target, Scalar):
                    raise Refused(ReadError("invalid map key: only a text can be a key", span))
                key = target
            elif items is not None:
                items.append(target)
            else:
                root = target
        elif kind is DocumentEndEvent:
            if root is not None and aliased:
                _check_size(root)
            documents.append(Document(None if _is_empty(root) else root))
            root = None
        elif kind is StreamEndEvent:
            return


def _take_properties(node: Scalar | Mapping | Sequence, event: Event, anchors: dict[str, Node]) -> None:
    # The event begins at the anchor or tag; the node begins behind them.
    properties = _PROPERTIES.match(node.file.text, node.start)
    if properties:
        node.start = min(properties.end(), node.end) if isinstance(node, Scalar) else properties.end()
    if event.anchor is not None:
        anchors[event.anchor] = node
    tag: str | None = event.tag
    if tag is not None:
        node.tag = "!!" + tag[len(_STANDARD_TAGS) :] if tag.startswith(_STANDARD_TAGS) else tag


def _block_scalar_end(text: str, start: int, end: int) -> int:
    # The parser's mark stands at the next token; the node ends with its last line that is not blank.
    return start + len(text[start:end].rstrip(" \t\r\n\x85\u2028\u2029"))


def _alias_target(name: str, span: Span, anchors: dict[str, Node]) -> Node:
    target = anchors.get(name)
    if target is None:
        raise Refused(ReadError(f"unknown anchor '{name}' referenced", span))
    if target.end < 0:
        raise Refused(ReadError(f"anchor '{name}' value contains itself", span))
    return target


def _is_empty(root: Node | None) -> bool:
    return root is None or (
        isinstance(root, Scalar) and root.value == "" and root.style == "plain" and root.tag == ""
    )


def _check_size(root: Node) -> None:
    size = size_of(root)
    where = Span(root.file, root.start, root.start)
    if size.depth > MAX_DEPTH + 1:
        raise Refused(ReadError(f"nested deeper than {MAX_DEPTH} levels", where))
    if is_excessive(size):
        raise Refused(ReadError("document contains excessive aliasing", where))


def _duplicates(entries: list[Entry]) -> list[Duplicate]:
    seen: dict[str, Scalar] = {}
    found = []
    for entry in entries:
        earlier = seen.setdefault(entry.key.value, entry.key)
        if earlier is not entry.key:
            found.append(Duplicate(entry.key, earlier))
    return found


def _merge(entries: list[Entry], limit: int) -> int:
    # C-050: shallow, the mapping's own keys win, and of several sources the earlier. Answers how many entries of
    # sources were looked at: many mappings that each merge one large one would make a quadratic tree.
    own = [entry for entry in entries if not _is_merge_key(entry.key)]
    seen = {entry.key.value for entry in own}
    looked_at = 0
    merged: list[Entry] = []
    for entry in entries:
        if not _is_merge_key(entry.key):
            continue
        via = entry.via or entry.value.span
        for source in entry.value.items if isinstance(entry.value, Sequence) else [entry.value]:
            if not isinstance(source, Mapping):
                raise Refused(ReadError("map merge requires map or sequence of maps as the value", via))
            looked_at += len(source.entries)
            if looked_at > limit:
                raise Refused(ReadError("document contains excessive aliasing", via))
            merged += [
                Entry(each.key, each.value, via) for each in source.entries if each.key.value not in seen
            ]
            seen.update(each.key.value for each in source.entries)
    entries[:] = own + merged
    return looked_at


def _is_merge_key(key: Scalar) -> bool:
    return key.value == "<<" and ((key.style == "plain" and key.tag in ("", "!")) or key.tag == "!!merge")


def _syntax_error(file: SourceFile, error: YAMLError) -> ReadError:
    if isinstance(error, MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        message = error.problem or "the text is not YAML"
        if error.context:
            message = f"{message} {error.context}"
        return error_at(file, mark.index if mark else 0, message)
    if isinstance(error, ReaderError):
        # The pure parser counts characters here, libyaml bytes.
        position: int = error.position
        if error.encoding != "unicode":
            position = len(file.text.encode()[:position].decode(errors="ignore"))
        return error_at(file, position, error.reason)
    return error_at(file, 0, str(error))
