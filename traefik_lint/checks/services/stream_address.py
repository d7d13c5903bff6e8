"""TL521: a tcp or udp server without a port: Traefik skips it, and connections are closed (R-212)."""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.runtime.addresses import address_error
from traefik_lint.runtime.types import Runtime


@check("TL521", "stream-server-without-port", severity="error")
def stream_server_without_port(runtime: Runtime) -> Iterator[Draft]:
    for services in (runtime.tcp_services, runtime.udp_services):
        for service in services.values():
            balancer = service.element.element("loadBalancer") if service.element is not None else None
            if balancer is None or isinstance(service.origin, KubernetesObject):
                continue
            for server in balancer.elements("servers"):
                value = server.value("address")
                if value is None or value.key is None or not value.known:
                    continue
                if address_error(value.text) is None and "//" not in value.text:
                    continue
                host = value.text.partition("://")[2] or value.text
                yield finding(
                    value,
                    f"{quoted(value.text)} is no host and port: Traefik can't connect to it, and"
                    f" {quoted(service.name)} is without this server",
                    hint=f"write {host.rstrip('/')}:<port>" if ":" not in host else "write <host>:<port>",
                )
