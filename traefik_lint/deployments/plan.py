"""What one Traefik will see: from an instance and what was shared out to it to a deployment."""

from __future__ import annotations

import os
from functools import partial

from traefik_lint.deployments.instances import Instance
from traefik_lint.deployments.openness import open_worlds
from traefik_lint.deployments.reach import DYNAMIC_EXTENSIONS, dynamic_files_in
from traefik_lint.deployments.store import FileStore
from traefik_lint.deployments.world import World
from traefik_lint.model.compose import ComposeProject
from traefik_lint.model.deployment import Deployment, DynamicFile, Static, StaticSource
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.options.catalogue import static
from traefik_lint.options.decoder import decode
from traefik_lint.options.version import NEWEST, Version
from traefik_lint.readers.dynamic_file import read_dynamic
from traefik_lint.source.span import SourceFile


class Plan:
    """What one instance will see, while it is being put together."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.projects: list[ComposeProject] = [instance.project] if instance.project is not None else []
        self.objects: list[KubernetesObject] = list(instance.objects)
        self._static: dict[Version, Static] = {}

    def static(self, version: Version) -> Static | None:
        """Its static configuration as this release reads it, None when the files show none."""
        sources = self.instance.sources
        if not sources:
            return None
        if version not in self._static:
            self._static[version] = decode_static(sources, version)
        return self._static[version]

    def build(self, world: World) -> Deployment:
        """The deployment, with the files that its file provider reads and what may lie outside."""
        instance = self.instance
        deployment = Deployment(instance.name)
        deployment.version = world.options.version or instance.version or NEWEST
        deployment.version_node = None if world.options.version else instance.version_node
        deployment.version_assumed = (world.options.version or instance.version) is None
        deployment.version_in_use = instance.version if world.options.version else None
        deployment.traefik = instance.service
        deployment.workload = instance.workload
        deployment.chart_problems = instance.chart_problems
        deployment.static = self.static(deployment.version)
        deployment.projects = self.projects
        deployment.objects = self.objects
        deployment.externals = dict(world.options.externals)
        deployment.is_whole_world = world.options.strict
        if world.options.strict:
            deployment.has_file = partial(_has_file, instance, world.store)
        reached = True
        if deployment.static is not None:
            reached = _read_provider_files(deployment, instance, world)
        deployment.open = open_worlds(deployment, known=instance.known, files_reached=reached)
        deployment.files = files_of(deployment)
        return deployment


def _has_file(instance: Instance, store: FileStore, path: str) -> bool:
    """Whether a path in this Traefik's file system leads to a file, or to where nobody can tell."""
    if instance.service is None and instance.static_file is None:
        return bool(instance.objects)
    reached = instance.reach(path, store, lenient=False)
    if reached.host is not None:
        return store.exists(os.path.realpath(reached.host))
    return instance.service is not None and not reached.inside_image


def decode_static(sources: list[StaticSource], version: Version) -> Static:
    """The static configuration from the first source; the others are never read (S-001)."""
    first, *others = sources
    return Static(first, decode(first.root, static(), first.notation, version), others)


def _read_provider_files(deployment: Deployment, instance: Instance, world: World) -> bool:
    """Read what the file provider reads; false when its files lie where we can't see them."""
    if deployment.static is None:
        return False
    provider = deployment.static.element.element("providers", "file")
    if provider is None:
        return True
    directory, filename = provider.string("directory"), provider.string("filename")
    path = directory or filename
    if not path:
        return True
    lenient = not world.options.strict
    host = instance.reach(path, world.store, lenient).host
    if host is None:
        return world.options.strict
    paths = _provider_paths(host, bool(directory), world.store)
    deployment.dynamic_files = [
        found for path in paths if (found := dynamic_file(path, deployment.version, world.store)) is not None
    ]
    return bool(paths) or os.path.isdir(host) or world.options.strict


def _provider_paths(host: str, is_directory: bool, store: FileStore) -> list[str]:
    if is_directory:
        return dynamic_files_in(host, store) if store.folder_exists(os.path.realpath(host)) else []
    return (
        [host] if store.exists(os.path.realpath(host)) and host.lower().endswith(DYNAMIC_EXTENSIONS) else []
    )


def dynamic_file(path: str, version: Version, store: FileStore) -> DynamicFile | None:
    """One file of the file provider, None when it can't be opened."""
    parsed = store.parsed(path)
    if parsed is None or parsed.file is None:
        return None
    return read_dynamic(parsed.file, version)


def files_of(deployment: Deployment) -> list[SourceFile]:
    """All files that a deployment is made of, each once."""
    files: dict[int, SourceFile] = {}
    if deployment.static is not None:
        for source in (deployment.static.source, *deployment.static.shadowed):
            files[id(source.span.file)] = source.span.file
    for project in deployment.projects:
        files.update((id(file), file) for file in project.files)
    files.update((id(found.file), found.file) for found in deployment.dynamic_files)
    files.update((id(found.root.file), found.root.file) for found in deployment.objects)
    return list(files.values())
