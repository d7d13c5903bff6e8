"""Places in texts for tests: what stands between « and » is meant."""

from __future__ import annotations

from traefik_lint.findings.finding import Confidence, Finding, Related, Severity, Suppressed
from traefik_lint.source.span import SourceFile, Span


def spans(text: str, path: str = "compose.yml") -> list[Span]:
    """One span for each «…», all of one file whose text is without the marks."""
    pieces = text.replace("«", "\0<").replace("»", "\0>").split("\0")
    clean = pieces[0]
    starts: list[int] = []
    ends: list[int] = []
    for piece in pieces[1:]:
        (starts if piece[0] == "<" else ends).append(len(clean))
        clean += piece[1:]
    file = SourceFile(path, clean)
    return [Span(file, start, end) for start, end in zip(starts, ends, strict=True)]


def finding(
    text: str,
    message: str = 'entry point "wbe" does not exist, so the router is disabled',
    *,
    rule: str = "TL201",
    path: str = "compose.yml",
    severity: Severity = "error",
    confidence: Confidence = "high",
    hint: str = "write web",
    related: tuple[Related, ...] = (),
    suppressed: Suppressed | None = None,
) -> Finding:
    """A finding about the one «…» in a text."""
    (span,) = spans(text, path)
    return Finding(
        rule, "undefined-entry-point", severity, confidence, message, span, hint, related, suppressed
    )
