"""TL807: a published port that leads past Traefik, and so past the middlewares that guard the same application."""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.container_services import backends, port_number, routers_to, visible_ports
from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.checks.security.authentication import reached
from traefik_lint.runtime.types import Runtime

_GUARDS = frozenset(("basicAuth", "digestAuth", "forwardAuth", "ipAllowList", "ipWhiteList"))


@check("TL807", "port-past-authentication", severity="info")
def port_past_authentication(runtime: Runtime) -> Iterator[Draft]:
    traefik = runtime.deployment.traefik
    if traefik is None:
        return
    seen: set[int] = set()
    for backend in backends(runtime):
        container = backend.container
        if id(container) in seen or container is traefik or not container.ports:
            continue
        written = backend.port
        ports, _ = visible_ports(container)
        asked = port_number(written.text) if written is not None else min(ports, default=0)
        published = next(
            (
                port
                for port in container.ports
                if port.target == asked and port.published and not port.host_ip.startswith(("127.", "::1"))
            ),
            None,
        )
        routers = routers_to(runtime, backend.service) if published is not None else []
        guards = [
            next((one for one in reached(router.middlewares) if one.type in _GUARDS), None)
            for router in routers
        ]
        if published is None or not guards or guards[0] is None or any(guard is None for guard in guards):
            continue
        seen.add(id(container))
        yield finding(
            published.node,
            f"port {published.published} leads to {quoted(container.name.value)} past Traefik, without"
            f" {quoted(guards[0].name)}",
            hint=f"take the port out, Traefik does not need it, or bind it to 127.0.0.1:{published.published}:{asked}",
            related=[(guards[0], "guards the way through Traefik")],
        )
