"""Our side: what traefik-lint says about a folder, as `routes --format json` would."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import NamedTuple

from traefik_lint.findings.request import Request
from traefik_lint.findings.settings import Settings
from traefik_lint.findings.worlds import find_worlds
from traefik_lint.options.version import parse_version
from traefik_lint.runtime.compute import compute
from traefik_lint.runtime.rawdata import rawdata

from .harness.case import Case, version_of, write
from .harness.jsontypes import Object


class NotOneDeployment(Exception):
    """The folder of a case was not read as exactly one deployment."""


class Ours(NamedTuple):
    """What our model says: rawdata, and the elements that Traefik leaves to chance."""

    rawdata: Object | None
    undetermined: frozenset[str] = frozenset()


def ours(folder: Path, version: str) -> Ours:
    """Return what our model says of a folder.

    Raises NotOneDeployment when it finds another number of deployments than one.
    """
    request = Request(paths=(str(folder),), base=str(folder), version=parse_version(version), strict=True)
    deployments = find_worlds(request, Settings()).deployments
    if len(deployments) != 1:
        raise NotOneDeployment(f"{len(deployments)} deployments: {[found.name for found in deployments]}")
    runtime = compute(deployments[0])
    answered: Object | None = json.loads(json.dumps(rawdata(runtime)))
    return Ours(answered, frozenset(name for found in runtime.undetermined for name in found.names))


def answer(case: Case) -> Ours:
    """Return our model's answer to a case, written to a folder as its user would have it."""
    with tempfile.TemporaryDirectory(prefix="conformance-case-") as folder:
        write(case, Path(folder))
        return ours(Path(folder), version_of(case))
