"""Puts the same case before the real Traefik and before our model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from .compare import Difference, compare
from .harness.ask import Traefiks
from .harness.case import Case, readable
from .harness.process import HarnessError
from .ours import NotOneDeployment, Ours, answer

#: How often a difference must be seen to be sure that it is none by chance.
REPEATS = 6
#: How often is asked for the model's answer where both sides say that it is one of several.
MOST_REPEATS = 60

#: Both cores are used: one asks while the other computes.
WORKERS = 2
#: Cases of a batch that each need a start of their own.
_STARTS = 12


class Verdict(NamedTuple):
    """A case with the differences that stay.

    ``by_chance``: Traefik's answer is another each time, the model says so of the same elements, and for each of
    them the model's answer was among Traefik's.
    """

    case: Case
    differences: list[Difference]
    by_chance: bool = False

    def __str__(self) -> str:
        return readable(self.case) + "\n\n" + "\n".join(map(str, self.differences))


def judge(case: Case, traefiks: Traefiks) -> Verdict:
    """Return where the real Traefik and our model differ, whatever both leave to chance set aside."""
    try:
        ours = answer(case)
    except NotOneDeployment as error:
        return Verdict(case, [Difference("names", "deployment", "is one", str(error))])
    try:
        differences = compare(traefiks.ask(case).rawdata, ours.rawdata)
        return _again(case, ours, differences, traefiks) if differences else Verdict(case, [])
    except (HarnessError, OSError) as error:  # a port taken meanwhile
        return Verdict(case, [Difference("harness", "Traefik", str(error), "")])


def _again(case: Case, ours: Ours, first: list[Difference], traefiks: Traefiks) -> Verdict:
    """Ask until the model's answer was seen at every place, or it is sure that it never will be."""
    left = first
    seen = {difference.element for difference in first}
    for number in range(MOST_REPEATS):
        if number >= REPEATS and any(each.element not in ours.undetermined for each in left):
            break
        again = compare(traefiks.ask(case).rawdata, ours.rawdata)
        seen |= {difference.element for difference in again}
        places = {difference.key for difference in again}
        left = [difference for difference in left if difference.key in places]
        if not left:
            break
    unsaid = sorted(seen - ours.undetermined) if not left else []
    left += [Difference("chance", f"[{name}]", "varies", "not undetermined") for name in unsaid]
    return Verdict(case, left, by_chance=not left)


def judge_all(cases: Iterable[Case]) -> Iterator[Verdict]:
    """Yield the verdict on each case, in the cases' order within each static configuration."""
    batches: dict[tuple[str, str, tuple[str, ...], int], list[Case]] = {}
    for number, case in enumerate(cases):
        part = number // _STARTS if case.manifests else -1
        batches.setdefault((case.version, case.static, case.flags, part), []).append(case)
    with ThreadPoolExecutor(WORKERS) as pool:
        for verdicts in pool.map(_judge_batch, batches.values()):
            yield from verdicts


def _judge_batch(cases: list[Case]) -> list[Verdict]:
    with Traefiks(kept=1) as traefiks:
        verdicts = [judge(case, traefiks) for case in cases]
    return [_alone(verdict.case) if verdict.differences else verdict for verdict in verdicts]


def _alone(case: Case) -> Verdict:
    """Judge once more with a process of its own: one that has seen hundreds of configurations may be late, or hold
    something of the case before, but what the model says wrongly is wrong in a fresh one too."""
    with Traefiks(kept=1) as traefiks:
        return judge(case, traefiks)
