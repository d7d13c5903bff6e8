from __future__ import annotations

import pytest

from tests.findings.rules import RULES
from tests.marked import finding
from traefik_lint.findings.finding import Suppressed
from traefik_lint.findings.selection import RuleBook, make_selection
from traefik_lint.findings.settings import Settings, SettingsError
from traefik_lint.findings.settings_reader import read_settings
from traefik_lint.source.span import SourceFile

BOOK = RuleBook(RULES)


def settings(text: str, folder: str = "/project") -> Settings:
    return read_settings(SourceFile(".traefik-lint.yaml", text), folder)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("TL201", {"TL201"}),
        ("tl201", {"TL201"}),
        ("undefined-entry-point", {"TL201"}),
        ("TL2", {"TL201", "TL202"}),
        ("TL20", {"TL201", "TL202"}),
        ("TL", {"TL201", "TL202", "TL401"}),
        ("all", {"TL201", "TL202", "TL401"}),
        ("TL9", set()),
        ("TL999", None),
        ("undefined", None),
        ("", None),
    ],
)
def test_names_of_rules(name: str, expected: set[str] | None) -> None:
    assert BOOK.ids(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("TL210", 'there is no rule "TL210"'),
        (
            "undefined-entrypoint",
            'there is no rule "undefined-entrypoint", did you mean "undefined-entry-point"?',
        ),
        ("something", 'there is no rule "something"'),
    ],
)
def test_the_nearest_rule_is_named(name: str, expected: str) -> None:
    assert BOOK.unknown(name) == expected


@pytest.mark.parametrize(
    ("text", "select", "ignore", "expected"),
    [
        ("", (), (), ["TL201", "TL202", "TL401"]),
        ("select: [TL2]", (), (), ["TL201", "TL202"]),
        ("ignore: [TL201]", (), (), ["TL202", "TL401"]),
        ("select: [TL2]\nignore: [TL201]", (), (), ["TL202"]),
        ("select: [TL2]", ("TL4",), (), ["TL401"]),
        ("ignore: [TL201]", ("TL201",), (), ["TL201"]),
        ("ignore: [TL201]", (), ("TL4",), ["TL202"]),
        ("", ("TL2",), ("TL202",), ["TL201"]),
        ("ignore: [{rule: TL201, reason: later}]", (), (), ["TL201", "TL202", "TL401"]),
    ],
)
def test_which_rules_run(
    text: str, select: tuple[str, ...], ignore: tuple[str, ...], expected: list[str]
) -> None:
    selection = make_selection(BOOK, settings(text), select, ignore)
    assert [rule.id for rule in RULES if selection.runs(rule.id)] == expected


@pytest.mark.parametrize(
    "text", ["severities: {TL2: info, TL201: warning}", "severities: {TL201: warning, TL2: info}"]
)
def test_the_more_exact_severity_wins(text: str) -> None:
    selection = make_selection(BOOK, settings(text))
    assert [selection.severity(rule.id) for rule in RULES] == ["warning", "info", None]


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        ("ignore: [{rule: TL2, path: legacy/, reason: old}]", "legacy/a.yml", Suppressed("settings", "old")),
        ("ignore: [{rule: TL2, path: legacy/, reason: old}]", "new/a.yml", None),
        ("ignore: [{rule: TL4, path: legacy/}]", "legacy/a.yml", None),
        ("ignore: [{rule: TL201, reason: old}]", "any.yml", Suppressed("settings", "old")),
        ("ignore: [{rule: TL2, path: [legacy, '!keep.yml']}]", "legacy/keep.yml", None),
    ],
)
def test_findings_that_the_settings_suppress(
    text: str, path: str, expected: Suppressed | None, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.chdir(str(tmp_path))
    selection = make_selection(BOOK, settings(text, str(tmp_path)))
    assert selection.suppressed(finding("«x»", path=path)) == expected


def test_unknown_rules_are_all_told_with_their_places() -> None:
    with pytest.raises(SettingsError) as caught:
        make_selection(BOOK, settings("select: [TL2, TL203]\nseverities: {no-such-rule: info}"), ("TL777",))
    assert [str(problem) for problem in caught.value.problems] == [
        '.traefik-lint.yaml:1:15: there is no rule "TL203"',
        '.traefik-lint.yaml:2:14: there is no rule "no-such-rule"',
        'there is no rule "TL777"',
    ]
