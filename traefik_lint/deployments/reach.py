"""From paths as Traefik sees them to files on this disk."""

from __future__ import annotations

import os
import posixpath
from typing import NamedTuple

from traefik_lint.deployments.store import FileStore
from traefik_lint.model.compose import ComposeService

#: S-002: where Traefik looks for its file, in this order; the home folders are those of the official image.
DEFAULT_FOLDERS = ("/etc/traefik", "/root/.config", ".")
STATIC_NAMES = ("traefik.toml", "traefik.yaml", "traefik.yml")
DYNAMIC_EXTENSIONS = (".toml", ".yaml", ".yml")


class Reached(NamedTuple):
    """Where a path leads: a host path, or nothing we can see.

    ``inside_image`` is true when no mount covers the path, so that the file could only come with the image.
    """

    host: str | None
    inside_image: bool = False


def reach_through_mounts(service: ComposeService, path: str) -> Reached:
    """The host path behind a path in the container; the longest mount target wins.

    A named volume, or a mount whose host side holds an unknown variable, gives no host path.
    """
    wanted = posixpath.normpath(posixpath.join("/", path))
    best = None
    for mount in service.mounts:
        target = posixpath.normpath(mount.target) if mount.target else ""
        covers = target and (wanted == target or wanted.startswith(target.rstrip("/") + "/"))
        if covers and (best is None or len(target) > len(posixpath.normpath(best.target))):
            best = mount
    if best is None:
        return Reached(None, inside_image=True)
    if not best.path:
        return Reached(None)
    rest = posixpath.relpath(wanted, posixpath.normpath(best.target))
    return Reached(os.path.normpath(os.path.join(best.path, rest)))


def reach_from_file(static_file: str, path: str, store: FileStore, lenient: bool) -> Reached:
    """Where a provider path leads without a container: relative to the static file's folder, also for
    ``/etc/traefik/…``; with ``lenient`` an unknown absolute path is looked for by its last parts there."""
    folder = os.path.dirname(static_file)
    clean = posixpath.normpath(path)
    if not posixpath.isabs(clean):
        return Reached(os.path.normpath(os.path.join(folder, clean)))
    if clean == "/etc/traefik" or clean.startswith("/etc/traefik/"):
        return Reached(os.path.normpath(os.path.join(folder, posixpath.relpath(clean, "/etc/traefik"))))
    if store.exists(clean) or store.folder_exists(clean):
        return Reached(clean)
    if lenient:
        parts = clean.strip("/").split("/")
        for length in (2, 1):
            candidate = os.path.join(folder, *parts[-length:])
            if len(parts) >= length and (store.exists(candidate) or store.folder_exists(candidate)):
                return Reached(os.path.normpath(candidate))
    return Reached(None)


def dynamic_files_in(folder: str, store: FileStore) -> list[str]:
    """The dynamic files of a provider directory in the order Traefik reads them: by name, a sub-folder's files
    where the sub-folder stands (R-064, R-237)."""
    found = [
        os.path.join(here, name)
        for here, _, names in os.walk(folder)
        for name in names
        if name.lower().endswith(DYNAMIC_EXTENSIONS)
    ]
    return sorted(
        (path for path in found if store.exists(os.path.realpath(path))),
        key=lambda path: os.path.relpath(path, folder).split(os.sep),
    )
