"""TL420: a program that sends plain HTTP to https, behind a Traefik that has taken the TLS off.

argocd-server redirects every plain request unless it is told `server.insecure` (or `--insecure`); Traefik terminates
TLS and asks it by plain HTTP, so the browser is sent to the URL it came from, for ever.
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.middlewares.evidence import arguments, backend_of, environment
from traefik_lint.checks.names import quoted, titled
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.runtime.types import Router, Runtime, Service
from traefik_lint.source.span import Span

_NAME = "argocd-server"
_SETTINGS = "argocd-cmd-params-cm"


@check("TL420", "backend-redirects-to-https", severity="warning", confidence="medium")
def backend_redirects_to_https(runtime: Runtime) -> Iterator[Draft]:
    for service in runtime.services.values():
        if not service.servers or not all(url.startswith("http://") for url in service.servers):
            continue
        place = _redirecting(service, runtime)
        routers = [router for router in _routers(runtime, service) if router.tls] if place is not None else []
        if place is None or not routers:
            continue
        router = routers[0]
        value = router.service.value if router.service is not None else None
        span = value.span if value is not None else router.span
        if span is not None:
            yield finding(
                span,
                f"{quoted(_NAME)} redirects plain HTTP to https, and Traefik asks it by plain HTTP: "
                f"browsers of {titled(router)} are redirected for ever",
                hint=f'set server.insecure: "true" in the ConfigMap {_SETTINGS}, or serversTransport and scheme https',
                related=[(place, "server.insecure is not set here")],
            )
            return


def _routers(runtime: Runtime, service: Service) -> list[Router]:
    return [
        router
        for router in runtime.routers.values()
        if router.service is not None and router.service.name == service.name
    ]


def _redirecting(service: Service, runtime: Runtime) -> Span | None:
    """Where an argocd-server behind the service is set up without `insecure`; None when the files don't show it."""
    if not any(server.partition("://")[2].partition(":")[0] == _NAME for server in service.servers):
        return None
    backend = backend_of(service, runtime)
    namespaces = {found.namespace for found in backend.objects}
    if any("--insecure" in word.value for word in arguments(backend)):
        return None
    if any(name == "ARGOCD_SERVER_INSECURE" for name, _ in environment(backend)):
        return None
    settings = [
        one for one in runtime.deployment.objects if one.kind == "ConfigMap" and one.name == _SETTINGS
    ]
    for found in settings:
        if not namespaces or found.namespace in namespaces:
            return None if _is_insecure(found) else _place(found)
    workloads = [found for found in backend.objects if found.kind == "Deployment"]
    return _place(workloads[0]) if workloads else None


def _is_insecure(found: KubernetesObject) -> bool:
    data = found.root.mapping("data")
    value = data.scalar("server.insecure") if data is not None else None
    return value is not None and (value.unknown or value.value.lower() == "true")


def _place(found: KubernetesObject) -> Span:
    return (found.name_node or found.kind_node).span
