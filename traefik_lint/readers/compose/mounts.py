"""What a service finds in its file system: volumes, bind mounts, configs and secrets."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

from traefik_lint.model.compose import Mount
from traefik_lint.readers.compose.volumes import parse_volume
from traefik_lint.source.tree import Mapping, Node, Scalar, Sequence

#: The folder against which a file's relative paths are resolved.
DirectoryOf = Callable[[Node], str]


def mounts_of(service: Mapping, root: Mapping, directory_of: DirectoryOf) -> list[Mount]:
    """All mounts of a service; ``root`` is the project's tree, which defines configs, secrets and volumes."""
    found = list(_volumes(service.get("volumes"), root.mapping("volumes"), directory_of))
    found += _files("config", service.get("configs"), root.mapping("configs"), "/", directory_of)
    found += _files("secret", service.get("secrets"), root.mapping("secrets"), "/run/secrets/", directory_of)
    return found


def _volumes(node: Node | None, named: Mapping | None, directory_of: DirectoryOf) -> Iterator[Mount]:
    for item in node.items if isinstance(node, Sequence) else []:
        if isinstance(item, Scalar):
            volume = parse_volume(item.value)
            if item.unknown:
                yield Mount("bind", "", volume.target, "", item, "ro" in volume.options)
            elif volume.is_path:
                path = _host_path(volume.source, directory_of(item))
                yield Mount("bind", volume.source, volume.target, path, item, "ro" in volume.options)
            else:
                path = _device(volume.source, named, directory_of)
                yield Mount("volume", volume.source, volume.target, path, item, "ro" in volume.options)
        elif isinstance(item, Mapping):
            yield _long_volume(item, named, directory_of)


def _long_volume(item: Mapping, named: Mapping | None, directory_of: DirectoryOf) -> Mount:
    kind, source, target = (_text(item, name) for name in ("type", "source", "target"))
    path = ""
    if kind == "bind":
        path = _host_path(source, directory_of(item.scalar("source") or item))
    elif kind in ("volume", ""):
        path = _device(source, named, directory_of)
    read_only = _text(item, "read_only").lower() in ("true", "yes", "on")
    return Mount(kind or "volume", source, target, path, item, read_only)


def _device(name: str, named: Mapping | None, directory_of: DirectoryOf) -> str:
    """The host path of a named volume that is a bind mount in disguise (``driver_opts`` with ``o: bind``)."""
    volume = named.mapping(name) if named is not None and name else None
    options = volume.mapping("driver_opts") if volume is not None else None
    device = options.scalar("device") if options is not None else None
    if options is None or device is None or device.unknown or "bind" not in _text(options, "o").split(","):
        return ""
    return _host_path(device.value, directory_of(device))


def _files(
    kind: str, node: Node | None, defined: Mapping | None, folder: str, directory_of: DirectoryOf
) -> Iterator[Mount]:
    for item in node.items if isinstance(node, Sequence) else []:
        if isinstance(item, Mapping):
            source, target = _text(item, "source"), _text(item, "target")
        elif isinstance(item, Scalar) and not item.unknown:
            source, target = item.value, ""
        else:
            continue
        target = target or source
        if not target.startswith("/"):
            target = folder + target
        definition = defined.mapping(source) if defined is not None else None
        file = definition.scalar("file") if definition is not None else None
        content = definition.scalar("content") if definition is not None else None
        path = _host_path(file.value, directory_of(file)) if file is not None and not file.unknown else ""
        yield Mount(kind, file.value if file is not None else source, target, path, item, True, content)


def _host_path(source: str, directory: str) -> str:
    # The home directory depends on who runs compose.
    if not source or source.startswith("~"):
        return ""
    return os.path.normpath(os.path.join(directory, source))


def _text(mapping: Mapping, name: str) -> str:
    scalar = mapping.scalar(name)
    return scalar.value if scalar is not None and not scalar.unknown else ""
