"""TL410: forwardAuth whose address can't be asked.

Traefik does not check the address; without a scheme every request gets 500 (R-174), and so it does with `https` on a
port where the server speaks plain HTTP.
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.middlewares.authentication import address_of, split
from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.compose import ComposeService
from traefik_lint.model.values import Value
from traefik_lint.runtime.types import Middleware, Runtime
from traefik_lint.source.span import Span


@check("TL410", "forward-auth-address", severity="error")
def forward_auth_address(runtime: Runtime) -> Iterator[Draft]:
    for middleware in runtime.middlewares.values():
        address = address_of(middleware)
        if address is None:
            continue
        if "://" not in address.text:
            yield finding(
                address,
                f"{quoted(address.text)} has no scheme: every request of a router with it gets 500",
                hint=f"write {quoted('http://' + address.text.lstrip('/'))}",
            )
            continue
        yield from _https_to_plain(middleware, address, runtime)


def _https_to_plain(middleware: Middleware, address: Value, runtime: Runtime) -> Iterator[Draft]:
    parts = split(address.text)
    if parts.scheme != "https" or parts.port is None or "." in parts.host.removesuffix(".svc.cluster.local"):
        return
    evidence = _speaks_plain(parts.host, parts.port, runtime)
    if evidence is None or (middleware.options is not None and "tls" in middleware.options):
        return
    what, place = evidence
    yield finding(
        address.sub(0, len("https")) if address.text.startswith("https") else address.span,
        f"{quoted(parts.host)} speaks plain HTTP on port {parts.port} ({what}): "
        "the handshake fails, and every request gets 500",
        hint=f"write {quoted('http' + address.text[5:])}",
        related=[(place, "the server")],
        severity="warning",
    )


def _speaks_plain(host: str, port: int, runtime: Runtime) -> tuple[str, Span | None] | None:
    """Why a server is known to speak plain HTTP: Traefik itself asks it so, or it is a program that does."""
    for service in runtime.services.values():
        for server in service.servers:
            other = split(server)
            if other.host == host and other.port == port and other.scheme == "http":
                return "its own service is asked so", service.span
    container = _container(host, runtime)
    if container is None:
        return None
    image = container.image.value.lower() if container.image is not None else ""
    known = {4181: "traefik-forward-auth", 4180: "oauth2-proxy", 9091: "authelia"}.get(port)
    if known is not None and known in image and not _has_certificate(container):
        return f"as {known} does", container.name.span
    return None


def _container(host: str, runtime: Runtime) -> ComposeService | None:
    for project in runtime.deployment.projects:
        for service in project.services:
            given = service.container_name
            if service.name.value.lower() == host or (given is not None and given.value.lower() == host):
                return service
    return None


def _has_certificate(container: ComposeService) -> bool:
    words = [*(container.command or []), *(container.entrypoint or [])]
    texts = [word.value.lower() for word in words] + [
        f"{variable.key.value}={variable.value.value if variable.value else ''}".lower()
        for variable in container.environment
    ]
    return any("tls" in text or "cert" in text or "https" in text for text in texts)
