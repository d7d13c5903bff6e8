"""TL715: two routes that get the same name, so that one of them is lost (K-011, K-012).

A router is named after its namespace, its object and the text of its rule: of two routes of one object with the same
`match` the later one silently takes the other's place, its middlewares and services with it.
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.runtime.types import Runtime


@check("TL715", "route-named-twice", severity="error")
def route_named_twice(runtime: Runtime) -> Iterator[Draft]:
    for drop in runtime.drops:
        origin = drop.origin
        if drop.kind != "collision" or not isinstance(origin, KubernetesObject) or drop.span is None:
            continue
        root = origin.root
        is_own = any(
            span.file is root.file and root.start <= span.start < root.end for span, _ in drop.related
        )
        why = (
            "another route of this object has the same match"
            if is_own
            else "another object's name comes out as the same"
        )
        yield finding(
            drop.span,
            f"{why}, so both get one name: Traefik keeps "
            + ("the last and loses this one" if is_own else "one of them, and loses the other"),
            hint="put the services of both into one route (with weight), or tell the rules apart"
            if is_own
            else "give one of the objects another name",
            related=drop.related,
            severity=None if is_own else "warning",
        )
