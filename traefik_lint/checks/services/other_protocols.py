"""TL527 and TL528: servers that an http router can't talk to as it does.

A database or a broker speaks its own protocol, which needs a tcp router; gRPC needs HTTP/2, which Traefik speaks to
servers with the scheme `h2c` or `https` only (R-044).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from traefik_lint.checks.container_services import Backend, backends, port_number, router_place
from traefik_lint.checks.images import known_image
from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.checks.services.server_url import server_urls
from traefik_lint.runtime.types import Runtime

_GRPC_PORT = "50051"
_OWN_PROTOCOL = {
    1883: "MQTT", 8883: "MQTT", 3306: "MySQL", 5432: "PostgreSQL", 6379: "Redis", 27017: "MongoDB", 5672: "AMQP",
    1433: "SQL Server", 11211: "memcached", 9092: "Kafka", 4222: "NATS", 389: "LDAP", 25: "SMTP", 143: "IMAP",
}  # fmt: skip
_IMAGES = re.compile(
    r"(?:^|/)(?:postgres|postgis|mysql|mariadb|redis|valkey|mongo|eclipse-mosquitto|memcached|openldap)$"
)


@check("TL527", "http-to-other-protocol", severity="warning")
def http_to_other_protocol(runtime: Runtime) -> Iterator[Draft]:
    for backend in backends(runtime):
        number = _port(backend)
        protocol = _OWN_PROTOCOL.get(number) if number is not None else None
        image = backend.container.image
        if protocol is None or number is None or image is None or image.unknown or _has_websockets(backend):
            continue
        name = image.value.partition("@")[0].rpartition(":")[0] or image.value
        if not _IMAGES.search(name.lower()):
            continue
        yield finding(
            router_place(runtime, backend.service, backend.container),
            f"port {number} of {quoted(backend.container.name.value)} speaks {protocol}, not HTTP: every request gets"
            " 502, and no client of its own gets through",
            hint=f"use a tcp router: traefik.tcp.routers.{backend.name}.rule=HostSNI(`*`), with an entry point of its"
            " own and traefik.tcp.services",
        )


@check("TL528", "grpc-without-http2", severity="warning", confidence="medium")
def grpc_without_http2(runtime: Runtime) -> Iterator[Draft]:
    for backend in backends(runtime):
        port, server = backend.port, backend.server
        scheme = server.value("scheme") if server is not None else None
        if port is None or not port.known or port.text != _GRPC_PORT:
            continue
        if scheme is not None and (not scheme.known or scheme.text in ("h2c", "https")):
            continue
        yield finding(
            port,
            f"port {_GRPC_PORT} is that of gRPC, which needs HTTP/2: Traefik asks by HTTP/1.1, and calls fail",
            hint=f"add traefik.http.services.{backend.name}.loadbalancer.server.scheme=h2c",
        )
    for _, _, url in server_urls(runtime):
        text = url.text.lower().rstrip("/")
        if text.startswith("http://") and text.endswith(f":{_GRPC_PORT}"):
            yield finding(
                url,
                f"port {_GRPC_PORT} is that of gRPC, which needs HTTP/2: Traefik asks by HTTP/1.1, and calls fail",
                hint=f"write h2c{url.text[4:]}",
            )


def _port(backend: Backend) -> int | None:
    """The port that is asked: the named one, or the only one of the image."""
    if backend.port is not None:
        return port_number(backend.port.text) if backend.port.known else None
    image = known_image(backend.container.image)
    return image.exposed[0] if image is not None and len(image.exposed) == 1 else None


def _has_websockets(backend: Backend) -> bool:
    """MQTT brokers may serve the web as well, on a port of their settings."""
    return bool(backend.container.mounts) and backend.port is None
