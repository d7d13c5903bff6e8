"""What docker compose makes of its files: services with their labels, ports and networks, each with its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from traefik_lint.source.span import SourceFile, Span
from traefik_lint.source.tree import Mapping, Node, Scalar


class Label(NamedTuple):
    """One label: key and value lie inside the list item or the mapping entry that wrote it.

    ``via`` is where the label came through (a merge key, an ``extends``, an alias), None when written in place.
    """

    key: Scalar
    value: Scalar
    via: Span | None = None


class Port(NamedTuple):
    """A container port from ``ports`` or ``expose``; ``published`` is the host side as text ("" for none)."""

    target: int
    protocol: str
    published: str
    node: Node
    host_ip: str = ""


class Network(NamedTuple):
    """A network of the project: the key in the file and the real docker name (C-101); ``node`` defines it."""

    key: str
    name: str
    external: bool
    node: Node | None
    known: bool = True


class Attachment(NamedTuple):
    """A service's membership in a network; ``node`` is where the service names it, None for the implicit default."""

    network: Network
    node: Node | None


class Mount(NamedTuple):
    """A volume, bind mount or config of a service.

    ``source`` is the host path as written ("" for none), ``target`` the path in the container; ``path`` is the
    absolute host path for bind mounts and file-backed configs, "" otherwise (also where it can't be known).
    ``content`` is the text of a config that is written in the compose file itself.
    """

    kind: str
    source: str
    target: str
    path: str
    node: Node
    read_only: bool = False
    content: Scalar | None = None


class Variable(NamedTuple):
    """An environment variable of a service; ``value`` is None when compose takes it from its own environment."""

    key: Scalar
    value: Scalar | None


class ComposeService:
    """One service after merging, interpolation and ``extends``."""

    __slots__ = (
        "command", "container_name", "deploy_labels", "entrypoint", "environment", "expose", "healthcheck",
        "hints", "image", "is_open", "labels", "mounts", "name", "network_mode", "networks", "node", "ports",
        "profiles", "project", "replicas", "scale_known",
    )  # fmt: skip

    def __init__(self, name: Scalar, project: ComposeProject, node: Mapping) -> None:
        self.name = name
        self.project = project
        self.node = node
        self.image: Scalar | None = None
        self.labels: list[Label] = []
        self.deploy_labels: list[Label] = []
        self.ports: list[Port] = []
        self.expose: list[Port] = []
        self.networks: list[Attachment] = []
        self.network_mode: Scalar | None = None
        self.container_name: Scalar | None = None
        #: Arguments word by word after shell splitting; None when the key is absent.
        self.command: list[Scalar] | None = None
        self.entrypoint: list[Scalar] | None = None
        self.environment: list[Variable] = []
        self.mounts: list[Mount] = []
        self.healthcheck: Mapping | None = None
        self.profiles: list[Scalar] = []
        self.replicas: int = 1
        #: False when replicas could not be read (an unknown variable).
        self.scale_known: bool = True
        #: The service's ``x-traefik-lint`` mapping: what its author tells us about the backend.
        self.hints: Mapping | None = None
        #: True when labels or environment may come from a file that can't be read.
        self.is_open: bool = False

    def __repr__(self) -> str:
        return f"ComposeService({self.name.value!r})"


class ComposeProblem(NamedTuple):
    """What compose itself would refuse or warn about, with its place.

    ``kind`` is a short word. Variables: ``interpolation``, ``unset-variable``, ``required-variable``,
    ``unescaped-dollar``, ``key-interpolation``. Files: ``yaml``, ``duplicate-key``, ``form``, ``env-file``,
    ``missing-file``, ``missing-service``, ``cycle``. Services: ``label-form``, ``environment-form``,
    ``duplicate-label``, ``changed-text``, ``command``, ``cut-command``, ``port-form``, ``undefined-network``.
    ``file_lost`` says that compose refuses the project. ``path`` is the absolute path of a file that is missing.
    """

    kind: str
    message: str
    span: Span
    hint: str = ""
    file_lost: bool = False
    path: str = ""


class ComposeProject:
    """One compose project: all its files merged as compose would.

    ``name_known`` is false where the name is only the folder's, which may be called otherwise elsewhere.
    ``is_open`` says that a part (an ``include``, a base of an ``extends``) could not be read.
    ``load_file`` gives the text of a file beside it, None for one that is missing or may not be opened.
    """

    __slots__ = (
        "directory", "files", "is_open", "load_file", "name", "name_known", "networks", "problems", "services",
    )  # fmt: skip

    def __init__(self, name: str, directory: str, name_known: bool = True) -> None:
        self.name = name
        self.directory = directory
        self.name_known = name_known
        self.is_open = False
        self.load_file: Callable[[str], SourceFile | None] = lambda path: None  # noqa: ARG005  # there is no disk yet
        self.files: list[SourceFile] = []
        self.services: list[ComposeService] = []
        self.networks: dict[str, Network] = {}
        self.problems: list[ComposeProblem] = []
