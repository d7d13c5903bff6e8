"""One service of the merged tree, read into the model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from traefik_lint.model.compose import ComposeProblem, ComposeProject, ComposeService, Label, Variable
from traefik_lint.readers.compose.dotenv import Assignment, read_dotenv
from traefik_lint.readers.compose.includes import resolved
from traefik_lint.readers.compose.merge import is_null
from traefik_lint.readers.compose.mounts import mounts_of
from traefik_lint.readers.compose.networks import attachments_of
from traefik_lint.readers.compose.pairs import alias_of, pairs_of
from traefik_lint.readers.compose.ports import exposed_ports_of, ports_of
from traefik_lint.readers.compose.shellwords import split_words
from traefik_lint.source.scalars import go_text, kind_of
from traefik_lint.source.tree import Entry, Mapping, Node, Piece, Scalar, Sequence

if TYPE_CHECKING:
    from traefik_lint.readers.compose.loading import Loader


class ServiceReader:
    """Reads the services of one project."""

    def __init__(
        self, loader: Loader, project: ComposeProject, root: Mapping, environment: dict[str, str]
    ) -> None:
        self._loader = loader
        self._project = project
        self._root = root
        self._environment = environment

    def read(self, name: Scalar, node: Mapping) -> ComposeService:
        """The service with all that concerns Traefik."""
        service = ComposeService(name, self._project, node)
        service.image = _scalar(node, "image")
        service.container_name = _scalar(node, "container_name")
        service.network_mode = _scalar(node, "network_mode")
        service.profiles = _texts(node.get("profiles"))
        service.healthcheck = node.mapping("healthcheck")
        service.hints = node.mapping("x-traefik-lint")
        service.labels = self._labels_with_files(node, service)
        deploy = node.mapping("deploy")
        if deploy is not None:
            service.deploy_labels = self._labels(deploy.entry("labels"))
        service.ports = ports_of(node.get("ports"), self._project.problems)
        service.expose = exposed_ports_of(node.get("expose"))
        service.networks = attachments_of(node, self._project, bool(service.profiles))
        service.command = self._words(node.get("command"))
        service.entrypoint = self._words(node.get("entrypoint"))
        service.environment = self._variables(node, service)
        service.mounts = mounts_of(node, self._root, self._directory_of)
        _read_scale(service, node, deploy)
        return service

    def _labels_with_files(self, node: Mapping, service: ComposeService) -> list[Label]:
        labels: dict[str, Label] = {}
        for path in _texts(node.get("label_file")):
            for key, value in self._assignments(path, service, "label file", required=True):
                if value is not None:
                    labels[key.value] = Label(key, value)
        inline = self._labels(node.entry("labels"))
        if not labels:
            return inline
        labels.update((label.key.value, label) for label in inline)
        return list(labels.values())

    def _labels(self, entry: Entry | None) -> list[Label]:
        if entry is None:
            return []
        via = entry.via or alias_of(entry)
        return [
            Label(pair.key, self._label_value(pair.value), pair.via or via)
            for pair in pairs_of(entry.value)
            if isinstance(pair.value, Scalar)
        ]

    def _label_value(self, value: Scalar) -> Scalar:
        """The text that becomes of a label's value; a number or a date may look different then (C-062)."""
        if value.style == "label":
            return value
        kind = kind_of(value)
        if kind == "string":
            return value
        text = go_text(value)
        if text == value.value:
            return value
        if kind != "null":
            message = f'the unquoted value "{value.value}" becomes "{text}" in the label'
            self._project.problems.append(
                ComposeProblem("changed-text", message, value.span, f'write "{value.value}"')
            )
        pieces = (Piece(0, len(text), value.start, value.end),) if text else ()
        return Scalar(value.file, value.start, value.end, text, "label", pieces=pieces)

    def _words(self, node: Node | None) -> list[Scalar] | None:
        """A command's words; None where there is no command (an empty one is a list without words)."""
        if node is None or is_null(node):
            return None
        if isinstance(node, Sequence):
            return [item for item in node.items if isinstance(item, Scalar)]
        if not isinstance(node, Scalar):
            return []
        words, error, rest = split_words(node)
        if error != -1:
            message = f'"{node.value[error]}" makes the command unreadable: compose refuses the project'
            hint = "write the command as a list, or put the word in quotes"
            span = node.sub(error, error + 1)
            self._project.problems.append(ComposeProblem("command", message, span, hint, file_lost=True))
        elif rest != -1:
            message = f'compose takes the command to end at "{node.value[rest]}" and drops the rest'
            hint = "write the command as a list, or put the word in quotes"
            span = node.sub(rest, len(node.value))
            self._project.problems.append(ComposeProblem("cut-command", message, span, hint))
        return words

    def _variables(self, node: Mapping, service: ComposeService) -> list[Variable]:
        variables: dict[str, Variable] = {}
        for path, required in _env_files(node.get("env_file")):
            for key, value in self._assignments(path, service, "env file", required):
                variables[key.value] = Variable(key, value)
        for entry in pairs_of(node.get("environment")):
            value = entry.value if isinstance(entry.value, Scalar) else None
            if value is not None and is_null(value):
                value = None
            variables[entry.key.value] = Variable(entry.key, value)
        return list(variables.values())

    def _assignments(
        self, path: Scalar, service: ComposeService, what: str, required: bool
    ) -> list[Assignment]:
        if path.unknown:
            service.is_open = True
            return []
        real = resolved(path.value, self._directory_of(path))
        file = self._loader.load_file(real)
        if file is None:
            service.is_open = True
            if required:
                message = f'the {what} "{path.value}" is missing: compose refuses the project'
                self._loader.problem("missing-file", message, path.span, path=real)
            return []
        if what == "label file":
            self._loader.files.setdefault(real, file)
        found = read_dotenv(file, self._environment.get)
        if found.error is not None:
            service.is_open = True
            self._loader.problem(
                "env-file", f"{found.error.message}: compose refuses the {what}", found.error.span
            )
        return found.assignments

    def _directory_of(self, node: Node) -> str:
        return self._loader.directories.get(id(node.file), self._project.directory)


def _scalar(node: Mapping, name: str) -> Scalar | None:
    scalar = node.scalar(name)
    return None if scalar is None or is_null(scalar) else scalar


def _texts(node: Node | None) -> list[Scalar]:
    items = node.items if isinstance(node, Sequence) else [node]
    return [item for item in items if isinstance(item, Scalar) and item.value]


def _env_files(node: Node | None) -> list[tuple[Scalar, bool]]:
    found: list[tuple[Scalar, bool]] = []
    for item in node.items if isinstance(node, Sequence) else [node]:
        if isinstance(item, Scalar) and item.value:
            found.append((item, True))
        elif isinstance(item, Mapping):
            path, required = item.scalar("path"), item.scalar("required")
            if path is not None and path.value:
                found.append((path, required is None or go_text(required) != "false"))
    return found


def _read_scale(service: ComposeService, node: Mapping, deploy: Mapping | None) -> None:
    mode = deploy.scalar("mode") if deploy is not None else None
    if mode is not None and mode.value.startswith("global"):
        return
    scale = _scalar(node, "scale") or (_scalar(deploy, "replicas") if deploy is not None else None)
    if scale is None:
        return
    text = go_text(scale)
    if text.isdecimal() and len(text) < 10 and not scale.unknown:
        service.replicas = int(text)
    else:
        service.scale_known = False
