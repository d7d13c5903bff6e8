"""Where Traefik itself runs, and which static configuration it gets there (S-001, S-002)."""

from __future__ import annotations

import os
import posixpath
import re

from traefik_lint.deployments.reach import (
    DEFAULT_FOLDERS,
    STATIC_NAMES,
    Reached,
    reach_from_file,
    reach_through_mounts,
)
from traefik_lint.deployments.store import FileStore, ParsedFile
from traefik_lint.model.compose import ComposeProject, ComposeService
from traefik_lint.model.deployment import ChartProblem, StaticSource
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.options.version import Version
from traefik_lint.readers.environment import environment_tree
from traefik_lint.readers.flags import flags_tree
from traefik_lint.readers.image import image_version, is_traefik_image
from traefik_lint.readers.static_file import read_static
from traefik_lint.source.tree import Scalar

_CONFIG_FILE = re.compile(r"--?configfile=(.*)", re.IGNORECASE | re.DOTALL)
_SHELLS = frozenset({"sh", "bash", "ash", "/bin/sh", "/bin/bash", "/bin/ash"})


class Instance:
    """One running Traefik.

    ``sources`` are its static sources in the order Traefik looks at them: the first one wins. ``known`` is false
    when the files can't tell which configuration it gets. ``folder`` is where it stands in the repository.
    """

    __slots__ = (
        "chart_problems", "folder", "known", "name", "objects", "path", "project", "service", "sources", "static_file",
        "version", "version_node", "workload",
    )  # fmt: skip

    def __init__(self, name: str, folder: str, path: str) -> None:
        self.name = name
        self.folder = folder
        #: The file (real path) that shows this instance.
        self.path = path
        self.sources: list[StaticSource] = []
        self.known = True
        self.project: ComposeProject | None = None
        self.service: ComposeService | None = None
        #: The Kubernetes object that runs it.
        self.workload: KubernetesObject | None = None
        #: Real path of the static file that is used or shadowing, None without one.
        self.static_file: str | None = None
        self.version: Version | None = None
        self.version_node: Scalar | None = None
        #: Objects that come with it (a chart's extra objects), and values that its chart does not read.
        self.objects: list[KubernetesObject] = []
        self.chart_problems: tuple[ChartProblem, ...] = ()

    def reach(self, path: str, store: FileStore, lenient: bool) -> Reached:
        """The host path behind a path in this Traefik's file system."""
        if self.service is not None:
            reached = reach_through_mounts(self.service, path)
            if reached.inside_image and self.static_file is not None and lenient:
                return reach_from_file(self.static_file, path, store, lenient)
            return reached
        # A workload's arguments stand in a manifest: without volumes that we follow, files lie beside it.
        return reach_from_file(self.static_file or self.path, path, store, lenient)


def compose_instances(project: ComposeProject, store: FileStore) -> list[Instance]:
    """The Traefik services of a project."""
    return [_compose_instance(service, store) for service in project.services if _runs_traefik(service)]


def _runs_traefik(service: ComposeService) -> bool:
    if service.image is not None and is_traefik_image(service.image.value):
        return True
    words = [word.value.lower() for word in [*(service.entrypoint or []), *(service.command or [])]]
    return (
        any(word.startswith(("--providers.", "--entrypoints.")) for word in words) and service.image is None
    )


def _compose_instance(service: ComposeService, store: FileStore) -> Instance:
    project = service.project
    instance = Instance(f"{project.name}/{service.name.value}", project.directory, project.files[0].real)
    instance.project = project
    instance.service = service
    if service.image is not None and not service.image.unknown:
        instance.version = image_version(service.image.value)
        instance.version_node = service.image if instance.version is not None else None
    arguments, plain = traefik_arguments(service.entrypoint, service.command)
    config_file, arguments = split_config_file(arguments)
    file = _mounted_static(service, config_file, store, instance)
    if file is None and not arguments and _mounts_configuration(service):
        instance.known = False  # it must get its configuration from somewhere
    if file is not None:
        instance.static_file = file.real
        instance.sources.append(_read(file))
    if arguments:
        instance.sources.append(flags_tree(arguments))
    environment = environment_tree(service.environment)
    if environment is not None:
        instance.sources.append(environment)
    if not plain:
        instance.known = False
    elif not instance.sources and (service.image is None or service.image.unknown):
        instance.known = False  # a build of its own may bring a file with it
    return instance


