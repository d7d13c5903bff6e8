"""A deployment: one Traefik's world, put together from the files that belong to it."""

from __future__ import annotations

from collections.abc import Callable
from fnmatch import fnmatchcase
from typing import Literal, NamedTuple

from traefik_lint.model.compose import ComposeProject, ComposeService, Label
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.model.values import Decoded, Element, Problem
from traefik_lint.options.version import NEWEST, Version
from traefik_lint.source.span import SourceFile, Span
from traefik_lint.source.tree import Mapping, ReadError, Scalar

#: Kinds of things that can be *closed* (all of it is in the files) or *open* (there may be more elsewhere).
#: A provider's name stands for all the routers, middlewares, services and TLS options it may define.
World = Literal[
    "entry-points", "resolvers", "plugins", "static",
    "file", "docker", "swarm", "kubernetescrd", "kubernetes", "other-providers",
    "kubernetes-services", "secrets", "ingress-classes", "networks", "containers",
]  # fmt: skip


class StaticSource(NamedTuple):
    """One place that gives static configuration: a file, the flags or the environment of a container (S-001).

    ``root`` is the tree of all its options; ``span`` points at the source as a whole (the file's beginning, the
    ``command`` key, the first variable). ``read_error`` is set when a file could not be parsed.
    """

    kind: Literal["file", "flags", "environment"]
    root: Mapping
    span: Span
    notation: Literal["yaml", "toml", "flag", "env"]
    read_error: ReadError | None = None
    #: What the flags themselves got wrong before decoding (a flag without a value …), as Traefik says it.
    refused: str = ""
    #: Arguments or variables that Traefik never reads: all from the first argument that is no flag (S-021, S-024).
    unread: tuple[Scalar, ...] = ()
    #: List flags below a name that are given again: appended or replaced, as it happens (S-025).
    repeated: tuple[Scalar, ...] = ()


class Static:
    """The static configuration that Traefik uses, and the sources it never reads because of it (S-001)."""

    __slots__ = ("decoded", "shadowed", "source")

    def __init__(self, source: StaticSource, decoded: Decoded, shadowed: list[StaticSource]) -> None:
        self.source = source
        self.decoded = decoded
        self.shadowed = shadowed

    @property
    def element(self) -> Element:
        """The decoded options."""
        return self.decoded.element


class DynamicFile:
    """One file of the file provider.

    ``decoded`` is None when the file could not be parsed or rendered; ``open`` says that it is a template we can't
    render, so that it may define anything. ``template_error`` is what Go's template engine refuses it for; the text
    may have been written for another engine that comes first.
    """

    __slots__ = ("decoded", "file", "notation", "open", "read_error", "template_error")

    def __init__(
        self,
        file: SourceFile,
        notation: Literal["yaml", "toml"],
        decoded: Decoded | None,
        read_error: ReadError | None = None,
        is_open: bool = False,
        template_error: str = "",
    ) -> None:
        self.file = file
        self.notation = notation
        self.decoded = decoded
        self.read_error = read_error
        self.open = is_open
        self.template_error = template_error


class ChartProblem(NamedTuple):
    """A value that the chart does not read (any more).

    ``effect`` is ``refused`` when Helm fails over it, ``ignored`` when nothing happens. ``certain`` is false when it
    depends on the chart's version, which the files don't tell; ``since`` is that version (0 for all).
    """

    span: Span
    name: str
    message: str
    hint: str
    effect: Literal["refused", "ignored"]
    certain: bool = True
    since: int = 0


class DecodedLabels(NamedTuple):
    """A container's routing labels: ``problems`` are those of the keys (R-003, R-020) and then those of the options.

    ``error`` is what the provider drops the container for; ``unread`` are labels that speak of Traefik and that it
    never reads; ``is_open`` says that there may be any other label.
    """

    decoded: Decoded
    problems: tuple[Problem, ...]
    error: Problem | None
    unread: tuple[Label, ...]
    is_open: bool


def _assumed(_path: str) -> bool:
    return True


class Deployment:
    """The unit that the runtime computes and the checks see.

    ``traefik`` is the compose service (or None) that runs Traefik, ``workload`` the Kubernetes object that does.
    ``open`` holds the kinds of which more may exist outside the given files. ``externals`` are names the user
    declared as defined elsewhere, as glob patterns by kind.
    """

    __slots__ = (
        "backend_routes", "chart_problems", "decodings", "dynamic_files", "externals", "files", "has_file",
        "is_whole_world", "name", "objects", "open", "projects", "static", "traefik", "version",
        "version_assumed", "version_in_use", "version_node", "workload",
    )  # fmt: skip

    def __init__(self, name: str) -> None:
        self.name = name
        self.version: Version = NEWEST
        #: Where the version was told (the image's tag), None when it is assumed.
        self.version_node: Scalar | None = None
        #: Whether neither the files nor the user tell the version.
        self.version_assumed = False
        #: What the image says where the user asks for another version: a planned upgrade.
        self.version_in_use: Version | None = None
        self.static: Static | None = None
        self.dynamic_files: list[DynamicFile] = []
        self.projects: list[ComposeProject] = []
        self.objects: list[KubernetesObject] = []
        self.traefik: ComposeService | None = None
        self.workload: KubernetesObject | None = None
        self.open: set[World] = set()
        self.externals: dict[str, tuple[str, ...]] = {}
        #: Paths that backends answer as the settings tell: (service name pattern, path patterns).
        self.backend_routes: tuple[tuple[str, tuple[str, ...]], ...] = ()
        self.files: list[SourceFile] = []
        #: Values that the Traefik chart does not read.
        self.chart_problems: tuple[ChartProblem, ...] = ()
        #: Whether the files are taken as the whole world, as they are: images expose no ports but those that are
        #: named, and one broken file of the file provider takes the others with it. A linter looks further.
        self.is_whole_world = False
        #: Whether a file that an option names (a CA, users) is there, as far as can be told; nobody opens it.
        self.has_file: Callable[[str], bool] = _assumed
        #: Labels that were decoded before; only :mod:`traefik_lint.runtime.decoding` looks into it.
        self.decodings: dict[int, tuple[list[Label], DecodedLabels]] = {}

    def is_closed(self, *kinds: World) -> bool:
        """Whether all that exists of these kinds is in the given files, so that "does not exist" may be said."""
        return not self.open.intersection(kinds)

    def is_external(self, kind: str, name: str) -> bool:
        """Whether the user declared that ``name`` is defined elsewhere; ``kind`` as in the settings' ``externals``."""
        patterns = self.externals.get(kind)
        return patterns is not None and any(fnmatchcase(name, pattern) for pattern in patterns)

    def __repr__(self) -> str:
        return f"Deployment({self.name!r})"
