"""TL801, TL802: Traefik's API without a password: it shows the whole configuration (R-092, S-075)."""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import quoted, titled
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.checks.security.authentication import is_guarded, leads_to_api
from traefik_lint.checks.traffic import hosts_of
from traefik_lint.model.compose import Port
from traefik_lint.runtime.types import Router, Runtime

_LOOPBACK = ("127.", "::1", "localhost")
_LOCAL_WORDS = frozenset(
    ("localhost", "local", "lan", "home", "internal", "intern", "test", "dev", "docker", "arpa")
)


@check("TL801", "insecure-api-published", severity="info")
def insecure_api_published(runtime: Runtime) -> Iterator[Draft]:
    """api.insecure opens the API on the entry point traefik, whatever guards a router to it elsewhere."""
    static = runtime.deployment.static
    value = static.element.value("api", "insecure") if static is not None else None
    point = runtime.entry_points.get("traefik")
    if (
        value is None
        or value.data is not True
        or point is None
        or point.port is None
        or runtime.refused is not None
    ):
        return
    published = _published(runtime, point.port)
    if published is None:
        return
    guarded = next((one for one in _routers(runtime) if one.middlewares and is_guarded(runtime, one)), None)
    node, where = published
    bypass = f", past the middlewares of router {quoted(guarded.definition)}" if guarded is not None else ""
    yield finding(
        value.key if value.key is not None else value,
        f"everybody who reaches port {where} reads the API and the dashboard without a password{bypass}",
        hint="take api.insecure out, or publish the port for this machine alone: 127.0.0.1:8080:8080"
        if guarded is not None
        else "take api.insecure out and write a router to api@internal with basicAuth",
        related=[
            (node.node if node is not None else None, "published here"),
            (guarded, "the guarded way in"),
        ],
        severity="warning" if guarded is not None else None,
    )


def _published(runtime: Runtime, port: int) -> tuple[Port | None, str] | None:
    """The published port that leads to an entry point of Traefik's container, and its number."""
    traefik = runtime.deployment.traefik
    if traefik is None:
        return None
    if traefik.network_mode is not None:
        return (None, str(port)) if traefik.network_mode.value == "host" else None
    for one in traefik.ports:
        if one.target == port and not one.host_ip.startswith(_LOOPBACK):
            return one, one.published or str(port)
    return None


def _routers(runtime: Runtime) -> list[Router]:
    return [router for router in runtime.definitions["http"].values() if leads_to_api(router)]


@check("TL802", "api-without-authentication", severity="warning", confidence="medium")
def api_without_authentication(runtime: Runtime) -> Iterator[Draft]:
    """A router to the API or the dashboard, under a public name, that asks for nothing."""
    for router in _routers(runtime):
        reference = router.service
        if router.status == "disabled" or reference is None or is_guarded(runtime, router):
            continue
        hosts = hosts_of(router)
        if router.rule_value is not None and not router.rule_value.known:
            continue
        if not hosts or all(_is_local(host) for host in hosts) or _asks_addresses(router):
            continue
        place = reference.value if reference.value is not None else router
        if place.span is None:
            continue
        yield finding(
            place,
            f"{titled(router)} shows {reference.name.partition('@')[0]} to everybody who asks for"
            f" {quoted(min(hosts))}",
            hint="add a basicAuth, forwardAuth or ipAllowList middleware to the router",
        )


def _is_local(host: str) -> bool:
    words = host.split(".")
    return (
        len(words) < 2
        or not words[-1]
        or words[-1].isdigit()
        or "$" in host
        or not _LOCAL_WORDS.isdisjoint(words)
    )


def _asks_addresses(router: Router) -> bool:
    return router.rule is not None and any(one.canonical == "ClientIP" for one in router.rule.matchers)
