"""Which compose files make one project."""

from __future__ import annotations

import os
from typing import NamedTuple

from traefik_lint.deployments.store import FileStore, ParsedFile
from traefik_lint.source.tree import Mapping

#: C-010 and C-011, in the order docker compose looks for them.
MAIN_NAMES = ("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml")
OVERRIDE_NAMES = (
    "compose.override.yml", "compose.override.yaml", "docker-compose.override.yml", "docker-compose.override.yaml",
)  # fmt: skip


class ProjectFiles(NamedTuple):
    """The files of one project in the order compose merges them."""

    paths: tuple[str, ...]

    @property
    def main(self) -> str:
        """The first file, whose folder is the project's directory (C-014)."""
        return self.paths[0]


def group_projects(files: list[ParsedFile], store: FileStore) -> list[ProjectFiles]:
    """Put compose files together as docker compose would.

    A main file takes its override file (C-011) even when only one of the two was asked for. A variant such as
    ``compose.prod.yml`` that leaves out images is merged over the main file. Each other file is a project of its own.
    """
    groups: list[ProjectFiles] = []
    taken: set[str] = set()
    by_path = {file.real: file for file in files}
    for file in files:
        main = _main_for(file, store)
        if main is None or main in taken:
            continue
        if main == file.real or os.path.basename(file.real) in OVERRIDE_NAMES:
            override = _first(os.path.dirname(main), OVERRIDE_NAMES, store)
            group = (main,) if override is None else (main, override)
        else:
            group = (main, file.real)
        groups.append(ProjectFiles(group))
        taken.update(group)
    for file in by_path.values():
        if file.real not in taken:
            groups.append(ProjectFiles((file.real,)))
            taken.add(file.real)
    return groups


def _main_for(file: ParsedFile, store: FileStore) -> str | None:
    """The main file that this one is merged with: itself, the one it overrides, or the one it is a variant of."""
    name = os.path.basename(file.real)
    if name in MAIN_NAMES:
        return file.real if _first(file.folder, MAIN_NAMES, store) == file.real else None
    main = _first(file.folder, MAIN_NAMES, store)
    if main is None:
        return None
    if name in OVERRIDE_NAMES:
        return main
    stem = os.path.basename(main).rsplit(".", 1)[0]
    if name.startswith((stem + ".", stem + "-")) and _is_partial(file, main, store):
        return main
    return None


def _is_partial(file: ParsedFile, main: str, store: FileStore) -> bool:
    """Whether a variant only makes sense on top of the main file: a shared service without an image of its own."""
    base = store.parsed(main)
    own = file.root.mapping("services") if file.root is not None else None
    theirs = base.root.mapping("services") if base is not None and base.root is not None else None
    if own is None or theirs is None:
        return False
    for entry in own.entries:
        service = entry.value
        if not isinstance(service, Mapping) or theirs.get(entry.key.value) is None:
            continue
        if all(service.get(key) is None for key in ("image", "build", "extends")):
            return True
    return False


def _first(folder: str, names: tuple[str, ...], store: FileStore) -> str | None:
    for name in names:
        path = os.path.join(folder, name)
        if store.exists(path):
            return path
    return None
