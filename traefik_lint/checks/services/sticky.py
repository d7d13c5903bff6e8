"""TL520 and TL529: sticky sessions that do not stick.

No cookie is switched on (R-029, R-211), or browsers do not keep it: a secure cookie over plain HTTP, and one with
`sameSite` none that is not secure.
"""

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


@check("TL529", "sticky-cookie-not-kept", severity="warning")
def sticky_cookie_not_kept(runtime: Runtime) -> Iterator[Draft]:
    for service in runtime.services.values():
        sticky = service.element.element(service.type, "sticky") if service.element and service.type else None
        cookie = sticky.element("cookie") if sticky is not None else None
        if cookie is None or isinstance(service.origin, KubernetesObject):
            continue
        secure, same_site = cookie.value("secure"), cookie.value("sameSite")
        routers = [runtime.routers[name] for name in service.used_by if name in runtime.routers]
        if (
            same_site is not None
            and same_site.text.lower() == "none"
            and (secure is None or (secure.known and not secure.data))
        ):
            yield finding(
                same_site,
                f"browsers refuse a cookie with sameSite none that is not secure, so requests to {quoted(service.name)}"
                " go to any server",
                hint="add secure: true to the cookie, or write lax",
            )
        elif secure is not None and secure.data is True and routers and not any(one.tls for one in routers):
            if any(_believes_headers(runtime, name) for one in routers for name in one.using):
                continue  # TLS ends at a proxy in front
            yield finding(
                secure,
                f"browsers do not keep a secure cookie over plain HTTP, and no router with tls leads to "
                f"{quoted(service.name)}: requests go to any server",
                hint="take secure out, or give the router tls",
                confidence="medium",
            )


def _believes_headers(runtime: Runtime, name: str) -> bool:
    point = runtime.entry_points.get(name)
    return point is None or (point.element is not None and "forwardedHeaders" in point.element)


def _cookie(sticky: Element) -> bool:
    return "cookie" in sticky
