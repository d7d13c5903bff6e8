from __future__ import annotations

import gc
import threading
from collections.abc import Callable
from typing import cast

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from traefik_lint.source import yaml as reader
from traefik_lint.source import yaml_events
from traefik_lint.source.aliases import size_of
from traefik_lint.source.span import SourceFile
from traefik_lint.source.tree import Mapping, Node, Scalar, Sequence
from traefik_lint.source.yaml import YamlResult, parse_yaml


def parse(text: str) -> YamlResult:
    return parse_yaml(SourceFile("f.yml", text))


def root(text: str) -> Mapping:
    result = parse(text)
    assert result.error is None
    (document,) = result.documents
    assert isinstance(document.root, Mapping)
    return document.root


def data(node: Node | None) -> object:
    """The tree as Python data: a mapping as pairs, since keys may repeat."""
    if isinstance(node, Mapping):
        return [(entry.key.value, data(entry.value)) for entry in node.entries]
    if isinstance(node, Sequence):
        return tuple(data(item) for item in node.items)
    return node.value if isinstance(node, Scalar) else None


def spans(node: Node) -> list[str]:
    """The text of each node in the order of the tree."""
    if isinstance(node, Mapping):
        inner = [text for entry in node.entries for text in (entry.key.span.text, *spans(entry.value))]
    elif isinstance(node, Sequence):
        inner = [text for item in node.items for text in spans(item)]
    else:
        inner = []
    return [node.span.text, *inner]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: b", ["a: b", "a", "b"]),
        ("😀: é\r\nb: 'x'\r\n", ["😀: é\r\nb: 'x'", "😀", "é", "b", "'x'"]),
        ("a: 1\rb: 2\r", ["a: 1\rb: 2", "a", "1", "b", "2"]),
        (
            "a:\n- x\n-\n- y # c\n\nb:\n",
            ["a:\n- x\n-\n- y # c\n\nb:", "a", "- x\n-\n- y", "x", "", "y", "b", ""],
        ),
        ("a: |\n  x\n  y\n\n\nb: 1", ["a: |\n  x\n  y\n\n\nb: 1", "a", "|\n  x\n  y", "b", "1"]),
        ("a: >- # c\n  x\n# d\nb: 1", ["a: >- # c\n  x\n# d\nb: 1", "a", ">- # c\n  x", "b", "1"]),
        ("{a: [b , 'c'] , d}", ["{a: [b , 'c'] , d}", "a", "[b , 'c']", "b", "'c'", "d", ""]),
        ("a: [b: c , d]", ["a: [b: c , d]", "a", "[b: c , d]", "b: c", "b", "c", "d"]),
        ("a: &x !!str b", ["a: &x !!str b", "a", "b"]),
        ("a: &x # c\n  b: c\n", ["a: &x # c\n  b: c", "a", "b: c", "b", "c"]),
        ("a: !t\nb: &x", ["a: !t\nb: &x", "a", "", "b", ""]),
        ("&k a: &v {b: c}", ["&k a: &v {b: c}", "a", "{b: c}", "b", "c"]),
        ("a: b\n  c\n", ["a: b\n  c", "a", "b\n  c"]),
    ],
)
def test_nodes_stand_where_they_are_written(text: str, expected: list[str]) -> None:
    assert spans(root(text)) == expected


@pytest.mark.parametrize(
    ("text", "styles"),
    [
        ("[a, 'b', \"c\", '']", ["plain", "single", "double", "single"]),
        ("- |\n a\n- >\n b\n", ["literal", "folded"]),
    ],
)
def test_scalars_know_how_they_were_written(text: str, styles: list[str]) -> None:
    sequence = parse(text).documents[0].root
    assert isinstance(sequence, Sequence)
    assert [item.style for item in sequence if isinstance(item, Scalar)] == styles


def test_explicit_tags_are_kept() -> None:
    tree = root("a: !!int 1\nb: !reset null\nc: !override [x]\nd: !reset {}\ne: ! f\ng: h\n")
    assert [entry.value.tag for entry in tree if isinstance(entry.value, Scalar | Mapping | Sequence)] == [
        "!!int", "!reset", "!override", "!reset", "!", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("# only a comment\n", []),
        ("---\n", [None]),
        ("a: 1\n---\n--- # empty\n---\n- b\n...\n", [[("a", "1")], None, None, ("b",)]),
        ("%YAML 1.2\n---\na\n", ["a"]),
        ("''", [""]),
    ],
)
def test_every_document_is_read(text: str, expected: list[object]) -> None:
    assert [data(document.root) for document in parse(text).documents] == expected


