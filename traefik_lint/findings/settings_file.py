"""Where a project's settings stand, and reading them."""

from __future__ import annotations

import os
import re

from traefik_lint.findings.settings import FILE_NAME, Settings, SettingsError, SettingsProblem
from traefik_lint.source.load import load
from traefik_lint.source.tree import ReadError

TOML_FILE_NAME = "pyproject.toml"
_TABLE = re.compile(r"""^\s*\[\s*["']?tool["']?\s*\.\s*["']?traefik-lint\b""", re.MULTILINE)


def find_settings_file(start: str, root: str | None) -> str | None:
    """The settings file of the nearest folder from ``start`` upward to ``root``, both absolute folders.

    Without a ``root`` (outside a repository) the way ends at the top of the file system. In one folder
    ``.traefik-lint.yaml`` comes before a ``pyproject.toml`` with a ``[tool.traefik-lint]`` table.
    """
    here = start
    while True:
        for name in (FILE_NAME, ".traefik-lint.yml"):
            path = os.path.join(here, name)
            if os.path.isfile(path):
                return path
        path = os.path.join(here, TOML_FILE_NAME)
        if _has_table(path):
            return path
        parent = os.path.dirname(here)
        if here in (root, parent):
            return None
        here = parent


def _has_table(path: str) -> bool:
    if not os.path.isfile(path):  # opening a FIFO would block
        return False
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return _TABLE.search(file.read()) is not None
    except OSError:
        return False


def load_settings(path: str, shown: str) -> Settings:
    """Read a settings file; raises :class:`SettingsError` when it can't be read or says what we don't understand."""
    from traefik_lint.findings.settings_reader import read_settings

    file = load(path, shown)
    if isinstance(file, ReadError):
        raise SettingsError([SettingsProblem(file.message, file.span)])
    return read_settings(file, os.path.dirname(os.path.abspath(path)))
