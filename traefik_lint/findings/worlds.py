"""Which deployments there are: those the settings declare, and those that are found."""

from __future__ import annotations

import os
from typing import NamedTuple

from traefik_lint.deployments.discover import discover
from traefik_lint.deployments.ignored import FolderPatterns
from traefik_lint.deployments.options import Discovery, DiscoveryOptions
from traefik_lint.deployments.store import ParsedFile
from traefik_lint.findings.request import MissingPath, Request
from traefik_lint.findings.settings import DeploymentSettings, Settings, SettingsError, SettingsProblem
from traefik_lint.model.deployment import Deployment
from traefik_lint.source.globs import PathPatterns


class Worlds(NamedTuple):
    """The deployments behind the paths of a request, and the files that findings are reported for."""

    deployments: list[Deployment]
    files: list[ParsedFile]
    requested: frozenset[str]


def find_worlds(request: Request, settings: Settings) -> Worlds:
    """Find the deployments; raises :class:`MissingPath` for named paths and env files that do not exist."""
    absent = [path for path in request.env_files if not os.path.isfile(os.path.join(request.base, path))]
    if absent:
        raise MissingPath(absent)
    options = DiscoveryOptions(
        base=request.base,
        static=request.static,
        env_files=request.env_files,
        project_name=request.project_name,
        version=request.version or settings.traefik_version,
        exclude=FolderPatterns(settings.folder, PathPatterns(settings.exclude)) if settings.exclude else None,
        strict=request.strict,
        stdin=request.stdin,
        externals=settings.externals,
    )
    if settings.deployments and not request.static:
        worlds = _declared(request, settings, options)
    else:
        worlds = _worlds(_discover(list(request.paths), options))
    if settings.backend_routes:
        for deployment in worlds.deployments:
            deployment.backend_routes = settings.backend_routes
    return worlds


def _declared(request: Request, settings: Settings, options: DiscoveryOptions) -> Worlds:
    """Each declared deployment that a path of the request touches is read as a whole; the rest is found as ever."""
    rest = _discover(list(request.paths), options)
    requested = rest.requested
    deployments: list[Deployment] = []
    files = {file.shown: file for file in rest.files}
    declared: set[str] = set()
    for entry in settings.deployments:
        paths = _existing(entry, settings.folder)
        own = [
            file.real
            for file in rest.files
            if any(_lies_in(file.real, os.path.realpath(path)) for path in paths)
        ]
        if not own:
            continue
        declared.update(own)
        found = _discover(paths, _options_of(entry, settings, request, options))
        deployments += found.deployments
        files.update((file.shown, file) for file in found.files)
    left = [file.shown for file in rest.files if file.real not in declared]
    if left:
        deployments += _discover(left, options).deployments
    return Worlds(deployments, list(files.values()), requested)


def _existing(entry: DeploymentSettings, folder: str) -> list[str]:
    named = (*entry.paths, entry.static) if entry.static else entry.paths
    problems = [
        SettingsProblem(f'"{path}" of the deployment "{entry.name}" does not exist', entry.span)
        for path in named
        if not os.path.exists(os.path.join(folder, path))
    ]
    if problems:
        raise SettingsError(problems)
    return [os.path.join(folder, path) for path in entry.paths]


def _options_of(
    entry: DeploymentSettings, settings: Settings, request: Request, options: DiscoveryOptions
) -> DiscoveryOptions:
    return options._replace(
        static=os.path.join(settings.folder, entry.static) if entry.static else "",
        version=request.version or entry.traefik_version or settings.traefik_version,
        project_name=request.project_name or entry.project_name,
        stdin=None,
        together=entry.name,
    )


def _discover(paths: list[str], options: DiscoveryOptions) -> Discovery:
    discovery = discover(paths, options)
    if discovery.missing:
        raise MissingPath(discovery.missing)
    return discovery


def _worlds(discovery: Discovery) -> Worlds:
    return Worlds(discovery.deployments, discovery.files, discovery.requested)


def _lies_in(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)
