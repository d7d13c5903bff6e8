"""TL201: a name that is no entry point.

A router loses that entry point, and is disabled when no other is left (R-081); a redirection to it is not made
(R-088); an ACME challenge, ping or metrics router on it is never reached (R-096, S-064, S-076).
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import listed, nearest_name, quoted, titled
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.values import Element, Value
from traefik_lint.runtime.types import Router, Runtime


@check("TL201", "undefined-entry-point", severity="error", needs=("entry-points",))
def undefined_entry_point(runtime: Runtime) -> Iterator[Draft]:
    for router in runtime.all_definitions():
        for name in router.entry_point_values:
            if _is_undefined(name, runtime):
                yield _finding(runtime, name, _effect_on_router(router, runtime))
    for name, effect in _named_in_static(runtime):
        if _is_undefined(name, runtime):
            yield _finding(runtime, name, effect)


def _is_undefined(name: Value, runtime: Runtime) -> bool:
    is_external = runtime.deployment.is_external("entry-points", name.text)
    return name.known and name.text not in runtime.entry_points and not is_external


def _finding(runtime: Runtime, name: Value, effect: str) -> Draft:
    names = runtime.entry_points
    meant = nearest_name(name.text, names)
    hint = f"write {quoted(meant)}" if meant else f"define it, or use one of {listed(names)}"
    related = [(point.span, "defined here") for point in names.values() if meant in (None, point.name)][:3]
    if not name.text:
        return finding(name, f"the entry point has no name, so {effect}", hint=hint, related=related)
    message = f"entry point {quoted(name.text)} does not exist, so {effect}"
    return finding(name, message, hint=hint, related=related)


def _effect_on_router(router: Router, runtime: Runtime) -> str:
    left = [name for name in router.entry_points if name in runtime.entry_points]
    who = titled(router)
    if left:
        return f"{who} is only reached through {listed(left)}"
    return f"{who} is disabled"


def _named_in_static(runtime: Runtime) -> Iterator[tuple[Value, str]]:
    static = runtime.deployment.static
    if static is None:
        return
    for point in runtime.entry_points.values():
        target = point.redirect_to
        if target is not None and target.text and not target.text.startswith(":"):
            yield target, f"requests on {quoted(point.name)} are not redirected"
    resolvers = static.element.element("certificatesResolvers")
    for name, resolver in resolvers or ():
        challenge = (
            resolver.value("acme", "httpChallenge", "entryPoint") if isinstance(resolver, Element) else None
        )
        if challenge is not None and challenge.text:
            yield challenge, f"the HTTP challenge of resolver {quoted(name)} is never answered"
    for path, what in ((("ping",), "ping"), (("metrics", "prometheus"), "the Prometheus metrics")):
        value = static.element.value(*path, "entryPoint")
        if value is not None and value.text:
            yield value, f"{what} can't be reached"
