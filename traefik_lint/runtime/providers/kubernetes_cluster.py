"""The cluster as the files describe it, the way Traefik's Kubernetes clients look at it."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.options.version import Version
from traefik_lint.runtime.providers.kubernetes_elements import Refused
from traefik_lint.source.tree import Mapping, Node, Scalar

CRD_GROUP = "traefik.io"
#: Read by v2 beside the new one, and by nothing else (K-001, K-002).
OLD_CRD_GROUP = "traefik.containo.us"
CRD_VERSION = "v1alpha1"

_NULLS = ("", "null", "~", "Null", "NULL")
_REQUIREMENT = re.compile(
    r"\s*(!?)\s*([^\s=!,()]+)\s*(?:(==|=|!=|\bin\b|\bnotin\b)\s*(\([^)]*\)|[^,()]*))?\s*(?:,|$)"
)


class ServicePort(NamedTuple):
    """A port of a Service: ``number`` is `port`, ``target`` the port that its endpoints listen on."""

    name: str
    number: int
    target: int
    node_port: int


class Cluster:
    """The objects by kind and name; only what the provider's `namespaces` let it see."""

    __slots__ = ("_by_kind", "_index", "namespaces", "version")

    def __init__(
        self, objects: Iterable[KubernetesObject], namespaces: tuple[str, ...], version: Version
    ) -> None:
        self.namespaces = frozenset(namespaces)
        self.version = version
        self._by_kind: dict[tuple[str, str], list[KubernetesObject]] = {}
        self._index: dict[tuple[str, str, str, str], KubernetesObject] = {}
        by_kind = self._by_kind
        index = self._index
        for found in objects:
            # What is applied later replaces what has the same name.
            identity = (found.group, found.kind, found.namespace, found.name)
            before = index.get(identity)
            index[identity] = found
            group = by_kind.setdefault((found.group, found.kind), [])
            if before is not None and found.name:
                group[group.index(before)] = found
            else:
                group.append(found)

    def watches(self, namespace: str) -> bool:
        """Whether the provider looks into a namespace (K-006)."""
        return not self.namespaces or namespace in self.namespaces

    def all_of(self, group: str, kind: str) -> list[KubernetesObject]:
        """All objects of a kind in the watched namespaces."""
        found = self._by_kind.get((group, kind), [])
        return [one for one in found if one.namespace in self.namespaces] if self.namespaces else found

    def find(self, group: str, kind: str, namespace: str, name: str) -> KubernetesObject | None:
        """An object by name in a watched namespace."""
        return self._index.get((group, kind, namespace, name)) if self.watches(namespace) else None

    def everywhere(self, group: str, kind: str) -> list[KubernetesObject]:
        """All objects of a kind that has no namespace."""
        return self._by_kind.get((group, kind), [])

    def custom(
        self, kind: str, selected: Callable[[KubernetesObject], bool] | None
    ) -> list[KubernetesObject]:
        """Traefik's own objects of a kind that the provider's label selector lets through (K-001, K-002, K-006)."""
        found = [one for one in self.all_of(CRD_GROUP, kind) if one.version == CRD_VERSION]
        if self.version < (3, 0, 0):
            found += [one for one in self.all_of(OLD_CRD_GROUP, kind) if one.version == CRD_VERSION]
        return [one for one in found if selected(one)] if selected is not None else found

    def service(self, namespace: str, name: str) -> KubernetesObject | None:
        """A Service by name; raises Refused for a namespace that is not watched."""
        return self._get("Service", "service", namespace, name)

    def secret(self, namespace: str, name: str) -> KubernetesObject | None:
        """A Secret by name; those that Helm owns don't count (K-005). Raises Refused as :meth:`service`."""
        found = self._get("Secret", "secret", namespace, name)
        return None if found is not None and _has_label(found, "owner", "helm") else found

    def config_map(self, namespace: str, name: str) -> KubernetesObject | None:
        """A ConfigMap by name; raises Refused as :meth:`service`."""
        return self._get("ConfigMap", "config map", namespace, name)

    def endpoints(self, namespace: str, name: str) -> KubernetesObject | None:
        """The Endpoints object of a Service, which Traefik up to 3.0 reads (K-004)."""
        return self._index.get(("", "Endpoints", namespace, name))

    def endpoint_slices(self, namespace: str, name: str) -> list[KubernetesObject]:
        """The EndpointSlices of a Service, which Traefik from 3.1 on reads (K-004)."""
        return [
            one
            for one in self._by_kind.get(("discovery.k8s.io", "EndpointSlice"), [])
            if one.namespace == namespace and _has_label(one, "kubernetes.io/service-name", name)
        ]

    def pods_port(self, service: KubernetesObject, name: str) -> int:
        """The number of the container port that a Service names as its target; 0 when the files don't tell."""
        spec = service.spec
        selector = spec.mapping("selector") if spec is not None else None
        if selector is None:
            return 0
        wanted = {entry.key.value: entry.value.value for entry in selector if isinstance(entry.value, Scalar)}
        for kind in ("Deployment", "StatefulSet", "DaemonSet"):
            for one in self._by_kind.get(("apps", kind), []):
                template = (
                    one.spec.mapping("template") if one.namespace == service.namespace and one.spec else None
                )
                if template is None or not wanted.items() <= _labels_of(template).items():
                    continue
                number = _container_port(template.mapping("spec"), name)
                if number:
                    return number
        return 0

    def node_addresses(self) -> list[str]:
        """Internal addresses of the nodes that are in the files."""
        found: list[str] = []
        for node in self._by_kind.get(("", "Node"), []):
            status = node.root.mapping("status")
            found += [
                text_of(address.get("address"))
                for address in (status.sequence("addresses") if status is not None else None) or ()
                if isinstance(address, Mapping) and text_of(address.get("type")) == "InternalIP"
            ]
        return found

    def _get(self, kind: str, word: str, namespace: str, name: str) -> KubernetesObject | None:
        if not self.watches(namespace):
            text = f"failed to get {word} {namespace}/{name}: namespace is not within watched namespaces"
            raise Refused("namespace-not-watched", text, fact="K-006")
        return self._index.get(("", kind, namespace, name))


