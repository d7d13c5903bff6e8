"""``traefik-lint routes``: the effective configuration."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from traefik_lint.cli import exits, output
from traefik_lint.cli.options import color_option, paths_argument, world_options
from traefik_lint.cli.request import make_request
from traefik_lint.findings.lint import settings_for
from traefik_lint.findings.request import MissingPath
from traefik_lint.findings.settings import SettingsError
from traefik_lint.findings.worlds import find_worlds
from traefik_lint.report.routes import routes
from traefik_lint.runtime.compute import compute
from traefik_lint.runtime.rawdata import rawdata

if TYPE_CHECKING:
    from traefik_lint.cli.output import ColorChoice
    from traefik_lint.options.version import Version
    from traefik_lint.runtime.types import Runtime


@click.command("routes", short_help="Show the effective configuration.")
@paths_argument
@world_options
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
@color_option
def command(
    *,
    paths: tuple[str, ...],
    format_: str,
    color: ColorChoice,
    traefik_version: Version | None,
    static: str | None,
    env_files: tuple[str, ...],
    project_name: str | None,
    config: str | None,
    stdin_filename: str | None,
) -> int:
    """Show what Traefik makes of the files: routers, middlewares and services, as its dashboard would.

    The given files are the whole world here: a name that is not in them does not exist, containers run and are
    healthy, images expose what the files say.
    """
    request = make_request(
        paths,
        traefik_version=traefik_version,
        static=static,
        env_files=env_files,
        project_name=project_name,
        config=config,
        stdin_filename=stdin_filename,
        strict=True,
    )
    try:
        worlds = find_worlds(request, settings_for(request))
    except (MissingPath, SettingsError):
        if format_ == "json":
            output.write(['{"version": 1, "deployments": []}\n'])
        raise
    runtimes = [compute(deployment) for deployment in worlds.deployments]
    if format_ == "json":
        document = {"version": 1, "deployments": [_deployment(runtime) for runtime in runtimes]}
        output.write([json.dumps(document, ensure_ascii=False, indent=2), "\n"])
        return exits.OK
    if not runtimes:
        output.write(["no deployment was found in these files\n"])
    for number, runtime in enumerate(runtimes):
        output.write(["\n"] if number else [])
        output.write(routes(runtime, output.look(color)))
    return exits.OK


def _deployment(runtime: Runtime) -> dict[str, object]:
    return {
        "name": runtime.deployment.name,
        "traefik_version": runtime.version.minor_text,
        "files": [file.path for file in runtime.deployment.files],
        "rawdata": rawdata(runtime),
    }
