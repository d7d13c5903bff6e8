"""TL518: plain HTTP to a port for TLS, or TLS to a port for plain HTTP (R-044).

A container's server is asked by http unless its labels say otherwise, whatever its port is.
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.container_services import backends, port_number
from traefik_lint.checks.images import known_image
from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.checks.services.server_url import server_urls
from traefik_lint.runtime.types import Runtime


@check("TL518", "scheme-of-other-port", severity="warning")
def scheme_of_other_port(runtime: Runtime) -> Iterator[Draft]:
    for backend in backends(runtime):
        port, server = backend.port, backend.server
        if port is None or server is None or not port.known:
            continue
        scheme = server.value("scheme")
        if scheme is not None and not scheme.known:
            continue
        written = scheme.text if scheme is not None else ""
        name = f"traefik.http.services.{backend.name}.loadbalancer.server.scheme"
        image = known_image(backend.container.image)
        is_https = port.text == "443" or (image is not None and port_number(port.text) in image.tls)
        if is_https and written in ("", "http"):
            yield finding(
                port,
                f"port {port.text} speaks TLS and Traefik asks it by plain http: the answer is an error (400 or 502)",
                hint=f"add {name}=https (and a serversTransport for a certificate that is not trusted), or name the"
                " port for plain http",
                confidence="medium",
            )
        elif port.text == "80" and written == "https" and scheme is not None:
            yield finding(
                scheme,
                "Traefik asks port 80 by https, where plain http is spoken: every request gets 500",
                hint="take the scheme out, or name the port for TLS",
                confidence="medium",
            )
    for _, _, url in server_urls(runtime):
        text = url.text.lower().rstrip("/")
        if text.startswith("http://") and text.endswith(":443"):
            yield finding(
                url,
                f"{quoted(url.text)} asks the port for TLS by plain http: the answer is an error (400 or 502)",
                hint=f"write https{url.text[4:]}",
            )
        elif text.startswith("https://") and text.endswith(":80"):
            yield finding(
                url,
                f"{quoted(url.text)} asks the port for plain http by https: every request gets 500",
                hint=f"write http{url.text[5:]}",
            )
