"""The workload that runs Traefik: its image, arguments, variables and the files mounted from ConfigMaps."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import NamedTuple

from traefik_lint.model.compose import Variable
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.readers.image import is_traefik_image
from traefik_lint.source.tree import Mapping, Node, Scalar, Sequence

_TEMPLATE_KINDS = frozenset({"Deployment", "DaemonSet", "StatefulSet", "ReplicaSet", "Job"})
_VARIABLE = re.compile(r"(?<!\$)\$\(([^)]+)\)")


class MountedFile(NamedTuple):
    """A key of a ConfigMap as a file in the container: ``path`` is where Traefik finds it."""

    path: str
    key: Scalar
    content: Scalar
    object: KubernetesObject


class Workload(NamedTuple):
    """An object whose container runs Traefik.

    ``arguments`` are the words after the program's name. ``is_open`` says that there is more than the files
    tell: a shell command, ``envFrom``. ``opaque_mounts`` are container paths whose content is not in the files.
    """

    object: KubernetesObject
    container: Mapping
    image: Scalar
    arguments: tuple[Scalar, ...]
    environment: tuple[Variable, ...]
    files: tuple[MountedFile, ...]
    opaque_mounts: tuple[str, ...]
    is_open: bool


def find_workloads(objects: list[KubernetesObject]) -> list[Workload]:
    """All workloads with a Traefik container, in the order of the objects."""
    found = []
    maps: dict[tuple[str, str], KubernetesObject] | None = None
    for candidate in objects:
        pod = _pod_spec(candidate)
        containers = pod.sequence("containers") if pod is not None else None
        if pod is None or containers is None:
            continue
        for container in containers:
            image = container.scalar("image") if isinstance(container, Mapping) else None
            if not isinstance(container, Mapping) or image is None or not is_traefik_image(image.value):
                continue
            if maps is None:
                maps = {(one.namespace, one.name): one for one in objects if one.kind == "ConfigMap"}
            found.append(_read_workload(candidate, pod, container, image, maps))
    return found


def _pod_spec(candidate: KubernetesObject) -> Mapping | None:
    spec = candidate.spec
    if candidate.kind == "Pod" or spec is None:
        return spec if candidate.kind == "Pod" else None
    if candidate.kind not in _TEMPLATE_KINDS:
        return None
    template = spec.mapping("template")
    return template.mapping("spec") if template is not None else None


def _read_workload(
    candidate: KubernetesObject,
    pod: Mapping,
    container: Mapping,
    image: Scalar,
    maps: dict[tuple[str, str], KubernetesObject],
) -> Workload:
    environment = tuple(_environment(container.sequence("env")))
    command = _words(container.sequence("command"))
    arguments = _words(container.sequence("args"))
    is_shell = bool(command) and "traefik" not in posixpath.basename(command[0].value)
    files, opaque = _mounts(candidate.namespace, pod, container, maps)
    return Workload(
        candidate,
        container,
        image,
        tuple(_expanded(word, environment) for word in ([] if is_shell else command[1:] + arguments)),
        environment,
        tuple(files),
        tuple(opaque),
        is_shell or container.get("envFrom") is not None,
    )


def _words(sequence: Sequence | None) -> list[Scalar]:
    return [item for item in sequence if isinstance(item, Scalar)] if sequence is not None else []


def _expanded(word: Scalar, environment: tuple[Variable, ...]) -> Scalar:
    """The word with ``$(NAME)`` seen: Kubernetes fills it in from the container's variables."""
    if not _VARIABLE.search(word.value):
        return word
    values = {variable.key.value: variable.value for variable in environment}
    unknown = word.unknown
    text = word.value
    for name in _VARIABLE.findall(word.value):
        value = values.get(name)
        if value is None or value.unknown:
            unknown = True
        else:
            text = text.replace(f"$({name})", value.value)
    return Scalar(word.file, word.start, word.end, text, word.style, word.tag, None, unknown)


def _environment(sequence: Sequence | None) -> Iterator[Variable]:
    for item in sequence or ():
        if isinstance(item, Mapping):
            name = item.scalar("name")
            if name is not None:
                yield Variable(name, item.scalar("value"))


def _mounts(
    namespace: str, pod: Mapping, container: Mapping, maps: dict[tuple[str, str], KubernetesObject]
) -> tuple[list[MountedFile], list[str]]:
    volumes = {
        name.value: volume
        for volume in pod.sequence("volumes") or ()
        if isinstance(volume, Mapping) and (name := volume.scalar("name")) is not None
    }
    files: list[MountedFile] = []
    opaque: list[str] = []
    for mount in container.sequence("volumeMounts") or ():
        if not isinstance(mount, Mapping):
            continue
        name, path = mount.scalar("name"), mount.scalar("mountPath")
        if name is None or path is None:
            continue
        volume = volumes.get(name.value)
        sources = _config_maps(volume) if volume is not None else None
        if sources is None:
            opaque.append(path.value)
            continue
        sub_path = mount.scalar("subPath")
        for source in sources:
            map_name = source.scalar("name")
            config_map = maps.get((namespace, map_name.value)) if map_name is not None else None
            if config_map is None:
                opaque.append(path.value)
            else:
                files.extend(_mounted_files(config_map, source, path.value, sub_path))
    return files, opaque


def _config_maps(volume: Mapping) -> list[Mapping] | None:
    """The ConfigMap sources of a volume; None when it holds something else."""
    source = volume.mapping("configMap")
    if source is not None:
        return [source]
    if volume.get("emptyDir") is not None:
        return []
    projected = volume.mapping("projected")
    sources: list[Node] = list(projected.sequence("sources") or ()) if projected is not None else []
    maps = [found for item in sources if isinstance(item, Mapping) and (found := item.mapping("configMap"))]
    return maps if projected is not None and len(maps) == len(sources) else None


def _mounted_files(
    config_map: KubernetesObject, source: Mapping, path: str, sub_path: Scalar | None
) -> Iterator[MountedFile]:
    data = config_map.root.mapping("data")
    renamed: dict[str, str] | None = None
    items = source.sequence("items")
    if items is not None:
        renamed = {
            key.value: target.value
            for item in items
            if isinstance(item, Mapping) and (key := item.scalar("key")) and (target := item.scalar("path"))
        }
    for entry in data.entries if data is not None else ():
        if not isinstance(entry.value, Scalar):
            continue
        name = entry.key.value if renamed is None else renamed.get(entry.key.value)
        if name is None:
            continue
        if sub_path is None:
            yield MountedFile(posixpath.join(path, name), entry.key, entry.value, config_map)
        elif sub_path.value == name:
            yield MountedFile(path, entry.key, entry.value, config_map)
