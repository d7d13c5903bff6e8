"""TL207: redirects to a port that is only known inside of the container or pod.

The port in the Location is that of the target's address (R-089, S-038), or the one that a redirectScheme middleware
names (R-170); clients come in through another one that compose or the Service publishes.
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.checks.traffic import in_cluster, outside_ports
from traefik_lint.runtime.types import EntryPoint, Runtime


@check("TL207", "redirect-to-internal-port", severity="warning", needs=("entry-points",))
def redirect_to_internal_port(runtime: Runtime) -> Iterator[Draft]:
    if runtime.deployment.traefik is None and not in_cluster(runtime):
        return
    hidden = _hidden_ports(runtime)
    if not hidden:
        return
    for point in runtime.entry_points.values():
        to = point.redirect_to
        if to is None or not to.known:
            continue
        target = runtime.entry_points.get(to.text) or hidden.get(to.text.removeprefix(":"))
        if target is None or str(target.port) not in hidden:
            continue
        outside = min(outside_ports(runtime, target))
        yield finding(
            to,
            f"clients are redirected to port {target.port}, the port inside the container; outside it is {outside}",
            hint=f'write ":{outside}"' + (" (443 is left out of the URL)" if outside == 443 else ""),
            related=[(target.span, f'"{target.name}" listens on "{target.address}"')],
            confidence="high" if _is_published_in_files(runtime) else "medium",
        )
    for middleware in runtime.middlewares.values():
        port = middleware.options.value("port") if middleware.options is not None else None
        if middleware.type != "redirectScheme" or port is None or not port.known or port.text not in hidden:
            continue
        target = hidden[port.text]
        outside = min(outside_ports(runtime, target))
        yield finding(
            port,
            f"clients are redirected to port {target.port}, the port inside the container; outside it is {outside}",
            hint=f'write "{outside}"' + (", or leave the port out" if outside == 443 else ""),
            related=[(target.span, f'"{target.name}" listens on "{target.address}"')],
            confidence="high" if _is_published_in_files(runtime) else "medium",
        )


def _hidden_ports(runtime: Runtime) -> dict[str, EntryPoint]:
    """The entry points that clients reach on other ports than Traefik listens on, by the inner port.

    A port that some entry point shows outside is no secret, though it may belong to another one.
    """
    shown: set[int] = set()
    candidates: list[tuple[EntryPoint, set[int]]] = []
    for point in runtime.entry_points.values():
        outside = outside_ports(runtime, point)
        shown |= outside
        if point.port not in (None, 443) and outside and point.port not in outside:
            candidates.append((point, outside))
    return {str(point.port): point for point, _ in candidates if point.port not in shown}


def _is_published_in_files(runtime: Runtime) -> bool:
    """Whether the files say which ports are published, so that it need not be taken for the chart's."""
    if runtime.deployment.traefik is not None:
        return True
    return any(found.kind == "Service" for found in runtime.deployment.objects) and (
        runtime.deployment.workload is not None
    )