# C-050, C-052
@pytest.mark.parametrize(
    ("text", "key", "expected"),
    [
        ("a: &a {x: 1, y: 2}\nb:\n  <<: *a\n  y: 3", "b", [("y", "3", None), ("x", "1", "*a")]),
        ("a: &a {x: 1}\nb:\n  y: 3\n  <<: *a", "b", [("y", "3", None), ("x", "1", "*a")]),
        (
            "a: &a {x: 1}\nb: &b {x: 2, y: 2}\nc: {<<: [*a, *b]}",
            "c",
            [("x", "1", "[*a, *b]"), ("y", "2", "[*a, *b]")],
        ),
        ("a: {<<: {x: 1}}", "a", [("x", "1", "{x: 1}")]),
        ("a: {'<<': 1}", "a", [("<<", "1", None)]),
        ("a: &a 1\nb: &a {x: 2}\nc: {<<: *a}", "c", [("x", "2", "*a")]),
        ("a: &a {x: 1}\nb: &b {<<: *a}\nc: {<<: *b}", "c", [("x", "1", "*b")]),
    ],
)
def test_merge_keys_are_resolved(text: str, key: str, expected: list[tuple[str, str, str | None]]) -> None:
    merged = root(text).mapping(key)
    assert merged is not None
    assert [(e.key.value, data(e.value), e.via.text if e.via else None) for e in merged] == expected


def test_a_merge_is_shallow() -> None:
    tree = root("a: &a {labels: {x: 1}}\nb: &b {labels: {y: 2}, z: 3}\nc: {<<: [*a, *b]}")
    assert data(tree.get("c")) == [("labels", [("x", "1")]), ("z", "3")]


def test_aliases_share_their_anchors_node_and_the_newest_anchor_wins() -> None:
    tree = root("a: &x [1]\nb: *x\nc: &x 2\nd: *x\n? *x\n: e")
    assert tree.get("b") is tree.get("a")
    assert tree.get("d") is tree.get("c")
    assert tree.entries[4].key is tree.get("c")


# C-005
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: 2\n'a': 3\na: 4", [("'a'", 3, 1), ("a", 4, 1)]),
        ("k: {x: 1, x: 2}\nl: {x: 1}", [("x", 1, 1)]),
        ("1: a\n0x1: b", []),
        ("a: &a {}\nb:\n  <<: *a\n  <<: *a", [("<<", 4, 3)]),
        ("a: &a {x: 1}\nb:\n  <<: *a\n  x: 2", []),
        ("a: 1\n---\na: 2", []),
    ],
)
def test_keys_written_twice_are_reported(text: str, expected: list[tuple[str, int, int]]) -> None:
    result = parse(text)
    assert result.error is None
    found = [(d.key.span.text, d.key.span.first.line, d.earlier.span.first.line) for d in result.duplicates]
    assert found == expected


def test_both_entries_of_a_key_written_twice_are_in_the_tree() -> None:
    assert data(root("a: 1\na: 2")) == [("a", "1"), ("a", "2")]


