"""Workflow commands that GitHub shows as annotations of the changed lines."""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.findings.finding import Finding, Severity
from traefik_lint.findings.result import Result
from traefik_lint.report.formats import Look
from traefik_lint.report.plain import safe

_COMMANDS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}


def write(result: Result, look: Look) -> Iterator[str]:  # noqa: ARG001  # every writer has this form
    """``::error file=…,line=…,endLine=…,col=…,endColumn=…,title=…::message``."""
    for finding in result.counted:
        yield _command(finding)


def _command(finding: Finding) -> str:
    first, last = finding.span.first, finding.span.last
    properties = {
        "file": safe(finding.span.file.path),
        "line": first.line,
        "endLine": last.line,
        "col": first.column,
    }
    if last.line == first.line:  # GitHub takes no columns for more than one line
        properties["endColumn"] = last.column
    else:
        del properties["col"]
    properties["title"] = f"{finding.rule} {finding.name}"
    listed = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    lines = [safe(finding.message), *([f"hint: {safe(finding.hint)}"] if finding.hint else [])]
    message = _data("\n".join(lines))
    return f"::{_COMMANDS[finding.severity]} {listed}::{message}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
