"""TL202: a router or a redirection on an entry point of the other protocol.

An HTTP or TCP router can't use a UDP entry point nor a UDP router a TCP one; Traefik says that the entry point does
not exist (R-081, S-043). A redirection to a UDP entry point is accepted and leads to a port without HTTP (R-088).
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import listed, quoted, titled
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.runtime.types import Runtime


@check("TL202", "entry-point-of-other-protocol", severity="error", needs=("entry-points",))
def entry_point_of_other_protocol(runtime: Runtime) -> Iterator[Draft]:
    for router in runtime.all_definitions():
        wanted = "udp" if router.protocol == "udp" else "tcp"
        for name in router.entry_point_values:
            point = runtime.entry_points.get(name.text) if name.known else None
            if point is None or point.protocol == wanted:
                continue
            yield finding(
                name,
                f"{quoted(name.text)} is a {point.protocol.upper()} entry point, "
                f"so the {router.protocol.upper()} {titled(router)} is not reached through it",
                hint=_hint(runtime, wanted),
                related=[(point.span, f"address {quoted(point.address)}")],
            )
    for point in runtime.entry_points.values():
        to = point.redirect_to
        target = runtime.entry_points.get(to.text) if to is not None and to.known else None
        if to is not None and target is not None and target.protocol == "udp":
            yield finding(
                to,
                f"{quoted(to.text)} is a UDP entry point: clients are redirected to a port that does not speak HTTP",
                hint=_hint(runtime, "tcp"),
                related=[(target.span, f"address {quoted(target.address)}")],
            )


def _hint(runtime: Runtime, wanted: str) -> str:
    others = [other.name for other in runtime.entry_points.values() if other.protocol == wanted]
    return f"use a {wanted.upper()} entry point" + (f": {listed(others)}" if others else "")
