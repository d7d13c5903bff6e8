"""What one run has to tell."""

from __future__ import annotations

from typing import NamedTuple

from traefik_lint.checks.registry import Check
from traefik_lint.findings.engine import Failure
from traefik_lint.findings.finding import Finding, Severity

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


class Result(NamedTuple):
    """Findings in order (suppressed ones too), the known rules, what broke, and how much was looked at."""

    findings: list[Finding]
    checks: list[Check]
    failures: list[Failure]
    files: int
    deployments: int

    @property
    def counted(self) -> list[Finding]:
        """The findings that nobody suppressed."""
        return [finding for finding in self.findings if finding.suppressed is None]

    def count(self, severity: Severity) -> int:
        """How many findings of a severity count."""
        return sum(finding.severity == severity and finding.suppressed is None for finding in self.findings)

    def reaches(self, threshold: Severity) -> bool:
        """Whether a finding that counts is at least as severe as ``threshold``."""
        bad = SEVERITIES[: SEVERITIES.index(threshold) + 1]
        return any(finding.severity in bad for finding in self.counted)
