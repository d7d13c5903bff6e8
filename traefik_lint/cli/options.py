"""Options that several commands share, and the request they make."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import click

from traefik_lint.options.version import Version, parse_version

_F = TypeVar("_F", bound=Callable[..., object])


def traefik_version(text: str) -> Version:
    """The release meant by ``3.6.7``, ``v3.6``, ``v3`` or ``latest``; raises :class:`click.BadParameter`."""
    version = parse_version(text)
    if version is None:
        raise click.BadParameter(f'"{text}" is not a Traefik version such as 3.7, v3.6.2 or latest')
    return version


def rule_list(text: str) -> tuple[str, ...]:
    """Rules separated by commas, without blanks around them."""
    return tuple(name.strip() for name in text.split(",") if name.strip())


def paths_argument(function: _F) -> _F:
    """PATHS, each a file, a folder or ``-``."""
    return click.argument("paths", nargs=-1, type=click.Path(allow_dash=True))(function)


def world_options(function: _F) -> _F:
    """The options that decide which deployments the paths describe."""
    file = click.Path(dir_okay=False)
    for option in reversed((
        click.option("--traefik-version", type=traefik_version, metavar="VERSION",
                     help="Lint for this version (default: the image's tag, else the newest known)."),
        click.option("--static", type=file, metavar="FILE", help="The static configuration file."),
        click.option("--env-file", "env_files", type=file, metavar="FILE", multiple=True,
                     help="Read variables for compose files from here instead of .env (repeatable)."),
        click.option("--project-name", metavar="NAME", help="The name of the compose project."),
        click.option("--config", type=file, metavar="FILE",
                     help="The settings file (default: .traefik-lint.yaml or pyproject.toml, looked for upward)."),
        click.option("--stdin-filename", type=file, metavar="FILE", help="The path that the text of - has."),
    )):  # fmt: skip
        function = option(function)
    return function


def color_option(function: _F) -> _F:
    """Whether to use colours."""
    return click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        show_default=True,
        help="Colours: auto means on a terminal, unless NO_COLOR is set.",
    )(function)
