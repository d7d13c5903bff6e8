"""Everything that was decoded in a deployment, with what Traefik does when it refuses a part of it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from traefik_lint.checks.names import quoted
from traefik_lint.model.compose import ComposeService, Label
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.model.values import Decoded, Problem
from traefik_lint.options.changes import is_of_v1
from traefik_lint.options.spec import Notation
from traefik_lint.readers.labels import ProviderLabels, provider_labels
from traefik_lint.runtime.decoding import decode_labels, decode_object
from traefik_lint.runtime.types import Runtime

#: A container with its labels and what the provider itself reads of them.
Settings: TypeAlias = "tuple[ComposeService, list[Label], ProviderLabels]"
#: What a reading is part of.
Scope = Literal["static", "dynamic", "labels", "object"]


class Reading(NamedTuple):
    """One decoded tree: ``problems`` are all of its problems, ``loss`` says what becomes of it on a fatal one."""

    scope: Scope
    notation: Notation
    decoded: Decoded
    problems: tuple[Problem, ...]
    loss: str


@lru_cache(maxsize=1)  # the checks run one after another on one deployment
def readings(runtime: Runtime) -> tuple[Reading, ...]:
    """The static configuration in use, the dynamic files, each container's labels, and each of Traefik's objects."""
    return tuple(_readings(runtime))


def _readings(runtime: Runtime) -> Iterator[Reading]:
    deployment = runtime.deployment
    if deployment.version < (2, 0, 0):
        return
    static = deployment.static
    if static is not None and static.source.read_error is None:
        decoded = static.decoded
        own_problems = decoded.problems
        if deployment.version_assumed:
            # With options of Traefik 1 and no version told, it will be Traefik 1: all else follows from that.
            own_problems = tuple(one for one in own_problems if is_of_v1(one)) or own_problems
        yield Reading("static", static.source.notation, decoded, own_problems, "Traefik does not start")
    own = (
        {source.span.file.path for source in (static.source, *static.shadowed)}
        if static is not None
        else set()
    )
    for file in deployment.dynamic_files:
        # A static file that lies in the provider's folder is read there too, and means nothing.
        if file.decoded is not None and file.file.path not in own:
            loss = "Traefik drops this file and all others of the file provider"
            yield Reading("dynamic", file.notation, file.decoded, file.decoded.problems, loss)
    for service, labels in labelled(runtime):
        labels_read = decode_labels(labels, deployment)
        loss = f"Traefik drops the container {quoted(service.name.value)} with all its routers"
        yield Reading("labels", "label", labels_read.decoded, labels_read.problems, loss)
    for found in deployment.objects:
        if is_read(found, runtime):
            object_read = decode_object(found, runtime.version)
            if object_read is not None:
                yield Reading(
                    "object", "crd", object_read, object_read.problems, "Kubernetes refuses the object"
                )


@lru_cache(maxsize=1)
def _with_problems(runtime: Runtime) -> tuple[Reading, ...]:
    return tuple(reading for reading in readings(runtime) if reading.problems)


def problems(runtime: Runtime, *kinds: str) -> Iterator[tuple[Problem, Reading]]:
    """The problems of some kinds, wherever they are."""
    for reading in _with_problems(runtime):
        for problem in reading.problems:
            if problem.kind in kinds:
                yield problem, reading


def labelled(runtime: Runtime) -> Iterator[tuple[ComposeService, list[Label]]]:
    """The containers and swarm services whose labels Traefik may read; those it is told to pass over are left out."""
    for service, labels, own in provider_settings(runtime):
        if own.enabled is not False and own.error is None:
            yield service, labels


@lru_cache(maxsize=1)
def provider_settings(runtime: Runtime) -> tuple[Settings, ...]:
    """Each container's and swarm service's labels, and what among them is meant for the provider (R-025)."""
    return tuple(_provider_settings(runtime))


def _provider_settings(runtime: Runtime) -> Iterator[Settings]:
    if runtime.version < (2, 0, 0):
        return
    uses_docker, uses_swarm = _providers(runtime)
    for project in runtime.deployment.projects:
        for service in project.services:
            if service.labels and uses_docker:
                yield service, service.labels, provider_labels(service.labels, "docker")
            if service.deploy_labels and uses_swarm:
                yield service, service.deploy_labels, provider_labels(service.deploy_labels, "swarm")


def is_read(found: KubernetesObject, runtime: Runtime) -> bool:
    """Whether an object is Traefik's to read: its group is (K-001), or was and will be once it is corrected."""
    if found.group == "traefik.io":
        return runtime.version >= (2, 10, 0)
    return found.group == "traefik.containo.us"


def _providers(runtime: Runtime) -> tuple[bool, bool]:
    """Whether container labels and swarm service labels are read, as far as is known."""
    static = runtime.deployment.static
    providers = static.element.element("providers") if static is not None else None
    if providers is None or not runtime.is_closed("static"):
        return True, True
    swarm_mode = providers.value("docker", "swarmMode")
    if "swarm" in providers or swarm_mode is not None:
        return "docker" in providers and (swarm_mode is None or swarm_mode.data is False), True
    return True, "docker" not in providers
