"""Annotations of an Ingress or a Service, decoded (K-101, K-102)."""

from __future__ import annotations

from typing import Literal

from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.model.values import Element, Problem
from traefik_lint.options.annotations import ingress_annotations
from traefik_lint.runtime.providers.kubernetes_elements import Refused
from traefik_lint.runtime.providers.kubernetes_work import Work


def settings_of(work: Work, found: KubernetesObject, section: Literal["router", "service"]) -> Element | None:
    """What the object's annotations set; None when there are none of the section. Raises Refused."""
    from traefik_lint.options.decoder import decode
    from traefik_lint.readers.annotations import annotation_tree

    tree = annotation_tree(found.annotations, section)
    if tree.problem is not None:
        raise _refused(tree.problem)
    if tree.is_empty:
        return None
    # Annotations are decoded as labels are; the decoder's filter of label roots is not for them.
    decoded = decode(tree.root, ingress_annotations(), "flag", work.version)
    if decoded.error is not None:
        raise _refused(decoded.error)
    return decoded.element.element(section)


def _refused(problem: Problem) -> Refused:
    refused = Refused("annotations", problem.text, None, "K-101")
    refused.span = problem.span
    return refused
