"""TL520: sticky sessions that do not stick, for no cookie is switched on (R-029, R-211)."""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import quoted
from traefik_lint.checks.notation import notation_for
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.model.values import Element
from traefik_lint.runtime.types import Runtime


@check("TL520", "sticky-without-cookie", severity="warning")
def sticky_without_cookie(runtime: Runtime) -> Iterator[Draft]:
    for service in runtime.services.values():
        if service.element is None or isinstance(service.origin, KubernetesObject):
            continue
        sticky = service.element.element(service.type, "sticky") if service.type else None
        if sticky is None or _cookie(sticky):
            continue
        if notation_for(service) == "label":
            name = service.name.rpartition("@")[0]
            hint = f"write traefik.http.services.{name}.loadbalancer.sticky.cookie=true"
        else:
            hint = "write cookie: {} below it"
        yield finding(
            sticky,
            f"sticky has no cookie, so requests to {quoted(service.name)} go to any server as if it were not there",
            hint=hint,
        )


def _cookie(sticky: Element) -> bool:
    return "cookie" in sticky
