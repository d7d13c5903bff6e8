"""``traefik-lint check``: the linter itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from traefik_lint.cli.linting import DEFAULT_FAIL_ON, DEFAULT_FORMAT, check
from traefik_lint.cli.options import color_option, paths_argument, rule_list, world_options
from traefik_lint.cli.request import make_request
from traefik_lint.findings.result import SEVERITIES
from traefik_lint.report.formats import FORMATS

if TYPE_CHECKING:
    from traefik_lint.cli.output import ColorChoice
    from traefik_lint.findings.finding import Severity
    from traefik_lint.options.version import Version


def _output_target(text: str) -> tuple[str, str]:
    name, equals, path = text.partition("=")
    if not equals or not path or name not in FORMATS:
        raise click.BadParameter(f'"{text}" is not FORMAT=PATH with one of {", ".join(FORMATS)}')
    return name, path


@click.command("check", short_help="Find mistakes (the default command).")
@paths_argument
@world_options
@click.option(
    "--format",
    "format_",
    type=click.Choice(list(FORMATS)),
    default=DEFAULT_FORMAT,
    show_default=True,
    help="The format on standard output.",
)
@click.option(
    "--output",
    "outputs",
    type=_output_target,
    multiple=True,
    metavar="FORMAT=PATH",
    help="Write a file besides (repeatable).",
)
@click.option(
    "--select",
    type=rule_list,
    multiple=True,
    metavar="RULES",
    help="Only these rules: ids, beginnings of ids, names or ALL, separated by commas.",
)
@click.option("--ignore", type=rule_list, multiple=True, metavar="RULES", help="Not these rules.")
@click.option(
    "--fail-on",
    type=click.Choice(list(SEVERITIES)),
    default=DEFAULT_FAIL_ON,
    show_default=True,
    help="The least severity that makes the exit code 1.",
)
@color_option  # fmt: skip
def command(
    *,
    paths: tuple[str, ...],
    format_: str,
    outputs: tuple[tuple[str, str], ...],
    select: tuple[tuple[str, ...], ...],
    ignore: tuple[tuple[str, ...], ...],
    fail_on: Severity,
    color: ColorChoice,
    traefik_version: Version | None,
    static: str | None,
    env_files: tuple[str, ...],
    project_name: str | None,
    config: str | None,
    stdin_filename: str | None,
) -> int:
    """Find what Traefik will do other than you mean (the default command).

    PATHS are files, folders (walked, honouring .gitignore) or - for standard input; the default is the current
    folder.

    Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage, settings or paths, 3 an internal error.
    """
    request = make_request(
        paths,
        traefik_version=traefik_version,
        static=static,
        env_files=env_files,
        project_name=project_name,
        config=config,
        stdin_filename=stdin_filename,
        select=select,
        ignore=ignore,
    )
    return check(request, format_=format_, outputs=outputs, fail_on=fail_on, color=color)
