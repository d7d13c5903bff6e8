"""TL411: forwardAuth that sends visitors round in circles.

Any answer of the authentication server but 2xx is returned to the client (R-174), and for visitors without a session
that is a redirect to the login page. A login page that is guarded itself, or a `rd` that names the guarded page, sends
them back for ever.
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.middlewares.authentication import Guard, guards, redirect_targets, split
from traefik_lint.checks.middlewares.evidence import backend_of
from traefik_lint.checks.middlewares.flow import path_matchers
from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.runtime.types import Router, Runtime, Service
from traefik_lint.source.span import Span


@check("TL411", "forward-auth-loop", severity="error")
def forward_auth_loop(runtime: Runtime) -> Iterator[Draft]:
    everything = list(guards(runtime))
    for guard in everything:
        if _asks_itself(guard, runtime):
            yield _guards_portal(guard)
            continue
        targets = [split(url) for url in redirect_targets(guard.address.text)]
        place = guard.step.place
        if place is None or guard.router.rule is None:
            continue
        hosts = set(guard.router.rule.domains)
        if not any(target.host in hosts and _takes(guard.router, target.path) for target in targets):
            continue
        if any(
            target.host in hosts and _has_way_past(guard, target.host, target.path, runtime)
            for target in targets
        ):
            continue
        host = next(target.host for target in targets if target.host in hosts)
        if _is_portal(guard, runtime):
            yield _guards_itself(guard, host, place.span)
        elif _is_only_target(guard, host, everything):
            yield _points_back(guard, host)


def _guards_itself(guard: Guard, host: str, place: Span) -> Draft:
    return finding(
        place,
        f"{quoted(guard.step.middleware.name)} sends visitors to log in at {quoted(host)}, "
        f"and guards that page too (router {quoted(guard.router.definition)}): they are redirected for ever",
        hint=f"take {quoted(guard.step.middleware.name)} off the router of the login page",
        related=[(guard.address, "the login page"), (guard.router.rule_value, "the router's rule")],
    )


def _asks_itself(guard: Guard, runtime: Runtime) -> bool:
    """Whether Authelia's own pages are guarded by it, though nothing in the address says where it sends visitors.

    Its settings may let everybody through to them, so this is not certain.
    """
    rule = guard.router.rule
    if not guard.path.startswith(("/api/verify", "/api/authz/")) or redirect_targets(guard.address.text):
        return False
    if rule is None or not rule.domains or not _takes(guard.router, "/") or not _is_portal(guard, runtime):
        return False
    return not any(_has_way_past(guard, host, "/", runtime) for host in rule.domains)


def _guards_portal(guard: Guard) -> Draft:
    place = guard.step.place
    return finding(
        place if place is not None else guard.address,
        f"{quoted(guard.step.middleware.name)} guards the login page of the very server that it asks (router "
        f"{quoted(guard.router.definition)}): visitors are redirected for ever",
        hint=f"take {quoted(guard.step.middleware.name)} off the router of the login page",
        related=[(guard.address, "the server that is asked")],
        severity="warning",
        confidence="medium",
    )


def _points_back(guard: Guard, host: str) -> Draft:
    text = guard.address.text
    start = max(text.find("rd="), text.find("authelia_url="), 0)
    end = text.find("&", start)
    return finding(
        guard.address.sub(start, end if end > 0 else len(text)),
        f"visitors are sent to log in at {quoted(host)}, the very page that is guarded: "
        "they are redirected for ever",
        hint="write the URL of the login page",
        related=[(guard.step.place, "guarded here"), (guard.router.rule_value, "the router's rule")],
    )


def _takes(router: Router, path: str) -> bool:
    matchers = path_matchers(router.rule.root) if router.rule is not None else None
    path = path or "/"
    return matchers is None or any(
        path == one.value if one.exact else path.startswith(one.value) for one in matchers
    )


def _has_way_past(guard: Guard, host: str, path: str, runtime: Runtime) -> bool:
    """Whether another, more specific router of the host takes the login page and is not guarded."""
    for other in runtime.routers.values():
        if (
            other.rule is None
            or host not in other.rule.domains
            or other.definition == guard.router.definition
        ):
            continue
        guarded = any(reference.name == guard.step.middleware.name for reference in other.middlewares)
        if not guarded and _takes(other, path) and other.priority >= guard.router.priority:
            return True
    return False


def _is_portal(guard: Guard, runtime: Runtime) -> bool:
    """Whether the guarded router leads to the very server that the middleware asks."""
    service = guard.router.service.target if guard.router.service is not None else None
    if not isinstance(service, Service):
        return False
    asked = split(guard.address.text).host
    names = {split(server).host for server in service.servers}
    behind = backend_of(service, runtime)
    names |= {container.name.value.lower() for container in behind.containers}
    names |= {one.container_name.value.lower() for one in behind.containers if one.container_name is not None}
    names |= {found.name.lower() for found in behind.objects if found.kind == "Service"}
    return asked in names or asked.partition(".")[0] in names


def _is_only_target(guard: Guard, host: str, everything: list[Guard]) -> bool:
    """One middleware may guard many hosts, the login page's among them by mistake; only the first is told."""
    first = next(
        one for one in everything
        if one.step.middleware.name == guard.step.middleware.name
        and one.router.rule is not None
        and host in one.router.rule.domains
    )  # fmt: skip
    return first.router is guard.router
