"""Kubernetes objects as written, with what every object has already looked up."""

from __future__ import annotations

from sys import intern

from traefik_lint.model.compose import Label
from traefik_lint.model.values import Decoded
from traefik_lint.options.version import Version
from traefik_lint.source.tree import Mapping, Scalar


class KubernetesObject:
    """One object of a manifest.

    ``group`` and ``version`` come from ``apiVersion`` (``traefik.io``, ``v1alpha1``); the core group is "".
    ``namespace`` is ``default`` where the manifest leaves it out; ``namespace_node`` is None then.
    ``spec`` is None when it is no mapping.
    """

    __slots__ = (
        "annotations", "api_version", "decoded", "group", "kind", "kind_node", "labels", "name", "name_node",
        "namespace", "namespace_node", "root", "spec", "version",
    )  # fmt: skip

    def __init__(self, root: Mapping, api_version: Scalar, kind: Scalar) -> None:
        self.root = root
        self.spec = root.mapping("spec")
        self.api_version = api_version
        group, slash, version = api_version.value.rpartition("/")
        self.group = intern(group) if slash else ""
        self.version = intern(version)
        self.kind = kind.value
        self.kind_node = kind
        self.name = ""
        self.name_node: Scalar | None = None
        self.namespace = "default"
        self.namespace_node: Scalar | None = None
        self.annotations: list[Label] = []
        self.labels: list[Label] = []
        #: What it says under its own options to a release, once somebody asked.
        self.decoded: tuple[Version, Decoded] | None = None

    def annotation(self, key: str) -> Scalar | None:
        """The value of the annotation with exactly this key."""
        for label in self.annotations:
            if label.key.value == key:
                return label.value
        return None

    def __repr__(self) -> str:
        return f"{self.kind}({self.namespace}/{self.name})"
