"""TL305: routers of one host that ask for different TLS options.

Which options a connection gets is settled by the name in the handshake, before any router is chosen. When routers
of that name disagree, one with options and one without among them, Traefik gives all of them the default options
(R-143, K-071): client certificates are then no longer asked for.
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.checks.tls.bindings import asked_options, options_value, tls_routers, wants_certificates
from traefik_lint.runtime.tls import era_of
from traefik_lint.runtime.types import Router, Runtime

#: Options asked for to the routers that do, in order of the files.
Asked = dict[str, list[Router]]


@check("TL305", "conflicting-tls-options", severity="error")
def conflicting_tls_options(runtime: Runtime) -> Iterator[Draft]:
    told: set[frozenset[str]] = set()
    for (_, host), asked in _by_host(runtime).items():
        together = frozenset(router.definition for routers in asked.values() for router in routers)
        if len(asked) < 2 or together in told or not all(name in runtime.tls_options for name in asked):
            continue
        told.add(together)
        yield from _conflict(host, asked, runtime)


def _by_host(runtime: Runtime) -> dict[tuple[str, str], Asked]:
    across = era_of(runtime.version) == "across"
    hosts: dict[tuple[str, str], Asked] = {}
    for router in tls_routers(runtime):
        rule = router.rule
        if rule is None or rule.domain_error is not None:
            continue
        for point in [""] if across else dict.fromkeys(router.entry_points):
            for host in rule.domains:
                hosts.setdefault((point, host), {}).setdefault(asked_options(router), []).append(router)
    return hosts


def _conflict(host: str, asked: Asked, runtime: Runtime) -> Iterator[Draft]:
    names = sorted(
        (name for name in asked if name != "default"),
        key=lambda name: not wants_certificates(runtime.tls_options.get(name)),
    )
    router = asked[names[0]][0]
    place = options_value(router, runtime)
    if place is None:
        return
    others = [one for name, routers in asked.items() if name != names[0] for one in routers]
    other = others[0]
    against = asked_options(other)
    what = "has none" if against == "default" else f"has {quoted(against)}"
    lost = wants_certificates(runtime.tls_options.get(names[0]))
    effect = "nobody is asked for a client certificate" if lost else "all its routers get the default options"
    yield finding(
        place,
        f"host {quoted(host)} has TLS options {quoted(names[0])} here, but router {quoted(other.definition)} "
        f"{what}, so {effect}",
        hint=f"give every router of {quoted(host)} the same TLS options",
        related=[
            (options_value(one, runtime) or one, f"router {quoted(one.definition)} of the same host")
            for one in others[:4]
        ],
    )
