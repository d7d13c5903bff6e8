"""Whose an Ingress is: what in it, or in the files, says that it is meant for Traefik (K-020, K-100)."""

from __future__ import annotations

from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.options.annotations import PREFIX
from traefik_lint.runtime.providers.kubernetes_cluster import is_scalar
from traefik_lint.runtime.types import Runtime
from traefik_lint.source.tree import Scalar

CONTROLLER = "traefik.io/ingress-controller"
CLASS_ANNOTATION = "kubernetes.io/ingress.class"


def class_node(found: KubernetesObject) -> Scalar | None:
    """Where an object names its class: the field, else the annotation; None for neither."""
    name = found.spec.scalar("ingressClassName") if found.spec is not None else None
    if name is not None and is_scalar(name):
        return name
    return found.annotation(CLASS_ANNOTATION)


def has_traefik_annotations(found: KubernetesObject) -> bool:
    """Whether it has annotations that only Traefik reads."""
    return any(label.key.value.startswith(PREFIX) for label in found.annotations)


class Ownership:
    """The IngressClasses in the files, looked up once."""

    __slots__ = ("_controllers",)

    def __init__(self, runtime: Runtime) -> None:
        self._controllers = {
            found.name: found.spec.scalar("controller")
            for found in runtime.deployment.objects
            if found.kind == "IngressClass" and found.spec is not None
        }

    def controller_of(self, name: str) -> Scalar | None:
        """The controller of a class; None for one that is not in the files."""
        return self._controllers.get(name)

    def asks_for_traefik(self, found: KubernetesObject) -> bool:
        """Whether an Ingress says that it is for Traefik: by its class, or by annotations where it has no class."""
        name = class_node(found)
        if name is None:
            return has_traefik_annotations(found)
        if name.unknown:
            return False
        controller = self.controller_of(name.value)
        if controller is not None:
            return controller.value == CONTROLLER
        return "traefik" in name.value.lower()
