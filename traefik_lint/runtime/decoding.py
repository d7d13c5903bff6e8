"""Labels and objects decoded once for a deployment, whoever asks."""

from __future__ import annotations

from typing import NamedTuple

from traefik_lint.model.compose import Label
from traefik_lint.model.deployment import Deployment
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.model.values import Decoded, Problem
from traefik_lint.options.catalogue import crd, dynamic
from traefik_lint.options.decoder import decode
from traefik_lint.readers.labels import label_tree


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


def decode_labels(labels: list[Label], deployment: Deployment) -> DecodedLabels:
    """Read a container's labels by the options of the deployment's Traefik (R-001 … R-029)."""
    key = ("labels", id(labels))
    known = deployment.decodings.get(key)
    if not isinstance(known, DecodedLabels):
        tree = label_tree(labels)
        decoded = decode(tree.root, dynamic(), "label", deployment.version)
        error = next((problem for problem in tree.problems if problem.fatal), None) or decoded.error
        known = DecodedLabels(decoded, (*tree.problems, *decoded.problems), error, tree.unread, tree.is_open)
        deployment.decodings[key] = known
    return known


def decode_object(found: KubernetesObject, deployment: Deployment) -> Decoded | None:
    """Read one of Traefik's own objects; None for another kind."""
    spec = crd(found.kind)
    if spec is None:
        return None
    key = ("object", id(found))
    known = deployment.decodings.get(key)
    if not isinstance(known, Decoded):
        known = deployment.decodings[key] = decode(found.root, spec, "crd", deployment.version)
    return known
