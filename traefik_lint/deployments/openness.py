"""What may exist outside the given files, so that "does not exist" is never said of it."""

from __future__ import annotations

from typing import get_args

from traefik_lint.model.deployment import Deployment, World

ALL_WORLDS: frozenset[World] = frozenset(get_args(World))
_READ_HERE = frozenset({
    "docker", "swarm", "file", "kubernetesCRD", "kubernetesIngress", "kubernetesGateway", "kubernetesIngressNGINX",
    "providersThrottleDuration", "precedence",
})  # fmt: skip
#: Providers that read the objects of a cluster.
KUBERNETES_PROVIDERS = frozenset({
    "kubernetesCRD", "kubernetesIngress", "kubernetesGateway", "kubernetesIngressNGINX",
})  # fmt: skip
_CLUSTER: frozenset[World] = frozenset({
    "kubernetescrd", "kubernetes", "kubernetes-services", "secrets", "ingress-classes",
})  # fmt: skip


def open_worlds(deployment: Deployment, known: bool, files_reached: bool) -> set[World]:
    """The kinds of which more may exist elsewhere.

    ``known`` says that the static configuration is wholly in the files, ``files_reached`` that all that the file
    provider reads is.
    """
    static = deployment.static
    if not known or (static is None and deployment.traefik is None):
        return set(ALL_WORLDS)
    if static is not None and static.source.read_error is not None:
        return set(ALL_WORLDS)
    element = static.element if static is not None else None
    providers = element.element("providers") if element is not None else None
    names = set(providers.fields) if providers is not None else set()
    opened: set[World] = set()
    if names - _READ_HERE:
        opened.add("other-providers")
    if "file" in names and (not files_reached or any(file.open for file in deployment.dynamic_files)):
        opened.add("file")
    if names & KUBERNETES_PROVIDERS:
        opened |= _CLUSTER
        if "kubernetesCRD" not in names:
            opened.discard("kubernetescrd")
    if ("docker" in names or "swarm" in names) and _serves_others(deployment):
        opened |= {"containers", "docker", "swarm", "networks"}
        if "docker" not in names:
            opened.discard("docker")
        if "swarm" not in names:
            opened.discard("swarm")
    return opened


def _serves_others(deployment: Deployment) -> bool:
    """Whether containers outside the given projects may well be served by this Traefik."""
    traefik = deployment.traefik
    if traefik is None:
        return True
    if traefik.network_mode is not None:
        return True
    return any(attachment.network.external for attachment in traefik.networks)
