"""Where a part of a rule stands in the file."""

from __future__ import annotations

from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.model.values import Value
from traefik_lint.runtime.types import Router
from traefik_lint.source.span import Span
from traefik_lint.source.tree import Scalar


def part_of(value: Value, begin: int, end: int) -> Span:
    """The characters of a rule; the whole place where the rule is made from something else, as for an Ingress."""
    if isinstance(value.node, Scalar) and value.node.value != value.text:
        return value.span
    return value.sub(begin, end)


def is_ingress(router: Router) -> bool:
    """Whether a router comes from a path of an Ingress."""
    return isinstance(router.origin, KubernetesObject) and router.origin.kind == "Ingress"


def priority_of(router: Router) -> int:
    """The priority of a router as it is defined: its own, else the length of its rule (R-108)."""
    return router.priority or (router.rule.length if router.rule is not None else 0)
