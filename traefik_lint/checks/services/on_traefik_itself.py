"""TL517: a server on localhost, asked by a Traefik that runs in a container: that is the container itself.

Nothing but Traefik listens there, so the connection is refused and every request gets 502 (R-203).
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.container_services import url_port
from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.checks.services.server_url import server_urls
from traefik_lint.golang.errors import GoError
from traefik_lint.golang.url import parse_url
from traefik_lint.runtime.types import Runtime

_LOCAL = frozenset(("localhost", "127.0.0.1", "[::1]", "0.0.0.0"))


@check("TL517", "server-on-traefik-itself", severity="warning")
def server_on_traefik_itself(runtime: Runtime) -> Iterator[Draft]:
    traefik = runtime.deployment.traefik
    if traefik is None or traefik.network_mode is not None:
        return
    own = {point.port for point in runtime.entry_points.values()}
    for service, _, value in server_urls(runtime):
        try:
            url = parse_url(value.text)
        except GoError:
            continue
        host, colon, port = url.host.rpartition(":")
        if not colon or host.endswith(":"):
            host, port = url.host, ""
        number = url_port(url.scheme, port)
        if host.lower() not in _LOCAL or number in own or _shares_its_network(runtime):
            continue
        yield finding(
            value,
            f"{quoted(value.text)} is Traefik's own container, where nothing listens on {number}: every request to"
            f" {quoted(service.name)} gets 502",
            hint="write the compose service's name, or host.docker.internal for a program on the host (with"
            " extra_hosts: host.docker.internal:host-gateway)",
            related=[(traefik.name, "Traefik runs in this container")],
        )


def _shares_its_network(runtime: Runtime) -> bool:
    """Whether other containers live in Traefik's network, so that its localhost is theirs too."""
    traefik = runtime.deployment.traefik
    if traefik is None:
        return False
    names = {f"service:{traefik.name.value}"}
    if traefik.container_name is not None:
        names.add(f"container:{traefik.container_name.value}")
    return any(
        service.network_mode is not None and service.network_mode.value in names
        for project in runtime.deployment.projects
        for service in project.services
    )
