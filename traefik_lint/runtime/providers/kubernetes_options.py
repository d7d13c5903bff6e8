"""What the static configuration asks of the two Kubernetes providers."""

from __future__ import annotations

from typing import NamedTuple

from traefik_lint.model.deployment import Deployment
from traefik_lint.model.values import Element
from traefik_lint.options.version import Version


class KubernetesOptions(NamedTuple):
    """The options of one provider with their defaults filled in.

    ``cross_provider_namespaces`` is None where nothing restricts references to other providers (K-033).
    """

    namespaces: tuple[str, ...] = ()
    label_selector: str = ""
    ingress_class: str = ""
    allow_cross_namespace: bool = False
    allow_external_name_services: bool = False
    allow_empty_services: bool = False
    cross_provider_namespaces: tuple[str, ...] | None = None
    native_lb_by_default: bool = False
    disable_cluster_scope_resources: bool = False
    disable_ingress_class_lookup: bool = False
    strict_prefix_matching: bool = False
    safe_naming: bool = False
    default_tls_namespace: str = ""


def crd_options(deployment: Deployment) -> KubernetesOptions | None:
    """Options of `providers.kubernetesCRD`; None when that provider is off.

    Without any static configuration the provider is taken to be on, with its defaults.
    """
    return _options(deployment, "kubernetesCRD")


def ingress_options(deployment: Deployment) -> KubernetesOptions | None:
    """Options of `providers.kubernetesIngress`; as :func:`crd_options`."""
    return _options(deployment, "kubernetesIngress")


def _options(deployment: Deployment, name: str) -> KubernetesOptions | None:
    if deployment.static is None:
        return KubernetesOptions()
    section = deployment.static.element.element("providers", name)
    if section is None:
        return None
    restricted = section.get("crossProviderNamespaces") is not None
    return KubernetesOptions(
        namespaces=_texts(section, "namespaces"),
        label_selector=section.string("labelSelector"),
        ingress_class=section.string("ingressClass"),
        allow_cross_namespace=section.flag("allowCrossNamespace"),
        allow_external_name_services=section.flag("allowExternalNameServices"),
        allow_empty_services=section.flag("allowEmptyServices"),
        cross_provider_namespaces=_texts(section, "crossProviderNamespaces") if restricted else None,
        native_lb_by_default=section.flag("nativeLBByDefault"),
        disable_cluster_scope_resources=section.flag("disableClusterScopeResources"),
        disable_ingress_class_lookup=section.flag("disableIngressClassLookup"),
        strict_prefix_matching=section.flag("strictPrefixMatching"),
        safe_naming=section.flag("safeNaming"),
        default_tls_namespace=section.string("defaultTLSResourcesNamespace"),
    )


def _texts(section: Element, name: str) -> tuple[str, ...]:
    return tuple(value.text for value in section.values(name))


def released(version: Version, *firsts: tuple[int, int, int]) -> bool:
    """Whether a release has a change that came with ``firsts``: one release for each minor it was back-ported to.

    Minors between those named don't have it, minors after the newest named do.
    """
    for first in firsts:
        if version[:2] == first[:2]:
            return version >= first
    return version[:2] > max(first[:2] for first in firsts)
