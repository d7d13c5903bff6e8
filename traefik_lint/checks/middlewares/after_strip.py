"""TL409: a middleware that looks at the path, behind one that has taken the prefix off.

Middlewares run in the order in which they are listed (R-162). Behind stripPrefix, forwardAuth tells the
authentication server the stripped path (X-Forwarded-Uri, R-174), and a redirect sends the client to it, which the
router's rule does not match any more (R-170, R-171).
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.middlewares.flow import Step, path_matchers, strip, ways
from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.golang import regexp
from traefik_lint.golang.errors import GoError
from traefik_lint.runtime.types import Router, Runtime

_LOOKING = frozenset({"forwardAuth", "redirectScheme", "redirectRegex"})


@check("TL409", "path-middleware-after-strip", severity="warning")
def path_middleware_after_strip(runtime: Runtime) -> Iterator[Draft]:
    for router, known in ways(runtime):
        steps = known or []
        stripped = next((index for index, step in enumerate(steps) if _strips(step, router)), None)
        if stripped is None:
            continue
        before = steps[stripped]
        for step in steps[stripped + 1 :]:
            effect = _effect(step, before, router)
            place = step.place
            if not effect or place is None or before.place is None:
                continue
            name, other = step.middleware.name, before.middleware.name
            yield finding(
                place,
                f"{quoted(name)} runs after {quoted(other)} has stripped the prefix: {effect}",
                hint=_hint(step, before),
                related=[
                    (before.middleware, "this strips the prefix"),
                    (step.middleware, f"the {step.middleware.type}"),
                ],
            )


def _strips(step: Step, router: Router) -> bool:
    """Whether a prefix of the rule's own paths is certainly taken off."""
    options = step.middleware.options
    matchers = path_matchers(router.rule.root) if router.rule is not None else None
    if step.middleware.type != "stripPrefix" or options is None or not matchers:
        return False
    prefixes = [value.text for value in options.values("prefixes") if value.known]
    return all(strip(matcher.value, prefixes) != matcher.value for matcher in matchers)


def _effect(step: Step, before: Step, router: Router) -> str:
    options = step.middleware.options
    if step.middleware.type not in _LOOKING or options is None:
        return ""
    if step.middleware.type == "forwardAuth":
        return "the authentication server is told the stripped path, and misses the prefix in its way back"
    if step.middleware.type == "redirectScheme":
        if router.tls and options.string("scheme") == "https":
            return ""  # it never redirects anything
        return "clients are redirected to a path without it"
    pattern = options.value("regex")
    if pattern is None or not pattern.known or before.middleware.options is None:
        return ""
    return _regex_effect(pattern.text, options.string("replacement"), before, router)


def _regex_effect(pattern: str, replacement: str, before: Step, router: Router) -> str:
    """A redirectRegex that was made for the path with its prefix, or sends clients to one without."""
    options = before.middleware.options
    prefixes = [value.text for value in options.values("prefixes")] if options is not None else []
    named = next((prefix for prefix in prefixes if prefix.strip("/") and prefix in pattern), None)
    if named is not None:
        return f"its pattern never sees {quoted(named)}"
    matchers = path_matchers(router.rule.root) if router.rule is not None else None
    hosts = router.rule.domains if router.rule is not None else ()
    if not matchers or not hosts:
        return ""
    url = f"{'https' if router.tls else 'http'}://{hosts[0]}{strip(matchers[0].value, prefixes).rstrip('/')}/zq7"
    try:
        sent = regexp.compile(pattern).replace_all(url, replacement)
    except (GoError, regexp.Unmatchable):
        return ""
    return "" if sent == url or matchers[0].value in sent else "clients are redirected to a path without it"


def _hint(step: Step, before: Step) -> str:
    if step.place is not None and before.place is not None and step.reference is before.reference:
        return f"list {quoted(step.middleware.name)} before {quoted(before.middleware.name)} in the chain"
    names = [place.text for place in (step.place, before.place) if place is not None]
    return f"list {quoted(names[0])} before {quoted(names[1])}"
