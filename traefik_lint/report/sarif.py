"""SARIF 2.1.0, for code scanning and editors."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from urllib.parse import quote

from traefik_lint import __version__
from traefik_lint.checks.registry import Check
from traefik_lint.findings.finding import Confidence, Finding, Severity, Suppressed
from traefik_lint.findings.fingerprint import fingerprints
from traefik_lint.findings.pages import HOME, load_page, rule_url
from traefik_lint.findings.result import Result
from traefik_lint.report.formats import Look
from traefik_lint.source.span import Span

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}
_PRECISION: dict[Confidence, str] = {"high": "very-high", "medium": "medium", "low": "low"}


def write(result: Result, look: Look) -> Iterator[str]:  # noqa: ARG001  # every writer has this form
    """One run; the rules described are those that found something.

    Columns count UTF-16 code units, which is what readers take them for that don't look at ``columnKind``.
    """
    found = {finding.rule for finding in result.findings}
    checks = [check for check in result.checks if check.id in found]
    indices = {check.id: index for index, check in enumerate(checks)}
    marks = fingerprints(result.findings)
    run = {
        "tool": {
            "driver": {
                "name": "traefik-lint",
                "version": __version__,
                "semanticVersion": __version__,
                "informationUri": HOME,
                "rules": [_rule(check) for check in checks],
            }
        },
        "invocations": [{"executionSuccessful": not result.failures, **_notifications(result)}],
        "columnKind": "utf16CodeUnits",
        "results": [
            _result(finding, mark, indices) for finding, mark in zip(result.findings, marks, strict=True)
        ],
    }
    yield json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)
    yield "\n"


def _rule(check: Check) -> dict[str, object]:
    page = load_page(check.id, check.name)
    words = check.name.replace("-", " ")
    rule: dict[str, object] = {
        "id": check.id,
        "name": check.name,
        "shortDescription": {"text": page.title if page else words},
        "defaultConfiguration": {"level": _LEVELS[check.severity]},
        "properties": {"precision": _PRECISION[check.confidence], "tags": ["traefik"]},
    }
    url = rule_url(check.id, check.name)
    if url:
        rule["helpUri"] = url
    if page is not None:
        rule["fullDescription"] = {"text": page.summary or words}
        rule["help"] = {"text": page.text, "markdown": page.text}
    return rule


def _notifications(result: Result) -> dict[str, object]:
    notes = [
        {
            "level": "error",
            "message": {"text": f"the rule {failure.rule} broke on {failure.deployment}: {failure.error}"},
        }
        for failure in result.failures
    ]
    return {"toolExecutionNotifications": notes} if notes else {}


def _result(finding: Finding, mark: str, indices: dict[str, int]) -> dict[str, object]:
    text = f"{finding.message}. Hint: {finding.hint}" if finding.hint else finding.message
    result: dict[str, object] = {
        "ruleId": finding.rule,
        "ruleIndex": indices[finding.rule],
        "level": _LEVELS[finding.severity],
        "message": {"text": text},
        "locations": [{"physicalLocation": _location(finding.span)}],
        "partialFingerprints": {"traefikLint/v1": mark},
        "properties": {"confidence": finding.confidence},
    }
    if finding.related:
        result["relatedLocations"] = [
            {"id": id, "physicalLocation": _location(related.span), "message": {"text": related.message}}
            for id, related in enumerate(finding.related, 1)
        ]
    # Where any result has suppressions, all must have them: an empty list says that it counts.
    result["suppressions"] = [_suppression(finding.suppressed)] if finding.suppressed else []
    return result


def _suppression(suppressed: Suppressed) -> dict[str, object]:
    kind = "inSource" if suppressed.kind == "in-source" else "external"
    return {"kind": kind, "justification": suppressed.reason} if suppressed.reason else {"kind": kind}


def _location(span: Span) -> dict[str, object]:
    first, last = span.first, span.last
    return {
        "artifactLocation": _artifact(span.file.path),
        "region": {
            "startLine": first.line,
            "startColumn": _utf16_column(span, first.line, first.column),
            "endLine": last.line,
            "endColumn": _utf16_column(span, last.line, last.column),
        },
    }


def _artifact(path: str) -> dict[str, str]:
    uri = quote(path.encode("utf-8", "surrogateescape"), safe="/")
    if os.path.isabs(path):
        return {"uri": "file://" + (uri if uri.startswith("/") else "/" + uri)}
    return {"uri": uri, "uriBaseId": "%SRCROOT%"}


def _utf16_column(span: Span, line: int, column: int) -> int:
    before = span.file.line(line)[: column - 1]
    return column if before.isascii() else column + sum(char > "\uffff" for char in before)
