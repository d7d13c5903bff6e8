"""TL714: objects of a provider that is not switched on, so that nothing reads them (K-001, K-100)."""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.kubernetes.gateways import is_traefiks
from traefik_lint.checks.kubernetes.objects import INGRESS_GROUP, ROUTES, TRAEFIK_GROUPS
from traefik_lint.checks.kubernetes.ownership import Ownership
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.runtime.types import Runtime


@check("TL714", "kubernetes-provider-off", severity="error", needs=("static",))
def kubernetes_provider_off(runtime: Runtime) -> Iterator[Draft]:
    static = runtime.deployment.static
    providers = static.element.element("providers") if static is not None else None
    if static is None or not runtime.deployment.objects:
        return
    names = set(providers.fields) if providers is not None else set()
    if (
        not names & {"kubernetesCRD", "kubernetesIngress", "kubernetesGateway"}
        and runtime.deployment.workload is None
    ):
        return  # no sign that this Traefik runs in the cluster of these objects at all
    crd_off = "kubernetesCRD" not in names
    ingress_off = "kubernetesIngress" not in names and "kubernetesIngressNGINX" not in names
    ownership = Ownership(runtime)
    gateway_off = "kubernetesGateway" not in names
    for found in runtime.deployment.objects:
        if crd_off and found.kind in ROUTES and found.group in TRAEFIK_GROUPS:
            option = "kubernetesCRD"
        elif (
            ingress_off
            and found.kind == "Ingress"
            and found.group == INGRESS_GROUP
            and ownership.asks_for_traefik(found)
        ):
            option = "kubernetesIngress"
        elif gateway_off and found.kind == "Gateway" and is_traefiks(runtime, found):
            option = "kubernetesGateway"
        else:
            continue
        yield finding(
            found.kind_node,
            f"providers.{option} is not switched on, so Traefik never reads this {found.kind}",
            hint=f"add providers.{option} to the static configuration",
            related=[(providers or static.source.span, "the providers")],
        )
