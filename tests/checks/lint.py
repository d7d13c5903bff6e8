"""Lint small projects written in a test."""

from __future__ import annotations

import tempfile
from pathlib import Path
from textwrap import dedent
from typing import NamedTuple

from traefik_lint.findings.lint import lint as lint_request
from traefik_lint.findings.request import Request
from traefik_lint.options.version import parse_version


class Found(NamedTuple):
    """A finding as a test wants to see it: the rule, the place, the characters pointed at, and what is said."""

    rule: str
    path: str
    line: int
    text: str
    message: str
    hint: str
    severity: str
    confidence: str


def lint(files: dict[str, str], *, version: str = "", paths: tuple[str, ...] = (".",)) -> list[Found]:
    """All findings that count, for a folder holding ``files``; raises AssertionError when a rule breaks."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            path = Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(dedent(text), encoding="utf-8")
        named = tuple(str(Path(folder) / path) for path in paths)
        result = lint_request(Request(named, folder, version=parse_version(version) if version else None))
    assert result.failures == []
    return [
        Found(
            one.rule,
            one.span.file.path,
            one.span.first.line,
            one.span.text,
            one.message,
            one.hint,
            one.severity,
            one.confidence,
        )
        for one in result.counted
    ]


def found_by(rule: str, files: dict[str, str], *, version: str = "") -> list[tuple[str, int, str]]:
    """Where one rule speaks: (path, line, characters)."""
    return [(one.path, one.line, one.text) for one in lint(files, version=version) if one.rule == rule]
