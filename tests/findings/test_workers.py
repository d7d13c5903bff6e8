"""Many deployments in several processes: the same findings as in one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from traefik_lint.findings import workers
from traefik_lint.findings.engine import Outcome
from traefik_lint.findings.lint import lint
from traefik_lint.findings.request import Request
from traefik_lint.findings.workers import FEWEST_DEPLOYMENTS, share_out
from traefik_lint.model.deployment import Deployment

BROKEN = (
    "services:\n  app:\n    image: app\n    labels: ['traefik.http.routers.r{n}.rule=Host(`a.example`']\n"
)
COUNT = FEWEST_DEPLOYMENTS + 5


def project(folder: Path) -> Request:
    for number in range(COUNT):
        path = folder / f"p{number:03}" / "compose.yml"
        path.parent.mkdir()
        path.write_text(BROKEN.replace("{n}", str(number)), encoding="utf-8")
    return Request((str(folder),), str(folder))


def test_the_findings_are_those_of_one_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    request = project(tmp_path)
    shared = lint(request)
    monkeypatch.setattr(workers, "_processors", lambda: 1)
    alone = lint(request)
    told = [[(one.rule, one.message, one.span.file.path, one.span.start, one.hint) for one in result.findings]
            for result in (shared, alone)]  # fmt: skip
    assert told[0] == told[1]
    assert len({path for _, _, path, _, _ in told[0]}) == COUNT


def test_what_a_dying_process_does_not_tell_is_done_again() -> None:
    me = os.getpid()
    deployments = [Deployment(str(number)) for number in range(COUNT)]
    done: list[str] = []

    def work(some: list[Deployment]) -> Outcome:
        if os.getpid() != me:
            os._exit(7)
        done.extend(one.name for one in some)
        return Outcome([], [], frozenset(one.name for one in some))

    outcome = share_out(deployments, work, workers=2)
    assert done == [one.name for one in deployments]
    assert outcome.unasked == frozenset(done)


def test_few_deployments_stay_together() -> None:
    calls: list[int] = []

    def work(some: list[Deployment]) -> Outcome:
        calls.append(len(some))
        return Outcome([], [], frozenset())

    share_out([Deployment("a")] * 3, work, workers=4)
    assert calls == [3]
