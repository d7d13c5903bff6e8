"""Every named case: the real Traefik and our model say the same."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from .harness.case import Case
from .judge import Verdict, judge_all
from .table import all_cases

#: Cases in which the model is allowed to differ, each with its reason.
EXCLUDED: Mapping[str, str] = {}

CASES = tuple(all_cases())


@pytest.fixture(scope="module")
def verdicts() -> dict[str, Verdict]:
    """Judge the table as a whole: cases with the same static configuration share a process."""
    return {verdict.case.id: verdict for verdict in judge_all(CASES)}


def test_ids_are_unique() -> None:
    ids = [case.id for case in CASES]
    assert sorted(set(ids)) == sorted(ids)


def test_exclusions_name_cases_and_reasons() -> None:
    assert set(EXCLUDED) <= {case.id for case in CASES}
    assert all(EXCLUDED.values())


@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
def test_model_equals_traefik(case: Case, verdicts: dict[str, Verdict]) -> None:
    if case.id not in EXCLUDED:
        assert not verdicts[case.id].differences, f"\n{verdicts[case.id]}"


def test_exclusions_are_still_needed(verdicts: dict[str, Verdict]) -> None:
    assert [name for name in EXCLUDED if not verdicts[name].differences] == []
