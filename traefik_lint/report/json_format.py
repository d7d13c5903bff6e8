"""JSON, version 1: a contract with other programs, described by ``schemas/findings.json``."""

from __future__ import annotations

import json
from collections.abc import Iterator

from traefik_lint.findings.finding import Finding
from traefik_lint.findings.fingerprint import fingerprints
from traefik_lint.findings.pages import rule_url
from traefik_lint.findings.result import SEVERITIES, Result
from traefik_lint.report.formats import Look
from traefik_lint.source.span import Position, Span

VERSION = 1


def write(result: Result, look: Look) -> Iterator[str]:  # noqa: ARG001  # every writer has this form
    """All findings, also the suppressed ones; the summary counts only those that are not."""
    marks = fingerprints(result.findings)
    summary = {"files": result.files, "deployments": result.deployments}
    summary.update((severity, result.count(severity)) for severity in SEVERITIES)
    document = {
        "version": VERSION,
        "findings": [_finding(finding, mark) for finding, mark in zip(result.findings, marks, strict=True)],
        "summary": summary,
    }
    yield json.dumps(document, ensure_ascii=False, indent=2)
    yield "\n"


def _finding(finding: Finding, mark: str) -> dict[str, object]:
    return {
        "rule": finding.rule,
        "name": finding.name,
        "severity": finding.severity,
        "confidence": finding.confidence,
        "message": finding.message,
        "hint": finding.hint,
        "url": rule_url(finding.rule, finding.name),
        **_place(finding.span),
        "related": [{**_place(related.span), "message": related.message} for related in finding.related],
        "suppressed": finding.suppressed._asdict() if finding.suppressed else None,
        "fingerprint": mark,
    }


def _place(span: Span) -> dict[str, object]:
    return {"path": span.file.path, "start": _position(span.first), "end": _position(span.last)}


def _position(position: Position) -> dict[str, int]:
    return {"line": position.line, "column": position.column}
