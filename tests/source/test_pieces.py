from __future__ import annotations

import pytest

from traefik_lint.source.pieces import sub_span
from traefik_lint.source.span import SourceFile
from traefik_lint.source.toml import parse_toml
from traefik_lint.source.tree import Mapping, Piece, Scalar
from traefik_lint.source.yaml import parse_yaml


def yaml_scalar(text: str) -> Scalar:
    root = parse_yaml(SourceFile("f.yml", text)).documents[0].root
    scalar = root.scalar("k") if isinstance(root, Mapping) else root
    assert isinstance(scalar, Scalar)
    return scalar


def toml_scalar(text: str) -> Scalar:
    scalar = parse_toml(SourceFile("f.toml", text)).root.scalar("k")
    assert scalar is not None
    return scalar


@pytest.mark.parametrize(
    ("text", "part", "expected"),
    [
        ("k: Host(`a.test`)", "a.test", "a.test"),
        ("k: '😀 a'", "a", "a"),
        ("k: !!str &x ab", "b", "b"),
        ("k: one\n  two", "one", "one"),
        ("k: one\n  two", "two", "two"),
        ("k: one\n  two", "e t", "e\n  t"),
        ("k: one\n\n\n  two", "\n\n", "\n\n\n  "),
        ("k: one \r\n  two", " ", " \r\n  "),
        ("k: 'it''s x'", "s x", "s x"),
        ("k: 'it''s x'", "'", "''"),
        ("k: 'it''s x'", "t's", "t''s"),
        ("k: 'a\n\n  b'", "b", "b"),
        ('k: "a\\tb"', "b", "b"),
        ('k: "a\\tb"', "\t", "\\t"),
        ('k: "\\u00e9\\x41\\U0001F600b"', "éA", "\\u00e9\\x41"),
        ('k: "\\u00e9\\x41\\U0001F600b"', "b", "b"),
        ('k: "a \\\n   b"', "b", "b"),
        ('k: "a \\\n   b"', "a b", "a \\\n   b"),
        ('k: "a\\/b"', "/", "\\/"),
        ('k: "Host(\\"a\\")"', 'Host("', 'Host(\\"'),
        ("k: |\n  one\n  two\n", "two", "two"),
        ("k: |\n  one\n\n  two\n", "one\n\ntwo", "one\n\n  two"),
        ("k: |\n  one\n    two\n", "  two", "  two"),
        ("k: |2-\n    one\n   two\n", " two", " two"),
        ("k: | # c\n  one\n", "one", "one"),
        ("k: |\r\n  one\r\n  two\r\n", "e\ntw", "e\r\n  tw"),
        ("k: >\n  one\n  two\n\n  three\n", "two", "two"),
        ("k: >\n  one\n  two\n\n  three\n", "one two", "one\n  two"),
        ("k: >-\n  one\n    two\n  three\n", "  two", "  two"),
        ("k: >+\n\n  one\n\n", "one", "one"),
        ("k: >\n  one\n", "one\n", "one"),
    ],
)
def test_a_part_of_a_yaml_value_is_found_in_the_file(text: str, part: str, expected: str) -> None:
    scalar = yaml_scalar(text)
    begin = scalar.value.index(part)
    assert sub_span(scalar, begin, begin + len(part)).text == expected
    assert scalar.sub(begin, begin + len(part)).text == expected


@pytest.mark.parametrize(
    ("text", "part", "expected"),
    [
        ('k = "a.test"', "test", "test"),
        ("k = 'a\\b'", "\\b", "\\b"),
        ('k = "a\\tb"', "\tb", "\\tb"),
        ('k = "a\\u00e9b"', "é", "\\u00e9"),
        ('k = """\none\ntwo"""', "two", "two"),
        ('k = """one \\\n   two"""', "two", "two"),
        ('k = """a""b"""', '""b', '""b'),
        ('k = """a"""""', '""', '""'),
        ("k = '''\r\none\r\ntwo'''", "one\ntwo", "one\r\ntwo"),
        ("k = 1_000", "_0", "_0"),
    ],
)
def test_a_part_of_a_toml_value_is_found_in_the_file(text: str, part: str, expected: str) -> None:
    scalar = toml_scalar(text)
    begin = scalar.value.index(part)
    assert sub_span(scalar, begin, begin + len(part)).text == expected


@pytest.mark.parametrize(
    ("begin", "end", "expected"),
    [(0, 3, "abc"), (-5, 99, "abc"), (2, 1, ""), (3, 3, ""), (1, 2, "b")],
)
def test_what_is_asked_for_is_cut_to_the_value(begin: int, end: int, expected: str) -> None:
    scalar = yaml_scalar("k: 'abc'")
    span = sub_span(scalar, begin, end)
    assert span.text == expected
    assert scalar.start < span.start <= span.end < scalar.end


@pytest.mark.parametrize("text", ["k:", "k: ''", 'k: ""', "k: ~"])
def test_an_empty_part_is_an_empty_span_inside(text: str) -> None:
    scalar = yaml_scalar(text)
    span = sub_span(scalar, 0, 0)
    assert span.text == ""
    assert scalar.start <= span.start <= scalar.end


def test_explicit_pieces_are_followed() -> None:
    text = "- traefik.rule=Host(`${NAME}.test`)"
    file = SourceFile("compose.yml", text)
    start = text.index("Host")
    dollar = text.index("$")
    after = text.index(".test")
    value = "Host(`web.test`)"
    pieces = (Piece(0, 6, start, dollar), Piece(6, 9, dollar, after), Piece(9, 16, after, len(text)))
    scalar = Scalar(file, start, len(text), value, "label", pieces=pieces)
    assert sub_span(scalar, 0, 6).text == "Host(`"
    assert sub_span(scalar, 7, 8).text == "${NAME}"
    assert sub_span(scalar, 6, 14).text == "${NAME}.test"
    assert sub_span(scalar, 9, 14).text == ".test"


def test_a_value_that_is_not_in_the_file_is_the_whole_scalar() -> None:
    scalar = Scalar(SourceFile("f", "x=${A}"), 2, 6, "computed", "label")
    assert sub_span(scalar, 2, 4).text == "${A}"


def test_a_part_of_a_very_long_text_is_the_whole_text() -> None:
    scalar = yaml_scalar("k: |\n" + "  line\n" * 50_000)
    assert sub_span(scalar, 5, 9) == scalar.span
