"""TL711: annotations of other ingress controllers, which Traefik ignores in silence (K-101, K-130).

Only those without which the Ingress does something else than it reads, and only where it is plainly Traefik's: by its
class, or because Traefik's own annotations stand beside them.
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.kubernetes.objects import (
    INGRESS_GROUP,
    ROUTES,
    TRAEFIK_GROUPS,
    service_references,
    services,
)
from traefik_lint.checks.kubernetes.ownership import Ownership
from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.compose import Label
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.options.annotations import PREFIX
from traefik_lint.runtime.types import Runtime

_PREFIXES = ("nginx.ingress.kubernetes.io/", "ingress.kubernetes.io/")
_MIDDLEWARE = "a Middleware named by router.middlewares: "
_STRIP = _MIDDLEWARE + "stripPrefix or replacePathRegex"
_FORWARD = _MIDDLEWARE + "forwardAuth"
_BASIC = _MIDDLEWARE + "basicAuth"
_ALLOW = _MIDDLEWARE + "ipAllowList"
_REDIRECT = _MIDDLEWARE + "redirectRegex"
_HEADERS = _MIDDLEWARE + "headers"
_RATE = _MIDDLEWARE + "rateLimit"
_HTTPS = "entryPoints.<name>.http.redirections, or a redirectScheme Middleware"
_SCHEME = "the annotation service.serversscheme on the Service"
_STICKY = "the annotation service.sticky.cookie on the Service"
_CANARY = "a weighted TraefikService"
_WAYS = {
    "affinity": _STICKY, "allowlist-source-range": _ALLOW, "app-root": _REDIRECT, "auth-realm": _BASIC,
    "auth-response-headers": _FORWARD, "auth-secret": _BASIC, "auth-signin": _FORWARD, "auth-tls-secret":
    "a TLSOption with clientAuth, named by router.tls.options", "auth-type": _BASIC, "auth-url": _FORWARD,
    "backend-protocol": _SCHEME, "canary": _CANARY, "configuration-snippet": "the Middleware that does the same",
    "cors-allow-origin": _HEADERS, "custom-http-errors": _MIDDLEWARE + "errors",
    "denylist-source-range": "a ClientIP matcher in an IngressRoute", "enable-cors": _HEADERS,
    "force-ssl-redirect": _HTTPS, "from-to-www-redirect": _REDIRECT, "limit-connections": _MIDDLEWARE + "inFlightReq",
    "limit-rpm": _RATE, "limit-rps": _RATE, "permanent-redirect": _REDIRECT, "protocol": _SCHEME,
    "rewrite-target": _STRIP, "secure-backends": _SCHEME, "server-alias": "a rule of its own for the other host",
    "server-snippet": "the Middleware that does the same", "ssl-passthrough":
    "an IngressRouteTCP with tls.passthrough", "ssl-redirect": _HTTPS, "temporal-redirect": _REDIRECT,
    "upstream-vhost": _HEADERS, "use-regex": "router.pathmatcher: PathRegexp with pathType ImplementationSpecific",
    "whitelist-source-range": _ALLOW,
}  # fmt: skip
#: Values with which Traefik does nothing else.
_AS_TRAEFIK = frozenset({"", "false", "off", "no", "0", "http", "auto_http", "0.0.0.0/0", "0.0.0.0/0,::/0"})


_Backends = dict[int, list[KubernetesObject | None]]


@check("TL711", "annotation-of-other-controller", severity="warning")
def annotation_of_other_controller(runtime: Runtime) -> Iterator[Draft]:
    ownership = Ownership(runtime)
    backends: _Backends = {}
    for found in runtime.deployment.objects:
        if not any(label.key.value.startswith(_PREFIXES) for label in found.annotations):
            continue
        is_ingress = found.kind == "Ingress" and found.group == INGRESS_GROUP
        if not (is_ingress and ownership.asks_for_traefik(found)) and not (
            found.kind in ROUTES and found.group in TRAEFIK_GROUPS
        ):
            continue
        told: set[str] = set()
        for label in found.annotations:
            draft = _draft(runtime, found, label, backends)
            if draft is not None and draft.hint not in told:
                told.add(draft.hint)
                yield draft


def _draft(runtime: Runtime, found: KubernetesObject, label: Label, backends: _Backends) -> Draft | None:
    key = label.key.value
    prefix = next((one for one in _PREFIXES if key.startswith(one)), None)
    if prefix is None or label.value.unknown or label.value.value.strip().lower() in _AS_TRAEFIK:
        return None
    name = key[len(prefix) :]
    way = _WAYS.get(name)
    if way is None or _is_done(runtime, found, way, backends):
        return None
    if found.kind != "Ingress":
        way = _for_routes(way)
    whose = "ingress-nginx" if prefix.startswith("nginx") else "other controllers"
    return finding(
        label.key,
        f"{quoted(key)} is for {whose}: Traefik ignores it in silence",
        hint=f"use {way}",
        severity="info" if way == _HTTPS else None,
    )


def _for_routes(way: str) -> str:
    if way == _SCHEME:
        return "scheme: https in spec.routes[].services[]"
    if way == _STICKY:
        return "sticky in spec.routes[].services[]"
    return way.replace("named by router.middlewares", "in spec.routes[].middlewares").replace(
        "named by router.tls.options", "named by spec.tls.options"
    )


def _is_done(runtime: Runtime, found: KubernetesObject, way: str, backends: _Backends) -> bool:
    """Whether the author has said it in Traefik's own way, too."""
    if way == _HTTPS and any(point.redirect_to is not None for point in runtime.entry_points.values()):
        return True
    if found.kind != "Ingress":
        return way in (_SCHEME, _STICKY) and _says(found, "scheme" if way == _SCHEME else "sticky")
    keys = {label.key.value.lower() for label in found.annotations}
    if way in (_SCHEME, _STICKY):
        name = PREFIX + ("service.serversscheme" if way == _SCHEME else "service.sticky")
        if any(key.startswith(name) for key in keys):
            return True  # on the wrong object, which is another finding
        return any(
            one is None or any(label.key.value.lower().startswith(name) for label in one.annotations)
            for one in _backends_of(runtime, found, backends)
        )
    if "pathmatcher" in way:
        return PREFIX + "router.pathmatcher" in keys
    if "router.tls.options" in way:
        return PREFIX + "router.tls.options" in keys
    return PREFIX + "router.middlewares" in keys


def _says(found: KubernetesObject, field: str) -> bool:
    root = found.root
    return f"{field}:" in root.file.text[root.start : root.end]


def _backends_of(
    runtime: Runtime, ingress: KubernetesObject, backends: _Backends
) -> list[KubernetesObject | None]:
    """The Services behind an Ingress, None for one that is not in the files; worked out for all of them at once."""
    if not backends:
        known = services(runtime)
        for reference in service_references(runtime):
            backends.setdefault(id(reference.owner), []).append(known.get(reference.identity))
    return backends.get(id(ingress), [])
