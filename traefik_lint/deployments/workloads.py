"""Traefik inside a Kubernetes cluster: its workload's arguments, or the values given to its chart."""

from __future__ import annotations

import os

from traefik_lint.deployments.instances import Instance
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.readers.environment import environment_tree
from traefik_lint.readers.flags import flags_tree
from traefik_lint.readers.image import image_version
from traefik_lint.readers.kubernetes import Workload, find_workloads


def kubernetes_instance(objects: list[KubernetesObject]) -> Instance | None:
    """The one Traefik that these manifests run, None when there is none or more than one."""
    workloads = find_workloads(objects)
    if len(workloads) != 1:
        return None
    return _workload_instance(workloads[0])


def _workload_instance(workload: Workload) -> Instance:
    found = workload.object
    path = found.root.file.real
    instance = Instance(f"{found.namespace}/{found.name}", os.path.dirname(path), path)
    if not workload.image.unknown:
        instance.version = image_version(workload.image.value)
        instance.version_node = workload.image if instance.version is not None else None
    instance.known = not workload.is_open and not workload.files
    if workload.arguments:
        instance.sources.append(flags_tree(list(workload.arguments)))
    environment = environment_tree(list(workload.environment))
    if environment is not None:
        instance.sources.append(environment)
    return instance
