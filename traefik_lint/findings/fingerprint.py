"""Names for findings that stay when lines move."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from traefik_lint.findings.finding import Finding

#: How much of a line is looked at; one with thousands of findings must not be read in full for each.
MOST_CHARACTERS = 1_000


def fingerprints(findings: Iterable[Finding]) -> list[str]:
    """One fingerprint for each finding, in order: 32 hexadecimal digits.

    They are made of the rule, the path, the text pointed at and the rest of its line, not of line numbers or of
    the message. Of findings that are alike in all this, the order tells them apart.
    """
    counts: dict[tuple[str, ...], int] = {}
    result = []
    for finding in findings:
        span = finding.span
        line = span.file.line(span.first.line)[:MOST_CHARACTERS]
        key = (finding.rule, span.file.path, _folded(span.text[:MOST_CHARACTERS]), _folded(line))
        count = counts[key] = counts.get(key, 0) + 1
        text = "\0".join((*key, str(count)))
        result.append(sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32])
    return result


def _folded(text: str) -> str:
    return " ".join(text.split())