@pytest.mark.parametrize(
    ("text", "message", "line", "column", "documents"),
    [
        ("a: 1\nb: [c\nd: 2", "did not find expected ',' or ']' while parsing a flow sequence", 3, 2, 0),
        ("a: b: c", "mapping values are not allowed in this context", 1, 5, 0),
        ("a: 1\n---\nb: 2\n---\nc: @d", "found character that cannot start any token", 5, 4, 2),
        ("a: *b", "unknown anchor 'b' referenced", 1, 4, 0),
        ("a: &a [*a]", "anchor 'a' value contains itself", 1, 8, 0),
        ("a: &a {<<: *a}", "anchor 'a' value contains itself", 1, 12, 0),
        ("a: {<<: 1}", "map merge requires map or sequence of maps as the value", 1, 9, 0),
        ("a: {<<: [1]}", "map merge requires map or sequence of maps as the value", 1, 9, 0),
        ("a: {{ x }}", "invalid map key", 1, 5, 0),
        ("? [a]\n: b", "invalid map key", 1, 3, 0),
        ("a: &a [1]\n*a : b", "invalid map key", 2, 1, 0),
        ("é: \x01", "control characters are not allowed", 1, 4, 0),
        ("a:\0", "control characters are not allowed", 1, 3, 0),
        ("a: \ud800", "the text holds a lone surrogate", 1, 4, 0),
        ("\ufeffa: 1", "the text begins with two byte order marks", 1, 1, 0),
        ("%YAML 3.0\n---\na", "found incompatible YAML document", 1, 1, 0),
        ("[" * 200_000, "nest", 1, None, 0),
        ("- " * 200_000, "nest", 1, None, 0),
        ("? " * 200_000, "", 1, None, 0),
        ("{a: " * 200_000, "nest", 1, None, 0),
        ("a: 1\n...\n" + "%TAG !a! x\n" * 2000 + "---\nb", "too many %TAG directives", 1, 1, 0),
        ("[" * 201 + "]" * 201, "nested deeper than 200 levels", 1, 201, 0),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(
    text: str, message: str, line: int, column: int | None, documents: int
) -> None:
    result = parse(text)
    assert result.error is not None
    assert message in result.error.message
    assert result.error.span.first.line == line
    assert column is None or result.error.span.first.column == column
    assert len(result.documents) == documents


def test_the_deepest_allowed_tree_is_read() -> None:
    assert parse("[" * 200 + "]" * 200).error is None


def test_aliases_cannot_make_a_tree_deeper_than_allowed() -> None:
    lines = ["a0: &a0 x", *(f"a{i}: &a{i} [*a{i - 1}]" for i in range(1, 300))]
    result = parse("\n".join(lines))
    assert result.error is not None
    assert result.error.message == "nested deeper than 200 levels"


def bomb(width: int, levels: int) -> str:
    lines = [f"a0: &a0 [{', '.join(['x'] * width)}]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * width)}]" for i in range(1, levels)]
    return "\n".join(lines)


def test_an_alias_bomb_is_refused() -> None:
    result = parse(bomb(10, 9))
    assert result.error is not None
    assert result.error.message == "document contains excessive aliasing"


def test_a_bomb_of_merge_keys_is_refused() -> None:
    keys = ", ".join(f"k{i}: 1" for i in range(2000))
    result = parse(f"a: &a {{{keys}}}\n" + "\n".join(f"b{i}: {{<<: *a}}" for i in range(2000)))
    assert result.error is not None
    assert result.error.message == "document contains excessive aliasing"


def test_modest_sharing_is_read_and_measured() -> None:
    tree = root(bomb(10, 3))
    size = size_of(tree)
    assert (size.depth, size.visits) == (5, 1 + 3 + 11 + 111 + 1111)
    assert size.nodes == 1 + 3 + 3 + 10


def test_large_scalars_and_many_keys_are_read() -> None:
    text = "a: '" + "x" * 10_000_000 + "'\n"
    value = root(text).scalar("a")
    assert value is not None
    assert len(value.value) == 10_000_000
    many = root("\n".join(f"k{i}: {i}" for i in range(50_000)))
    assert len(many.entries) == 50_000


def test_the_parser_does_not_recurse_into_the_c_stack() -> None:
    results: list[YamlResult] = []
    texts = ["[" * 100_000, "- " * 100_000, "{a: " * 100_000, "[" * 199 + "]" * 199]
    old = threading.stack_size(128 * 1024)
    try:
        thread = threading.Thread(target=lambda: results.extend(parse(text) for text in texts))
        thread.start()
        thread.join()
    finally:
        threading.stack_size(old)
    assert [result.error is None for result in results] == [False, False, False, True]


def test_garbage_collection_is_as_before() -> None:
    assert gc.isenabled()
    parse("a: [")
    assert gc.isenabled()
    gc.disable()
    try:
        parse("a: 1")
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_a_file_is_parsed_once() -> None:
    file = SourceFile("f.yml", "a: 1")
    assert parse_yaml(file) is parse_yaml(file)


@pytest.fixture
def _pure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_events, "_parser", yaml_events._pure_parser)


@pytest.mark.usefixtures("_pure")
@pytest.mark.parametrize(
    "text",
    ["a: 'x'\nb:\n- |\n  c\n- {d: &e !t e}\n", "a: 1\r\n😀: [2]\r\n", "", "a:\n  - b # c\n\n\nd: >\n  e\n\n"],
)
def test_without_the_c_extension_the_same_is_read(text: str) -> None:
    pure = parse(text).documents
    native = YamlResult([], None, [])
    reader._compose(SourceFile("f.yml", text), events(text), native.documents, native.duplicates)
    assert [spans(d.root) for d in pure if d.root] == [spans(d.root) for d in native.documents if d.root]


def events(text: str) -> Callable[[], yaml_events.Event]:
    from yaml._yaml import CParser

    return cast("Callable[[], yaml_events.Event]", CParser(text).get_event)


@pytest.mark.usefixtures("_pure")
@pytest.mark.parametrize("text", ['"\\UFFFFFFFF"', '"\\U7FFFFFFF"', "\x01", "\ud800", "[", "a: é\x01"])
def test_without_the_c_extension_the_same_is_refused(text: str) -> None:
    assert parse(text).error is not None


# PyYAML folds away the NEL that it writes.
TEXTS = st.text(st.characters(exclude_characters="\x85", exclude_categories=["Cs"]), max_size=20)
STRUCTURES = st.recursive(
    TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=20,
)


@given(
    STRUCTURES,
    st.sampled_from([None, "'", '"', "|", ">"]),
    st.sampled_from([None, True, False]),
    st.integers(10, 90),
    st.booleans(),
)
def test_what_pyyaml_writes_is_read_back(
    value: object, style: str | None, flow: bool | None, width: int, unicode: bool
) -> None:
    text = yaml.dump(
        value,
        Dumper=yaml.SafeDumper,
        default_style=style,
        default_flow_style=flow,
        width=width,
        allow_unicode=unicode,
    )
    result = parse(text)
    assert result.error is None
    read = [data(d.root) for d in result.documents]
    assert read == [normal(value)] or (read == [None] and value == "")


def normal(value: object) -> object:
    if isinstance(value, dict):
        return [(key, normal(value[key])) for key in sorted(value)]
    if isinstance(value, list):
        return tuple(normal(item) for item in value)
    return value


def test_an_entry_comes_through_nothing_unless_merged() -> None:
    assert all(entry.via is None for entry in root("a: &a 1\nb: *a"))
