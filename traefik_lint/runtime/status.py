"""How Traefik marks what it can't build (pkg/config/runtime: AddError)."""

from __future__ import annotations

from typing import TypeAlias

from traefik_lint.runtime.types import Middleware, Router, Service

#: Nesting of services and middlewares that is looked into; nobody builds deeper.
MAX_DEPTH = 100

Marked: TypeAlias = "Router | Middleware | Service"


class BuildError(Exception):
    """Something that Traefik can't build; ``text`` is its reason as it passes it on."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def add_error(element: Marked, text: str, *, critical: bool) -> None:
    """Note an error once; a critical one disables the element, another only warns."""
    if text in element.errors:
        return
    element.errors.append(text)
    if critical:
        element.status = "disabled"
    elif element.status != "disabled":
        element.status = "warning"


def recursion_error(kind: str, name: str, stack: tuple[str, ...], *, with_kinds: bool = True) -> str | None:
    """Traefik's text when the element is already being built further up the stack (R-164, R-207)."""
    entry = f"{kind}:{name}"
    if entry not in stack:
        return None
    way = (*stack, entry) if with_kinds else tuple(step.partition(":")[2] for step in (*stack, entry))
    return f"could not instantiate {kind} {name}: recursion detected in {'->'.join(way)}"
