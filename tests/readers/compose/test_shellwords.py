from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traefik_lint.readers.compose.dotenv import no_variables
from traefik_lint.readers.compose.interpolation import interpolate
from traefik_lint.readers.compose.shellwords import Words, split_words
from traefik_lint.source.span import SourceFile
from traefik_lint.source.tree import Scalar


def split(text: str) -> Words:
    return split_words(Scalar(SourceFile("f", text), 0, len(text), text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        (" a  b\tc\n", [("a", "a"), ("b", "b"), ("c", "c")]),
        ('--x "a b"', [("--x", "--x"), ("a b", '"a b"')]),
        ("--x='a \"b'", [('--x=a "b', "--x='a \"b'")]),
        ('--x="it\'s"', [("--x=it's", '--x="it\'s"')]),
        ("a\\ b\\tc", [("a b\tc", "a\\ b\\tc")]),
        ("'a\\b'", [("a\\b", "'a\\b'")]),
        ('"" a', [("", '""'), ("a", "a")]),
        ("--a=`x y` z", [("--a=`x y`", "--a=`x y`"), ("z", "z")]),
        ("--rule='Host(`a`)'", [("--rule=Host(`a`)", "--rule='Host(`a`)'")]),
        ("--a=$(x y) z", [("--a=$(x y)", "--a=$(x y)"), ("z", "z")]),
    ],
)
def test_words_and_where_they_stand(text: str, words: list[tuple[str, str]]) -> None:
    found = split(text)
    assert [(word.value, word.span.text) for word in found.words] == words
    assert (found.error, found.rest) == (-1, -1)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("--rule=Host(`a`)", 11),
        ("a )", 2),
        ('a "b', 2),
        ("it's", 2),
        ("`x", 0),
        ("a\\", 1),
    ],
)
def test_what_compose_cannot_split(text: str, at: int) -> None:
    assert split(text).error == at


@pytest.mark.parametrize(
    ("text", "words", "rest"),
    [("--a; --b", ["--a"], 3), ("--a=1&x", ["--a=1"], 5), ("x 2>/dev/null", ["x"], 3), ("a <b", ["a"], 2)],
)
def test_the_command_ends_at_a_shell_operator(text: str, words: list[str], rest: int) -> None:
    found = split(text)
    assert ([word.value for word in found.words], found.rest) == (words, rest)


def test_only_the_word_with_the_variable_is_unknown() -> None:
    text = '--a="${U}" --b=1'
    scalar = interpolate(Scalar(SourceFile("f", text), 0, len(text), text), no_variables).scalar
    assert [(word.value, word.unknown) for word in split_words(scalar).words] == [
        ("--a=", True),
        ("--b=1", False),
    ]


@given(st.text(st.sampled_from("ab \t\n\"'`\\$()|;>1=é")))
def test_any_text_is_split_without_a_crash(text: str) -> None:
    found = split(text)
    for word in found.words:
        assert 0 <= word.start <= word.end <= len(text)
        for i in range(len(word.value) + 1):
            span = word.sub(i, i + 1)
            assert word.start <= span.start <= span.end <= word.end
