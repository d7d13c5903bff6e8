"""Puts the same case before the real Traefik and before our model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from .compare import Difference, compare
from .harness.ask import Traefiks
from .harness.case import Case, readable
from .ours import NotOneDeployment, answer

#: How often a difference must be seen: what Traefik itself leaves to chance does not come out the same again.
REPEATS = 6

#: Both cores are used: one asks while the other computes.
WORKERS = 2


class Verdict(NamedTuple):
    """A case with the differences that stay; `by_chance` when all differences went away by asking again."""

    case: Case
    differences: list[Difference]
    by_chance: bool = False

    def __str__(self) -> str:
        return readable(self.case) + "\n\n" + "\n".join(map(str, self.differences))


def judge(case: Case, traefiks: Traefiks) -> Verdict:
    """Return where the real Traefik and our model differ, whatever Traefik leaves to chance set aside."""
    try:
        ours = answer(case).rawdata
    except NotOneDeployment as error:
        return Verdict(case, [Difference("names", "deployment", "is one", str(error))])
    differences = compare(traefiks.ask(case).rawdata, ours)
    if not differences:
        return Verdict(case, [])
    for _ in range(REPEATS):
        again = compare(traefiks.ask(case).rawdata, ours)
        differences = [difference for difference in differences if difference in again]
        if not differences:
            return Verdict(case, [], by_chance=True)
    return Verdict(case, differences)


def judge_all(cases: Iterable[Case]) -> Iterator[Verdict]:
    """Yield the verdict on each case, in the cases' order within each static configuration."""
    batches: dict[tuple[str, str, tuple[str, ...]], list[Case]] = {}
    for case in cases:
        batches.setdefault((case.version, case.static, case.flags), []).append(case)
    with ThreadPoolExecutor(WORKERS) as pool:
        for verdicts in pool.map(_judge_batch, batches.values()):
            yield from verdicts


def _judge_batch(cases: list[Case]) -> list[Verdict]:
    with Traefiks(kept=1) as traefiks:
        return [judge(case, traefiks) for case in cases]
