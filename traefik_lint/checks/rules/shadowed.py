"""TL105, TL106: routers that never get a request because another one takes it first.

The router with the highest priority wins; without one it is the length of the rule in bytes (R-108). A long rule that
takes everything beats a short one that is more specific. Equal priorities are decided by chance at each load (R-109,
R-110, K-114).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from traefik_lint.checks.names import quoted, titled
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.checks.rules.places import is_ingress
from traefik_lint.checks.rules.samples import sample_requests
from traefik_lint.checks.traffic import has_known_rule, hosts_of
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.runtime.expression.ast import Or
from traefik_lint.runtime.expression.http_matching import Request
from traefik_lint.runtime.expression.matching import matches
from traefik_lint.runtime.types import Router, Runtime

#: A router is compared with no more than this many others that could take its requests.
MOST_RIVALS = 50


@check("TL105", "shadowed-router", severity="error", confidence="medium")
def shadowed_router(runtime: Runtime) -> Iterator[Draft]:
    said: set[str] = set()
    for router, requests, rivals in _contests(runtime):
        if router.definition in said or router.rule_value is None:
            continue
        for stronger in rivals:
            if stronger.priority <= router.priority or not _takes(stronger, requests):
                continue
            if _same_answer(router, stronger):
                break
            said.add(router.definition)
            yield finding(
                router.rule_value,
                f"{titled(router)} (priority {router.priority}) never gets a request: "
                f"{_rival(stronger)} (priority {stronger.priority}) takes them all",
                hint=_hint(router, stronger),
                related=[(stronger.rule_value, _reason(stronger))],
            )
            break


def _hint(router: Router, stronger: Router) -> str:
    if is_ingress(router):
        return (
            "move the path to an Ingress of its own with the annotation "
            f'traefik.ingress.kubernetes.io/router.priority: "{stronger.priority + 1}"'
        )
    if isinstance(router.origin, KubernetesObject):
        return f"write `priority: {stronger.priority + 1}` on this route, or a lower one on the other"
    return (
        f"give {quoted(router.definition)} a priority above {stronger.priority}, "
        f"or {quoted(stronger.definition)} one below {router.priority}"
    )


def _rival(stronger: Router) -> str:
    if isinstance(stronger.origin, KubernetesObject) and stronger.rule is not None:
        return f"{quoted(stronger.rule.text)} of {titled(stronger)}"
    return quoted(stronger.definition)


def _reason(stronger: Router) -> str:
    if stronger.rule is not None and stronger.priority == stronger.rule.length:
        return "without a priority the longer rule wins, and this one matches the same requests"
    return "this router has the higher priority and matches the same requests"


@check("TL106", "equal-priority-routers", severity="warning", confidence="medium")
def equal_priority_routers(runtime: Runtime) -> Iterator[Draft]:
    said: set[frozenset[str]] = set()
    for router, requests, rivals in _contests(runtime):
        for other in rivals:
            pair = frozenset((router.definition, other.definition))
            if pair in said or router.priority != other.priority or router.rule_value is None:
                continue
            if _precedence_decides(runtime, router, other) or _same_answer(router, other):
                continue
            if other.rule is None or not _takes(other, requests):
                continue
            if not _takes(router, sample_requests(other.rule)):
                continue
            said.add(pair)
            yield _draw(*sorted((router, other), key=_position))


def _draw(first: Router, second: Router) -> Draft:
    place = second.rule_value or first.rule_value
    assert place is not None
    return finding(
        place,
        f"{titled(first)} and {titled(second)} match the same requests with "
        f"priority {first.priority}: which one answers changes from start to start",
        hint="give one of them a priority of its own, or make the rules differ",
        related=[(first.rule_value, f"the rule of {titled(first)}")],
    )


def _position(router: Router) -> tuple[bool, str, int]:
    """Where the rule stands; those without a rule of their own come first."""
    span = router.rule_value.span if router.rule_value is not None else None
    return (
        span is not None,
        span.file.path if span is not None else "",
        span.start if span is not None else 0,
    )


@lru_cache(maxsize=1)  # the checks run one after another on one deployment
def _contests(runtime: Runtime) -> tuple[tuple[Router, list[Request], list[Router]], ...]:
    return tuple(_find_contests(runtime))


def _find_contests(runtime: Runtime) -> Iterator[tuple[Router, list[Request], list[Router]]]:
    """Each router with requests it is made for, and others of its entry point and kind of traffic that could take
    them: by host and by path, so that no two routers are compared that have nothing in common."""
    for name in runtime.entry_points:
        for tls in (False, True):
            on_it = (one for one in runtime.routers.values() if one.tls is tls and name in one.using)
            group = [router for router in on_it if _is_comparable(router)]
            index: dict[tuple[str | None, str | None], list[Router]] = {}
            for router in group:
                for key in _takes_keys(router):
                    index.setdefault(key, []).append(router)
            for router in group:
                rivals = list(islice(_rivals(router, index), MOST_RIVALS))
                requests = sample_requests(router.rule) if rivals and router.rule is not None else []
                if requests:
                    yield router, requests, rivals


def _takes_keys(router: Router) -> list[tuple[str | None, str | None]]:
    """Where a router is found by those whose requests it may take: its hosts and paths, None for any."""
    hosts = hosts_of(router)
    rule = router.rule
    assert rule is not None
    paths: set[str] = set()
    has_or = isinstance(rule.root, Or) or "||" in rule.text
    if not has_or:
        for matcher in rule.matchers:
            if matcher.canonical in ("Path", "PathPrefix") and "{" not in matcher.values[0]:
                paths.update(matcher.values)
    literal = hosts and not any(matcher.canonical == "HostRegexp" for matcher in rule.matchers)
    if literal and has_or:
        literal = all(matcher.canonical in ("Host", "HostHeader") for matcher in rule.matchers)
    by_host: list[str | None] = [*sorted(hosts)] if literal else [None]
    by_path: list[str | None] = [*sorted(paths)] if paths else [None]
    return [(host, path) for host in by_host for path in by_path]


def _rivals(router: Router, index: dict[tuple[str | None, str | None], list[Router]]) -> Iterator[Router]:
    rule = router.rule
    assert rule is not None
    paths: list[str | None] = [None]
    for matcher in rule.matchers:
        if matcher.canonical in ("Path", "PathPrefix"):
            for value in matcher.values:
                paths += [value[:end] for end in range(1, len(value) + 1)]
    seen: set[str] = set()
    for host in (*sorted(hosts_of(router)), None):
        for path in dict.fromkeys(paths):
            for other in islice(index.get((host, path), ()), MOST_RIVALS):
                if other.definition in seen or other.definition == router.definition:
                    continue
                if other.priority >= router.priority:
                    seen.add(other.definition)
                    yield other


def _is_comparable(router: Router) -> bool:
    return (
        router.status != "disabled"
        and not router.parents
        and router.rule is not None
        and router.rule.error is None
        and not router.generated
        and has_known_rule(router)
    )


def _takes(stronger: Router, requests: list[Request]) -> bool:
    """Whether a router takes every one of these requests."""
    rule = stronger.rule
    return rule is not None and bool(requests) and all(matches(rule, request) is True for request in requests)


def _same_answer(router: Router, other: Router) -> bool:
    """Whether it makes no difference which of the two answers."""
    if router.service is None or other.service is None:
        return False
    own = [reference.name for reference in router.middlewares]
    return router.service.name == other.service.name and own == [one.name for one in other.middlewares]


def _precedence_decides(runtime: Runtime, router: Router, other: Router) -> bool:
    static = runtime.deployment.static
    if router.provider == other.provider or static is None:
        return False
    return static.element.get("providers", "precedence") is not None
