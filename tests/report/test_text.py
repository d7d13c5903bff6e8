from __future__ import annotations

import pytest

from tests.marked import finding, spans
from tests.report.results import one, silenced, written
from traefik_lint.report.excerpt import excerpt
from traefik_lint.report.formats import Look
from traefik_lint.report.plain import width


def test_text_shows_the_line_the_related_place_and_the_hint() -> None:
    assert written("text", one()) == (
        'compose.yml:4:46: error: entry point "wbe" does not exist, so the router is disabled'
        " [TL201 undefined-entry-point]\n"
        " 4 |       - traefik.http.routers.api.entrypoints=wbe\n"
        "   |                                              ^^^\n"
        "   = traefik.yml:2:3: the entry points are here\n"
        " 2 |   web:\n"
        "   |   ^^^\n"
        "   = hint: write web\n"
        "\n"
        "1 error in 2 files, 1 deployment\n"
    )


def test_concise_has_one_line_and_the_place_once() -> None:
    text = written("concise", one())
    assert text == (
        'compose.yml:4:46: error: entry point "wbe" does not exist, so the router is disabled'
        " [TL201 undefined-entry-point]\n"
    )


def test_suppressed_findings_are_counted_apart() -> None:
    assert written("text", silenced()) == "nothing to report in 2 files, 1 deployment (1 suppressed)\n"
    assert written("concise", silenced()) == ""
    assert written("github", silenced()) == ""


def test_colours_only_when_wanted() -> None:
    assert "\x1b[" not in written("text", one())
    assert "\x1b[1;31merror\x1b[0m" in written("text", one(), look=Look(color=True))


@pytest.mark.parametrize(
    ("text", "line", "carets"),
    [
        ("a: «b»\n", "a: b", "   ^"),
        ("a: «»b", "a: b", "   ^"),
        ("«»", "", "^"),
        ("a: b«»", "a: b", "    ^"),
        ("\t«x»", "    x", "    ^"),
        ("日本: «語»", "日本: 語", "      ^^"),
        ("e\u0301: «x»", "e\u0301: x", "   ^"),
        ("a: «|\n  b\n»", "a: |", "   ^"),
        ("«a»\r\nb", "a", "^"),
        ("a\rb«c»", "bc", " ^"),
        ("a: «\x1b[31mred»", "a: �[31mred", "   ^^^^^^^^"),
        ("a: \u202e«b»", "a: �b", "    ^"),
    ],
)
def test_excerpt_stands_straight(text: str, line: str, carets: str) -> None:
    (span,) = spans(text)
    part = excerpt(span, 80)
    assert (part.line, part.indent + part.carets) == (line, carets)


@pytest.mark.parametrize(("before", "after"), [(0, 500), (500, 0), (250, 250), (70, 3)])
@pytest.mark.parametrize("char", ["x", "語"])
def test_long_lines_are_cut_around_the_place(before: int, after: int, char: str) -> None:
    (span,) = spans(char * before + "«here»" + char * after)
    part = excerpt(span, 60)
    assert width(part.line) <= 60
    assert "here" in part.line
    assert width(part.line[: part.line.index("here")]) == len(part.indent)
    assert part.carets == "^^^^"


def test_a_huge_line_is_no_burden() -> None:
    (span,) = spans("a" * 5_000_000 + "«b»" + "a" * 5_000_000)
    part = excerpt(span, 80)
    assert len(part.line) <= 80
    assert part.line[len(part.indent)] == "b"


def test_a_finding_in_an_empty_file_shows_no_line() -> None:
    text = written("text", finding("«»", "the file can't be read", hint=""))
    assert text.splitlines()[0] == (
        "compose.yml:1:1: error: the file can't be read [TL201 undefined-entry-point]"
    )
    assert "|" not in text


def test_control_characters_do_not_reach_the_terminal() -> None:
    message = 'entry point "\x1b[2J\u202e" does not exist'
    for name in ("text", "concise"):
        text = written(name, finding("«x»", message, path="a\x1b]0;b.yml"))
        assert "\x1b" not in text
        assert "\u202e" not in text