def ports_of(cluster: Cluster, service: KubernetesObject) -> list[ServicePort]:
    """The ports of a Service; an unnamed target port counts as the port itself."""
    spec = service.spec
    found = []
    for port in (spec.sequence("ports") if spec is not None else None) or ():
        if not isinstance(port, Mapping):
            continue
        number = number_of(port.get("port"))
        target = port.get("targetPort")
        listening = number_of(target)
        if not listening and isinstance(target, Scalar) and target.value:
            listening = cluster.pods_port(service, target.value)
        found.append(
            ServicePort(
                text_of(port.get("name")), number, listening or number, number_of(port.get("nodePort"))
            )
        )
    return found


def data_of(found: KubernetesObject) -> dict[str, Scalar]:
    """The keys of a Secret or ConfigMap with the scalars that hold their content."""
    keys: dict[str, Scalar] = {}
    for section in ("data", "stringData"):
        mapping = found.root.mapping(section)
        for entry in mapping or ():
            if isinstance(entry.value, Scalar):
                keys[entry.key.value] = entry.value
    return keys


def content_of(found: KubernetesObject, key: str) -> str:
    """The content of a key: a Secret's `data` is base64, its `stringData` and a ConfigMap's `data` are text."""
    plain = found.root.mapping("stringData") if found.kind == "Secret" else found.root.mapping("data")
    scalar = plain.scalar(key) if plain is not None else None
    if scalar is not None:
        return scalar.value
    data = found.root.mapping("data")
    scalar = data.scalar(key) if data is not None else None
    if scalar is None or (scalar.style == "plain" and scalar.value in ("null", "~")):
        return ""
    try:
        return base64.b64decode(re.sub(r"\s", "", scalar.value), validate=True).decode(errors="replace")
    except (binascii.Error, ValueError):
        return scalar.value


def selector(text: str) -> Callable[[KubernetesObject], bool] | None:
    """A label selector as a function; None for an empty one. Raises Refused for one that can't be parsed."""
    if not text.strip():
        return None
    requirements: list[tuple[str, str, frozenset[str]]] = []
    position = 0
    while position < len(text):
        match = _REQUIREMENT.match(text, position)
        if match is None or match.end() == position:
            raise Refused("provider", f'invalid label selector: "{text}"', fact="K-006")
        negated, key, operator, values = match.groups()
        wanted = frozenset(value.strip() for value in (values or "").strip("() ").split(","))
        if operator is None:
            requirements.append((key, "absent" if negated else "present", frozenset()))
        else:
            requirements.append((key, "notin" if operator in ("!=", "notin") else "in", wanted))
        position = match.end()

    def selects(found: KubernetesObject) -> bool:
        labels = {label.key.value: label.value.value for label in found.labels}
        return all(_fits(labels, *requirement) for requirement in requirements)

    return selects


def _has_label(found: KubernetesObject, key: str, value: str) -> bool:
    return any(label.key.value == key and label.value.value == value for label in found.labels)


def _fits(labels: dict[str, str], key: str, operator: str, values: frozenset[str]) -> bool:
    if operator == "present":
        return key in labels
    if operator == "absent":
        return key not in labels
    if operator == "in":
        return labels.get(key) in values if key in labels else False
    return labels.get(key, "\0") not in values


def text_of(node: Node | None) -> str:
    """A scalar's text; "" for null and for anything else."""
    if not isinstance(node, Scalar) or (
        node.style == "plain" and node.value in ("null", "~", "Null", "NULL")
    ):
        return ""
    return node.value


def is_scalar(node: Scalar) -> bool:
    """Whether a scalar is anything but null."""
    return not (node.style == "plain" and node.value in _NULLS)


def number_of(node: Node | None) -> int:
    """A scalar's number; 0 for anything else, and for quoted digits, which are a name to Kubernetes."""
    if isinstance(node, Scalar) and node.style == "plain" and len(node.value) < 10:
        return int(node.value) if node.value.isascii() and node.value.isdigit() else 0
    return 0


def _labels_of(template: Mapping) -> dict[str, str]:
    metadata = template.mapping("metadata")
    labels = metadata.mapping("labels") if metadata is not None else None
    return {entry.key.value: entry.value.value for entry in labels or () if isinstance(entry.value, Scalar)}


def _container_port(pod: Mapping | None, name: str) -> int:
    for container in (pod.sequence("containers") if pod is not None else None) or ():
        for port in (container.sequence("ports") if isinstance(container, Mapping) else None) or ():
            if isinstance(port, Mapping) and text_of(port.get("name")) == name:
                return number_of(port.get("containerPort"))
    return 0
