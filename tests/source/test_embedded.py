"""Texts inside of scalars: the same tree as a file of its own, standing in the outer file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traefik_lint.source.embedded import read_embedded
from traefik_lint.source.span import SourceFile
from traefik_lint.source.tree import Mapping, Node, Scalar, Sequence
from traefik_lint.source.yaml import parse_yaml


def outer_scalar(text: str) -> Scalar:
    root = parse_yaml(SourceFile("outer.yml", text)).documents[0].root
    assert isinstance(root, Mapping)
    value = root.scalar("data")
    assert value is not None
    return value


def scalars(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Mapping):
        for entry in node:
            yield entry.key
            yield from scalars(entry.value)
    elif isinstance(node, Sequence):
        for item in node:
            yield from scalars(item)
    elif isinstance(node, Scalar):
        yield node


@pytest.mark.parametrize(
    "outer",
    [
        "data: |\n  a: one\n  b:\n    - 'two words'\n    - \"three\"\n  c: |\n    line\n    more\n",
        "data: |-\n      a: one\n      b: ['two words', \"three\"]\n",
        "x: 1\ndata: \"a: one\\nb: ['two words']\\n\"\n",
        "data: 'a: one'\n",
        "data: >\n  {a: one,\n  b: two}\n",
    ],
)
def test_spans_show_what_was_written(outer: str) -> None:
    scalar = outer_scalar(outer)
    [root] = read_embedded(scalar).roots
    found = list(scalars(root))
    assert found
    for node in found:
        assert node.file is scalar.file
        assert scalar.start <= node.start <= node.end <= scalar.end
        if "\n" not in node.value:
            assert node.sub(0, len(node.value)).text == node.value
    assert [node.value for node in found][:2] == ["a", "one"]


def test_a_part_of_a_nested_block_is_found() -> None:
    [root] = read_embedded(outer_scalar("data: |\n  c: |\n    line\n    more\n")).roots
    inner = list(scalars(root))[1]
    begin = inner.value.index("more")
    assert inner.sub(begin, begin + 4).text == "more"


def test_errors_have_their_place_in_the_outer_file() -> None:
    text = "x: 0\ndata: |\n  a: 1\n  b: [\n"
    result = read_embedded(outer_scalar(text))
    assert result.error is not None
    assert result.error.span.first.line in (4, 5)


def test_toml() -> None:
    [root] = read_embedded(outer_scalar('data: |\n  [api]\n  insecure = true\n  x = "y"\n'), "toml").roots
    assert [(node.value, node.span.text) for node in scalars(root)] == [
        ("api", "api"),
        ("insecure", "insecure"),
        ("true", "true"),
        ("x", "x"),
        ("y", '"y"'),
    ]


@given(st.text(max_size=60), st.sampled_from(["yaml", "toml"]))
def test_no_text_leads_outside_of_its_scalar(text: str, notation: str) -> None:
    block = "data: |1\n" + "".join(f" {line}\n" for line in text.split("\n"))
    result = parse_yaml(SourceFile("outer.yml", block))
    root = result.documents[0].root if result.documents else None
    scalar = root.scalar("data") if isinstance(root, Mapping) else None
    if scalar is None:
        return
    for inner in read_embedded(scalar, "toml" if notation == "toml" else "yaml").roots:
        for node in scalars(inner):
            assert scalar.start <= node.start <= node.end <= scalar.end
