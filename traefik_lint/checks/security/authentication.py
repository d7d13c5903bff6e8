"""Which middlewares keep people out, looking into chains and at those of entry points."""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.runtime.types import Middleware, Reference, Router, Runtime

_PASSWORDS = frozenset(("basicAuth", "digestAuth"))
_KEEPS_OUT = _PASSWORDS | {"forwardAuth", "ipAllowList", "ipWhiteList", "plugin"}


def is_guarded(runtime: Runtime, router: Router) -> bool:
    """Whether anything asks who a client is; true as well where that can't be told."""
    if any(reference.target is None for reference in router.middlewares):
        return True
    if any(one.type in _KEEPS_OUT or not one.type for one in reached(router.middlewares)):
        return True
    if router.tls_options not in ("", "default"):
        return True  # perhaps with client certificates
    points = [runtime.entry_points.get(name) for name in router.entry_points]
    return any(point is None or point.middlewares for point in points)


def asks_for_password(router: Router) -> Middleware | None:
    """The basicAuth or digestAuth middleware in front of a router."""
    return next((one for one in reached(router.middlewares) if one.type in _PASSWORDS), None)


def reached(references: list[Reference]) -> Iterator[Middleware]:
    """The middlewares behind some references, chains opened, each once."""
    waiting = [reference.target for reference in references]
    seen: set[str] = set()
    while waiting:
        target = waiting.pop()
        if isinstance(target, Middleware) and target.name not in seen:
            seen.add(target.name)
            yield target
            waiting.extend(reference.target for reference in target.references)


def leads_to_api(router: Router) -> bool:
    """Whether a router that somebody wrote shows the API or the dashboard."""
    if router.generated or router.service is None:
        return False
    return router.service.name in ("api@internal", "dashboard@internal")
