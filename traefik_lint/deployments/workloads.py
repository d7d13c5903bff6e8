"""Traefik inside a Kubernetes cluster: its workload's arguments, or the values given to its chart."""

from __future__ import annotations

import os
import posixpath
from typing import Literal

from traefik_lint.deployments.instances import Instance, split_config_file
from traefik_lint.deployments.reach import DEFAULT_FOLDERS, STATIC_NAMES
from traefik_lint.model.deployment import StaticSource
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.readers.environment import environment_tree
from traefik_lint.readers.flags import flags_tree
from traefik_lint.readers.helm import ChartValues, Release, chart_releases, read_values, release_of_values
from traefik_lint.readers.image import image_version
from traefik_lint.readers.kubernetes import MountedFile, Workload, find_workloads
from traefik_lint.source.embedded import read_embedded
from traefik_lint.source.tree import Mapping


def kubernetes_instance(objects: list[KubernetesObject]) -> Instance | None:
    """The one Traefik that these manifests run, None when there is none or more than one.

    A chart's release spread over several objects of one name (k3s's HelmChart and HelmChartConfig) is one.
    """
    workloads = find_workloads(objects)
    releases = chart_releases(objects)
    names = {(release.namespace, release.name) for release in releases}
    if len(workloads) == 1 and not releases:
        return _workload_instance(workloads[0])
    if not workloads and len(names) == 1:
        return _release_instance(_telling(releases))
    return None


def values_instance(root: Mapping) -> Instance | None:
    """The Traefik that a file of the chart's values installs."""
    return _release_instance(release_of_values(root))


def _telling(releases: list[Release]) -> Release:
    """The release with the values; the chart's version may stand in another object."""
    best = next((release for release in reversed(releases) if release.values is not None), releases[-1])
    version = next((release.version for release in releases if release.version is not None), None)
    return best if best.version is not None else best._replace(version=version)


def _release_instance(release: Release) -> Instance | None:
    place = release.values or (release.object.root if release.object is not None else None)
    if place is None or release.error is not None:
        return None
    chart = read_values(release)
    instance = Instance(
        f"{release.namespace}/{release.name}", os.path.dirname(place.file.real), place.file.real
    )
    instance.version, instance.version_node = chart.version, chart.version_node
    instance.known = not chart.is_open
    instance.chart_problems = chart.problems
    instance.objects = list(chart.objects)
    _add_sources(instance, chart)
    return instance


def _add_sources(instance: Instance, told: ChartValues | Workload) -> None:
    _, arguments = split_config_file(list(told.arguments))
    if arguments:
        instance.sources.append(flags_tree(arguments))
    environment = environment_tree(list(told.environment))
    if environment is not None:
        instance.sources.append(environment)


def _workload_instance(workload: Workload) -> Instance:
    found = workload.object
    path = found.root.file.real
    instance = Instance(f"{found.namespace}/{found.name}", os.path.dirname(path), path)
    instance.workload = found
    if not workload.image.unknown:
        instance.version = image_version(workload.image.value)
        instance.version_node = workload.image if instance.version is not None else None
    instance.known = not workload.is_open
    config_file, _ = split_config_file(list(workload.arguments))
    file = _mounted_static(workload, config_file)
    if file is not None:
        source = _embedded_source(file)
        if source is not None:
            instance.sources.append(source)
    elif any(_may_hold_static(path, config_file) for path in workload.opaque_mounts):
        instance.known = False
    _add_sources(instance, workload)
    return instance


def _static_paths(config_file: str | None) -> list[str]:
    defaults = [posixpath.join("/", folder, name) for folder in DEFAULT_FOLDERS for name in STATIC_NAMES]
    return [posixpath.normpath(path) for path in ([config_file] if config_file else []) + defaults]


def _mounted_static(workload: Workload, config_file: str | None) -> MountedFile | None:
    """The file of a ConfigMap that Traefik finds first (S-002)."""
    by_path = {posixpath.normpath(file.path): file for file in workload.files}
    return next((by_path[path] for path in _static_paths(config_file) if path in by_path), None)


def _may_hold_static(mounted: str, config_file: str | None) -> bool:
    mounted = posixpath.normpath(mounted)
    return any(
        path == mounted or path.startswith(mounted.rstrip("/") + "/") for path in _static_paths(config_file)
    )


def _embedded_source(file: MountedFile) -> StaticSource | None:
    notation: Literal["yaml", "toml"] = "toml" if file.path.lower().endswith(".toml") else "yaml"
    inner = read_embedded(file.content, notation)
    root = next((root for root in inner.roots if isinstance(root, Mapping)), None)
    if root is None:
        root = Mapping(file.content.file, file.content.start, file.content.end, [])
    return StaticSource("file", root, file.key.span, notation, inner.error)
