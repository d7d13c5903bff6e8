"""One line for each finding, for terminals, editors and grep."""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.findings.result import Result
from traefik_lint.report.formats import Look
from traefik_lint.report.plain import place, safe


def write(result: Result, look: Look) -> Iterator[str]:  # noqa: ARG001  # every writer has this form
    """``path:line:column: severity: message [TL201 undefined-entry-point]``."""
    for finding in result.counted:
        at = finding.span.first
        where = place(finding.span.file.path, at.line, at.column)
        yield f"{where}: {finding.severity}: {safe(finding.message)} [{finding.rule} {finding.name}]\n"
