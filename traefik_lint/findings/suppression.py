"""Comments in the linted files that keep findings from counting: ``# traefik-lint: ignore[TL201] reason``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from traefik_lint.checks.registry import Draft
from traefik_lint.findings.finding import Finding, Suppressed
from traefik_lint.findings.selection import RuleBook
from traefik_lint.source.comments import toml_comments, yaml_comments
from traefik_lint.source.span import SourceFile, Span
from traefik_lint.source.tree import Comment

_MARK = re.compile(
    r"(?:^|#)\s*(traefik-lint:\s*(?P<order>[\w-]*)\s*(?P<list>\[(?P<rules>[^\]]*)\])?\s*(?P<reason>[^#]*))"
)
_BLOCK_SCALAR = re.compile(r"(?:^|[:\-\s])[|>][+\-0-9]*\s*(?:#.*)?$")


class Suppression(NamedTuple):
    """One rule named in one comment: ``lines`` are those whose findings it covers, None for the whole file."""

    rules: frozenset[str]
    name: str
    span: Span
    lines: range | None
    reason: str

    def covers(self, finding: Finding, line: int) -> bool:
        """Whether a finding of this file that begins on ``line`` is meant."""
        return finding.rule in self.rules and (self.lines is None or line in self.lines)


class FileSuppressions(NamedTuple):
    """All suppressions of a file, and what is wrong with comments that would be some."""

    suppressions: list[Suppression]
    invalid: list[Draft]


def read_suppressions(file: SourceFile, notation: str, book: RuleBook) -> FileSuppressions:
    """The suppressions written in a file's comments."""
    found: list[Suppression] = []
    invalid: list[Draft] = []
    if "traefik-lint:" in file.text:
        notes = toml_comments(file) if notation == "toml" else yaml_comments(file)
        own_lines = {comment.span.first.line for comment in notes if comment.own_line}
        for comment in notes:
            mark = _MARK.search(comment.text)
            if mark is not None:
                _read(comment, mark, book, own_lines, found, invalid)
    return FileSuppressions(found, invalid)


def _read(
    comment: Comment,
    mark: re.Match[str],
    book: RuleBook,
    own_lines: set[int],
    found: list[Suppression],
    invalid: list[Draft],
) -> None:
    whole = comment.span
    # The comment's text begins after its `#`, and so do the match's offsets.
    text_start = whole.end - len(comment.text)
    order = mark["order"]
    if order not in ("ignore", "ignore-file"):
        span = _part(whole, text_start, mark, 1)
        invalid.append(
            _invalid(span, f'"{order}" is not an order to traefik-lint, so the comment does nothing')
        )
        return
    if mark["list"] is None:
        span = _part(whole, text_start, mark, 1)
        invalid.append(_invalid(span, "the comment names no rule in brackets, so it does nothing"))
        return
    lines = None if order == "ignore-file" else _covered_lines(comment, own_lines)
    at = text_start + mark.start("rules")
    for name in mark["rules"].split(","):
        stripped = name.strip()
        start = at + len(name) - len(name.lstrip())
        at += len(name) + 1
        span = Span(whole.file, start, start + len(stripped))
        rules = book.ids(stripped) if stripped else None
        if rules is None:
            message = (
                f"{book.unknown(stripped)}; the comment does nothing" if stripped else "no rule is named here"
            )
            invalid.append(_invalid(span, message))
        else:
            found.append(Suppression(rules, stripped, span, lines, mark["reason"].strip()))


def _part(whole: Span, text_start: int, mark: re.Match[str], group: int) -> Span:
    return Span(
        whole.file, text_start + mark.start(group), text_start + len(mark.string[: mark.end(group)].rstrip())
    )


def _invalid(span: Span, message: str) -> Draft:
    hint = "write `# traefik-lint: ignore[TL201] reason`, or `ignore-file[…]` for the whole file"
    return Draft(span, message, hint, (), None, None)


def _covered_lines(comment: Comment, own_lines: set[int]) -> range:
    """The comment's own line, or the next line with content when the comment stands alone; with a block scalar
    (``|``, ``>``) that begins there, for no comment can stand inside it."""
    file = comment.span.file
    line = comment.span.first.line
    last_line = len(file.line_starts())
    if comment.own_line:
        line += 1
        while line <= last_line and (line in own_lines or not file.line(line).strip()):
            line += 1
    end = line + 1
    if line <= last_line:
        text = file.line(line)
        if _BLOCK_SCALAR.search(text):
            indent = len(text) - len(text.lstrip())
            while end <= last_line and _is_deeper(file.line(end), indent):
                end += 1
    return range(line, end)


def _is_deeper(text: str, indent: int) -> bool:
    stripped = text.lstrip()
    return not stripped or len(text) - len(stripped) > indent


def apply(
    findings: Iterable[Finding], by_file: dict[str, FileSuppressions]
) -> tuple[list[Finding], set[Suppression]]:
    """Mark the findings that a comment covers, and tell which suppressions were of use."""
    result: list[Finding] = []
    used: set[Suppression] = set()
    for finding in findings:
        file = by_file.get(finding.span.file.path)
        line = finding.span.first.line
        covering = [one for one in file.suppressions if one.covers(finding, line)] if file else []
        used.update(covering)
        if covering and finding.suppressed is None:
            result.append(finding._replace(suppressed=Suppressed("in-source", covering[0].reason)))
        else:
            result.append(finding)
    return result, used


def unused(
    suppressions: Iterable[Suppression], used: set[Suppression], asked: frozenset[str]
) -> Iterable[Draft]:
    """Suppressions without a finding to suppress, among those whose rules were all ``asked``."""
    for one in suppressions:
        if one not in used and one.rules <= asked:
            what = "in this file" if one.lines is None else "here"
            message = f'"{one.name}" finds nothing {what}, so the comment is of no use'
            yield Draft(one.span, message, "remove the rule from the comment", (), None, None)
