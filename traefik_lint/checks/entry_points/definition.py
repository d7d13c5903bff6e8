"""TL215, TL216: entry points that are defined otherwise than meant."""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import nearest_name, quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.runtime.static import INTERNAL_ENTRY_POINT
from traefik_lint.runtime.types import Runtime


@check("TL215", "entry-point-without-address", severity="error", needs=("entry-points",))
def entry_point_without_address(runtime: Runtime) -> Iterator[Draft]:
    """Without an address an entry point listens on a free port, another one at each start (S-033).

    Most often some option names an entry point that is spelled otherwise where its address is set.
    """
    addressed = [name for name, point in runtime.entry_points.items() if point.address]
    for name, point in runtime.entry_points.items():
        if point.element is None or point.address or point.span is None:
            continue
        value = point.element.value("address")
        if value is not None and not value.known:
            continue
        meant = nearest_name(name, addressed)
        yield finding(
            value or point,
            f"entry point {quoted(name)} has no address, so it listens on a port that changes with each start",
            hint=f"write {quoted(meant)}" if meant else 'give it an address such as ":80"',
            related=[(runtime.entry_points[meant].span, "defined with an address here")] if meant else [],
        )


@check("TL216", "default-without-effect", severity="warning", needs=("entry-points",))
def default_without_effect(runtime: Runtime) -> Iterator[Draft]:
    """asDefault does nothing on UDP entry points and on the one called traefik (R-080)."""
    for name, point in runtime.entry_points.items():
        value = point.element.value("asDefault") if point.element is not None else None
        if value is None or value.data is not True or runtime.version < (3, 0, 0):
            continue
        if point.protocol == "udp":
            reason = "a UDP entry point is never the default of HTTP and TCP routers"
        elif name == INTERNAL_ENTRY_POINT:
            reason = f"the entry point {quoted(name)} is never a default"
        else:
            continue
        yield finding(
            value, f"asDefault has no effect here: {reason}", hint="name the entry point on its routers"
        )
