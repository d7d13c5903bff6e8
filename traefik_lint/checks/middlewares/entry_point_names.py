"""TL402: an entry point's middleware without a provider in its name.

Each router looks it up in its own provider: `auth` is `auth@docker` for one router and `auth@file` for the next. Where
it is not defined there, that router is disabled (R-084, K-074).
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import quoted, titled
from traefik_lint.checks.references import missing
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.values import Value
from traefik_lint.runtime.types import EntryPoint, Router, Runtime


@check("TL402", "unqualified-entry-point-middleware", severity="error")
def unqualified_entry_point_middleware(runtime: Runtime) -> Iterator[Draft]:
    for point in runtime.entry_points.values():
        for name in point.middlewares:
            if name.known and name.text and "@" not in name.text:
                yield from _finding(runtime, point, name)


def _finding(runtime: Runtime, point: EntryPoint, name: Value) -> Iterator[Draft]:
    lost: dict[str, Router] = {}
    for router in runtime.routers.values():
        if point.name in router.entry_points and not router.generated and router.provider != "internal":
            qualified = f"{name.text}@{router.provider}"
            if qualified not in runtime.middlewares:
                lost.setdefault(qualified, router)
    for qualified, router in lost.items():
        gap = missing(runtime, qualified, "middlewares", runtime.middlewares)
        if gap is None:
            continue
        home = next((one for one in runtime.middlewares if one.rpartition("@")[0] == name.text), None)
        meant = home or gap.meant
        yield finding(
            name,
            f"without a provider it is looked up as {quoted(qualified)} for {titled(router)}: "
            "there is no such middleware, so the router is disabled",
            hint=f"write {quoted(meant)}"
            if meant
            else f"define {quoted(name.text)}, and name it with its provider",
            related=[
                (runtime.middlewares.get(meant) if meant else None, "defined here"),
                (router, "the router"),
            ],
            confidence=gap.confidence,
        )
        return
