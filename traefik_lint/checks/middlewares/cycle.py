"""TL404: a chain that leads back to itself: it and every router that uses it are disabled (R-164)."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.runtime.types import Middleware, Reference, Runtime


@check("TL404", "middleware-cycle", severity="error")
def middleware_cycle(runtime: Runtime) -> Iterator[Draft]:
    told: set[str] = set()
    for start in sorted(_leading_on(runtime.middlewares.values()), key=_place):
        way = _way_back(start) if start.name not in told else []
        if not way or way[-1].value is None:
            continue
        names = [start.name, *(reference.name for reference in way)]
        told.update(names)
        yield finding(
            way[-1].value,
            f"this leads back to {quoted(start.name)} ({' → '.join(names)}): Traefik disables the chain "
            "and every router that uses it",
            hint="take one of the members out",
            related=[(reference.value, "by way of") for reference in way[:-1]],
        )


def _place(middleware: Middleware) -> tuple[str, int]:
    """Where it stands: what is told must not depend on the order in which the provider hands things out."""
    span = middleware.span
    return (span.file.path, span.start) if span is not None else ("", 0)


def _leading_on(middlewares: Iterable[Middleware]) -> list[Middleware]:
    """The chains from which one never comes to an end: those on a circle, and those that lead into one."""
    users: dict[str, list[Middleware]] = {}
    ways: dict[str, int] = {}
    ends: list[str] = []
    left: dict[str, Middleware] = {}
    for middleware in middlewares:
        targets = [one.target for one in middleware.references if isinstance(one.target, Middleware)]
        left[middleware.name] = middleware
        ways[middleware.name] = len(targets)
        for target in targets:
            users.setdefault(target.name, []).append(middleware)
        if not targets:
            ends.append(middleware.name)
    while ends:
        end = ends.pop()
        left.pop(end, None)
        for user in users.get(end, ()):
            ways[user.name] -= 1
            if not ways[user.name]:
                ends.append(user.name)
    return list(left.values())


def _way_back(start: Middleware) -> list[Reference]:
    """The references that lead from a chain back to it, shortest way first; empty when none do."""
    pending = deque([start])
    came_by: dict[str, tuple[str, Reference]] = {}
    while pending:
        here = pending.popleft()
        for reference in here.references:
            target = reference.target
            if reference.name == start.name:
                way, name = [reference], here.name
                while name != start.name:
                    name, earlier = came_by[name]
                    way.append(earlier)
                return way[::-1]
            if isinstance(target, Middleware) and target.name not in came_by:
                came_by[target.name] = (here.name, reference)
                pending.append(target)
    return []
