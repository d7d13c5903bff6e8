"""TL417: a redirect to a URL that is redirected again, for ever.

A redirectRegex compares the whole URL and redirects whenever its replacement changes it (R-171). When the new URL
comes back to the same router and is changed once more, browsers give up after twenty rounds.
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.middlewares.authentication import split
from traefik_lint.checks.middlewares.flow import ways
from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.golang import regexp
from traefik_lint.golang.errors import GoError
from traefik_lint.runtime.types import Middleware, Router, Runtime

_ROUNDS = 4


@check("TL417", "redirect-loop", severity="error")
def redirect_loop(runtime: Runtime) -> Iterator[Draft]:
    for router, steps in ways(runtime):
        for step in steps or []:
            if step.middleware.type in ("redirectScheme", "plugin"):
                break
            if step.middleware.type != "redirectRegex":
                continue
            round_trip = _round_trip(step.middleware, router)
            replacement = step.middleware.options.value("replacement") if step.middleware.options else None
            if round_trip is not None and replacement is not None:
                first, second = round_trip
                yield finding(
                    replacement,
                    f"{quoted(first)} is redirected to {quoted(second)}, which router "
                    f"{quoted(router.definition)} redirects again, for ever",
                    hint="let the pattern match only what has to be redirected",
                    related=[(step.place, "used here"), (router.rule_value, "the rule")],
                )
            break


def _round_trip(middleware: Middleware, router: Router) -> tuple[str, str] | None:
    """A URL of the router and where it is sent, when that never comes to rest."""
    options = middleware.options
    if options is None or router.rule is None or not router.rule.domains:
        return None
    pattern, replacement = options.value("regex"), options.value("replacement")
    if pattern is None or replacement is None or not pattern.known or not replacement.known:
        return None
    if any(one.canonical not in ("Host", "PathPrefix") or one.negated for one in router.rule.matchers):
        return None
    prefix = next((one.values[0] for one in router.rule.matchers if one.canonical == "PathPrefix"), "/")
    scheme = "https" if router.tls else "http"
    start = f"{scheme}://{router.rule.domains[0]}{prefix.rstrip('/')}/page"
    url = start
    seen = [start]
    try:
        matcher = regexp.compile(pattern.text)
        for _ in range(_ROUNDS):
            sent = matcher.replace_all(url, replacement.text)
            parts = split(sent)
            if sent == url or parts.scheme != scheme or parts.host not in router.rule.domains:
                return None
            if not parts.path.startswith(prefix):
                return None
            url = sent
            seen.append(url)
    except (GoError, regexp.Unmatchable):
        return None
    return seen[0], seen[1]
