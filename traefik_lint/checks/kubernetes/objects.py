"""What several checks of Kubernetes objects ask: which Services they name, which pods stand behind a Service."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.runtime.providers.kubernetes_cluster import CRD_GROUP, OLD_CRD_GROUP
from traefik_lint.runtime.types import Drop, Runtime
from traefik_lint.source.span import Span
from traefik_lint.source.tree import Mapping, Node, Scalar

ROUTES = frozenset({"IngressRoute", "IngressRouteTCP", "IngressRouteUDP"})
TRAEFIK_GROUPS = frozenset({CRD_GROUP, OLD_CRD_GROUP})
INGRESS_GROUP = "networking.k8s.io"
_WORKLOADS = frozenset({"Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"})
_MEMBER_LISTS = (("weighted", "services"), ("mirroring", "mirrors"), ("highestRandomWeight", "services"))


class ServiceReference(NamedTuple):
    """A place where an object names a Kubernetes Service; ``holder`` is the mapping around it, ``port`` the port."""

    owner: KubernetesObject
    name: Scalar
    namespace: str
    port: Scalar | None
    holder: Mapping

    @property
    def identity(self) -> tuple[str, str]:
        """Namespace and name of the Service."""
        return self.namespace, self.name.value


class Workload(NamedTuple):
    """Something that makes pods: the labels of its pods, and their `spec`."""

    object: KubernetesObject
    labels: dict[str, str]
    pod: Mapping


@lru_cache(maxsize=1)  # the checks run one after another on one deployment
def service_references(runtime: Runtime) -> tuple[ServiceReference, ...]:
    """Every place in Traefik's objects and in Ingresses that names a Kubernetes Service."""
    return tuple(_service_references(runtime))


def _service_references(runtime: Runtime) -> Iterator[ServiceReference]:
    for found in runtime.deployment.objects:
        spec = found.spec
        if spec is None:
            continue
        if found.group == INGRESS_GROUP and found.kind == "Ingress":
            yield from _of_ingress(found, spec)
        elif found.group in TRAEFIK_GROUPS:
            for holder in _holders(found, spec):
                name = holder.scalar("name")
                kind = holder.scalar("kind")
                if name is None or (kind is not None and kind.value not in ("", "Service")):
                    continue
                namespace = holder.scalar("namespace")
                where = namespace.value if namespace is not None and namespace.value else found.namespace
                yield ServiceReference(found, name, where, holder.scalar("port"), holder)


def _holders(found: KubernetesObject, spec: Mapping) -> Iterator[Mapping]:
    if found.kind in ROUTES:
        for route in mappings_of(spec.sequence("routes")):
            yield from mappings_of(route.sequence("services"))
    elif found.kind == "TraefikService":
        for section, members in _MEMBER_LISTS:
            body = spec.mapping(section)
            if body is None:
                continue
            if section == "mirroring":
                yield body
            yield from mappings_of(body.sequence(members))
        failover = spec.mapping("failover")
        for name in ("service", "fallback"):
            member = failover.mapping(name) if failover is not None else None
            if member is not None:
                yield member
    elif found.kind == "Middleware":
        errors = spec.mapping("errors")
        service = errors.mapping("service") if errors is not None else None
        if service is not None:
            yield service


def _of_ingress(found: KubernetesObject, spec: Mapping) -> Iterator[ServiceReference]:
    backends = [spec.mapping("defaultBackend")]
    for rule in mappings_of(spec.sequence("rules")):
        http = rule.mapping("http")
        paths = http.sequence("paths") if http is not None else None
        backends += [path.mapping("backend") for path in mappings_of(paths)]
    for backend in backends:
        service = backend.mapping("service") if backend is not None else None
        name = service.scalar("name") if service is not None else None
        if service is not None and name is not None:
            port = service.mapping("port")
            number = (port.scalar("number") or port.scalar("name")) if port is not None else None
            yield ServiceReference(found, name, found.namespace, number, service)


def mappings_of(nodes: Iterable[Node] | None) -> Iterator[Mapping]:
    """The mappings in a list; nothing for None."""
    return (node for node in nodes or () if isinstance(node, Mapping))


