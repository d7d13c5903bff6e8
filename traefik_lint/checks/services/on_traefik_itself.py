"""TL517: a server on localhost, asked by a Traefik that runs in a container: that is the container itself.

Nothing but Traefik listens there, so the connection is refused and every request gets 502 (R-203).
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.container_services import url_port
from traefik_lint.checks.hosts import is_traefik_itself
from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.checks.services.server_url import server_urls
from traefik_lint.golang.errors import GoError
from traefik_lint.golang.url import parse_url
from traefik_lint.runtime.types import Runtime


@check("TL517", "server-on-traefik-itself", severity="warning")
def server_on_traefik_itself(runtime: Runtime) -> Iterator[Draft]:
    traefik = runtime.deployment.traefik
    if traefik is None or traefik.network_mode is not None:
        return
    for service, _, value in server_urls(runtime):
        try:
            url = parse_url(value.text)
        except GoError:
            continue
        host, colon, port = url.host.rpartition(":")
        if not colon or host.endswith(":"):
            host, port = url.host, ""
        number = url_port(url.scheme, port)
        if not is_traefik_itself(runtime, host, number):
            continue
        yield finding(
            value,
            f"{quoted(value.text)} is Traefik's own container, where nothing listens on {number}: every request to"
            f" {quoted(service.name)} gets 502",
            hint="write the compose service's name, or host.docker.internal for a program on the host (with"
            " extra_hosts: host.docker.internal:host-gateway)",
            related=[(traefik.name, "Traefik runs in this container")],
        )
