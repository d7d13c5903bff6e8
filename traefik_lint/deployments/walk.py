"""From named paths to files: folders are walked, honouring .gitignore, each real file once."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from traefik_lint.deployments.ignored import FolderPatterns, is_ignored, rules_above, rules_of

EXTENSIONS = (".yml", ".yaml", ".toml", ".json", ".tpl")
MOST_FILES = 50_000


class Found(NamedTuple):
    """A file to look at: its absolute path, the path shown to people, and whether the user named it himself."""

    real: str
    shown: str
    named: bool


def shown_path(path: str, base: str) -> str:
    """The path for people: relative to the current directory ``base`` when it lies below it, with ``/``."""
    path = os.path.normpath(path)
    if os.path.isabs(path):
        inside = os.path.relpath(path, base)
        if not inside.startswith(".."):
            path = inside
    return path.replace(os.sep, "/")


def repository_root(folder: str) -> str | None:
    """The nearest folder upward that holds ``.git``, None outside a repository."""
    here = os.path.abspath(folder)
    while True:
        if os.path.exists(os.path.join(here, ".git")):
            return here
        parent = os.path.dirname(here)
        if parent == here:
            return None
        here = parent


def find_files(
    paths: list[str], base: str, exclude: FolderPatterns | None = None
) -> tuple[list[Found], list[str]]:
    """All files behind ``paths`` in a stable order, and the paths that do not exist.

    A named regular file is always returned; a folder gives its configuration files (by extension), without hidden
    folders, what git ignores, what ``exclude`` covers and links that lead out of :func:`boundaries`.
    """
    found: list[Found] = []
    missing: list[str] = []
    seen: set[str] = set()
    roots = boundaries(paths, base)
    for path in paths:
        if os.path.isdir(path):
            candidates: Iterator[tuple[str, bool]] = ((file, False) for file in walk_folder(path, exclude))
        elif is_regular(path):
            candidates = iter([(path, True)])
        elif os.path.exists(path):
            continue  # a FIFO or a device: never opened
        else:
            missing.append(path)
            continue
        for file, named in candidates:
            real = os.path.realpath(file)
            if real in seen:
                continue
            is_link = not named and os.path.islink(file)
            if is_link and not any(is_inside(real, root) for root in roots):
                continue
            seen.add(real)
            found.append(Found(real, shown_path(real if is_link else file, base), named))
    return found, missing


def boundaries(paths: Iterable[str], base: str) -> tuple[str, ...]:
    """The repositories of the given paths, or their common folder: nothing outside is opened unless it is named."""
    roots: set[str] = set()
    outside: list[str] = []
    for path in paths:
        real = os.path.realpath(os.path.join(base, path))
        folder = real if os.path.isdir(real) else os.path.dirname(real)
        root = repository_root(folder)
        if root is None:
            outside.append(folder)
        else:
            roots.add(root)
    if outside:
        roots.add(os.path.commonpath(outside))
    return tuple(sorted(roots)) or (os.path.realpath(base),)


def is_inside(path: str, folder: str) -> bool:
    """Whether an absolute path is a folder or lies below it."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def is_regular(path: str) -> bool:
    """Whether this is a regular file (following links), so that opening it can't block."""
    try:
        return stat.S_ISREG(os.stat(path).st_mode)
    except OSError:
        return False


def walk_folder(folder: str, exclude: FolderPatterns | None = None) -> Iterator[str]:
    """Configuration files below a folder, sorted, by the rules of :func:`find_files`."""
    count = 0
    start = os.path.abspath(folder)
    rules = rules_above(start, repository_root(start))
    stack: list[tuple[str, str, tuple[FolderPatterns, ...]]] = [(folder, start, rules)]
    while stack:
        shown, here, rules = stack.pop()
        try:
            entries = sorted(os.scandir(here), key=lambda entry: entry.name)
        except OSError:
            continue
        rules = (*rules, *rules_of(here))
        below: list[tuple[str, str, tuple[FolderPatterns, ...]]] = []
        for entry in entries:
            name = entry.name
            inner = os.path.join(here, name)
            if _is_folder(entry):
                skip = name.startswith(".") or name == "node_modules"
                if not skip and not is_ignored(inner, True, rules) and not _is_excluded(exclude, inner, True):
                    below.append((os.path.join(shown, name), inner, rules))
            elif (
                name.lower().endswith(EXTENSIONS)
                and is_regular(inner)
                and not is_ignored(inner, False, rules)
                and not _is_excluded(exclude, inner, False)
            ):
                count += 1
                if count > MOST_FILES:
                    return
                yield os.path.join(shown, name)
        stack.extend(reversed(below))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _is_excluded(exclude: FolderPatterns | None, path: str, is_folder: bool) -> bool:
    return exclude is not None and exclude.verdict(path, is_folder) is True
