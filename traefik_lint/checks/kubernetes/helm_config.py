"""TL734: a HelmChartConfig that k3s does not apply to its Traefik.

It changes the HelmChart of the same name in the same namespace: the one that k3s brings along is `traefik` in
`kube-system`. Its values are a text, not a mapping.
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.runtime.types import Runtime
from traefik_lint.source.tree import Mapping

_GROUP = "helm.cattle.io"


@check("TL734", "unapplied-helm-chart-config", severity="error", confidence="medium")
def unapplied_helm_chart_config(runtime: Runtime) -> Iterator[Draft]:
    objects = runtime.deployment.objects
    charts = {
        (found.namespace, found.name)
        for found in objects
        if found.kind == "HelmChart" and found.group == _GROUP
    }
    for found in objects:
        if found.kind != "HelmChartConfig" or found.group != _GROUP:
            continue
        if found.name != "traefik":
            if _is_meant(found) and (found.namespace, found.name) not in charts:
                yield finding(
                    found.name_node or found.kind_node,
                    f"k3s's chart is called traefik: a HelmChartConfig {quoted(found.name)} changes nothing",
                    hint="write name: traefik",
                )
            continue
        node = found.namespace_node
        is_known = node is None or not node.unknown
        if is_known and found.namespace != "kube-system" and (found.namespace, found.name) not in charts:
            yield finding(
                node or found.name_node or found.kind_node,
                f"k3s's Traefik is in namespace kube-system: a HelmChartConfig in {quoted(found.namespace)} changes "
                "nothing",
                hint="write namespace: kube-system",
            )
        entry = found.spec.entry("valuesContent") if found.spec is not None else None
        if entry is not None and isinstance(entry.value, Mapping):
            yield finding(
                entry.key,
                "valuesContent is a text, and this is a mapping: Kubernetes refuses the object",
                hint="write valuesContent: |- and the values below it",
            )


def _is_meant(found: KubernetesObject) -> bool:
    """Whether a name that no chart has was meant for k3s's Traefik; RKE2 and the CRDs have charts of other names."""
    is_known = found.name_node is not None and not found.name_node.unknown
    return (
        is_known
        and "traefik" in found.name
        and found.name not in ("rke2-traefik", "traefik-crd", "rke2-traefik-crd")
    )
