"""All that was read, by what it is, before it is known what belongs together."""

from __future__ import annotations

import os

from traefik_lint.deployments.instances import Instance, adopt_static_file, compose_instances, file_instance
from traefik_lint.deployments.options import DiscoveryOptions
from traefik_lint.deployments.projects import group_projects
from traefik_lint.deployments.store import FileStore, ParsedFile
from traefik_lint.model.compose import ComposeProject
from traefik_lint.readers.compose import load_project


class World:
    """All that was read so far, by what it is."""

    def __init__(self, store: FileStore, options: DiscoveryOptions) -> None:
        self.store = store
        self.options = options
        self.projects: list[ComposeProject] = []
        self.instances: list[Instance] = []
        self.dynamic: list[ParsedFile] = []
        self.manifests: list[ParsedFile] = []
        self.chart_values: list[ParsedFile] = []
        self._seen: set[str] = set()

    def add(self, files: list[ParsedFile]) -> None:
        """Take in more files, each once."""
        fresh = [file for file in files if file.real not in self._seen and file.file is not None]
        self._seen.update(file.real for file in fresh)
        self._add_projects([file for file in fresh if file.kind == "compose"])
        self.dynamic += [file for file in fresh if file.kind == "dynamic"]
        self.manifests += [file for file in fresh if file.kind == "kubernetes"]
        self.chart_values += [file for file in fresh if file.kind == "helm-values"]
        self._add_static([file for file in fresh if file.kind == "static"])

    @property
    def lacks_context(self) -> bool:
        """Whether something here is read by a Traefik that is not among these files."""
        return not self.instances or not all(instance.known for instance in self.instances)

    def _add_projects(self, files: list[ParsedFile]) -> None:
        for group in group_projects(files, self.store):
            self._seen.update(group.paths)
            project = load_project(
                list(group.paths),
                load_file=self.store.source,
                env_files=list(self.options.env_files) or None,
                project_name=self.options.project_name or None,
            )
            self.projects.append(project)
            self.instances += compose_instances(project, self.store)

    def _add_static(self, files: list[ParsedFile]) -> None:
        """Static files that a container mounts belong to it; one that lies beside a container that shows no
        configuration is taken to be its; the others stand for a Traefik of their own."""
        used = {instance.static_file for instance in self.instances}
        free = [file for file in files if file.real not in used]
        for instance in self.instances:
            if (
                instance.service is None
                or instance.static_file is not None
                or (instance.known and instance.sources)
            ):
                continue
            beside = [file for file in free if _lies_below(file.real, instance.folder)]
            if len(beside) == 1 and not self.options.strict:
                adopt_static_file(instance, beside[0])
                free.remove(beside[0])
        self.instances += [file_instance(file) for file in free]


def _lies_below(path: str, folder: str) -> bool:
    return path.startswith(folder.rstrip(os.sep) + os.sep)
