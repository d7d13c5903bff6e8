"""TL104: the only way to a service is one exact path.

`Path` compares the whole path: neither `/auth/` nor `/auth/login` matches `` Path(`/auth`) `` (R-115). A service whose
every router asks for one exact path answers 404 to everything below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.checks.traffic import hosts_of
from traefik_lint.runtime.expression.ast import Matcher
from traefik_lint.runtime.types import Router, Runtime

#: Paths that are end points of their own, with nothing below.
_END_POINT = re.compile(
    r"\.\w+$|/$|(?:^|[/_-])(?:health|healthz|healthcheck|ready|readyz|live|livez|status|metrics|ping|version|webhook"
    r"|webhooks|callback|hook|login|logout|signin|signout|sso|oauth2?|ws|websocket|socket|subscribe|query|graphql"
    r"|write|mcp|sse|events|robots|favicon|sitemap|token|verify|validate|notify|upload|dns-query|submit|send"
    r"|ping|echo|test|index|home|search|feed|rpc|push|check|register|wpad|\.well-known.*|host-meta|nodeinfo)\d*$",
    re.IGNORECASE,
)


@check("TL104", "exact-path-hides-subpaths", severity="warning", confidence="medium")
def exact_path_hides_subpaths(runtime: Runtime) -> Iterator[Draft]:
    for router in runtime.definitions["http"].values():
        matcher = _only_exact_path(router)
        value = router.rule_value
        if matcher is None or value is None or not value.known or _is_end_point(router, matcher):
            continue
        if any(_reaches_more(other, router) for other in runtime.definitions["http"].values()):
            continue
        path = matcher.values[0]
        yield finding(
            value.sub(matcher.start, matcher.end),
            f"{matcher.name}(`{path}`) is compared exactly: {quoted(path + '/')} and everything below it get 404",
            hint=f"write PathPrefix(`{path}`) if anything below {quoted(path)} is to be reached",
        )


def _only_exact_path(router: Router) -> Matcher | None:
    """The exact path of a rule that has one, no other path matcher, and nothing that narrows it to one kind of call."""
    rule = router.rule
    if router.generated or rule is None or rule.error is not None:
        return None
    exact = [matcher for matcher in rule.matchers if matcher.canonical == "Path"]
    if len(exact) != 1 or exact[0].negated or len(exact[0].args) != 1:
        return None
    if any(
        matcher.canonical in ("PathPrefix", "PathRegexp", "Method", "Query", "Header")
        for matcher in rule.matchers
    ):
        return None
    return exact[0]


def _is_end_point(router: Router, matcher: Matcher) -> bool:
    path = matcher.values[0]
    if "{" in path or _END_POINT.search(path) or re.search(r"health|metrics|\.well-known", path):
        return True
    if router.service is not None and router.service.provider == "internal":
        return True
    rewrites = {"replacePath", "replacePathRegex", "redirectRegex", "redirectScheme", "addPrefix"}
    return any(getattr(reference.target, "type", "") in rewrites for reference in router.middlewares)


def _reaches_more(other: Router, router: Router) -> bool:
    """Whether another router leads to the same service on the same host, so that this one is an extra."""
    if other is router or other.service is None or router.service is None:
        return False
    if other.service.name != router.service.name:
        return False
    hosts, others = hosts_of(router), hosts_of(other)
    return not hosts or not others or not hosts.isdisjoint(others)
