"""The request behind a command line."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from traefik_lint.findings.request import Request

if TYPE_CHECKING:
    from traefik_lint.options.version import Version


def make_request(
    paths: tuple[str, ...],
    *,
    traefik_version: Version | None = None,
    static: str | None = None,
    env_files: tuple[str, ...] = (),
    project_name: str | None = None,
    config: str | None = None,
    stdin_filename: str | None = None,
    select: tuple[tuple[str, ...], ...] = (),
    ignore: tuple[tuple[str, ...], ...] = (),
    strict: bool = False,
) -> Request:
    """The request behind a command's options; reads standard input when ``-`` is among the paths."""
    stdin = (stdin_filename or "-", sys.stdin.buffer.read()) if "-" in paths else None
    return Request(
        paths=paths or (".",),
        base=os.getcwd(),
        config=config or "",
        static=static or "",
        env_files=env_files,
        project_name=project_name or "",
        version=traefik_version,
        select=tuple(rule for rules in select for rule in rules),
        ignore=tuple(rule for rules in ignore for rule in rules),
        strict=strict,
        stdin=stdin,
    )
