"""TL706, TL707 and TL708: Services that Traefik refuses to route to in this way (K-043 … K-047, K-112)."""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.kubernetes.objects import dropped, lost, service_references, services
from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, Place, check, finding
from traefik_lint.runtime.types import Runtime
from traefik_lint.source.span import Span


@check("TL706", "external-name-not-allowed", severity="error", needs=("static",))
def external_name_not_allowed(runtime: Runtime) -> Iterator[Draft]:
    """ExternalName Services need `allowExternalNameServices`, of each of the two providers (K-044, K-112)."""
    static = runtime.deployment.static
    if static is None:
        return
    for drop, origin, span in dropped(runtime, "external-name"):
        name = "kubernetesIngress" if origin.kind == "Ingress" else "kubernetesCRD"
        provider = static.element.element("providers", name)
        allowed = provider.value("allowExternalNameServices") if provider is not None else None
        if allowed is None or allowed.known:
            yield finding(
                span,
                f"{quoted(span.text.strip(chr(34)))} is an ExternalName Service, and allowExternalNameServices is "
                f"off: Traefik drops {lost(drop)}",
                hint=f"set providers.{name}.allowExternalNameServices: true",
                related=[(allowed or provider, "the provider's options")],
            )


@check("TL707", "health-check-on-cluster-service", severity="error")
def health_check_on_cluster_service(runtime: Runtime) -> Iterator[Draft]:
    """Traefik checks the health of ExternalName Services only; elsewhere Kubernetes' probes do (K-046)."""
    for drop, origin, span in dropped(runtime, "health-check"):
        root = origin.root
        key = root.file.text.rfind("healthCheck", root.start, span.start)
        place = span._replace(start=key, end=key + len("healthCheck")) if key >= 0 else span
        yield finding(
            place,
            f"healthCheck is allowed for ExternalName Services only: Traefik drops {lost(drop)}",
            hint="take it out, and give the pods a readinessProbe: Traefik sends nothing to pods that aren't ready",
        )


@check("TL708", "service-asked-in-vain", severity="error")
def service_asked_in_vain(runtime: Runtime) -> Iterator[Draft]:
    """Schemes that are none, and the own address of a Service that has none (K-043, K-045)."""
    for drop, _, span in dropped(runtime, "bad-scheme", "headless"):
        if drop.kind == "bad-scheme":
            text = span.text.strip("\"'")
            yield finding(
                span,
                f"{quoted(text)} is no scheme that Traefik can ask a Service with: it drops {lost(drop)}",
                hint="write http, https or h2c"
                + (" (h2c is gRPC without TLS)" if text in ("grpc", "grpcs", "http2", "h2") else ""),
            )
        else:
            yield finding(
                _asked_natively(runtime, span),
                f"nativeLB asks for the Service's own address, and a headless Service has none: Traefik drops "
                f"{lost(drop)}",
                hint="take out nativeLB, or clusterIP: None of the Service",
            )


def _asked_natively(runtime: Runtime, route: Span) -> Place | Span:
    """The member of a route that leads to a headless Service; the route where none is to be told apart."""
    known = services(runtime)
    for reference in service_references(runtime):
        holder, service = reference.holder, known.get(reference.identity)
        address = (
            service.spec.scalar("clusterIP") if service is not None and service.spec is not None else None
        )
        if address is None or address.value != "None":
            continue
        if holder.file is route.file and route.start <= holder.start and holder.end <= route.end:
            entry = holder.entry("nativeLB")
            return entry.key if entry is not None else reference.name
    return route
