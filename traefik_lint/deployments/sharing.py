"""Which Traefik serves the compose projects and Kubernetes objects that run none of their own."""

from __future__ import annotations

import os

from traefik_lint.deployments.instances import Instance
from traefik_lint.deployments.openness import KUBERNETES_PROVIDERS
from traefik_lint.deployments.plan import Plan
from traefik_lint.deployments.workloads import kubernetes_instance
from traefik_lint.model.compose import ComposeProject
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.options.version import NEWEST


def share_projects(plans: list[Plan], projects: list[ComposeProject]) -> None:
    """Give each project without a Traefik of its own to the one that serves it: the only one there is, or the only
    one it shares a network with, or the only one in its folder."""
    own = {id(plan.instance.project) for plan in plans if plan.instance.project is not None}
    for project in projects:
        if id(project) in own:
            continue
        plan = _serving(project, [plan for plan in plans if _may_serve_containers(plan)])
        if plan is not None:
            plan.projects.append(project)


def _serving(project: ComposeProject, plans: list[Plan]) -> Plan | None:
    if len(plans) == 1:
        return plans[0]
    networks = {network.name for network in project.networks.values() if network.external}
    by_network = [plan for plan in plans if networks & _network_names(plan.instance)]
    if len(by_network) == 1:
        return by_network[0]
    by_folder = [plan for plan in by_network or plans if plan.instance.folder == project.directory]
    return by_folder[0] if len(by_folder) == 1 else None


def _network_names(instance: Instance) -> set[str]:
    if instance.service is None:
        return set()
    return {attachment.network.name for attachment in instance.service.networks}


def _may_serve_containers(plan: Plan) -> bool:
    """Whether this Traefik reads containers, as far as can be told; one in a container is given the benefit."""
    static = plan.static(plan.instance.version or NEWEST)
    if plan.instance.service is not None or static is None:
        return True
    providers = static.element.element("providers")
    return providers is not None and ("docker" in providers or "swarm" in providers)


def share_clusters(plans: list[Plan], clusters: list[list[KubernetesObject]]) -> list[list[KubernetesObject]]:
    """Give the objects to the static file that reads Kubernetes, when there is just one; return the rest."""
    if not clusters:
        return []
    readers = [plan for plan in plans if _reads_kubernetes(plan)]
    if len(readers) != 1:
        return clusters
    loose = []
    for objects in clusters:
        if kubernetes_instance(objects) or (len(clusters) > 1 and not _near(readers[0], objects)):
            loose.append(objects)
        else:
            readers[0].objects += objects
    return loose


def _near(plan: Plan, objects: list[KubernetesObject]) -> bool:
    return any(os.path.dirname(found.root.file.real).startswith(plan.instance.folder) for found in objects)


def _reads_kubernetes(plan: Plan) -> bool:
    static = plan.static(plan.instance.version or NEWEST)
    providers = static.element.element("providers") if static is not None else None
    return providers is not None and any(name in providers for name in KUBERNETES_PROVIDERS)
