"""TL403: a middleware with several types, or with none.

Traefik refuses to build it, and disables every router that uses it (R-160, R-161, K-034).
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import listed, quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.model.values import Element
from traefik_lint.runtime.types import Middleware, Runtime
from traefik_lint.source.tree import Mapping


@check("TL403", "middleware-without-one-type", severity="error")
def middleware_without_one_type(runtime: Runtime) -> Iterator[Draft]:
    for middleware in runtime.middlewares.values():
        if middleware.span is None or len(middleware.types) == 1 or middleware.element is None:
            continue
        if not middleware.types and _says_something_else(middleware):
            continue  # the options that are none are reported by themselves
        users = middleware.used_by
        effect = "every router that uses it is disabled"
        severity = None if users else "warning"
        if middleware.types:
            yield finding(
                middleware,
                f"middleware {quoted(middleware.name)} has several types ({listed(middleware.types)}), so {effect}",
                hint="make a middleware of each, and name them all on the router (or in a chain)",
                related=[(_part(middleware.element, kind), f"{kind} is here") for kind in middleware.types],
                severity="error" if severity is None else "warning",
            )
        else:
            yield finding(
                middleware,
                f"middleware {quoted(middleware.name)} has no type, so {effect}",
                hint="give it one type, such as headers or stripPrefix, with its options below it",
                severity="error" if severity is None else "warning",
            )


def _part(element: Element, kind: str) -> Element | None:
    return element.element(kind)


def _says_something_else(middleware: Middleware) -> bool:
    """Whether something was written that is no type at all."""
    node = middleware.element.node if middleware.element is not None else None
    if isinstance(middleware.origin, KubernetesObject):
        node = middleware.origin.spec
    return isinstance(node, Mapping) and bool(node.entries)
