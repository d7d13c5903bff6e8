"""Random cases: the real Traefik and our model say the same; what fails is shown as small as it gets."""

from __future__ import annotations

import pytest

from .generate import PROVIDERS, World, case_of, random_cases, shrink, world_of
from .harness.ask import Traefiks
from .judge import Verdict, judge, judge_all
from .notes import NOTES

#: How many cases of each provider for the fixed seed: 3,000 in all; Kubernetes costs a start for each.
COUNTS = {
    "file": 750,
    "directory": 450,
    "docker": 650,
    "docker-and-file": 300,
    "swarm": 250,
    "kubernetes-crd": 300,
    "ingress": 200,
    "kubernetes": 100,
}
FRESH_PART = 8
#: Of cases that were never asked before, the part that may differ.
MOST_DIFFERING = 0.01
SHOWN = 3


def test_enough_cases_of_every_provider() -> None:
    assert set(COUNTS) == set(PROVIDERS)
    assert sum(COUNTS.values()) >= 3000


@pytest.mark.parametrize("provider", COUNTS)
def test_fixed_seed(provider: str, fixed_seed: int) -> None:
    _check(fixed_seed, COUNTS[provider], provider)


def test_fresh_seed(fresh_seed: int) -> None:
    """Cases that nobody has seen: what differs among them is shown in the summary, and belongs into the table."""
    counts = {provider: count // FRESH_PART for provider, count in COUNTS.items()}
    failed = [verdict for provider in counts for verdict in _differing(fresh_seed, counts[provider], provider)]
    for verdict in failed:
        NOTES[f"differs: {verdict.case.id}, seed {fresh_seed}"] = str(verdict)
    assert len(failed) <= sum(counts.values()) * MOST_DIFFERING, "\n\n".join(map(str, failed[:SHOWN]))


def _check(seed: int, count: int, provider: str) -> None:
    failed = _differing(seed, count, provider)
    assert not failed, f"{len(failed)} of {count} differ (seed {seed}):\n\n" + "\n\n".join(
        str(_shrunk(verdict, seed, provider)) for verdict in failed[:SHOWN]
    )


def _differing(seed: int, count: int, provider: str) -> list[Verdict]:
    verdicts = list(judge_all(random_cases(seed, count, provider)))
    assert len(verdicts) == count
    by_chance = sum(verdict.by_chance for verdict in verdicts)
    NOTES[f"{provider}, seed {seed}"] = f"{count} cases, {by_chance} that Traefik itself leaves to chance"
    return [verdict for verdict in verdicts if verdict.differences]


def _shrunk(verdict: Verdict, seed: int, provider: str) -> Verdict:
    """Return the verdict on the smallest world that differs in the same way."""
    name = verdict.case.id
    kinds = {difference.kind for difference in verdict.differences}
    with Traefiks() as traefiks:

        def differs(world: World) -> bool:
            return bool(kinds & {found.kind for found in judge(case_of(name, world), traefiks).differences})

        small = shrink(world_of(seed, int(name.rpartition("-")[2]), provider), differs)
        return judge(case_of(name, small), traefiks)
