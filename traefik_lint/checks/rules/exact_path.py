"""TL104: the only way to a service is one exact path.

`Path` compares the whole path: neither `/auth/` nor `/auth/login` matches `` Path(`/auth`) `` (R-115), nor does the
Exact path of an Ingress (K-104). What lies below gets 404, or goes to the router of a shorter prefix.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from traefik_lint.checks.names import quoted, titled
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.checks.rules.places import is_ingress, part_of, priority_of
from traefik_lint.checks.rules.served_paths import ServedPath, served_paths
from traefik_lint.checks.traffic import hosts_of
from traefik_lint.model.compose import ComposeService
from traefik_lint.model.values import Value
from traefik_lint.runtime.expression.ast import Matcher
from traefik_lint.runtime.types import Router, Runtime
from traefik_lint.source.span import Span

#: Paths that are end points of their own, with nothing below.
_END_POINT = re.compile(
    r"\.\w+$|/$|(?:^|[/_-])(?:health|healthz|healthcheck|ready|readyz|live|livez|status|metrics|ping|version|webhook"
    r"|webhooks|callback|hook|login|logout|signin|signout|sso|oauth2?|ws|websocket|socket|subscribe|query|graphql"
    r"|write|mcp|sse|events|robots|favicon|sitemap|token|verify|validate|notify|upload|dns-query|submit|send"
    r"|ping|echo|test|index|home|search|feed|rpc|push|check|register|wpad|\.well-known.*|host-meta|nodeinfo)\d*$",
    re.IGNORECASE,
)
_REWRITES = frozenset({"replacePath", "replacePathRegex", "redirectRegex", "redirectScheme", "addPrefix"})
#: Routers of one host that are looked through for a prefix above an exact path.
_MOST_PREFIXES = 100


class _Prefix(NamedTuple):
    """A router that takes a whole prefix."""

    prefix: str
    router: Router


@check("TL104", "exact-path-hides-subpaths", severity="warning", confidence="medium")
def exact_path_hides_subpaths(runtime: Runtime) -> Iterator[Draft]:
    routers = runtime.definitions["http"].values()
    found = [(router, matcher) for router in routers if (matcher := _only_exact_path(router)) is not None]
    if not found:
        return
    by_service: dict[str, list[Router]] = {}
    prefixes: dict[str, list[_Prefix]] = {}
    for router in routers:
        if router.service is not None:
            by_service.setdefault(router.service.name, []).append(router)
        _note_prefixes(router, prefixes)
    for router, matcher in found:
        siblings = by_service.get(router.service.name, ()) if router.service is not None else ()
        if not any(_reaches_more(other, router) for other in siblings):
            draft = _examine(runtime, router, matcher, prefixes)
            if draft is not None:
                yield draft


def _examine(
    runtime: Runtime, router: Router, matcher: Matcher, prefixes: dict[str, list[_Prefix]]
) -> Draft | None:
    value = router.rule_value
    path = matcher.values[0]
    above = _prefix_above(router, path, prefixes)
    served = _served_below(runtime, router, path)
    if value is None or (above is not None and priority_of(above.router) > priority_of(router)):
        return None  # that router takes the exact path as well, which another rule says
    if served is None and (_is_end_point(router, path) or (is_ingress(router) and above is None)):
        return None
    related: list[tuple[Value | Span | None, str]] = []
    where = "get 404"
    if above is not None:
        where = f"go to {titled(above.router)}"
        related.append((above.router.rule_value, f"the prefix {quoted(above.prefix)}"))
    what = quoted(path + "/") + " and everything below it"
    if served is not None:
        what = f"{quoted(served.written)} and everything else below it"
        related.append((served.place, served.source))
    instead = "pathType: Prefix" if is_ingress(router) else f"PathPrefix(`{path}`)"
    return finding(
        part_of(value, matcher.start, matcher.end),
        f"{matcher.name}(`{path}`) is compared exactly: {what} {where}",
        hint=f"write {instead} if anything below {quoted(path)} is to be reached",
        related=related,
        confidence="high" if served is not None else None,
    )


def _only_exact_path(router: Router) -> Matcher | None:
    """The exact path of a rule that has one, no other path matcher, and nothing that narrows it to one kind of call."""
    rule, value = router.rule, router.rule_value
    if router.generated or rule is None or rule.error is not None or value is None or not value.known:
        return None
    exact = [matcher for matcher in rule.matchers if matcher.canonical == "Path"]
    if len(exact) != 1 or exact[0].negated or len(exact[0].args) != 1 or "{" in exact[0].values[0]:
        return None
    if any(
        matcher.canonical in ("PathPrefix", "PathRegexp", "Method", "Query", "Header")
        for matcher in rule.matchers
    ):
        return None
    return exact[0]


def _is_end_point(router: Router, path: str) -> bool:
    if _END_POINT.search(path) or re.search(r"health|metrics|\.well-known", path):
        return True
    if router.service is not None and router.service.provider == "internal":
        return True
    image = router.origin.image if isinstance(router.origin, ComposeService) else None
    if image is not None and "whoami" in image.value:
        return True  # a program for demonstrations that answers the same everywhere
    return any(getattr(reference.target, "type", "") in _REWRITES for reference in router.middlewares)


def _reaches_more(other: Router, router: Router) -> bool:
    """Whether another router of the same service answers on the same host, so that this one is an extra."""
    if other is router:
        return False
    hosts, others = hosts_of(router), hosts_of(other)
    return not hosts or not others or not hosts.isdisjoint(others)


def _note_prefixes(router: Router, prefixes: dict[str, list[_Prefix]]) -> None:
    rule = router.rule
    if rule is None or rule.error is not None or router.provider == "internal" or "||" in rule.text:
        return
    for matcher in rule.matchers:
        if matcher.canonical == "PathPrefix" and not matcher.negated and len(matcher.values[0]) > 1:
            for host in hosts_of(router) or {""}:
                prefixes.setdefault(host, []).append(_Prefix(matcher.values[0], router))


def _prefix_above(router: Router, path: str, prefixes: dict[str, list[_Prefix]]) -> _Prefix | None:
    """The longest prefix of another service on the same host that takes what lies below a path."""
    best: _Prefix | None = None
    for host in hosts_of(router) or {""}:
        for one in prefixes.get(host, ())[:_MOST_PREFIXES]:
            if (path + "/").startswith(one.prefix) and (best is None or len(one.prefix) > len(best.prefix)):
                best = one
    return best


def _served_below(runtime: Runtime, router: Router, path: str) -> ServedPath | None:
    rewritten = any(
        getattr(one.target, "type", "") in {*_REWRITES, "stripPrefix"} for one in router.middlewares
    )
    if rewritten:
        return None
    below = path.rstrip("/") + "/"
    return next(
        (
            one
            for one in served_paths(runtime, router)
            if one.written.startswith(below) and one.written != below
        ),
        None,
    )
