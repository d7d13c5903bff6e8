"""TL401: a middleware that does not exist disables every router that uses it (R-160, R-164, K-031, K-103)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from traefik_lint.checks.kubernetes.home import Homes, provider_off, written_as
from traefik_lint.checks.names import quoted, titled
from traefik_lint.checks.references import missing
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.values import Value
from traefik_lint.runtime.types import Middleware, Origin, Reference, Runtime


@check("TL401", "undefined-middleware", severity="error")
def undefined_middleware(runtime: Runtime) -> Iterator[Draft]:
    homes = Homes(runtime)
    for router in runtime.all_definitions():
        known = runtime.tcp_middlewares if router.protocol == "tcp" else runtime.middlewares
        for reference in _written(router.middlewares):
            effect = f"{titled(router)} is disabled"
            yield from _finding(runtime, reference, known, effect, homes, router.origin)
    for known in (runtime.middlewares, runtime.tcp_middlewares):
        for middleware in known.values():
            for reference in _written(middleware.references):
                effect = f"{quoted(middleware.name)} and every router that uses it are disabled"
                yield from _finding(runtime, reference, known, effect, homes, middleware.origin)
    for point in runtime.entry_points.values():
        for name in point.middlewares:
            if name.known and "@" in name.text:
                effect = f"every router on {quoted(point.name)} is disabled"
                yield from _finding(
                    runtime, Reference(name, name.text), runtime.middlewares, effect, homes, None
                )


def _written(references: Iterable[Reference]) -> Iterator[Reference]:
    return (reference for reference in references if reference.value is not None and reference.known)


def _finding(
    runtime: Runtime,
    reference: Reference,
    known: dict[str, Middleware],
    effect: str,
    homes: Homes,
    origin: Origin,
) -> Iterator[Draft]:
    value = reference.value
    if value is None or reference.name in known:
        return
    gap = missing(runtime, reference.name, "middlewares", known) or homes.missing(reference, origin, known)
    if gap is None:
        return
    target = known.get(gap.meant) if gap.meant else None
    others = runtime.middlewares if known is runtime.tcp_middlewares else runtime.tcp_middlewares
    hint = _hint(value, reference, gap.meant) if gap.meant else gap.hint("middleware")
    hint = written_as(value, origin, target) or provider_off(runtime, reference) or hint
    if "," in value.text:
        hint = "make each name an item of the list: only labels, flags and variables take names with commas"
    elif reference.name in others:
        target = others[reference.name]
        kind = "an http" if others is runtime.middlewares else "a tcp"
        hint = f"the one of that name is {kind} middleware, and this router is of the other kind"
    yield finding(
        value,
        f"middleware {quoted(reference.name)} does not exist, so {effect}",
        hint=hint,
        related=[(target, "defined here")],
        severity=None if gap.confidence == "high" else "warning",
        confidence=gap.confidence,
    )


def _hint(value: Value, reference: Reference, meant: str) -> str:
    """The name as it has to be written here: without the provider where that is filled in."""
    base, _, provider = meant.rpartition("@")
    is_bare = "@" not in value.text and provider == reference.provider
    return f"write {quoted(base if is_bare else meant)}"
