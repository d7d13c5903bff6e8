"""The provider `kubernetescrd`: Traefik's own Kubernetes objects (K-001 … K-083)."""

from __future__ import annotations

from collections.abc import Collection

from traefik_lint.model.deployment import Deployment, World
from traefik_lint.runtime.configuration import ProviderConfiguration
from traefik_lint.runtime.providers.crd_middlewares import build_middlewares, build_tcp_middlewares
from traefik_lint.runtime.providers.crd_names import PROVIDER
from traefik_lint.runtime.providers.crd_routes import build_routes
from traefik_lint.runtime.providers.crd_services import build_traefik_services
from traefik_lint.runtime.providers.crd_streams import build_tcp_routes, build_udp_routes
from traefik_lint.runtime.providers.crd_tls import build_tls_options, build_tls_stores
from traefik_lint.runtime.providers.crd_transports import build_tcp_transports, build_transports
from traefik_lint.runtime.providers.kubernetes_cluster import Cluster, selector
from traefik_lint.runtime.providers.kubernetes_elements import Refused
from traefik_lint.runtime.providers.kubernetes_options import crd_options
from traefik_lint.runtime.providers.kubernetes_work import Work
from traefik_lint.runtime.types import Drop


def build(deployment: Deployment, *, generous: Collection[World] = ()) -> ProviderConfiguration | None:
    """What the provider makes of the deployment's objects; None when it is off.

    A name that is not in the files does not exist, except for the kinds in ``generous`` (``kubernetes-services``,
    ``secrets``): those are taken to exist, and noted under ``missing``. Each Service has one ready endpoint.
    """
    options = crd_options(deployment)
    if options is None:
        return None
    configuration = ProviderConfiguration(PROVIDER)
    cluster = Cluster(deployment.objects, options.namespaces, deployment.version)
    work = Work(configuration, cluster, options, deployment.version, frozenset(generous))
    try:
        work.select = selector(options.label_selector)
    except Refused as refused:
        configuration.drops.append(
            Drop(refused.kind, f"provider {PROVIDER}", refused.text, None, None, refused.fact)
        )
        return configuration
    build_tls_stores(work)
    build_routes(work)
    build_tcp_routes(work)
    build_udp_routes(work)
    build_tls_options(work)
    configuration.tls_certificates.extend(work.certificates[key] for key in sorted(work.certificates))
    # Traefik hands these two options to what stands in routes only.
    aside = work.with_options(
        options._replace(native_lb_by_default=False, disable_cluster_scope_resources=False)
    )
    build_middlewares(aside)
    build_tcp_middlewares(aside)
    build_traefik_services(aside)
    build_transports(work)
    build_tcp_transports(work)
    return configuration
