"""TL116: routers below other routers (`parentRefs`) that Traefik refuses (R-094, K-022)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from traefik_lint.checks.names import quoted, titled
from traefik_lint.checks.references import missing
from traefik_lint.checks.registry import Draft, Place, check, finding
from traefik_lint.runtime.types import Router, Runtime

_MISSING = re.compile(r'parent router "(.*)" does not exist')
#: What is written on a router that may only stand on its root, by the word in Traefik's message.
_ROOT_ONLY = {"Entrypoints": "entryPoints", "Observability": "observability"}


@check("TL116", "broken-router-tree", severity="error")
def broken_router_tree(runtime: Runtime) -> Iterator[Draft]:
    for router in runtime.routers.values():
        if router.element is None or router.span is None:
            continue
        for error in router.errors:
            draft = _draft(runtime, router, error)
            if draft is not None:
                yield draft
    if runtime.version < (3, 6, 0):
        return
    for router in runtime.definitions["http"].values():
        # Newer releases don't show such a router at all, so that it carries no error.
        if router.element is not None and router.tls and router.config.get("parentRefs"):
            yield _root_only(router, "tls")


def _draft(runtime: Runtime, router: Router, error: str) -> Draft | None:
    who = titled(router)
    found = _MISSING.fullmatch(error)
    if found:
        lost = missing(runtime, found[1], "routers", runtime.definitions["http"])
        if lost is None:
            return None
        return finding(
            _place(router, "parentRefs"),
            f"parent router {quoted(found[1])} does not exist, so {who} is disabled",
            hint=lost.hint("router"),
            confidence=lost.confidence,
        )
    for word, option in _ROOT_ONLY.items():
        if error == f"non-root router cannot have {word} configuration":
            return _root_only(router, option)
    if error == "router has both a service and is referenced as a parent by other routers":
        return finding(
            _place(router, "service"),
            f"{who} has a service and other routers below it: it is disabled",
            hint="remove the service, or give it to a child router of its own",
        )
    if error.startswith("cyclic reference detected in router tree"):
        return finding(
            _place(router, "parentRefs"),
            f"{who} is below itself: the link back is cut",
            hint="leave the parent out that leads back to this router",
        )
    return None


def _root_only(router: Router, option: str) -> Draft:
    return finding(
        _place(router, option),
        f"{titled(router)} has a parent, so {option} is refused on it and it is disabled",
        hint=f"move {option} to the router at the root",
    )


def _place(router: Router, option: str) -> Place:
    found = router.element.get(option) if router.element is not None else None
    return found if found is not None else router
