from __future__ import annotations

import pytest

from tests.findings.rules import RULES
from tests.marked import finding
from traefik_lint.findings.selection import RuleBook
from traefik_lint.findings.suppression import apply, read_suppressions, unused
from traefik_lint.source.span import SourceFile

BOOK = RuleBook(RULES)
ALL = frozenset(rule.id for rule in RULES)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a: «b» # traefik-lint: ignore[TL201] it is meant\n", "it is meant"),
        ("a: «b» # traefik-lint: ignore[undefined-entry-point]\n", ""),
        ("a: «b» #traefik-lint:ignore[TL201]\n", ""),
        ("a: «b» # traefik-lint: ignore[TL401, TL201] both\n", "both"),
        ("a: «b» # traefik-lint: ignore[TL2] all of them\n", "all of them"),
        ("a: «b» # kept # traefik-lint: ignore[TL201] yes # and more\n", "yes"),
        ("# traefik-lint: ignore[TL201] above\na: «b»\n", "above"),
        ("# traefik-lint: ignore[TL201] above\n# and why\n\na: «b»\n", "above"),
        ("# traefik-lint: ignore[TL401]\n# traefik-lint: ignore[TL201] two\na: «b»\n", "two"),
        ("# traefik-lint: ignore-file[TL201] whole\na: 1\n---\nb: «b»\n", "whole"),
        ("a: «b»\n# traefik-lint: ignore-file[TL201]\n", ""),
        ("# traefik-lint: ignore[TL201] block\nrun: |\n  one\n\n  «two»\nb: 1\n", "block"),
        ("run: > # traefik-lint: ignore[TL201] block\n  one\n  «two»\n", "block"),
        ("- >- # traefik-lint: ignore[TL201] block\n  one\n  «two»\n", "block"),
    ],
)
def test_suppressed(text: str, reason: str) -> None:
    one = finding(text)
    read = read_suppressions(one.span.file, "yaml", BOOK)
    assert read.invalid == []
    (after,), used = apply([one], {"compose.yml": read})
    assert after.suppressed == ("in-source", reason)
    assert used


@pytest.mark.parametrize(
    "text",
    [
        "a: «b»\nb: 1 # traefik-lint: ignore[TL201]\n",
        "b: 1 # traefik-lint: ignore[TL201]\na: «b»\n",
        "a: «b» # traefik-lint: ignore[TL202]\n",
        "a: «b»\n# traefik-lint: ignore[TL201]\n",
        "# traefik-lint: ignore[TL201]\nb: 1\na: «b»\n",
        "a: «'# traefik-lint: ignore[TL201]'»\n",
        "x-traefik-lint: ignore[TL201]\na: «b»\n",
        "# traefik-lint: ignore[TL201]\nrun: |\n  one\nb: «b»\n",
        "# traefik-lint: ignore[TL201]\na:\n  b: «c»\n",
    ],
)
def test_not_suppressed(text: str) -> None:
    one = finding(text)
    (after,), used = apply([one], {"compose.yml": read_suppressions(one.span.file, "yaml", BOOK)})
    assert after.suppressed is None
    assert used == set()


def test_in_toml() -> None:
    one = finding("a = «1» # traefik-lint: ignore[TL201] toml\nb = '# traefik-lint: ignore[TL201]'\n")
    read = read_suppressions(one.span.file, "toml", BOOK)
    (after,), _ = apply([one], {"compose.yml": read})
    assert after.suppressed == ("in-source", "toml")
    assert len(read.suppressions) == 1


@pytest.mark.parametrize(
    ("text", "meant", "message"),
    [
        (
            "a: b # traefik-lint: ignore",
            "traefik-lint: ignore",
            "the comment names no rule in brackets, so it does nothing",
        ),
        ("a: b # traefik-lint: ignore[]", "", "no rule is named here"),
        (
            "a: b # traefik-lint: ignore[TL210] x",
            "TL210",
            'there is no rule "TL210"; the comment does nothing',
        ),
        (
            "a: b # traefik-lint: ignor[TL201] x",
            "traefik-lint: ignor[TL201] x",
            '"ignor" is not an order to traefik-lint, so the comment does nothing',
        ),
    ],
)
def test_invalid_comments_are_told(text: str, meant: str, message: str) -> None:
    read = read_suppressions(SourceFile("compose.yml", text), "yaml", BOOK)
    assert [(draft.span.text, draft.message) for draft in read.invalid] == [(meant, message)]
    assert read.suppressions == []


@pytest.mark.parametrize(
    ("text", "asked", "expected"),
    [
        ("a: b # traefik-lint: ignore[TL201, TL401]", ALL, ["TL201", "TL401"]),
        ("a: b # traefik-lint: ignore[TL201, TL401]", frozenset({"TL401"}), ["TL401"]),
        ("a: b # traefik-lint: ignore[TL2]", frozenset({"TL201"}), []),
        ("a: b # traefik-lint: ignore-file[undefined-middleware]", ALL, ["undefined-middleware"]),
        ("a: b", ALL, []),
    ],
)
def test_what_suppresses_nothing_is_told_when_its_rule_was_asked(
    text: str, asked: frozenset[str], expected: list[str]
) -> None:
    read = read_suppressions(SourceFile("compose.yml", text), "yaml", BOOK)
    assert [draft.span.text for draft in unused(read.suppressions, set(), asked)] == expected
