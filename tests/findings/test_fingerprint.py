from __future__ import annotations

import pytest

from tests.marked import finding
from traefik_lint.findings.fingerprint import fingerprints

(BASE,) = fingerprints([finding("a: «b»\n")])


@pytest.mark.parametrize(
    "same",
    [
        finding("# new\n\n\na: «b»\n"),
        finding("x:\n    a: «b»\n"),
        finding("a: «b»\n", "said in other words", severity="info", hint=""),
    ],
)
def test_what_does_not_change_it(same: object) -> None:
    assert fingerprints([same]) == [BASE]  # type: ignore[list-item]  # parametrize knows no types


@pytest.mark.parametrize(
    "other",
    [
        finding("a: «c»\n"),
        finding("b: «b»\n"),
        finding("a: «b»\n", path="x.yml"),
        finding("a: «b»\n", rule="TL202"),
    ],
)
def test_what_changes_it(other: object) -> None:
    assert fingerprints([other]) != [BASE]  # type: ignore[list-item]


def test_alike_findings_differ_by_their_order() -> None:
    twins = [finding("a: «b»\n", "one"), finding("a: «b»\n", "two"), finding("a: b\na: «b»\n")]
    marks = fingerprints(twins)
    assert len(set(marks)) == 3
    assert fingerprints(twins) == marks
    assert marks[0] == BASE
