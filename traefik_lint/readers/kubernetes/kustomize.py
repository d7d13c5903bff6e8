"""Kustomization files: what they list, and what they do to the objects listed."""

from __future__ import annotations

from typing import NamedTuple

from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.source.tree import Mapping, Scalar

_GROUP = "kustomize.config.k8s.io/"
_LISTS = ("resources", "bases", "components")
#: What may add objects or change them in ways that are not followed.
_OPAQUE = (
    "patches", "patchesStrategicMerge", "patchesJson6902", "replacements", "transformers", "generators",
    "configMapGenerator", "secretGenerator", "helmCharts", "helmChartInflationGenerator", "components",
    "vars", "crds", "bases",
)  # fmt: skip
#: Kinds without a namespace, which `namespace:` does not touch.
_CLUSTER_SCOPED = frozenset({
    "ClusterRole", "ClusterRoleBinding", "CustomResourceDefinition", "GatewayClass", "IngressClass",
    "Namespace", "Node", "PersistentVolume", "PriorityClass", "StorageClass",
})  # fmt: skip


class Kustomization(NamedTuple):
    """A kustomization file: ``resources`` are paths or addresses as written, relative to its folder.

    ``is_open`` says that it does more than list files and give them a namespace, so that the objects which
    come out may differ from the files.
    """

    root: Mapping
    resources: tuple[Scalar, ...]
    namespace: Scalar | None
    is_open: bool


def read_kustomization(root: Mapping) -> Kustomization | None:
    """Read a document as a kustomization file; None for others (Flux's object of that kind, too)."""
    api_version = root.scalar("apiVersion")
    kind = root.scalar("kind")
    if api_version is not None:
        if not api_version.value.startswith(_GROUP):
            return None
    elif kind is not None or all(root.sequence(key) is None for key in _LISTS):
        return None
    resources = tuple(item for key in _LISTS for item in root.sequence(key) or () if isinstance(item, Scalar))
    renames = any(root.scalar(key) for key in ("namePrefix", "nameSuffix"))
    namespace = root.scalar("namespace")
    unknown = any(scalar.unknown for scalar in resources) or (namespace is not None and namespace.unknown)
    is_open = renames or unknown or any(root.get(key) is not None for key in _OPAQUE)
    return Kustomization(root, resources, namespace, is_open)


def apply_kustomization(
    objects: list[KubernetesObject], kustomization: Kustomization
) -> list[KubernetesObject]:
    """The objects with the kustomization's namespace, which replaces whatever they say themselves.

    Other changes are not made (``is_open`` tells of them). The given objects stay as they are.
    """
    namespace = kustomization.namespace
    if namespace is None or not namespace.value:
        return objects
    return [found if found.kind in _CLUSTER_SCOPED else _moved(found, namespace) for found in objects]


def _moved(found: KubernetesObject, namespace: Scalar) -> KubernetesObject:
    moved = KubernetesObject(found.root, found.api_version, found.kind_node)
    moved.name = found.name
    moved.name_node = found.name_node
    moved.namespace = namespace.value
    moved.namespace_node = namespace
    moved.annotations = found.annotations
    moved.labels = found.labels
    return moved
