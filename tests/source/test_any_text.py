"""What must hold of any text, YAML or not."""

from __future__ import annotations

from collections.abc import Iterator

import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from yaml.cyaml import CBaseLoader

from traefik_lint.source.comments import toml_comments, yaml_comments
from traefik_lint.source.pieces import pieces_of, sub_span
from traefik_lint.source.scalars import file_text, go_text
from traefik_lint.source.span import SourceFile
from traefik_lint.source.toml import parse_toml
from traefik_lint.source.tree import Mapping, Node, Scalar, Sequence
from traefik_lint.source.yaml import parse_yaml

PARTS = [
    "a", "b c", "k: ", "- ", "\n", "\n  ", "\n    ", "\n\n", "\r\n", "\r", "'", "''", '"', '\\"', "\\n", "\\\n",
    "\\x41", "\\u00e9", "\\ud800", "\\UFFFFFFFF", "|\n", "|-\n ", ">\n  ", ">+\n  ", "|2\n   ", ">-2\n ", "# c",
    " # c\n", " ", "\t", "[", "]", "{", "}", ", ", "? ", ": ", "&a ", "*a", "!!str ", "!t ", "! ", "!%ff ", "é", "😀",
    "\u2028", "\x85", "---\n", "...\n", "%YAML 1.1\n---\n", "%TAG ! x\n", "1", " y", " l\n", "'\n '", '"\n "', "<<: ",
    "\x01", "\ufeff", "\0", "\ud800", "@", "`",
]  # fmt: skip

YAML_TEXTS = st.lists(st.sampled_from(PARTS) | st.text(max_size=3), max_size=16).map("".join)


TOML_PARTS = [
    "a", "b.c", " = ", "=", "\n", "\r\n", "[", "]", "[[", "]]", "{", "}", ", ", "'", '"', "'''", '"""', "\\", "\\n",
    "\\u00e9", "\\U00110000", "\\x41", "# c", "1", "-1", "0x1F", "1.5", "1e3", "inf", "true", "1979-05-27",
    "T07:32:00Z", "07:32", ".", "_", " ", "\t", "é", "\x01", "\0", "\r", "a = 1\n", "[a]\n", "[[a]]\n", "a.b = 1\n",
    "b = {c = 1}\n",
]  # fmt: skip

TOML_TEXTS = st.lists(st.sampled_from(TOML_PARTS) | st.text(max_size=3), max_size=16).map("".join)


def nodes(node: Node) -> Iterator[Node]:
    yield node
    if isinstance(node, Mapping):
        for entry in node.entries:
            yield entry.key
            yield from nodes(entry.value)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from nodes(item)


def yaml_nodes(text: str) -> Iterator[Node]:
    for document in parse_yaml(SourceFile("f", text)).documents:
        if document.root:
            yield from nodes(document.root)


def data(node: Node | None) -> object:
    if isinstance(node, Mapping):
        return [(entry.key.value, data(entry.value)) for entry in node.entries]
    if isinstance(node, Sequence):
        return tuple(data(item) for item in node.items)
    return node.value if isinstance(node, Scalar) else ""


def composed(node: yaml.Node) -> object:
    if isinstance(node, yaml.MappingNode):
        return [(composed(key), composed(value)) for key, value in node.value]
    if isinstance(node, yaml.SequenceNode):
        return tuple(composed(item) for item in node.value)
    return node.value


@given(YAML_TEXTS)
def test_yaml_is_read_or_refused_within_the_text(text: str) -> None:
    error = parse_yaml(SourceFile("f", text)).error
    assert error is None or 0 <= error.span.start <= error.span.end <= len(text)
    for node in yaml_nodes(text):
        assert 0 <= node.start <= node.end <= len(text)


@given(TOML_TEXTS)
def test_toml_is_read_or_refused_within_the_text(text: str) -> None:
    result = parse_toml(SourceFile("f", text))
    assert result.error is None or 0 <= result.error.span.start <= result.error.span.end <= len(text)
    for node in nodes(result.root):
        assert 0 <= node.start <= node.end <= len(text)


@given(YAML_TEXTS)
def test_a_plain_scalar_on_one_line_is_its_own_text(text: str) -> None:
    for node in yaml_nodes(text):
        if isinstance(node, Scalar) and node.style == "plain" and node.span.text.isprintable():
            assert node.span.text == node.value


@given(YAML_TEXTS.filter(lambda text: not any(part in text for part in ("<<", "*", "\ufeff"))))
@example("a: 1\na: [b]\n---\n- |\n c\n")
def test_the_tree_is_what_pyyaml_composes(text: str) -> None:
    result = parse_yaml(SourceFile("f", text))
    try:
        expected = [composed(node) for node in yaml.compose_all(text, Loader=CBaseLoader)]
    except (yaml.YAMLError, UnicodeEncodeError):
        return
    if result.error is None:
        assert [data(document.root) for document in result.documents] == expected
    else:
        assert "invalid map key" in result.error.message


def check_pieces(scalar: Scalar) -> None:
    """The pieces cover the value in order, stand inside the scalar, and verbatim ones are verbatim."""
    text = scalar.file.text
    begin = 0
    for piece in pieces_of(scalar):
        assert piece.begin == begin < piece.end
        assert scalar.start <= piece.start <= piece.stop <= scalar.end
        begin = piece.end
        value = scalar.value[piece.begin : piece.end]
        if piece.end - piece.begin == piece.stop - piece.start and value.strip():
            assert text[piece.start : piece.stop] == value
    assert begin == len(scalar.value)


@given(YAML_TEXTS, st.integers(-2, 20), st.integers(-2, 20))
def test_parts_of_yaml_scalars_stand_inside_them(text: str, begin: int, end: int) -> None:
    for node in yaml_nodes(text):
        if isinstance(node, Scalar):
            check_pieces(node)
            span = sub_span(node, begin, end)
            assert node.start <= span.start <= span.end <= node.end


@given(TOML_TEXTS, st.integers(-2, 20), st.integers(-2, 20))
def test_parts_of_toml_scalars_stand_inside_them(text: str, begin: int, end: int) -> None:
    for node in nodes(parse_toml(SourceFile("f", text)).root):
        if isinstance(node, Scalar):
            check_pieces(node)
            span = sub_span(node, begin, end)
            assert node.start <= span.start <= span.end <= node.end


@given(YAML_TEXTS | TOML_TEXTS)
def test_comments_begin_with_a_hash_and_end_on_their_line(text: str) -> None:
    for comments in (yaml_comments, toml_comments):
        for comment in comments(SourceFile("f", text)):
            assert comment.span.text.startswith("#")
            assert comment.span.first.line == comment.span.last.line
            assert comment.text == comment.span.text[1:].strip()


@given(
    st.text(alphabet="0123456789+-_.:eExobTZtruefalsnIN~aF ", max_size=30), st.sampled_from(["plain", "bare"])
)
def test_any_scalar_can_be_printed(value: str, style: str) -> None:
    scalar = Scalar(SourceFile("f", value), 0, len(value), value, style)
    assert isinstance(go_text(scalar), str)
    assert isinstance(file_text(scalar), str)