def traefik_arguments(
    entrypoint: list[Scalar] | None, command: list[Scalar] | None
) -> tuple[list[Scalar], bool]:
    """What Traefik gets as arguments, and whether that could be told (a shell or a script could do anything).

    The image's entrypoint puts ``traefik`` in front of arguments that begin with a dash (S-006).
    """
    words = list(command or [])
    if entrypoint:
        if entrypoint[0].value in _SHELLS or not posixpath.basename(entrypoint[0].value).startswith(
            "traefik"
        ):
            is_official = posixpath.basename(entrypoint[0].value) == "entrypoint.sh"
            return (words, True) if is_official else ([], False)
        words = entrypoint[1:] + words
    if words and not words[0].value.startswith("-") and posixpath.basename(words[0].value) == "traefik":
        words = words[1:]
    if words and words[0].value in _SHELLS:
        return [], False
    return words, True


def split_config_file(arguments: list[Scalar]) -> tuple[str | None, list[Scalar]]:
    """The file named by ``--configFile`` (S-002), and the other arguments."""
    config_file = None
    others: list[Scalar] = []
    for argument in arguments:
        match = _CONFIG_FILE.fullmatch(argument.value)
        if match:
            config_file = match[1].strip()
        else:
            others.append(argument)
    return config_file, others


def _mounted_static(
    service: ComposeService, config_file: str | None, store: FileStore, instance: Instance
) -> ParsedFile | None:
    """The static file that the container finds first; marks the instance unknown when it can't be seen."""
    for path in ([config_file] if config_file else []) + _default_paths():
        reached = reach_through_mounts(service, path)
        if reached.host is not None and store.exists(os.path.realpath(reached.host)):
            return store.parsed(reached.host)
        if _hides_static(reached, path == config_file, store) or _is_mounted(service, path):
            instance.known = False
    return None


def _is_mounted(service: ComposeService, path: str) -> bool:
    """Whether a file is mounted just there: one that is not among the files is kept out of the repository."""
    return any(mount.target == path for mount in service.mounts)


def _mounts_configuration(service: ComposeService) -> bool:
    """Whether something is mounted where Traefik looks for its static file."""
    return any(not reach_through_mounts(service, path).inside_image for path in _default_paths())


def _hides_static(reached: Reached, named: bool, store: FileStore) -> bool:
    """Whether there may well be a static file at this path that is not among the files: it is mounted, or named,
    and what is mounted there can't be seen."""
    if reached.inside_image or named:
        return named
    return reached.host is None or not store.folder_exists(os.path.dirname(os.path.realpath(reached.host)))


def _default_paths() -> list[str]:
    return [
        posixpath.normpath(posixpath.join("/", folder, name))
        for folder in DEFAULT_FOLDERS
        for name in STATIC_NAMES
    ]


def file_instance(file: ParsedFile) -> Instance:
    """A static file without a container that would use it."""
    instance = Instance(file.shown, file.folder, file.real)
    instance.static_file = file.real
    instance.sources.append(_read(file))
    return instance


def adopt_static_file(instance: Instance, file: ParsedFile) -> None:
    """Let a container use a static file that lies beside it, as an image built from that folder would."""
    instance.static_file = file.real
    instance.sources.insert(0, _read(file))
    instance.known = True


def _read(file: ParsedFile) -> StaticSource:
    if file.file is None:
        raise ValueError(f"{file.shown} has no text")
    return read_static(file.file)
