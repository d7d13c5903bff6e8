"""TL701: a reference to another namespace, which `allowCrossNamespace` would have to allow (K-030, K-048, K-064)."""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.kubernetes.objects import dropped, lost
from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.runtime.types import Runtime

_OPTION = "providers.kubernetesCRD.allowCrossNamespace"


@check("TL701", "cross-namespace-reference", severity="error", needs=("static",))
def cross_namespace_reference(runtime: Runtime) -> Iterator[Draft]:
    static = runtime.deployment.static
    if static is None:
        return
    provider = static.element.element("providers", "kubernetesCRD")
    allowed = provider.value("allowCrossNamespace") if provider is not None else None
    if allowed is not None and not allowed.known:
        return
    for drop, origin, span in dropped(runtime, "cross-namespace", "tls-options"):
        if drop.fact == "K-033":
            continue
        text = span.text.strip("\"'")
        is_certain = origin.namespace_node is not None and not origin.namespace_node.unknown
        what = (
            f"{quoted(text)} names something of the CRD provider"
            if "@" in text
            else f"{quoted(text)} is another namespace than {quoted(origin.namespace)}"
        )
        yield finding(
            span,
            f"{what}, and allowCrossNamespace is off: Traefik drops {lost(drop)}",
            hint=f"set {_OPTION}: true, or define what is named in namespace {quoted(origin.namespace)}"
            + (" and name it without the provider" if "@" in text else ""),
            related=[(allowed or provider, "the provider's options")],
            severity=None if is_certain else "warning",
            confidence=None if is_certain else "medium",
        )
