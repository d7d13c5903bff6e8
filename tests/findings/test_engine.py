from __future__ import annotations

from collections.abc import Iterator

from tests.findings.rules import RULES, rule, world
from tests.marked import finding, spans
from traefik_lint.checks.registry import Draft
from traefik_lint.checks.registry import finding as draft
from traefik_lint.findings.engine import run, sorted_once
from traefik_lint.findings.selection import RuleBook, make_selection
from traefik_lint.findings.settings import RuleName, Settings
from traefik_lint.runtime.types import Runtime

(PLACE,) = spans("a: «b»")


def finds(runtime: Runtime) -> Iterator[Draft]:
    yield draft(PLACE, f"in {runtime.deployment.name}", hint="h")
    yield draft(PLACE, "severe", hint="h", severity="error", confidence="low")


def breaks(runtime: Runtime) -> Iterator[Draft]:
    yield draft(PLACE, "before", hint="h")
    raise KeyError(runtime.deployment.name)


FINDS = rule("TL201", "undefined-entry-point", "info", needs=("entry-points",))._replace(run=finds)
BREAKS = RULES[2]._replace(run=breaks)


def test_drafts_become_findings_with_the_rules_own_grades() -> None:
    selection = make_selection(RuleBook([FINDS]), Settings())
    outcome = run([world()], [FINDS], selection)
    assert [(one.rule, one.message, one.severity, one.confidence) for one in outcome.findings] == [
        ("TL201", "in home", "info", "high"),
        ("TL201", "severe", "error", "low"),
    ]


def test_the_settings_severity_wins() -> None:
    selection = make_selection(RuleBook([FINDS]), Settings(severities=((RuleName("TL201"), "warning"),)))
    outcome = run([world()], [FINDS], selection)
    assert [one.severity for one in outcome.findings] == ["warning", "warning"]


def test_a_rule_is_left_out_where_what_it_needs_is_open() -> None:
    selection = make_selection(RuleBook([FINDS]), Settings())
    outcome = run(
        [world("closed"), world("open", "entry-points"), world("other", "docker")], [FINDS], selection
    )
    assert [one.message for one in outcome.findings if one.message != "severe"] == ["in closed", "in other"]
    assert outcome.unasked == {"TL201"}


def test_a_rule_that_breaks_does_not_stop_the_others() -> None:
    selection = make_selection(RuleBook([FINDS, BREAKS]), Settings())
    outcome = run([world()], [BREAKS, FINDS], selection)
    assert [one.rule for one in outcome.findings] == ["TL201", "TL201"]
    ((broken, deployment, error, trace),) = outcome.failures
    assert (broken, deployment, error) == ("TL401", "home", "KeyError: 'home'")
    assert "breaks" in trace


def test_unselected_rules_do_not_run() -> None:
    selection = make_selection(RuleBook([FINDS, BREAKS]), Settings(), ignore=("TL401",))
    assert run([world()], [FINDS, BREAKS], selection).failures == []


def test_findings_are_sorted_and_none_comes_twice() -> None:
    first, second, third = spans("«a» «b» «c»", "b.yml")
    (other,) = spans("«a»", "a.yml")
    base = finding("«x»")
    mixed = [
        base._replace(span=third),
        base._replace(span=second, rule="TL202"),
        base._replace(span=second),
        base._replace(span=second, message="another"),
        base._replace(span=second),
        base._replace(span=first),
        base._replace(span=other),
    ]
    assert [
        (one.span.file.path, one.span.start, one.rule, one.message[:7]) for one in sorted_once(mixed)
    ] == [
        ("a.yml", 0, "TL201", "entry p"),
        ("b.yml", 0, "TL201", "entry p"),
        ("b.yml", 2, "TL201", "another"),
        ("b.yml", 2, "TL201", "entry p"),
        ("b.yml", 2, "TL202", "entry p"),
        ("b.yml", 4, "TL201", "entry p"),
    ]
