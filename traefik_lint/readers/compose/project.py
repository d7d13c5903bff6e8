"""Compose files to one project, as docker compose would load them."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence

from traefik_lint.model.compose import ComposeProject
from traefik_lint.readers.compose.interpolation import interpolate
from traefik_lint.readers.compose.loading import Loader, LoadFile
from traefik_lint.readers.compose.networks import networks_of
from traefik_lint.readers.compose.services import ServiceReader
from traefik_lint.source.tree import Mapping, Scalar
from traefik_lint.source.yaml import parse_yaml

_NOT_IN_NAMES = re.compile(r"[^a-z0-9_-]")


def load_project(
    paths: Sequence[str],
    *,
    load_file: LoadFile,
    env_files: Sequence[str] | None = None,
    project_name: str | None = None,
) -> ComposeProject:
    """Load the files of one project, the main file first, and all that they include and extend.

    ``paths`` are absolute. ``load_file`` gives a file's text, None for one that is missing or may not be opened;
    ``env_files`` replace the ``.env`` beside the main file (C-030); ``project_name`` is that of ``-p`` (C-020).
    The environment of the process is never read. Nothing is raised: what compose would refuse is among the
    project's problems, and the project holds what can be made of the rest.
    """
    directory = os.path.dirname(paths[0])
    loader = Loader(load_file)
    env_paths = [os.path.join(directory, ".env")] if env_files is None else env_files
    environment = loader.environment(env_paths, {}, required=env_files is not None)
    name, is_known = _project_name(loader, paths, environment, project_name, directory)
    environment["COMPOSE_PROJECT_NAME"] = name
    project = ComposeProject(name, directory, is_known)
    project.problems = loader.problems
    project.load_file = load_file
    root = loader.model(paths, directory, environment)
    if root is not None:
        project.is_open = loader.is_open
        project.networks = networks_of(root.get("networks"), project)
        reader = ServiceReader(loader, project, root, environment)
        services = root.mapping("services")
        for entry in services.entries if services is not None else []:
            if isinstance(entry.value, Mapping):
                project.services.append(reader.read(entry.key, entry.value))
    project.is_open = loader.is_open
    project.files = list(loader.files.values())
    return project


def normal_name(text: str) -> str:
    """A text as a project's name: lower case, letters, digits, ``_`` and ``-`` only (C-021)."""
    return _NOT_IN_NAMES.sub("", text.lower()).lstrip("_-")


def _project_name(
    loader: Loader, paths: Sequence[str], environment: dict[str, str], given: str | None, directory: str
) -> tuple[str, bool]:
    """The project's name by compose's order of precedence, and whether it is certain (C-020)."""
    named = given or environment.get("COMPOSE_PROJECT_NAME")
    if named:
        return normal_name(named), True
    written = _written_name(loader, paths)
    if written is not None:
        scalar = interpolate(written, environment.get).scalar
        name = normal_name(scalar.value)
        if name:
            return name, not scalar.unknown
    return normal_name(os.path.basename(directory)), False


def _written_name(loader: Loader, paths: Sequence[str]) -> Scalar | None:
    """The ``name`` of the last file that has one."""
    for path in reversed(paths):
        file = loader.load_file(path)
        if file is None or "name" not in file.text:
            continue
        for document in reversed(parse_yaml(file).documents):
            name = document.root.scalar("name") if isinstance(document.root, Mapping) else None
            if name is not None and name.value:
                return name
    return None
