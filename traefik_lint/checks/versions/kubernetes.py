"""TL907, TL912 and TL913: Kubernetes objects of another Traefik: old API groups, and annotations of Traefik 1."""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.runtime.types import Runtime

_OLD_GROUP = "traefik.containo.us"
_PREFIX = "traefik.ingress.kubernetes.io/"


@check("TL912", "old-api-group", severity="error")
def old_api_group(runtime: Runtime) -> Iterator[Draft]:
    """Traefik 3 never asks for objects of the old group, so they do nothing (K-001, K-002)."""
    deployment = runtime.deployment
    for found in deployment.objects:
        if found.group != _OLD_GROUP:
            continue
        hint = "write apiVersion: traefik.io/v1alpha1"
        if runtime.version < (2, 10, 0):
            continue
        if runtime.version < (3, 0, 0):
            message = f"Traefik 3 ignores objects of {_OLD_GROUP}; Traefik 2.10 and 2.11 read both groups"
            yield finding(found.api_version, message, hint=hint, severity="info")
        else:
            message = f"Traefik {runtime.version.major} ignores objects of {_OLD_GROUP}"
            if deployment.version_assumed:
                yield finding(found.api_version, message, hint=hint, severity="warning", confidence="medium")
            else:
                yield finding(found.api_version, message, hint=hint)


@check("TL913", "old-ingress-version", severity="warning", confidence="medium")
def old_ingress_version(runtime: Runtime) -> Iterator[Draft]:
    """Kubernetes serves Ingresses as networking.k8s.io/v1 alone since 1.22, and Traefik 3 asks for no other (K-004)."""
    for found in runtime.deployment.objects:
        if found.kind in ("Ingress", "IngressClass") and found.api_version.value in (
            "networking.k8s.io/v1beta1",
            "extensions/v1beta1",
        ):
            message = f"{quoted(found.api_version.value)} is served by no Kubernetes since 1.22: the object is refused"
            hint = "write apiVersion: networking.k8s.io/v1, with pathType and service.name in each path"
            yield finding(found.api_version, message, hint=hint)


@check("TL907", "traefik-1-annotation", severity="warning")
def traefik_1_annotation(runtime: Runtime) -> Iterator[Draft]:
    """Annotations of Traefik 1 on an Ingress are ignored in silence (K-101)."""
    if runtime.version < (2, 0, 0):
        return
    for found in runtime.deployment.objects:
        if found.kind not in ("Ingress", "Service"):
            continue
        for annotation in found.annotations:
            name = annotation.key.value.removeprefix(_PREFIX)
            if name.startswith(("traefik.frontend.", "traefik.backend.")):
                message = (
                    f"{quoted(name)} is of Traefik 1: Traefik {runtime.version.major} ignores it in silence"
                )
                yield finding(
                    annotation.key, message, hint=f"use the annotations {_PREFIX}router.* or a Middleware"
                )
            elif name != annotation.key.value and name.lower() in _OF_V1:
                message = (
                    f"{quoted(annotation.key.value)} is an annotation of Traefik 1: "
                    f"Traefik {runtime.version.major} ignores it in silence"
                )
                yield finding(annotation.key, message, hint=f"use {_OF_V1[name.lower()]}")


def is_of_traefik_1(name: str) -> bool:
    """Whether an annotation (without its prefix) is one of Traefik 1, in any letter case."""
    return name.lower() in _OF_V1


_MIDDLEWARE = "a Middleware named by the annotation router.middlewares"
_COOKIE = "service.sticky.cookie on the Service"
_OF_V1 = {
    "app-root": _MIDDLEWARE,
    "auth-realm": _MIDDLEWARE,
    "auth-secret": _MIDDLEWARE,
    "auth-type": _MIDDLEWARE,
    "auth-url": _MIDDLEWARE,
    "auth-response-headers": _MIDDLEWARE,
    "buffering": _MIDDLEWARE,
    "circuit-breaker-expression": _MIDDLEWARE,
    "error-pages": _MIDDLEWARE,
    "frontend-entry-points": "router.entrypoints",
    "load-balancer-method": "a TraefikService",
    "max-conn-amount": _MIDDLEWARE,
    "max-conn-extractor-func": _MIDDLEWARE,
    "pass-client-tls-cert": _MIDDLEWARE,
    "pass-tls-cert": _MIDDLEWARE,
    "preserve-host": "service.passhostheader on the Service",
    "priority": "router.priority",
    "rate-limit": _MIDDLEWARE,
    "redirect-entry-point": "entryPoints.<name>.http.redirections or a redirectScheme Middleware",
    "redirect-permanent": _MIDDLEWARE,
    "redirect-regex": _MIDDLEWARE,
    "redirect-replacement": _MIDDLEWARE,
    "request-modifier": _MIDDLEWARE,
    "rewrite-target": _MIDDLEWARE,
    "rule-type": "router.pathmatcher, or a stripPrefix Middleware",
    "service-weights": "a weighted TraefikService",
    "affinity": _COOKIE,
    "session-cookie-name": _COOKIE,
    "whitelist-source-range": "an ipAllowList Middleware named by the annotation router.middlewares",
}
