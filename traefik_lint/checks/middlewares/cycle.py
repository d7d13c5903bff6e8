"""TL404: a chain that leads back to itself: it and every router that uses it are disabled (R-164)."""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.runtime.types import Middleware, Reference, Runtime


@check("TL404", "middleware-cycle", severity="error")
def middleware_cycle(runtime: Runtime) -> Iterator[Draft]:
    told: set[str] = set()
    for start in sorted(runtime.middlewares.values(), key=_place):
        way = _way_back(start) if start.references and start.name not in told else []
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


def _way_back(start: Middleware) -> list[Reference]:
    """The references that lead from a chain back to it, shortest way first; empty when none do."""
    pending: list[tuple[Middleware, list[Reference]]] = [(start, [])]
    seen: set[str] = set()
    while pending:
        here, way = pending.pop(0)
        for reference in here.references:
            if reference.name == start.name:
                return [*way, reference]
            target = reference.target
            if isinstance(target, Middleware) and target.name not in seen:
                seen.add(target.name)
                pending.append((target, [*way, reference]))
    return []
