"""TL109: a path that ends with a slash does not match without it.

`` PathPrefix(`/shop/`) `` does not match `/shop`, and `` Path(`/shop/`) `` matches nothing else (R-115); nor does a
Prefix path of an Ingress, though Kubernetes says that it should (K-105). It matters where an application is mounted
under its name, for people type it without the slash.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from traefik_lint.checks.names import quoted, titled
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.checks.rules.places import is_ingress, part_of
from traefik_lint.checks.rules.served_paths import served_paths
from traefik_lint.checks.traffic import hosts_of, redirection
from traefik_lint.model.compose import ComposeService
from traefik_lint.runtime.expression.ast import Matcher
from traefik_lint.runtime.expression.http_matching import Request
from traefik_lint.runtime.expression.matching import matches
from traefik_lint.runtime.types import Middleware, Router, Runtime
from traefik_lint.source.span import Span

_MOST_RIVALS = 50
#: Names that stand for many end points rather than for one application.
_NAMESPACES = frozenset(
    {"api", "static", "assets", "public", "files", "media", "shared", "app", "web", "v1", "v2"}
)


class _Evidence(NamedTuple):
    """Why the path without its slash matters, and the place that tells it."""

    text: str
    place: Span | None


@check("TL109", "path-needs-its-slash", severity="warning", confidence="medium")
def path_needs_its_slash(runtime: Runtime) -> Iterator[Draft]:
    by_host: dict[str, list[Router]] | None = None
    for router in runtime.definitions["http"].values():
        for matcher in _slashed(router):
            if by_host is None:
                by_host = _by_host(runtime)
            bare = matcher.values[0].rstrip("/")
            evidence = _evidence(runtime, router, matcher, bare)
            if evidence is None or router.rule_value is None:
                continue
            other = _taker(router, bare, by_host)
            if other is not None and (_has_same_service(other, router) or redirection(other) is not None):
                continue
            where = "it gets 404" if other is None else f"it goes to {titled(other)}"
            yield finding(
                part_of(router.rule_value, matcher.start, matcher.end),
                f"{matcher.name}(`{matcher.values[0]}`) does not match {quoted(bare)} without the slash: {where}",
                hint=_hint(router, matcher, bare),
                related=[
                    (evidence.place, evidence.text),
                    (other and other.rule_value, "this router takes it"),
                ],
            )


def _slashed(router: Router) -> list[Matcher]:
    """The matchers of a rule that ask for a slash at the end."""
    rule, value = router.rule, router.rule_value
    if router.generated or rule is None or rule.error is not None or value is None or not value.known:
        return []
    return [
        matcher
        for matcher in rule.matchers
        if matcher.canonical in ("Path", "PathPrefix")
        and not matcher.negated
        and len(matcher.values) == 1
        and len(matcher.values[0]) > 1
        and matcher.values[0].endswith("/")
        and "{" not in matcher.values[0]
    ]


def _evidence(runtime: Runtime, router: Router, matcher: Matcher, bare: str) -> _Evidence | None:
    if is_ingress(router):
        return _Evidence("", None) if matcher.canonical == "PathPrefix" else None
    for reference in router.middlewares:
        target = reference.target
        if isinstance(target, Middleware) and target.type == "stripPrefix" and target.options is not None:
            for prefix in target.options.values("prefixes"):
                if prefix.known and prefix.text == bare:
                    return _Evidence("the prefix is stripped without the slash", prefix.span)
    for served in served_paths(runtime, router):
        if served.path == bare:
            return _Evidence(served.source, served.place)
    segment = bare.rpartition("/")[2].lower()
    if segment in _NAMESPACES or segment.startswith("."):
        return None
    return _Evidence("", None) if segment in _names(router) else None


def _names(router: Router) -> set[str]:
    """What the application behind a router is called."""
    names = {router.definition.rpartition("@")[0]}
    if router.service is not None:
        names.add(router.service.name.rpartition("@")[0])
    if isinstance(router.origin, ComposeService):
        names.add(router.origin.name.value)
        if router.origin.image is not None:
            names.add(router.origin.image.value.partition(":")[0].rpartition("/")[2])
    return {name.lower() for name in names}


def _by_host(runtime: Runtime) -> dict[str, list[Router]]:
    index: dict[str, list[Router]] = {}
    for router in runtime.definitions["http"].values():
        if router.rule is not None and router.rule.error is None and router.provider != "internal":
            for host in hosts_of(router) or {""}:
                index.setdefault(host, []).append(router)
    return index


def _taker(router: Router, path: str, by_host: dict[str, list[Router]]) -> Router | None:
    """A router that takes a path on a router's host."""
    host = min(hosts_of(router), default="zq7.example")
    request = Request(host=host, path=path)
    rivals = [other for name in (host, "") for other in islice(by_host.get(name, ()), _MOST_RIVALS)]
    found = [one for one in rivals if one.rule is not None and matches(one.rule, request) is True]
    same = [one for one in found if _has_same_service(one, router) or redirection(one) is not None]
    return next(iter(same or found), None)


def _has_same_service(other: Router, router: Router) -> bool:
    if other.service is None or router.service is None:
        return False
    return other.service.name == router.service.name


def _hint(router: Router, matcher: Matcher, bare: str) -> str:
    if is_ingress(router):
        return f"write the path without the slash, {quoted(bare)}, or switch strictPrefixMatching on"
    if matcher.canonical == "Path":
        return f"write Path(`{bare}`) || Path(`{bare}/`)"
    return f"write PathPrefix(`{bare}`), or add Path(`{bare}`) with ||"
