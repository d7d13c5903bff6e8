"""What a project says about how it wants to be linted."""

from __future__ import annotations

import os
from typing import NamedTuple

from traefik_lint.findings.finding import Severity
from traefik_lint.options.version import Version
from traefik_lint.source.globs import PathPatterns
from traefik_lint.source.span import SourceFile, Span

FILE_NAME = ".traefik-lint.yaml"
TOML_FILE_NAME = "pyproject.toml"
TOML_TABLE = ("tool", "traefik-lint")


class RuleName(NamedTuple):
    """A rule, or the beginning of rules' ids, as the user wrote it; ``span`` is None when it came from a flag."""

    text: str
    span: Span | None = None


class IgnoreEntry(NamedTuple):
    """Rules whose findings do not count: everywhere when ``paths`` is None, else in the files that it matches.

    An entry with neither paths nor reason switches the rules off; with either, findings are kept as suppressed.
    """

    rules: tuple[RuleName, ...]
    paths: PathPatterns | None = None
    reason: str = ""

    @property
    def switches_off(self) -> bool:
        """Whether the rules need not run at all."""
        return self.paths is None and not self.reason


class DeploymentSettings(NamedTuple):
    """One Traefik's world as told by the user instead of found: the files and folders that belong to it.

    Paths are relative to the settings' folder; ``static`` is "" when the static file is to be found among them.
    """

    name: str
    paths: tuple[str, ...]
    static: str = ""
    traefik_version: Version | None = None
    project_name: str = ""
    span: Span | None = None


class Settings(NamedTuple):
    """All settings of one run; ``folder`` is where paths in them begin ("" when there is no settings file)."""

    folder: str = ""
    file: SourceFile | None = None
    select: tuple[RuleName, ...] = ()
    ignore: tuple[IgnoreEntry, ...] = ()
    severities: tuple[tuple[RuleName, Severity], ...] = ()
    exclude: tuple[str, ...] = ()
    deployments: tuple[DeploymentSettings, ...] = ()
    traefik_version: Version | None = None
    externals: tuple[tuple[str, tuple[str, ...]], ...] = ()
    backend_routes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    plugins: tuple[RuleName, ...] = ()


class SettingsProblem(NamedTuple):
    """What is wrong with the settings, and where (None when the place is not in a file)."""

    message: str
    span: Span | None = None

    def __str__(self) -> str:
        if self.span is None:
            return self.message
        first = self.span.first
        return f"{self.span.file.path}:{first.line}:{first.column}: {self.message}"


class SettingsError(Exception):
    """The settings can't be used; ``problems`` says why, in the order of the text."""

    def __init__(self, problems: list[SettingsProblem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


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
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return "traefik-lint" in file.read()
    except OSError:
        return False


def load_settings(path: str, shown: str) -> Settings:
    """Read a settings file; raises :class:`SettingsError` when it can't be read or says what we don't understand."""
    from traefik_lint.findings.settings_reader import read_settings
    from traefik_lint.source.load import load
    from traefik_lint.source.tree import ReadError

    file = load(path, shown)
    if isinstance(file, ReadError):
        raise SettingsError([SettingsProblem(file.message, file.span)])
    return read_settings(file, os.path.dirname(os.path.abspath(path)))
