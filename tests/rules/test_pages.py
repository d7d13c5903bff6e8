"""Every rule page is run: what it calls bad must be found at the marked lines, what it calls good must be silent."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from traefik_lint.checks.registry import Check
from traefik_lint.data import data_path
from traefik_lint.findings.lint import lint
from traefik_lint.findings.loading import load_checks
from traefik_lint.findings.pages import SECTIONS, Example, Page, load_page, read_page
from traefik_lint.findings.request import Request
from traefik_lint.findings.result import Result

CATEGORIES = {
    "0": "reading and options",
    "1": "rules and routers",
    "2": "entry points and redirects",
    "3": "TLS and certificates",
    "4": "middlewares",
    "5": "services and backends",
    "6": "Docker, Swarm and compose",
    "7": "Kubernetes",
    "8": "security",
    "9": "versions and migration",
}
FIELDS = {"id", "name", "since", "category", "references"}

CHECKS = load_checks()
PAGES = [
    read_page(path.read_text(encoding="utf-8"), str(path))
    for path in sorted(Path(data_path("rules")).glob("*.md"))
]
EXAMPLES = [
    pytest.param(page, example, id=f"{page.id}-{'good' if example.is_good else 'bad'}-{number}")
    for page in PAGES
    for number, example in enumerate(page.examples())
]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_every_rule_has_a_page(check: Check) -> None:
    page = load_page(check.id, check.name)
    assert page is not None, f"write rules/{check.id}-{check.name}.md"


def test_every_page_has_a_rule() -> None:
    known = {(check.id, check.name) for check in CHECKS}
    assert [page.path for page in PAGES if (page.id, page.name) not in known] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
def test_page_has_the_form(page: Page) -> None:
    assert os.path.basename(page.path) == f"{page.id}-{page.name}.md"
    assert set(page.fields) == FIELDS
    assert re.fullmatch(r"\d+\.\d+\.\d+", page.fields["since"])
    assert page.fields["category"] == CATEGORIES[page.id[2]]
    assert page.text.startswith("# ")
    assert list(page.sections()) == list(SECTIONS)
    assert all(text.strip() for text in page.sections().values())
    assert page.summary


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
def test_page_has_a_bad_and_a_good_example(page: Page) -> None:
    examples = page.examples()
    bad = [example for example in examples if not example.is_good]
    good = [example for example in examples if example.is_good]
    assert bad, 'no titled code block under "Bad"'
    assert good, 'no titled code block under "Good"'
    for example in bad:
        assert any(rule == page.id for _, _, rule in _marks(example)), (
            f"no line of {example.heading!r} is marked"
        )
    for example in good:
        assert _marks(example) == set(), "a good example marks a line"


@pytest.mark.parametrize(("page", "example"), EXAMPLES)
def test_example(page: Page, example: Example, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = _lint(example, tmp_path, monkeypatch)
    assert result.failures == []
    found = {(one.span.file.path, one.span.first.line, one.rule) for one in result.counted}
    if example.is_good:
        assert [
            f"{one.span.file.path}:{one.span.first.line}: {one.rule} {one.message}" for one in result.counted
        ] == []
    else:
        marks = _marks(example)
        assert marks - found == set(), "marked, but not found"
        own = {place for place in found if place[2] == page.id}
        assert own - marks == set(), "found, but not marked"


@pytest.mark.parametrize(("page", "example"), EXAMPLES)
def test_findings_of_examples_speak_in_the_house_style(
    page: Page, example: Example, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for one in _lint(example, tmp_path, monkeypatch).findings:
        assert one.message, one.rule
        assert not one.message.endswith("."), one.message
        assert "\n" not in one.message, one.message
        assert one.hint or one.severity == "info", f"{one.rule} has no hint: {one.message}"


def _marks(example: Example) -> set[tuple[str, int, str]]:
    return {(file.path, line, rule) for file in example.files for line, rule in file.marks}


def _lint(example: Example, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Result:
    for file in example.files:
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.text, encoding="utf-8")
    monkeypatch.chdir(folder)
    return lint(Request((".",), str(folder)))
