"""What ``check`` does once its arguments are read: lint, write, say how it went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from traefik_lint.cli import exits, output
from traefik_lint.findings.lint import lint
from traefik_lint.findings.request import MissingPath
from traefik_lint.findings.result import Result
from traefik_lint.findings.settings import SettingsError
from traefik_lint.report.formats import Look, writer

if TYPE_CHECKING:
    from traefik_lint.cli.output import ColorChoice
    from traefik_lint.findings.finding import Severity
    from traefik_lint.findings.request import Request

DEFAULT_FORMAT = "text"
DEFAULT_FAIL_ON: Severity = "warning"


def check(
    request: Request,
    *,
    format_: str = DEFAULT_FORMAT,
    outputs: tuple[tuple[str, str], ...] = (),
    fail_on: Severity = DEFAULT_FAIL_ON,
    color: ColorChoice = "auto",
) -> int:
    """Write the findings to standard output and to ``outputs`` (pairs of format and path); return the exit code."""
    try:
        result = lint(request)
    except (MissingPath, SettingsError):
        if format_ == "json":
            output.write(writer("json")(Result([], [], [], 0, 0), Look()))
        raise
    for name, path in outputs:
        output.write_file(path, writer(name)(result, Look()))
    output.write(writer(format_)(result, output.look(color)))
    return _exit_code(result, fail_on)


def _exit_code(result: Result, fail_on: Severity) -> int:
    for failure in result.failures:
        output.error(
            f"the rule {failure.rule} broke on {failure.deployment}: {failure.error}\n{failure.trace}"
        )
    if result.failures:
        output.error(
            "this is a bug in the rule, please report it with the lines above; the other rules have run"
        )
        return exits.INTERNAL_ERROR
    return exits.FINDINGS if result.reaches(fail_on) else exits.OK
