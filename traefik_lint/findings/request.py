"""What a user asks for."""

from __future__ import annotations

from typing import NamedTuple

from traefik_lint.options.version import Version


class Request(NamedTuple):
    """PATHS and the options that decide what they mean; flags win over settings.

    ``base`` is the current directory, ``config`` a settings file ("" to look for one), ``strict`` takes the given
    files as the whole world, ``stdin`` is (shown path, bytes) for the path ``-``.
    """

    paths: tuple[str, ...]
    base: str
    config: str = ""
    static: str = ""
    env_files: tuple[str, ...] = ()
    project_name: str = ""
    version: Version | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    strict: bool = False
    stdin: tuple[str, bytes] | None = None


class MissingPath(Exception):
    """Paths that the user named and that do not exist."""

    def __init__(self, paths: list[str]) -> None:
        super().__init__("\n".join(f'there is no file or folder "{path}"' for path in paths))
        self.paths = paths
