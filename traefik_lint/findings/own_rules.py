"""The rules that no check of a computed world can find: unreadable files and suppressions."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from traefik_lint.checks.registry import Draft, check
from traefik_lint.runtime.types import Runtime

UNREADABLE = "TL001"
DUPLICATE_KEY = "TL002"
UNUSED_SUPPRESSION = "TL090"
INVALID_SUPPRESSION = "TL091"


@cache
def register() -> None:
    """Give these rules their place in the registry, so that they are listed, graded and explained as all others."""
    check(UNREADABLE, "unreadable-file", severity="error")(_found_elsewhere)
    check(DUPLICATE_KEY, "duplicate-key", severity="error")(_found_elsewhere)
    check(UNUSED_SUPPRESSION, "unused-suppression", severity="warning")(_found_elsewhere)
    check(INVALID_SUPPRESSION, "invalid-suppression", severity="warning")(_found_elsewhere)


def _found_elsewhere(runtime: Runtime) -> Iterator[Draft]:  # noqa: ARG001  # the form of a check
    return iter(())
