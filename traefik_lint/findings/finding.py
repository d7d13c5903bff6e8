"""A finding and its parts."""

from __future__ import annotations

from typing import Literal, NamedTuple

from traefik_lint.source.span import Span

Severity = Literal["error", "warning", "info"]
Confidence = Literal["high", "medium", "low"]


class Related(NamedTuple):
    """Another place that belongs to a finding, with what is to be seen there."""

    span: Span
    message: str


class Suppressed(NamedTuple):
    """Why a finding is not counted: by a comment (``in-source``) or by the settings (``settings``)."""

    kind: Literal["in-source", "settings"]
    reason: str


class Finding(NamedTuple):
    """One thing that Traefik does other than its author meant."""

    rule: str
    name: str
    severity: Severity
    confidence: Confidence
    message: str
    span: Span
    hint: str = ""
    related: tuple[Related, ...] = ()
    suppressed: Suppressed | None = None
