"""TL723 and TL724: what the provider's options keep out: namespaces, labels, references to other providers."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from traefik_lint.checks.kubernetes.objects import (
    INGRESS_GROUP,
    ROUTES,
    TRAEFIK_GROUPS,
    dropped,
    is_certain,
    lost,
)
from traefik_lint.checks.names import listed, quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.runtime.providers.kubernetes_cluster import selector
from traefik_lint.runtime.providers.kubernetes_elements import Refused
from traefik_lint.runtime.types import Runtime


@check("TL723", "cross-provider-reference", severity="error", needs=("static",))
def cross_provider_reference(runtime: Runtime) -> Iterator[Draft]:
    """With `crossProviderNamespaces` only the namespaces listed may name `x@file` and the like (K-033)."""
    for drop, origin, span in dropped(runtime, "cross-provider", "tls-options"):
        if drop.fact != "K-033":
            continue
        name = "kubernetesIngress" if origin.kind in ("Ingress", "Service") else "kubernetesCRD"
        yield finding(
            span,
            f"{quoted(span.text.strip(chr(34)))} is of another provider, and crossProviderNamespaces does not list "
            f"{quoted(origin.namespace)}: Traefik drops {lost(drop)}",
            hint=f"add {origin.namespace} to providers.{name}.crossProviderNamespaces",
        )


@check("TL724", "object-not-watched", severity="warning", confidence="medium", needs=("static",))
def object_not_watched(runtime: Runtime) -> Iterator[Draft]:
    """Objects outside the provider's `namespaces` are not read, nor those without the labels it asks for (K-006)."""
    static = runtime.deployment.static
    if static is None:
        return
    for drop, _, span in dropped(runtime, "namespace-not-watched"):
        yield finding(
            span,
            f"{drop.text}: Traefik drops {lost(drop)}",
            hint="add the namespace to the provider's namespaces",
        )
    for name in ("kubernetesCRD", "kubernetesIngress"):
        provider = static.element.element("providers", name)
        if provider is None:
            continue
        watched = provider.values("namespaces")
        wanted = provider.value("labelSelector")
        unknown = any(not value.known for value in watched) or (wanted is not None and not wanted.known)
        if unknown or (not watched and wanted is None):
            continue
        names = {value.text for value in watched}
        fits = _selector(wanted.text if wanted is not None else "")
        for found in runtime.deployment.objects:
            if not _is_of(found, name):
                continue
            place = found.name_node or found.kind_node
            if names and found.namespace not in names:
                if is_certain(found) and found.namespace_node is not None:
                    yield finding(
                        found.namespace_node,
                        f"providers.{name} watches {listed(names)} only: the {found.kind} in namespace "
                        f"{quoted(found.namespace)} is not read",
                        hint=f"add {found.namespace} to providers.{name}.namespaces",
                        related=[(watched[0], "the namespaces watched")],
                    )
            elif fits is not None and wanted is not None and not fits(found):
                yield finding(
                    place,
                    f"providers.{name} reads objects with the labels {quoted(wanted.text)} only: this {found.kind} is "
                    "not read",
                    hint="give it these labels",
                    related=[(wanted, "the labels asked for")],
                )


def _selector(text: str) -> Callable[[KubernetesObject], bool] | None:
    try:
        return selector(text)
    except Refused:
        return None


def _is_of(found: KubernetesObject, provider: str) -> bool:
    if provider == "kubernetesIngress":
        return found.kind == "Ingress" and found.group == INGRESS_GROUP
    return found.kind in ROUTES and found.group in TRAEFIK_GROUPS
