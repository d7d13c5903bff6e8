"""TL808: the REST provider without a guard: whoever reaches it rewrites all routers and services (R-092)."""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.runtime.types import Runtime


@check("TL808", "insecure-rest-provider", severity="warning")
def insecure_rest_provider(runtime: Runtime) -> Iterator[Draft]:
    static = runtime.deployment.static
    value = static.element.value("providers", "rest", "insecure") if static is not None else None
    if value is not None and value.data is True:
        yield finding(
            value.key if value.key is not None else value,
            "everybody who reaches the entry point traefik can replace the whole dynamic configuration",
            hint="take rest.insecure out and write a guarded router to rest@internal",
        )
