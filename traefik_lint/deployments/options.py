"""What the user told about how files belong together."""

from __future__ import annotations

from typing import NamedTuple

from traefik_lint.deployments.ignored import FolderPatterns
from traefik_lint.deployments.store import ParsedFile
from traefik_lint.model.deployment import Deployment
from traefik_lint.options.version import Version


class DiscoveryOptions(NamedTuple):
    """Everything besides PATHS that decides which deployments there are.

    ``base`` is the current directory. ``static`` is a static file named by the user. ``env_files`` replace the
    ``.env`` beside compose files. ``version`` beats the image's tag. ``strict`` takes the given files as the whole
    world (``routes``, ``trace``): nothing is looked for elsewhere and nothing is guessed.
    ``stdin`` is (file name, bytes) for the path ``-``. ``externals`` are glob patterns of names defined elsewhere.
    ``together`` is the name of a deployment that all given files are declared to belong to ("" for none).
    """

    base: str
    static: str = ""
    env_files: tuple[str, ...] = ()
    project_name: str = ""
    version: Version | None = None
    exclude: FolderPatterns | None = None
    strict: bool = False
    stdin: tuple[str, bytes] | None = None
    externals: tuple[tuple[str, tuple[str, ...]], ...] = ()
    together: str = ""


class Discovery(NamedTuple):
    """The answer: the deployments, the files about Traefik that were asked for, and the paths that do not exist.

    ``requested`` are the paths (as shown) that findings are reported for; everything else was read as context.
    """

    deployments: list[Deployment]
    files: list[ParsedFile]
    requested: frozenset[str]
    missing: list[str]
