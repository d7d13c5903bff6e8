"""TL105, TL106: routers that never get a request because another one takes it first.

The router with the highest priority wins; without one it is the length of the rule in bytes (R-108). A long rule that
takes everything beats a short one that is more specific. Equal priorities are decided by chance at each load (R-109,
R-110, K-114).
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.checks.rules.samples import sample_requests
from traefik_lint.checks.traffic import hosts_of
from traefik_lint.runtime.expression.matching import matches
from traefik_lint.runtime.types import Router, Runtime

#: A router is compared with no more than this many others that name the same host, or none.
MOST_RIVALS = 100


@check("TL105", "shadowed-router", severity="error", confidence="medium")
def shadowed_router(runtime: Runtime) -> Iterator[Draft]:
    said: set[str] = set()
    for router, stronger in _pairs(runtime):
        if router.definition in said or stronger.priority <= router.priority or not _covers(stronger, router):
            continue
        value = router.rule_value
        if value is None or not value.known or stronger.generated or _same_service(router, stronger):
            continue
        said.add(router.definition)
        yield finding(
            value,
            f"router {quoted(router.definition)} (priority {router.priority}) never gets a request: "
            f"{quoted(stronger.definition)} (priority {stronger.priority}) takes them all",
            hint=f"give {quoted(router.definition)} a priority above {stronger.priority}, "
            f"or {quoted(stronger.definition)} one below {router.priority}",
            related=[(stronger.rule_value, "this rule is longer and matches the same requests")],
        )


@check("TL106", "equal-priority-routers", severity="warning", confidence="medium")
def equal_priority_routers(runtime: Runtime) -> Iterator[Draft]:
    said: set[frozenset[str]] = set()
    for router, other in _pairs(runtime):
        pair = frozenset((router.definition, other.definition))
        if pair in said or router.priority != other.priority or router.rule_value is None:
            continue
        if _precedence_decides(runtime, router, other) or _same_service(router, other):
            continue
        if not (_covers(other, router) and _covers(router, other)):
            continue
        said.add(pair)
        yield finding(
            router.rule_value,
            f"routers {quoted(router.definition)} and {quoted(other.definition)} match the same requests with "
            f"priority {router.priority}: which one answers changes from start to start",
            hint="give one of them a priority of its own, or make the rules differ",
            related=[(other.rule_value, f"the rule of {quoted(other.definition)}")],
        )


def _pairs(runtime: Runtime) -> Iterator[tuple[Router, Router]]:
    """Routers of one entry point and one kind of traffic, each with those that could take its requests: the ones
    that name one of its hosts, and the ones that name none."""
    for name in runtime.entry_points:
        for tls in (False, True):
            on_it = (one for one in runtime.routers.values() if one.tls is tls and name in one.using)
            group = [router for router in on_it if _is_comparable(router)]
            by_host: dict[str, list[Router]] = {}
            broad: list[Router] = []
            for router in group:
                hosts = hosts_of(router)
                for host in hosts:
                    by_host.setdefault(host, []).append(router)
                if not hosts:
                    broad.append(router)
            for router in group:
                rivals = [other for host in sorted(hosts_of(router)) for other in by_host[host][:MOST_RIVALS]]
                for other in rivals + broad[:MOST_RIVALS]:
                    if other.definition != router.definition and other.priority >= router.priority:
                        yield router, other


def _is_comparable(router: Router) -> bool:
    return (
        router.status != "disabled"
        and not router.parents
        and router.rule is not None
        and router.rule.error is None
        and not router.generated
        and (router.rule_value is None or router.rule_value.known)
    )


def _covers(stronger: Router, router: Router) -> bool:
    """Whether a router takes every request that another one is made for."""
    if stronger.rule is None or router.rule is None:
        return False
    requests = sample_requests(router.rule)
    return bool(requests) and all(matches(stronger.rule, request) is True for request in requests)


def _same_service(router: Router, other: Router) -> bool:
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
