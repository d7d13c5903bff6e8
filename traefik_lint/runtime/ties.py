"""Routers of which any may win, by chance, at each load (R-109, R-110)."""

from __future__ import annotations

from traefik_lint.runtime.static import StaticConfiguration
from traefik_lint.runtime.types import Router, Runtime, Undetermined


def note_ties(runtime: Runtime, static: StaticConfiguration) -> None:
    """Note groups of routers with one rule and one priority on one entry point.

    Rules that merely overlap are not compared: only what is written alike surely meets.
    """
    ranks = _ranks(static)
    for routers in (runtime.routers, runtime.tcp_routers):
        groups: dict[tuple[str, bool, int, str, int], list[str]] = {}
        for router in routers.values():
            if router.status == "disabled" or router.rule is None or "parentRefs" in router.config:
                continue
            rank = ranks.get(router.provider, -1)
            for point in dict.fromkeys(router.using):
                key = (point, router.tls, router.priority, _normal(router), rank)
                groups.setdefault(key, []).append(router.name)
        found = {tuple(sorted(names)) for names in groups.values() if len(names) > 1}
        runtime.undetermined += [Undetermined("equal-priority", names, "R-109") for names in sorted(found)]


def _normal(router: Router) -> str:
    return router.rule.text if router.rule is not None else ""


def _ranks(static: StaticConfiguration) -> dict[str, int]:
    """The order of providers, when the user gave one; else nobody comes first (R-110)."""
    if static.element is None or static.version < (3, 7, 0):
        return {}
    names = [value.text.lower() for value in static.element.values("providers", "precedence")]
    return {name: len(names) - index for index, name in enumerate(names)}
