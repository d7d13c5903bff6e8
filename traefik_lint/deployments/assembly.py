"""Which files make one Traefik's world."""

from __future__ import annotations

import os

from traefik_lint.deployments.clusters import Manifest, group_clusters
from traefik_lint.deployments.instances import Instance
from traefik_lint.deployments.openness import ALL_WORLDS
from traefik_lint.deployments.plan import Plan, dynamic_file, files_of
from traefik_lint.deployments.sharing import share_clusters, share_projects
from traefik_lint.deployments.store import ParsedFile
from traefik_lint.deployments.workloads import kubernetes_instance, values_instance
from traefik_lint.deployments.world import World
from traefik_lint.model.compose import ComposeProject
from traefik_lint.model.deployment import Deployment
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.options.version import NEWEST
from traefik_lint.readers.kubernetes import apply_kustomization, read_manifests


def assemble(world: World) -> list[Deployment]:
    """One deployment for each Traefik, and for the files that no Traefik among them reaches.

    With ``strict``, files that none reaches form no deployment, and without any static configuration all files
    form one.
    """
    clusters = _clusters(world)
    if (
        world.options.strict
        and not world.instances
        and not world.chart_values
        and not _has_workload(clusters)
    ):
        return _everything(world, clusters)
    plans = [Plan(instance) for instance in world.instances + _chart_instances(world)]
    share_projects(plans, world.projects)
    loose_clusters = share_clusters(plans, clusters)
    built = [(plan.instance, plan.build(world)) for plan in plans]
    deployments = [one for instance, one in built if not _is_read_as_dynamic(instance, built)]
    read = {file.file.real for one in deployments for file in one.dynamic_files}
    if not world.options.strict:
        deployments += _loose(world, plans, loose_clusters, read)
    else:
        running = [objects for objects in loose_clusters if kubernetes_instance(objects) is not None]
        deployments += [_cluster_deployment(objects, world) for objects in running]
    if world.options.strict:
        for deployment in deployments:
            deployment.open.clear()  # the given files are the whole world
    return [deployment for deployment in deployments if deployment.files]


def _is_read_as_dynamic(instance: Instance, built: list[tuple[Instance, Deployment]]) -> bool:
    """Whether a file taken for static configuration is one that another Traefik's file provider reads (R-241)."""
    return instance.service is None and any(
        found.file.real == instance.path
        for other, deployment in built
        if other is not instance
        for found in deployment.dynamic_files
    )


def _clusters(world: World) -> list[list[KubernetesObject]]:
    manifests: list[Manifest] = []
    for file in world.manifests:
        if file.file is None:
            continue
        read = read_manifests(file.file)
        objects = read.objects
        for kustomization in read.kustomizations:
            objects = apply_kustomization(objects, kustomization)
        if objects:
            manifests.append(Manifest(tuple(file.real.split(os.sep)), objects))
    return group_clusters(manifests) if manifests else []


def _chart_instances(world: World) -> list[Instance]:
    """The Traefiks that files of the chart's values install."""
    roots = [file.root for file in world.chart_values if file.root is not None]
    return [instance for root in roots if (instance := values_instance(root)) is not None]


def _has_workload(clusters: list[list[KubernetesObject]]) -> bool:
    return any(kubernetes_instance(objects) is not None for objects in clusters)


def _loose(
    world: World, plans: list[Plan], clusters: list[list[KubernetesObject]], read: set[str]
) -> list[Deployment]:
    """Deployments for what no Traefik here reaches; their static configuration is elsewhere, so all is open."""
    served = {id(project) for plan in plans for project in plan.projects}
    deployments = [
        _project_deployment(project, world) for project in world.projects if id(project) not in served
    ]
    folders: dict[str, list[ParsedFile]] = {}
    for file in world.dynamic:
        if file.real not in read:
            folders.setdefault(file.folder, []).append(file)
    for files in folders.values():
        deployment = _open_deployment(os.path.dirname(files[0].shown) or ".", world)
        _add_dynamic(deployment, files, world)
        deployments.append(deployment)
    deployments += [_cluster_deployment(objects, world) for objects in clusters]
    for deployment in deployments:
        deployment.files = files_of(deployment)
    return deployments


def _open_deployment(name: str, world: World) -> Deployment:
    deployment = Deployment(name)
    deployment.version = world.options.version or NEWEST
    deployment.version_assumed = world.options.version is None
    deployment.externals = dict(world.options.externals)
    deployment.is_whole_world = world.options.strict
    if world.options.strict:
        deployment.has_file = lambda _path: False
    deployment.open = set(ALL_WORLDS)
    return deployment


def _project_deployment(project: ComposeProject, world: World) -> Deployment:
    deployment = _open_deployment(project.name, world)
    deployment.projects = [project]
    return deployment


def _cluster_deployment(objects: list[KubernetesObject], world: World) -> Deployment:
    instance = kubernetes_instance(objects)
    if instance is None:
        deployment = _open_deployment("kubernetes", world)
        deployment.objects = objects
    else:
        plan = Plan(instance)
        plan.objects += objects
        deployment = plan.build(world)
    deployment.files = files_of(deployment)
    return deployment


def _add_dynamic(deployment: Deployment, files: list[ParsedFile], world: World) -> None:
    for file in files:
        found = dynamic_file(file.real, deployment.version, world.store)
        if found is not None:
            deployment.dynamic_files.append(found)


def _everything(world: World, clusters: list[list[KubernetesObject]]) -> list[Deployment]:
    deployment = _open_deployment(".", world)
    deployment.projects = world.projects
    _add_dynamic(deployment, world.dynamic, world)
    deployment.objects = [found for objects in clusters for found in objects]
    deployment.files = files_of(deployment)
    deployment.open.clear()
    return [deployment] if deployment.files else []
