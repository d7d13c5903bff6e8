"""One run of a Kubernetes provider: what it reads, what it may assume, what it has built so far."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from traefik_lint.model.deployment import World
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.model.values import Element
from traefik_lint.options.catalogue import dynamic
from traefik_lint.options.spec import Spec
from traefik_lint.options.version import Version
from traefik_lint.runtime.configuration import Part, ProviderConfiguration
from traefik_lint.runtime.decoding import decode_object
from traefik_lint.runtime.providers.kubernetes_cluster import Cluster
from traefik_lint.runtime.providers.kubernetes_elements import Refused
from traefik_lint.runtime.providers.kubernetes_options import KubernetesOptions, released
from traefik_lint.runtime.synthetic import option
from traefik_lint.runtime.types import Drop
from traefik_lint.source.span import Span
from traefik_lint.source.tree import Node


class Work:
    """What the functions of a provider share."""

    __slots__ = (
        "certificates", "cluster", "configuration", "generous", "notes", "options", "select", "specs", "version",
    )  # fmt: skip

    def __init__(
        self,
        configuration: ProviderConfiguration,
        cluster: Cluster,
        options: KubernetesOptions,
        version: Version,
        generous: frozenset[World],
    ) -> None:
        self.configuration = configuration
        self.cluster = cluster
        self.options = options
        self.version = version
        #: Kinds of which more may exist than the files show: a missing one is taken to exist.
        self.generous = generous
        self.select: Callable[[KubernetesObject], bool] | None = None
        self.specs: dict[tuple[str, ...], Spec] = {}
        #: Certificates by the key that Traefik remembers them under, so that each Secret is loaded once.
        self.certificates: dict[str, Part] = {}
        #: What is noted about a Service, by namespace, name and port.
        self.notes: dict[tuple[str, str, str], Element] = {}

    def with_options(self, options: KubernetesOptions) -> Work:
        """The same run under other options."""
        other = Work(self.configuration, self.cluster, options, self.version, self.generous)
        other.select = self.select
        other.specs = self.specs
        other.certificates = self.certificates
        other.notes = self.notes
        return other

    def spec(self, *path: str) -> Spec:
        """The dynamic option at a path, looked up once."""
        found = self.specs.get(path)
        if found is None:
            found = self.specs[path] = option(dynamic(), *path)
        return found

    def since(self, *firsts: tuple[int, int, int]) -> bool:
        """Whether the modelled release has a change; see :func:`released`."""
        return released(self.version, *firsts)

    def drop(
        self, subject: str, refused: Refused, origin: KubernetesObject, place: Node | None = None
    ) -> None:
        """Note that something was left out, and why."""
        span = refused.span or (place.span if place is not None else _span_of(origin))
        self.configuration.drops.append(Drop(refused.kind, subject, refused.text, span, origin, refused.fact))

    def miss(self, subject: str, refused: Refused, origin: KubernetesObject | None = None) -> None:
        """Note something that is not in the files and for which nothing is left out."""
        self.configuration.missing.append(
            Drop(refused.kind, subject, refused.text, refused.span, origin, refused.fact)
        )

    def log(self, text: str, span: Span | None) -> None:
        """Note a line of Traefik's log that leaves everything in place."""
        self.configuration.logs.append((text, span))


def decoded_objects(work: Work, kind: str) -> Iterator[tuple[KubernetesObject, Element]]:
    """Traefik's objects of a kind with their `spec` under their own options; those of wrong types are dropped."""
    for found in work.cluster.custom(kind, work.select):
        spec = _decoded_or_dropped(work, found)
        if spec is not None:
            yield found, spec


def _decoded_or_dropped(work: Work, found: KubernetesObject) -> Element | None:
    try:
        return decoded(found, work.version)
    except Refused as refused:
        work.drop(subject_of(found), refused, found)
        return None


def decoded(found: KubernetesObject, version: Version) -> Element:
    """The object's `spec` as Go's JSON decoder fills it; raises Refused for wrong types."""
    result = decode_object(found, version)
    if result is None:
        raise ValueError(f"{found.kind} is none of Traefik's kinds")
    # What else an API server refuses (limits, required fields) Traefik reads without a word.
    wrong = next(
        (problem for problem in result.problems if problem.fatal and problem.kind == "wrong-type"), None
    )
    if wrong is not None:
        refused = Refused("decoding", wrong.text, fact="K-090")
        refused.span = wrong.span
        raise refused
    spec = result.element.element("spec")
    if spec is None:
        return Element(result.element.spec.fields["spec"], {}, found.root)
    return spec


def subject_of(found: KubernetesObject) -> str:
    """How a message names an object: ``IngressRoute "shop/web"``."""
    return f'{found.kind} "{found.namespace}/{found.name}"'


def _span_of(found: KubernetesObject) -> Span:
    return found.name_node.span if found.name_node is not None else found.kind_node.span
