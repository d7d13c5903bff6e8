"""What an ``include`` names (C-080, C-081)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import NamedTuple

from traefik_lint.source.tree import Mapping, Node, Scalar, Sequence


class Include(NamedTuple):
    """One item: a main file with its overrides, its project directory, and its env files.

    ``without_env`` says that ``env_file: /dev/null`` switches even the ``.env`` off.
    """

    paths: list[tuple[str, Scalar]]
    directory: str
    env_files: list[tuple[str, Scalar]]
    is_remote: bool = False
    without_env: bool = False


def includes_of(node: Node, directory: str) -> Iterator[Include]:
    """The includes of a file, with paths resolved against the including project's directory."""
    for item in node.items if isinstance(node, Sequence) else [node]:
        if isinstance(item, Scalar):
            include = _include([item], None, [], directory)
        elif isinstance(item, Mapping):
            folder = item.scalar("project_directory")
            include = _include(_texts(item.get("path")), folder, _texts(item.get("env_file")), directory)
        else:
            include = None
        if include is not None:
            yield include


def is_remote(path: str) -> bool:
    """Whether compose fetches a path from elsewhere (a Git repository, a registry)."""
    return "://" in path or path.startswith(("git@", "oci:", "github.com/"))


def resolved(path: str, directory: str) -> str:
    """The absolute path of one that is relative to a directory; ``~`` stays what it is."""
    return os.path.normpath(os.path.join(directory, path))


def _include(
    paths: list[Scalar], folder: Scalar | None, env_files: list[Scalar], directory: str
) -> Include | None:
    if not paths:
        return None
    doubtful = any(scalar.unknown for scalar in [*paths, *env_files, *([folder] if folder else [])])
    if doubtful or any(is_remote(path.value) for path in paths):
        return Include([], directory, [], is_remote=True)
    found = [(resolved(path.value, directory), path) for path in paths]
    project = (
        resolved(folder.value, directory)
        if folder is not None and folder.value
        else os.path.dirname(found[0][0])
    )
    real_env_files = [env_file for env_file in env_files if env_file.value != "/dev/null"]
    return Include(
        found,
        project,
        [(resolved(env_file.value, directory), env_file) for env_file in real_env_files],
        without_env=bool(env_files) and not real_env_files,
    )


def _texts(node: Node | None) -> list[Scalar]:
    items = node.items if isinstance(node, Sequence) else [node]
    return [item for item in items if isinstance(item, Scalar) and item.value]
