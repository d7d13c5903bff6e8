from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traefik_lint.readers.compose.dotenv import read_dotenv
from traefik_lint.source.span import SourceFile


@pytest.mark.parametrize(
    ("line", "key", "value"),
    [
        ("A=b", "A", "b"),
        ("A: b", "A", "b"),
        ("export A=b", "A", "b"),
        ("  A = b  ", "A", "b"),
        ("A=", "A", ""),
        ("G=a#b", "G", "a#b"),
        ("G=a #b", "G", "a"),
        ("A='a $B \\n #c'", "A", "a $B \\n #c"),
        ("A='it\\'s'", "A", "it's"),
        ('A="a\\tb\\n\\"c\\" \\$D"', "A", 'a\tb\n"c" $D'),
        ('A="two\nlines" # comment', "A", "two\nlines"),
        ("A=no\\nescape", "A", "no\\nescape"),
        ("A=a$$b", "A", "a$b"),
        ("A=${OUTER}", "A", "outside"),
        ("A=${U:-z}", "A", "z"),
        ("traefik.http.routers.a.rule=Host(`a`)", "traefik.http.routers.a.rule", "Host(`a`)"),
        ("A=b\r", "A", "b"),
    ],
)
def test_one_assignment(line: str, key: str, value: str) -> None:
    """C-032."""
    found = read_dotenv(SourceFile("f", line + "\n"), {"OUTER": "outside"}.get)
    assert found.error is None
    assert [(a.key.value, a.value.value if a.value else None) for a in found.assignments] == [(key, value)]


def test_later_keys_use_earlier_ones_and_comments_are_passed_over() -> None:
    """C-033."""
    text = "# names\nA=one\n\nB=two # the second\nF=${A}-${Z:-z}\nG=$A$B\n"
    assert read_dotenv(SourceFile("f", text)).variables() == {
        "A": "one",
        "B": "two",
        "F": "one-z",
        "G": "onetwo",
    }


def test_what_is_set_outside_wins_over_the_file() -> None:
    found = read_dotenv(SourceFile("f", "A=one\nB=$A\n"), {"A": "outer"}.get)
    assert found.variables()["B"] == "outer"


def test_a_bare_key_has_no_value_here() -> None:
    found = read_dotenv(SourceFile("f", "A\nB=1\n"))
    assert [(a.key.value, a.value is None) for a in found.assignments] == [("A", True), ("B", False)]


def test_an_unknown_variable_leaves_the_key_without_a_known_value() -> None:
    assert read_dotenv(SourceFile("f", "A=$U\nB=1\n")).variables() == {"B": "1"}


@pytest.mark.parametrize(
    ("text", "message", "at"),
    [
        ("A=1\nb c=2\n", "a key cannot contain a blank", "b c"),
        ("A=1\nB!=2\n", 'unexpected character "!" in a variable name', "!"),
        ('A="open\nB=2\n', "unterminated quoted value", '"open'),
    ],
)
def test_errors_end_the_reading_at_their_place(text: str, message: str, at: str) -> None:
    error = read_dotenv(SourceFile("f", text)).error
    assert error is not None
    assert (error.message, error.span.text) == (message, at)


def test_spans_of_keys_and_values() -> None:
    text = 'export KEY="a\\tb$C" # end\nC=1'
    first = read_dotenv(SourceFile("f", text), {"C": "see"}.get).assignments[0]
    assert first.value is not None
    assert (first.key.span.text, first.value.span.text) == ("KEY", '"a\\tb$C"')
    assert first.value.value == "a\tbsee"
    assert [first.value.sub(i, i + 1).text for i in range(4)] == ["a", "\\t", "b", "$C"]


@given(st.text(st.sampled_from("AB=:\"'\\$ {}#\nn\r\té")))
def test_any_text_is_read_without_a_crash(text: str) -> None:
    file = SourceFile("f", text)
    for key, value in read_dotenv(file).assignments:
        assert 0 <= key.start <= key.end <= len(text)
        if value is not None:
            for i in range(len(value.value) + 1):
                span = value.sub(i, i + 1)
                assert value.start <= span.start <= span.end <= value.end
