"""TL525: a server that is asked by https under an address that no certificate is made for.

Traefik verifies the certificates of servers against the host of the URL, for containers their IP address. Without a
transport that knows the server's name or skips the verification, every request gets 500.
"""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address

from traefik_lint.checks.container_services import backends
from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.checks.services.server_url import server_urls
from traefik_lint.golang.errors import GoError
from traefik_lint.golang.url import parse_url
from traefik_lint.model.values import Element
from traefik_lint.runtime.types import Runtime, Service


@check("TL525", "https-to-unnamed-server", severity="warning", confidence="medium", needs=("static",))
def https_to_unnamed_server(runtime: Runtime) -> Iterator[Draft]:
    static = runtime.deployment.static
    if static is None or static.element.element("serversTransport") is not None:
        return
    for backend in backends(runtime):
        scheme = backend.server.value("scheme") if backend.server is not None else None
        if scheme is not None and scheme.known and scheme.text == "https" and _is_bare(backend.service):
            yield finding(
                scheme,
                f"Traefik verifies the certificate of {quoted(backend.container.name.value)} against the container's IP"
                " address, which no certificate names: every request gets 500",
                hint="define a serversTransport in a file, with serverName and rootCAs or insecureSkipVerify, and add"
                f" traefik.http.services.{backend.name}.loadbalancer.serverstransport=<name>@file",
            )
    for service, _, url in server_urls(runtime):
        if url.text.lower().startswith("https://") and _is_private(url.text) and _is_bare(service):
            yield finding(
                url,
                f"Traefik verifies the certificate of {quoted(url.text)}, and certificates for such addresses are"
                " not trusted: every request gets 500",
                hint="add a serversTransport with rootCAs, or with insecureSkipVerify: true",
            )


def _is_bare(service: Service) -> bool:
    """Whether it has no transport of its own."""
    balancer = service.element.element("loadBalancer") if service.element is not None else None
    return isinstance(balancer, Element) and balancer.value("serversTransport") is None


def _is_private(text: str) -> bool:
    try:
        host = parse_url(text).host
    except GoError:
        return False
    name = host.partition("]")[0].lstrip("[") if host.startswith("[") else host.partition(":")[0]
    try:
        return ip_address(name).is_private
    except ValueError:
        return False
