"""Labels and objects decoded once, whoever asks."""

from __future__ import annotations

from traefik_lint.model.compose import Label
from traefik_lint.model.deployment import DecodedLabels, Deployment
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.model.values import Decoded
from traefik_lint.options.catalogue import crd, dynamic
from traefik_lint.options.decoder import decode
from traefik_lint.options.version import Version
from traefik_lint.readers.labels import label_tree


def decode_labels(labels: list[Label], deployment: Deployment) -> DecodedLabels:
    """Read a container's labels by the options of the deployment's Traefik (R-001 … R-029)."""
    known = deployment.decodings.get(id(labels))
    if known is not None and known[0] is labels:
        return known[1]
    tree = label_tree(labels)
    decoded = decode(tree.root, dynamic(), "label", deployment.version)
    error = next((problem for problem in tree.problems if problem.fatal), None) or decoded.error
    read = DecodedLabels(decoded, (*tree.problems, *decoded.problems), error, tree.unread, tree.is_open)
    deployment.decodings[id(labels)] = labels, read  # the list is kept, so that no other gets its number
    return read


def decode_object(found: KubernetesObject, version: Version) -> Decoded | None:
    """Read one of Traefik's own objects; None for another kind."""
    if found.decoded is not None and found.decoded[0] == version:
        return found.decoded[1]
    spec = crd(found.kind)
    if spec is None:
        return None
    decoded = decode(found.root, spec, "crd", version)
    found.decoded = version, decoded
    return decoded
