"""Middlewares that Kubernetes objects name: what the files tell about one that is not in them (K-014, K-031, K-103).

A cluster holds more than the files. A name still leads nowhere for sure when its provider defines no middlewares at
all, and most likely when the very name is in another namespace, or when all else that the route names is at hand.
"""

from __future__ import annotations

from collections.abc import Mapping as Dictionary

from traefik_lint.checks.kubernetes.objects import service_references, services
from traefik_lint.checks.names import quoted
from traefik_lint.checks.references import Missing
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.model.values import Value
from traefik_lint.runtime.names import normalize
from traefik_lint.runtime.types import Middleware, Origin, Reference, Runtime
from traefik_lint.source.tree import Scalar


class Homes:
    """Which routes have all their Services in the files, worked out once when somebody asks."""

    __slots__ = ("_complete", "_runtime")

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._complete: set[int] | None = None

    def missing(
        self, reference: Reference, origin: Origin, known: Dictionary[str, Middleware]
    ) -> Missing | None:
        """What to make of a middleware of an open cluster that is not in the files; None when nothing can be said."""
        if not isinstance(origin, KubernetesObject) or self._is_known(reference):
            return None
        base, _, provider = reference.name.rpartition("@")
        if provider == "kubernetes":
            return Missing("high", _whole_name(base, origin, known))
        if (
            provider == "kubernetescrd"
            and origin.kind == "Ingress"
            and not base.startswith(f"{normalize(origin.namespace)}-")
        ):
            return _in_other_namespace(base, origin, known)
        if provider != "kubernetescrd" or not base.startswith(normalize(origin.namespace) + "-"):
            return None
        name = base[len(normalize(origin.namespace)) + 1 :]
        same = [
            other
            for other, middleware in known.items()
            if isinstance(middleware.origin, KubernetesObject)
            and normalize(middleware.origin.name) == name
            and middleware.origin.namespace_node is not None
        ]
        # The whole name where the plain one is meant: the namespace is put before it a second time.
        if f"{name}@kubernetescrd" in known and name.startswith(normalize(origin.namespace) + "-"):
            return Missing("high", f"{name}@kubernetescrd")
        if len(same) == 1 and origin.namespace_node is not None:
            return Missing("medium", same[0])
        return Missing("medium", None) if self._is_complete(origin) else None

    def _is_known(self, reference: Reference) -> bool:
        """Whether the user declared it, or another rule tells why it is not there."""
        base = reference.name.rpartition("@")[0]
        return self._runtime.deployment.is_external("middlewares", reference.name) or any(
            isinstance(drop.origin, KubernetesObject)
            and drop.origin.kind in ("Middleware", "MiddlewareTCP")
            and normalize(f"{drop.origin.namespace}-{drop.origin.name}") == base
            for drop in self._runtime.drops
        )

    def _is_complete(self, origin: KubernetesObject) -> bool:
        if self._complete is None:
            known = services(self._runtime)
            named: dict[int, bool] = {}
            for reference in service_references(self._runtime):
                key = id(reference.owner)
                named[key] = named.get(key, True) and reference.identity in known
            self._complete = {key for key, complete in named.items() if complete}
        return id(origin) in self._complete


def _in_other_namespace(
    base: str, origin: KubernetesObject, known: Dictionary[str, Middleware]
) -> Missing | None:
    """The only Middleware of that name beside the Ingress, where the annotation puts another namespace before it."""
    beside = [
        other
        for other, middleware in known.items()
        if isinstance(middleware.origin, KubernetesObject)
        and middleware.origin.root.file is origin.root.file
        and middleware.origin.namespace_node is not None
        and base.endswith("-" + normalize(middleware.origin.name))
    ]
    return Missing("medium", beside[0]) if len(beside) == 1 else None


def _whole_name(base: str, origin: KubernetesObject, known: Dictionary[str, Middleware]) -> str:
    """The name that an annotation needs: of the Middleware meant, or in its form."""
    for name in (
        f"{base}@kubernetescrd",
        f"{normalize(origin.namespace)}-{base}@kubernetescrd",
        f"{base}@file",
    ):
        if name in known:
            return name
    return f"{normalize(origin.namespace)}-{base}@kubernetescrd"


def written_as(value: Value, origin: Origin, target: Middleware | None) -> str | None:
    """How a route object names a Middleware object: by its plain name, and the namespace where it is another."""
    made = target.origin if target is not None else None
    if not isinstance(made, KubernetesObject) or not isinstance(origin, KubernetesObject):
        return None
    if origin.kind == "Ingress" or not isinstance(value.node, Scalar) or "@" in value.node.value:
        return None
    if made.namespace == origin.namespace:
        return f"write {quoted(made.name)}"
    return f"write name: {made.name} with namespace: {made.namespace} (allowCrossNamespace must be on), or copy it here"


def provider_off(runtime: Runtime, reference: Reference) -> str | None:
    """What to do where the object is in the files and its provider is not switched on (K-001)."""
    static = runtime.deployment.static
    if static is None or reference.provider != "kubernetescrd":
        return None
    if static.element.get("providers", "kubernetesCRD") is not None:
        return None
    base = reference.name.rpartition("@")[0]
    for found in runtime.deployment.objects:
        if (
            found.kind in ("Middleware", "MiddlewareTCP")
            and normalize(f"{found.namespace}-{found.name}") == base
        ):
            return "switch on providers.kubernetesCRD: the object is there, and nothing reads it"
    return None
