"""TL423: a redirectRegex that no request of its routers can match.

It compares the whole URL, scheme and host with it (R-171): a pattern for `https://` does nothing on a router without
TLS, one for `http://` nothing on a router with it, and one for a host that the rule does not take nothing at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from traefik_lint.checks.middlewares.flow import ways
from traefik_lint.checks.names import listed
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.checks.traffic import hosts_of, takes_unknown_hosts
from traefik_lint.golang import regexp
from traefik_lint.golang.errors import GoError
from traefik_lint.model.values import Value
from traefik_lint.runtime.types import Router, Runtime

#: A pattern whose scheme and host stand apart from the rest: `^https?://(www\.)?a\.test/(.*)`.
_PARTS = re.compile(
    r"\^?(https\?|https|http|\(https\?\)|\(\?:https\?\))(?::|\\:)(?:/|\\/){2}([^/]+?)\\?(/.*|\$?)"
)

#: What may follow the host, for patterns that leave no slash between them.
_PATHS = ("", "/", "/a/b?c=d")


@check("TL423", "redirect-of-nothing", severity="warning")
def redirect_of_nothing(runtime: Runtime) -> Iterator[Draft]:
    users: dict[str, tuple[Value, list[Router]]] = {}
    unsure: set[str] = set()
    for router, steps in ways(runtime):
        for step in steps or []:
            name = step.middleware.name
            value = step.middleware.options.value("regex") if step.middleware.options is not None else None
            if step.middleware.type != "redirectRegex" or value is None or not value.known:
                continue
            users.setdefault(name, (value, []))[1].append(router)
            if takes_unknown_hosts(router) or _believes_headers(runtime, router):
                unsure.add(name)
    for name, (value, routers) in users.items():
        reason = _reason(value.text, routers) if name not in unsure else None
        if reason is not None:
            what, hint = reason
            yield finding(
                value,
                f"this pattern never matches, so nothing is redirected: {what}",
                hint=hint,
                related=[(router.rule_value, "the rule of a router with it") for router in routers[:2]],
            )


def _reason(text: str, routers: list[Router]) -> tuple[str, str] | None:
    """Why no router's requests match, and what to write; None when some may."""
    parts = _PARTS.fullmatch(text.strip())
    if parts is None or not text.startswith("^"):
        return None
    scheme, host = parts[1], parts[2].removesuffix("$")
    if scheme == "https" and not any(router.tls for router in routers):
        return "its routers have no tls, so every URL begins with http://", "write ^https?:// in it"
    if scheme == "http" and all(router.tls for router in routers):
        return "its routers answer TLS only, so every URL begins with https://", "write ^https?:// in it"
    if ":" in host.replace("(?:", ""):
        return None
    names = sorted({name for router in routers for name in hosts_of(router)})
    try:
        pattern = regexp.compile(f"^(?:{host})$")
        if not names or any(pattern.search(name + path) for name in names for path in _PATHS):
            return None
    except (GoError, regexp.Unmatchable):
        return None
    return f"its routers only take {listed(names, 3)}", "add the host that it redirects to the router's rule"


def _believes_headers(runtime: Runtime, router: Router) -> bool:
    """Whether a proxy in front may tell that the request came by https."""
    for name in router.using or router.entry_points:
        point = runtime.entry_points.get(name)
        if point is None or (point.element is not None and "forwardedHeaders" in point.element):
            return True
    return False
