"""TL302: a certificate resolver that does not exist: the router serves Traefik's default certificate (R-147, K-073)."""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import listed, nearest_name, quoted, titled
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.values import Value
from traefik_lint.runtime.types import Runtime


@check("TL302", "undefined-certificate-resolver", severity="error", needs=("resolvers",))
def undefined_certificate_resolver(runtime: Runtime) -> Iterator[Draft]:
    written = _written_resolvers(runtime)
    for name, owner in _named(runtime):
        if not name.known or not name.text or name.text in written:
            continue
        if runtime.deployment.is_external("resolvers", name.text):
            continue
        meant = nearest_name(name.text, runtime.resolvers) or _only(runtime)
        known = runtime.resolvers
        hint = f"write {quoted(meant)}" if meant else "define it under certificatesResolvers"
        if meant is None and known:
            hint = f"use one of {listed(known)}"
        target = known.get(meant) if meant else None
        yield finding(
            name,
            f"certificate resolver {quoted(name.text)} does not exist, so {owner} serves the default certificate",
            hint=hint,
            related=[(target, "the resolver that exists")],
        )


def _written_resolvers(runtime: Runtime) -> set[str]:
    """Names that the static configuration defines at all, also without a working challenge."""
    static = runtime.deployment.static
    resolvers = static.element.element("certificatesResolvers") if static is not None else None
    return set(runtime.resolvers) | (set(resolvers.fields) if resolvers is not None else set())


def _only(runtime: Runtime) -> str | None:
    return next(iter(runtime.resolvers)) if len(runtime.resolvers) == 1 else None


def _named(runtime: Runtime) -> Iterator[tuple[Value, str]]:
    for router in runtime.all_definitions():
        tls = router.element.element("tls") if router.element is not None else None
        name = tls.value("certResolver") if tls is not None else None
        if name is not None:
            yield name, f"{titled(router)}"
    for point in runtime.entry_points.values():
        name = point.tls.value("certResolver") if point.tls is not None else None
        if name is not None:
            yield name, f"every router on {quoted(point.name)}"
