"""Runs the checks on the computed worlds and makes findings of what they say."""

from __future__ import annotations

import gc
from collections.abc import Iterable
from typing import NamedTuple

from traefik_lint.checks.registry import Check, Draft
from traefik_lint.findings.finding import Finding
from traefik_lint.findings.selection import Selection
from traefik_lint.runtime.types import Runtime

#: Clearing a world away takes a tenth of the time that computing it takes, so only what would not fit is cleared.
WORLDS_BETWEEN_COLLECTIONS = 2_000


#: The most characters of a message or a hint.
MAX_TEXT = 1_000


class Failure(NamedTuple):
    """A check that broke: our mistake or a plugin's, never the user's. ``trace`` is the Python traceback."""

    rule: str
    deployment: str
    error: str
    trace: str


class Outcome(NamedTuple):
    """What the checks said; ``unasked`` are the rules that could not run on at least one deployment."""

    findings: list[Finding]
    failures: list[Failure]
    unasked: frozenset[str]


def run(runtimes: Iterable[Runtime], checks: Iterable[Check], selection: Selection) -> Outcome:
    """Run the selected checks on every computed world.

    A check that needs more than a world's files tell (its ``needs`` are open) is left out there. A check that
    raises is reported as a failure, and all others still run.
    """
    findings: list[Finding] = []
    failures: list[Failure] = []
    unasked: set[str] = set()
    selected = [check for check in checks if selection.runs(check.id)]
    for number, runtime in enumerate(runtimes, 1):
        _tidy_up(number)
        for check in selected:
            if check.needs and not runtime.is_closed(*check.needs):
                unasked.add(check.id)
                continue
            try:
                drafts = list(check.run(runtime))
                if drafts:
                    findings += [finding_of(draft, check, selection) for draft in drafts]
            except Exception as error:  # noqa: BLE001  # one broken rule must not hide what the others found
                failures.append(_failure(check, runtime, error))
    return Outcome(findings, failures, frozenset(unasked))


def _tidy_up(number: int) -> None:
    # With the collector switched off, the worlds that are done with must be cleared away now and then. What lives
    # from before the first world (the trees of all files) is put aside, so that it is not looked through each time.
    if gc.isenabled():
        return
    if number == 1:
        gc.freeze()
    elif number % WORLDS_BETWEEN_COLLECTIONS == 0:
        gc.collect()


def finding_of(draft: Draft, check: Check, selection: Selection) -> Finding:
    """The finding behind a draft: the settings' severity wins over the draft's, and that over the rule's."""
    return Finding(
        rule=check.id,
        name=check.name,
        severity=selection.severity(check.id) or draft.severity or check.severity,
        confidence=draft.confidence or check.confidence,
        message=_bounded(draft.message),
        span=draft.span,
        hint=_bounded(draft.hint),
        related=draft.related,
    )


def _bounded(text: str) -> str:
    """A message tells, it does not repeat megabytes of a file."""
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 1] + "…"


def sorted_once(findings: Iterable[Finding]) -> list[Finding]:
    """Findings by path, place, rule and message, none of them twice (deployments share files)."""
    found: dict[tuple[str, int, int, str, str], Finding] = {}
    for finding in findings:
        span = finding.span
        found.setdefault((span.file.path, span.start, span.end, finding.rule, finding.message), finding)
    return [found[key] for key in sorted(found)]


def _failure(check: Check, runtime: Runtime, error: Exception) -> Failure:
    from traceback import format_exc

    return Failure(check.id, runtime.deployment.name, f"{type(error).__name__}: {error}", format_exc())
