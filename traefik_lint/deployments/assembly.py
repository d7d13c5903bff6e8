"""Which files make one Traefik's world."""

from __future__ import annotations

import os
from functools import partial

from traefik_lint.deployments.clusters import Manifest, group_clusters
from traefik_lint.deployments.instances import Instance
from traefik_lint.deployments.openness import ALL_WORLDS, open_worlds
from traefik_lint.deployments.reach import DYNAMIC_EXTENSIONS, dynamic_files_in
from traefik_lint.deployments.store import FileStore, ParsedFile
from traefik_lint.deployments.workloads import kubernetes_instance, values_instance
from traefik_lint.deployments.world import World
from traefik_lint.model.compose import ComposeProject
from traefik_lint.model.deployment import Deployment, DynamicFile, Static, StaticSource
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.options.catalogue import static
from traefik_lint.options.decoder import decode
from traefik_lint.options.version import NEWEST, Version
from traefik_lint.readers.dynamic_file import read_dynamic
from traefik_lint.readers.kubernetes import apply_kustomization, read_manifests
from traefik_lint.source.span import SourceFile


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
    plans = [_Plan(instance) for instance in world.instances + _chart_instances(world)]
    _share_projects(plans, world.projects)
    loose_clusters = _share_clusters(plans, clusters)
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


class _Plan:
    """What one instance will see, while it is being put together."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.projects: list[ComposeProject] = [instance.project] if instance.project is not None else []
        self.objects: list[KubernetesObject] = list(instance.objects)

    def static(self, version: Version) -> Static | None:
        instance = self.instance
        if not instance.sources:
            return None
        return decode_static(instance.sources, version)

    def build(self, world: World) -> Deployment:
        instance = self.instance
        deployment = Deployment(instance.name)
        deployment.version = world.options.version or instance.version or NEWEST
        deployment.version_node = None if world.options.version else instance.version_node
        deployment.version_assumed = (world.options.version or instance.version) is None
        deployment.version_in_use = instance.version if world.options.version else None
        deployment.traefik = instance.service
        deployment.chart_problems = instance.chart_problems
        deployment.static = self.static(deployment.version)
        deployment.projects = self.projects
        deployment.objects = self.objects
        deployment.externals = dict(world.options.externals)
        deployment.is_whole_world = world.options.strict
        if world.options.strict:
            deployment.has_file = partial(_has_file, instance, world.store)
        reached = True
        if deployment.static is not None:
            reached = _read_provider_files(deployment, instance, world)
        deployment.open = open_worlds(deployment, known=instance.known, files_reached=reached)
        deployment.files = _files_of(deployment)
        return deployment


def _has_file(instance: Instance, store: FileStore, path: str) -> bool:
    """Whether a path in this Traefik's file system leads to a file, or to where nobody can tell."""
    if instance.service is None and instance.static_file is None:
        return bool(instance.objects)
    reached = instance.reach(path, store, lenient=False)
    if reached.host is not None:
        return store.exists(os.path.realpath(reached.host))
    return instance.service is not None and not reached.inside_image


def decode_static(sources: list[StaticSource], version: Version) -> Static:
    """The static configuration from the first source; the others are never read (S-001)."""
    first, *others = sources
    return Static(first, decode(first.root, static(), first.notation, version), others)


def _read_provider_files(deployment: Deployment, instance: Instance, world: World) -> bool:
    """Read what the file provider reads; false when its files lie where we can't see them."""
    if deployment.static is None:
        return False
    provider = deployment.static.element.element("providers", "file")
    if provider is None:
        return True
    directory, filename = provider.string("directory"), provider.string("filename")
    path = directory or filename
    if not path:
        return True
    lenient = not world.options.strict
    host = instance.reach(path, world.store, lenient).host
    if host is None:
        return world.options.strict
    paths = _provider_paths(host, bool(directory), world.store)
    deployment.dynamic_files = [
        found for path in paths if (found := dynamic_file(path, deployment.version, world.store)) is not None
    ]
    return bool(paths) or os.path.isdir(host) or world.options.strict


def _provider_paths(host: str, is_directory: bool, store: FileStore) -> list[str]:
    if is_directory:
        return dynamic_files_in(host, store) if store.folder_exists(os.path.realpath(host)) else []
    return (
        [host] if store.exists(os.path.realpath(host)) and host.lower().endswith(DYNAMIC_EXTENSIONS) else []
    )


def dynamic_file(path: str, version: Version, store: FileStore) -> DynamicFile | None:
    """One file of the file provider, None when it can't be opened."""
    parsed = store.parsed(path)
    if parsed is None or parsed.file is None:
        return None
    return read_dynamic(parsed.file, version)


def _share_projects(plans: list[_Plan], projects: list[ComposeProject]) -> None:
    """Give each project without a Traefik of its own to the one that serves it: the only one there is, or the only
    one it shares a network with, or the only one in its folder."""
    own = {id(plan.instance.project) for plan in plans if plan.instance.project is not None}
    for project in projects:
        if id(project) in own:
            continue
        plan = _serving(project, [plan for plan in plans if _may_serve_containers(plan)])
        if plan is not None:
            plan.projects.append(project)


def _serving(project: ComposeProject, plans: list[_Plan]) -> _Plan | None:
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


def _may_serve_containers(plan: _Plan) -> bool:
    """Whether this Traefik reads containers, as far as can be told; one in a container is given the benefit."""
    static = plan.static(plan.instance.version or NEWEST)
    if plan.instance.service is not None or static is None:
        return True
    providers = static.element.element("providers")
    return providers is not None and ("docker" in providers or "swarm" in providers)


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


def _share_clusters(
    plans: list[_Plan], clusters: list[list[KubernetesObject]]
) -> list[list[KubernetesObject]]:
    """Give the objects to the static file that reads Kubernetes, when there is just one; return the rest."""
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


def _near(plan: _Plan, objects: list[KubernetesObject]) -> bool:
    return any(os.path.dirname(found.root.file.real).startswith(plan.instance.folder) for found in objects)


def _reads_kubernetes(plan: _Plan) -> bool:
    static = plan.static(plan.instance.version or NEWEST)
    providers = static.element.element("providers") if static is not None else None
    return providers is not None and ("kubernetesCRD" in providers or "kubernetesIngress" in providers)


def _loose(
    world: World, plans: list[_Plan], clusters: list[list[KubernetesObject]], read: set[str]
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
        deployment.files = _files_of(deployment)
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
        plan = _Plan(instance)
        plan.objects += objects
        deployment = plan.build(world)
    deployment.files = _files_of(deployment)
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
    deployment.files = _files_of(deployment)
    deployment.open.clear()
    return [deployment] if deployment.files else []


def _files_of(deployment: Deployment) -> list[SourceFile]:
    files: dict[int, SourceFile] = {}
    if deployment.static is not None:
        for source in (deployment.static.source, *deployment.static.shadowed):
            files[id(source.span.file)] = source.span.file
    for project in deployment.projects:
        files.update((id(file), file) for file in project.files)
    files.update((id(found.file), found.file) for found in deployment.dynamic_files)
    files.update((id(found.root.file), found.root.file) for found in deployment.objects)
    return list(files.values())
