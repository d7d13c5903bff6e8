"""What a project says about how it wants to be linted."""

from __future__ import annotations

from typing import NamedTuple

from traefik_lint.findings.finding import Severity
from traefik_lint.options.version import Version
from traefik_lint.source.globs import PathPatterns
from traefik_lint.source.span import SourceFile, Span

FILE_NAME = ".traefik-lint.yaml"
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
