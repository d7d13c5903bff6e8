"""For people: each finding with its source line, related places and a hint, and a summary."""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.findings.finding import Finding, Severity
from traefik_lint.findings.result import SEVERITIES, Result
from traefik_lint.report.excerpt import excerpt
from traefik_lint.report.formats import Look
from traefik_lint.report.plain import place, safe
from traefik_lint.source.span import Span

_COLORS: dict[Severity, str] = {"error": "1;31", "warning": "1;33", "info": "1;36"}
_PLURALS: dict[Severity, str] = {"error": "errors", "warning": "warnings", "info": "infos"}


def write(result: Result, look: Look) -> Iterator[str]:
    """Findings in order, each followed by an empty line, then one line that sums up."""
    for finding in result.counted:
        yield from _finding(finding, look)
        yield "\n"
    yield summary(result) + "\n"


def summary(result: Result) -> str:
    """One line that says how much was found in how much."""
    where = f"{_number(result.files, 'file')}, {_number(result.deployments, 'deployment')}"
    if result.files == 0:
        return "no files about Traefik were found"
    counts = [
        f"{number} {severity if number == 1 else _PLURALS[severity]}"
        for severity in SEVERITIES
        if (number := result.count(severity))
    ]
    suppressed = len(result.findings) - len(result.counted)
    silenced = f" ({suppressed} suppressed)" if suppressed else ""
    return f"{', '.join(counts) or 'nothing to report'} in {where}{silenced}"


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _finding(finding: Finding, look: Look) -> Iterator[str]:
    color = _COLORS[finding.severity]
    first = finding.span.first
    where = _paint(place(finding.span.file.path, first.line, first.column), "1", look)
    severity = _paint(finding.severity, color, look)
    rule = _paint(f"[{finding.rule} {finding.name}]", "2", look)
    yield f"{where}: {severity}: {safe(finding.message)} {rule}\n"
    numbers = [finding.span.first.line, *(related.span.first.line for related in finding.related)]
    gutter = max(len(str(number)) for number in numbers) + 1
    yield from _source(finding.span, gutter, color, look)
    for related in finding.related:
        at = related.span.first
        where = place(related.span.file.path, at.line, at.column)
        yield f"{'':{gutter}} = {where}: {safe(related.message)}\n"
        yield from _source(related.span, gutter, "1;34", look)
    if finding.hint:
        yield f"{'':{gutter}} = {_paint('hint', '1;32', look)}: {safe(finding.hint)}\n"


def _source(span: Span, gutter: int, color: str, look: Look) -> Iterator[str]:
    part = excerpt(span, look.width - gutter - 3)
    if not part.line and not span.file.text:
        return  # a file without text has no line to show
    bar = _paint("|", "2", look)
    yield f"{_paint(f'{part.number:{gutter}}', '2', look)} {bar} {part.line}\n"
    yield f"{'':{gutter}} {bar} {part.indent}{_paint(part.carets, color, look)}\n"


def _paint(text: str, color: str, look: Look) -> str:
    return f"\x1b[{color}m{text}\x1b[0m" if look.color else text
