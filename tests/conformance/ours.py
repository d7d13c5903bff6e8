"""Our side: what traefik-lint says about a folder, as `routes --format json` would."""

from __future__ import annotations

import importlib
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import cast

from .harness.case import Answer, Case, version_of, write
from .harness.jsontypes import Object


def ours(folder: Path, version: str) -> Object | None:
    """Return the rawdata that our model computes for a folder holding one deployment."""
    routes = importlib.import_module("traefik_lint.cli.routes")
    rawdata_of = cast(Callable[[list[str], str], Object | None], routes.rawdata_of)
    return rawdata_of([str(folder)], version)


def answer(case: Case) -> Answer:
    """Return our model's answer to a case, written to a folder as its user would have it."""
    with tempfile.TemporaryDirectory(prefix="conformance-case-") as folder:
        write(case, Path(folder))
        return Answer(ours(Path(folder), version_of(case)))
