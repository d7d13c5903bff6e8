"""The formats by name; a writer gives the pieces of its text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import NamedTuple, TypeAlias

from traefik_lint.findings.result import Result


class Look(NamedTuple):
    """How a text may look: with colours, and how many characters wide."""

    color: bool = False
    width: int = 120


Writer: TypeAlias = Callable[[Result, Look], Iterator[str]]

#: Name of the format to the module that has its ``write``.
FORMATS = {
    "text": "traefik_lint.report.text",
    "concise": "traefik_lint.report.concise",
    "json": "traefik_lint.report.json_format",
    "sarif": "traefik_lint.report.sarif",
    "github": "traefik_lint.report.github",
}


def writer(name: str) -> Writer:
    """The writer of a format; raises KeyError for an unknown one."""
    write: Writer = import_module(FORMATS[name]).write
    return write
