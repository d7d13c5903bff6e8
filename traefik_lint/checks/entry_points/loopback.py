"""TL217: an entry point on the container's own loopback, where no published port leads.

Docker forwards to the container's address in its network; `127.0.0.1` inside the container is another (S-032).
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.runtime.types import Runtime

_LOOPBACK = ("127.", "localhost:", "[::1]:")


@check("TL217", "entry-point-on-loopback", severity="warning")
def entry_point_on_loopback(runtime: Runtime) -> Iterator[Draft]:
    traefik = runtime.deployment.traefik
    if traefik is None or traefik.network_mode is not None:
        return
    published = {port.target: port for port in traefik.ports}
    for point in runtime.entry_points.values():
        address = point.element.value("address") if point.element is not None else None
        port = published.get(point.port) if point.port is not None else None
        if address is None or not address.known or port is None or not address.text.startswith(_LOOPBACK):
            continue
        yield finding(
            address,
            f"{quoted(point.name)} listens on the container's own loopback: nothing gets to it through the published"
            f" port {port.published or port.target}",
            hint=f'write ":{point.port}", and publish it as "127.0.0.1:{port.published or port.target}:{port.target}" '
            "for this machine alone",
            related=[(port.node, "published here")],
        )
