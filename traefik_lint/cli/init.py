"""``traefik-lint init``: look around and write a settings file with what was found."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator

import click

from traefik_lint.cli import exits, output
from traefik_lint.findings.pages import HOME
from traefik_lint.findings.request import Request
from traefik_lint.findings.settings import FILE_NAME, Settings
from traefik_lint.findings.worlds import find_worlds
from traefik_lint.runtime.compute import compute
from traefik_lint.runtime.types import Reference, Runtime

_MOST_FILES = 6


@click.command("init", short_help="Write a commented settings file.")
@click.argument("folder", type=click.Path(exists=True, file_okay=False), default=".")
@click.option("--force", is_flag=True, help="Replace a settings file that is there.")
def command(*, folder: str, force: bool) -> int:
    """Look around in FOLDER (default: here) and write a commented .traefik-lint.yaml."""
    path = os.path.normpath(os.path.join(folder, FILE_NAME))
    if os.path.exists(path) and not force:
        raise click.UsageError(f'"{path}" is there already; --force replaces it')
    base = os.path.abspath(folder)
    worlds = find_worlds(Request((".",) if folder == "." else (folder,), os.getcwd()), Settings())
    runtimes = [compute(deployment) for deployment in worlds.deployments]
    output.write_file(path, settings_text(runtimes, base))
    output.write([f"{path}: written, with what was found in {_count(len(runtimes))}\n"])
    return exits.OK


def _count(number: int) -> str:
    return "1 deployment" if number == 1 else f"{number} deployments"


def settings_text(runtimes: list[Runtime], base: str) -> Iterator[str]:
    """The text of a settings file for these deployments: all of it comments, for nothing needs to be said."""
    yield "# yaml-language-server: $schema=" + f"{HOME}/raw/main/schemas/settings.json\n"
    yield f"# Settings of traefik-lint, see {HOME}#settings\n"
    yield "# Nothing has to be set; take away the # before what you want.\n"
    yield "\n# What was found here:\n" if runtimes else "\n# Nothing about Traefik was found here.\n"
    for runtime in runtimes:
        yield f"#   {runtime.deployment.name}: {_files(runtime, base)}\n"
    yield from _version(runtimes)
    yield "\n# Rules that do not count: everywhere, or in some files with a reason.\n"
    yield "#ignore:\n#  - TL6\n"
    yield "#  - rule: TL001\n#    path: legacy/\n#    reason: will be removed in spring\n"
    yield "\n# Severities other than the rules' own.\n#severities:\n#  TL090: info\n"
    yield "\n# Files and folders that are not looked at, as in .gitignore.\n#exclude:\n#  - examples/\n"
    yield from _externals(runtimes)
    yield "\n# Paths that backends answer, by service, so that prefixes can be checked against them.\n"
    yield "#backend-routes:\n#  api: [/v1/*, /health]\n"


def _files(runtime: Runtime, base: str) -> str:
    paths = [_relative(file.real or file.path, base) for file in runtime.deployment.files]
    more = f" and {len(paths) - _MOST_FILES} more" if len(paths) > _MOST_FILES else ""
    return ", ".join(paths[:_MOST_FILES]) + more


def _relative(path: str, base: str) -> str:
    return os.path.relpath(path, base).replace(os.sep, "/")


def _version(runtimes: list[Runtime]) -> Iterator[str]:
    told = next((one for one in runtimes if one.deployment.version_node is not None), None)
    yield "\n# The Traefik version to lint for.\n"
    if told is not None and told.deployment.version_node is not None:
        yield f'# Without it the image tells: "{told.deployment.version_node.value}" means {told.version}.\n'
    else:
        yield "# Without it the newest known is taken, for no image here tells it.\n"
    version = (told or runtimes[0]).version.minor_text if runtimes else "3.7"
    yield f'#traefik-version: "{version}"\n'


def _externals(runtimes: list[Runtime]) -> Iterator[str]:
    yield "\n# Names that are defined outside these files, with * and ?.\n"
    found = {
        "middlewares": _unresolved(reference for runtime in runtimes for reference in _middlewares(runtime)),
        "services": _unresolved(reference for runtime in runtimes for reference in _services(runtime)),
    }
    if any(found.values()):
        yield "# These are used here and not defined here:\n#externals:\n"
        for kind, names in found.items():
            if names:
                yield f"#  {kind}: {json.dumps(names, ensure_ascii=False)}\n"
    else:
        yield '#externals:\n#  middlewares: ["authelia@docker"]\n'


def _middlewares(runtime: Runtime) -> Iterator[Reference]:
    for router in (*runtime.routers.values(), *runtime.tcp_routers.values()):
        yield from router.middlewares


def _services(runtime: Runtime) -> Iterator[Reference]:
    for router in (*runtime.routers.values(), *runtime.tcp_routers.values(), *runtime.udp_routers.values()):
        if router.service is not None:
            yield router.service


def _unresolved(references: Iterable[Reference]) -> list[str]:
    return sorted(
        {one.name for one in references if one.target is None and one.value is not None and one.known}
    )
