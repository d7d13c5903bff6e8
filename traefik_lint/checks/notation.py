"""How an option is written in the notation that the user wrote the rest in."""

from __future__ import annotations

from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.model.values import Element, Items, Value
from traefik_lint.options.spec import Notation
from traefik_lint.runtime.types import Middleware, Origin, Router, Service
from traefik_lint.source.tree import Node, Scalar


def notation_of(place: Value | Items | Element, origin: Origin = None) -> Notation:
    """The notation a decoded value was written in; ``origin`` tells Kubernetes objects from plain YAML."""
    if isinstance(origin, KubernetesObject):
        return "crd"
    for node in (place.key, place.node):
        notation = _of_node(node)
        if notation is not None:
            return notation
    return "yaml"


def notation_for(owner: Router | Middleware | Service) -> Notation:
    """The notation that a router, middleware or service was written in; labels for those a container got by default."""
    if isinstance(owner.origin, KubernetesObject):
        return "crd"
    if owner.provider in ("docker", "swarm"):
        return "label"
    return notation_of(owner.element, owner.origin) if owner.element is not None else "yaml"


def _of_node(node: Node | None) -> Notation | None:
    if node is None:
        return None
    if isinstance(node, Scalar) and node.style in ("label", "flag", "env"):
        return "label" if node.style == "label" else "flag" if node.style == "flag" else "env"
    return "toml" if node.file.path.lower().endswith(".toml") else None


def option(path: str, value: str, notation: Notation) -> str:
    """An option with its value as the user would write it.

    ``path`` is the whole dotted path with the user's names (``http.routers.api.entryPoints``). Labels and flags show
    it whole, files and manifests its last key.
    """
    name = path.rpartition(".")[2]
    if notation == "label":
        return f"traefik.{path}={value}"
    if notation == "flag":
        return f"--{path}={value}"
    if notation == "env":
        return f"TRAEFIK_{path.replace('.', '_').upper()}={value}"
    if notation == "toml":
        return f'{name} = "{value}"'
    return f"{name}: {value}"
