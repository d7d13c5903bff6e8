"""Many deployments are shared out to processes, one for each processor; the answer is the same as without.

Deployments don't know of each other, so each can be computed and checked anywhere. The trees are there before the
processes part, and only findings come back, as plain values with places by number of file.
"""

from __future__ import annotations

import marshal
import os
from collections.abc import Callable
from typing import TypeAlias, TypeVar

from traefik_lint.findings.engine import Failure, Outcome
from traefik_lint.findings.finding import Confidence, Finding, Related, Severity
from traefik_lint.model.deployment import Deployment
from traefik_lint.source.span import SourceFile, Span

#: Fewer deployments are done before another process has begun.
FEWEST_DEPLOYMENTS = 48
MOST_WORKERS = 4

Work: TypeAlias = Callable[[list[Deployment]], Outcome]
_Files: TypeAlias = "dict[int, tuple[int, SourceFile]]"
_Place: TypeAlias = "tuple[int | tuple[str, str, str], int, int]"
_PlainFinding: TypeAlias = "tuple[str, str, Severity, Confidence, str, _Place, str, list[tuple[_Place, str]]]"
_PlainOutcome: TypeAlias = "tuple[list[_PlainFinding], list[tuple[str, str, str, str]], list[str]]"
_T = TypeVar("_T")


def share_out(deployments: list[Deployment], work: Work, workers: int | None = None) -> Outcome:
    """Do ``work`` on all deployments, in several processes where that is faster; the outcome keeps their order.

    ``workers`` is the number of processes, by default one for each processor this process may use. What a process
    that dies did not tell is done again here.
    """
    count = _processors() if workers is None else workers
    if len(deployments) < FEWEST_DEPLOYMENTS or count < 2 or not hasattr(os, "fork"):
        return work(deployments)
    shares = _shares(deployments, min(count, MOST_WORKERS))
    files = _files(deployments)
    started = [_start(share, work, files) for share in shares[1:]]
    outcomes = [work(shares[0])]
    for share, (process, pipe) in zip(shares[1:], started, strict=True):
        outcomes.append(_told(process, pipe, files) or work(share))
    return _joined(outcomes)


def _processors() -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity is not None else os.cpu_count() or 1


def _shares(items: list[_T], count: int) -> list[list[_T]]:
    size = -(-len(items) // count)
    return [items[begin : begin + size] for begin in range(0, len(items), size)]


def _files(deployments: list[Deployment]) -> _Files:
    """All files by identity, each with its number."""
    known: _Files = {}
    for deployment in deployments:
        for file in deployment.files:
            known.setdefault(id(file), (len(known), file))
    return known


def _start(share: list[Deployment], work: Work, files: _Files) -> tuple[int, int]:
    """Begin the work in a process of its own; answers its number and where to read what it tells."""
    reader, writer = os.pipe()
    process = os.fork()
    if process:
        os.close(writer)
        return process, reader
    code = 1
    try:
        os.close(reader)
        with os.fdopen(writer, "wb") as stream:
            stream.write(marshal.dumps(_plain(work(share), files)))
        code = 0
    finally:
        os._exit(code)  # nothing of the parent's may be run or written a second time


def _told(process: int, pipe: int, files: _Files) -> Outcome | None:
    """What a process found, None when it died over it."""
    with os.fdopen(pipe, "rb") as stream:
        data = stream.read()
    _, status = os.waitpid(process, 0)
    if status != 0 or not data:
        return None
    told: _PlainOutcome = marshal.loads(data)
    findings, failures, unasked = told
    numbered = [file for _, file in files.values()]
    extra: dict[tuple[str, str], SourceFile] = {}
    return Outcome(
        [_finding(one, numbered, extra) for one in findings],
        [Failure(*one) for one in failures],
        frozenset(unasked),
    )


def _joined(outcomes: list[Outcome]) -> Outcome:
    return Outcome(
        [finding for outcome in outcomes for finding in outcome.findings],
        [failure for outcome in outcomes for failure in outcome.failures],
        frozenset().union(*(outcome.unasked for outcome in outcomes)),
    )


def _plain(outcome: Outcome, files: _Files) -> _PlainOutcome:
    findings: list[_PlainFinding] = [
        (
            one.rule,
            one.name,
            one.severity,
            one.confidence,
            one.message,
            _place(one.span, files),
            one.hint,
            [(_place(other.span, files), other.message) for other in one.related],
        )
        for one in outcome.findings
    ]
    return (
        findings,
        [(one.rule, one.deployment, one.error, one.trace) for one in outcome.failures],
        sorted(outcome.unasked),
    )


def _place(span: Span, files: _Files) -> _Place:
    known = files.get(id(span.file))
    if known is not None:
        return known[0], span.start, span.end
    file = span.file  # one that a check has read itself
    return (file.path, file.real, file.text), span.start, span.end


def _finding(
    plain: _PlainFinding, numbered: list[SourceFile], extra: dict[tuple[str, str], SourceFile]
) -> Finding:
    rule, name, severity, confidence, message, place, hint, related = plain
    others = tuple(Related(_span(where, numbered, extra), text) for where, text in related)
    return Finding(rule, name, severity, confidence, message, _span(place, numbered, extra), hint, others)


def _span(place: _Place, numbered: list[SourceFile], extra: dict[tuple[str, str], SourceFile]) -> Span:
    file, start, end = place
    if isinstance(file, int):
        return Span(numbered[file], start, end)
    path, real, text = file
    return Span(extra.setdefault((path, real), SourceFile(path, text, real)), start, end)
