"""TL117, TL118, TL119: tcp and udp routers that take each other's connections, or those of http (R-129, R-130)."""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import listed, quoted, titled
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.checks.rules.places import part_of
from traefik_lint.runtime.expression.ast import Matcher
from traefik_lint.runtime.types import Router, Runtime


@check("TL117", "tcp-router-takes-plain-http", severity="error")
def tcp_router_takes_plain_http(runtime: Runtime) -> Iterator[Draft]:
    """A tcp router without tls for every connection swallows all plain HTTP of its entry points."""
    if not runtime.is_closed("entry-points"):
        yield from _unnamed(runtime)
        return
    greedy = {
        name: router
        for router in runtime.tcp_routers.values()
        if not router.tls and router.status != "disabled" and _catch_all(router) is not None
        for name in router.using
    }
    if not greedy:
        return
    starved: dict[str, list[Router]] = {}
    for router in runtime.routers.values():
        if not router.tls and router.status != "disabled" and router.provider != "internal":
            for name in set(router.using) & set(greedy):
                if not router.default_rule:
                    starved.setdefault(name, []).append(router)
    said: set[str] = set()
    for name, lost in sorted(starved.items()):
        router = greedy[name]
        matcher, value = _catch_all(router), router.rule_value
        if matcher is None or value is None or router.definition in said:
            continue
        said.add(router.definition)
        shown = sorted({one.definition for one in lost})
        yield finding(
            part_of(value, matcher.start, matcher.end),
            f"{matcher.name}(`*`) without tls takes every plain connection on {quoted(name)}, "
            f"so {listed(shown, 3)} get no request there",
            hint="give the tcp router an entry point of its own",
            related=[(one.rule_value, titled(one)) for one in lost[:3]],
        )


def _unnamed(runtime: Runtime) -> Iterator[Draft]:
    """Whatever the entry points are called, a router that names none is on all of them (R-080)."""
    for router in runtime.definitions["tcp"].values():
        matcher, value = _catch_all(router), router.rule_value
        if matcher is None or value is None or router.tls or router.entry_point_values or router.generated:
            continue
        yield finding(
            part_of(value, matcher.start, matcher.end),
            f"{titled(router)} names no entry point, so it takes every plain connection "
            "on all of them, those of http routers as well",
            hint="name the entry point that is meant for it",
            severity="warning",
            confidence="medium",
        )


def _catch_all(router: Router) -> Matcher | None:
    """The `HostSNI(`*`)` of a rule that is nothing else."""
    rule = router.rule
    if rule is None or rule.error is not None or len(rule.matchers) != 1:
        return None
    matcher = rule.matchers[0]
    is_all = matcher.canonical == "HostSNI" and matcher.values == ["*"] and not matcher.negated
    return matcher if is_all else None


@check("TL118", "tcp-router-behind-https", severity="error", confidence="medium", needs=("entry-points",))
def tcp_router_behind_https(runtime: Runtime) -> Iterator[Draft]:
    """An https router for the same host name is asked before any tcp router, passthrough or not."""
    named = [router for router in runtime.tcp_routers.values() if router.tls and router.status != "disabled"]
    if not named:
        return
    https: dict[tuple[str, str], Router] = {}
    for other in runtime.routers.values():
        if other.tls and other.rule is not None and other.status != "disabled":
            for name in other.rule.domains:
                for point in other.using:
                    https.setdefault((point, name), other)
    for router in named:
        value, rule = router.rule_value, router.rule
        if rule is None or value is None or not value.known or len(rule.matchers) != 1:
            continue
        matcher = rule.matchers[0]
        if matcher.canonical != "HostSNI" or matcher.negated or len(matcher.values) != 1:
            continue
        host = matcher.values[0].lower()
        rivals = [https[point, host] for point in router.using if (point, host) in https]
        if not rivals or len(rivals) < len(router.using):
            continue
        winner = rivals[0]
        yield finding(
            part_of(value, matcher.start, matcher.end),
            f"{titled(router)} gets no connection: https router "
            f"{quoted(winner.definition)} takes {quoted(host)} first",
            hint="use another host name or entry point for one of the two",
            related=[(winner.rule_value, "https routers of a host name come first")],
        )


@check("TL119", "several-udp-routers", severity="warning", needs=("entry-points",))
def several_udp_routers(runtime: Runtime) -> Iterator[Draft]:
    """UDP has nothing to tell routers apart by, so one of them serves the entry point, which one is left to chance."""
    by_point: dict[str, list[Router]] = {}
    for router in runtime.udp_routers.values():
        if router.status != "disabled":
            for name in router.using:
                by_point.setdefault(name, []).append(router)
    for name, routers in sorted(by_point.items()):
        services = {router.service.name for router in routers if router.service is not None}
        if len(services) < 2:
            continue
        shown = next((one for one in routers[1:] if one.span is not None), None)
        if shown is None:
            continue
        place = next((value for value in shown.entry_point_values if value.text == name), None)
        yield finding(
            place or shown,
            f"{quoted(name)} is used by the udp routers {listed(one.definition for one in routers)}: "
            "only one of them serves it, and which one may change",
            hint="give each udp router an entry point of its own",
            related=[(routers[0], f"router {quoted(routers[0].definition)}")],
        )