@lru_cache(maxsize=1)
def services(runtime: Runtime) -> dict[tuple[str, str], KubernetesObject]:
    """The Services in the files by namespace and name."""
    return {
        (found.namespace, found.name): found
        for found in runtime.deployment.objects
        if found.kind == "Service" and found.group == "" and found.name
    }


def traefik_services(runtime: Runtime) -> dict[tuple[str, str], KubernetesObject]:
    """The TraefikServices in the files by namespace and name."""
    return {
        (found.namespace, found.name): found
        for found in runtime.deployment.objects
        if found.kind == "TraefikService" and found.group in TRAEFIK_GROUPS and found.name
    }


class Pods:
    """What makes pods in the files, found by the labels of the pods."""

    __slots__ = ("_by_label", "_by_namespace", "unknown_in")

    def __init__(self, runtime: Runtime) -> None:
        #: Namespaces with pods whose labels can't be told.
        self.unknown_in: set[str] = set()
        self._by_label: dict[tuple[str, str], list[Workload]] = {}
        self._by_namespace: dict[str, list[Workload]] = {}
        for found in runtime.deployment.objects:
            workload = self._workload(found)
            if workload is None:
                continue
            self._by_namespace.setdefault(found.namespace, []).append(workload)
            for pair in workload.labels.items():
                self._by_label.setdefault(pair, []).append(workload)

    def __bool__(self) -> bool:
        return bool(self._by_namespace)

    def in_namespace(self, namespace: str) -> list[Workload]:
        """All of a namespace."""
        return self._by_namespace.get(namespace, [])

    def anywhere(self, wanted: dict[str, str]) -> list[Workload]:
        """Those whose pods have all these labels, in any namespace; none for no labels."""
        candidates = min((self._by_label.get(pair, []) for pair in wanted.items()), key=len, default=[])
        return [one for one in candidates if wanted.items() <= one.labels.items()]

    def behind(self, service: KubernetesObject, wanted: dict[str, str]) -> list[Workload]:
        """Those whose pods a Service with this selector finds."""
        return [one for one in self.anywhere(wanted) if one.object.namespace == service.namespace]

    def _workload(self, found: KubernetesObject) -> Workload | None:
        spec = found.spec
        if spec is None:
            return None
        if found.kind == "Pod" and found.group == "":
            return Workload(found, {label.key.value: label.value.value for label in found.labels}, spec)
        template = spec.mapping("template") if found.kind in _WORKLOADS else None
        pod = template.mapping("spec") if template is not None else None
        if template is None or pod is None:
            return None
        metadata = template.mapping("metadata")
        written = metadata.mapping("labels") if metadata is not None else None
        if any(isinstance(entry.value, Scalar) and entry.value.unknown for entry in written or ()):
            self.unknown_in.add(found.namespace)
            return None
        return Workload(found, texts_of(written), pod)


def texts_of(mapping: Mapping | None) -> dict[str, str]:
    """The scalars of a mapping by key."""
    return {entry.key.value: entry.value.value for entry in mapping or () if isinstance(entry.value, Scalar)}


def is_certain(found: KubernetesObject) -> bool:
    """Whether name and namespace are written in the file and known."""
    nodes = (found.name_node, found.namespace_node)
    return all(node is not None and not node.unknown for node in nodes)


def dropped(runtime: Runtime, *kinds: str) -> Iterator[tuple[Drop, KubernetesObject, Span]]:
    """What the Kubernetes providers dropped for one of these reasons, each place once."""
    seen: set[Span] = set()
    for drop in runtime.drops:
        if drop.kind not in kinds or drop.span is None or drop.span in seen:
            continue
        if isinstance(drop.origin, KubernetesObject):
            seen.add(drop.span)
            yield drop, drop.origin, drop.span


def lost(drop: Drop) -> str:
    """What is dropped, for a sentence: ``this route``, ``this path`` or the object."""
    if drop.subject.startswith("route "):
        return "the route"
    if drop.subject.startswith("path "):
        return "the path"
    return drop.subject
