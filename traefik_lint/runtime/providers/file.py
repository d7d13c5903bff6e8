"""The file provider: one file or a directory of files, all or nothing (R-064, R-230 … R-241)."""

from __future__ import annotations

from pathlib import PurePosixPath

from traefik_lint.model.deployment import Deployment, DynamicFile
from traefik_lint.model.values import Element
from traefik_lint.runtime.configuration import ProviderConfiguration
from traefik_lint.runtime.merge import Named, merge_files
from traefik_lint.runtime.parts import configuration_of
from traefik_lint.runtime.static import StaticConfiguration
from traefik_lint.runtime.types import Drop

_EXTENSIONS = frozenset({".toml", ".yaml", ".yml"})


def file_configuration(deployment: Deployment, static: StaticConfiguration) -> ProviderConfiguration:
    """What the file provider hands out: nothing at all when one of its files is in error (R-230).

    Unless the files are the whole world, a broken file is only left out itself, for it will be mended.
    """
    empty = ProviderConfiguration("file")
    options = static.provider("file")
    if deployment.static is not None and options is None:
        return empty
    directory = options is not None and bool(options.string("directory"))
    if options is not None and not directory and not _is_readable(options):
        text = f"unsupported file extension for file {options.string('filename')}"
        empty.logs.append((f"Cannot start the provider *file.Provider: {text}", options.span))
        return empty
    files = sorted(deployment.dynamic_files, key=lambda file: PurePosixPath(file.file.path).parts)
    named: list[Named] = []
    for file in files:
        drop = _error_of(file, deployment.is_whole_world)
        if drop is not None:
            empty.drops.append(drop)
            if deployment.is_whole_world:
                return empty
        elif file.decoded is not None:
            configuration = configuration_of(file.decoded.element, "file", file)
            named.append(Named(file.file.path, configuration))
    provided = named[0].configuration if len(named) == 1 else merge_files(named)
    provided.drops[:0] = empty.drops
    return provided


def _is_readable(options: Element) -> bool:
    """Whether the named file has an extension that is watched; without watching any is read (R-238)."""
    name = options.string("filename")
    known = not name or PurePosixPath(name).suffix.lower() in _EXTENSIONS
    return known or not options.flag("watch", default=True)


def _error_of(file: DynamicFile, is_whole_world: bool) -> Drop | None:
    """Why Traefik refuses a file, and with it all that the provider reads.

    A template that Go refuses may be one of another engine that comes first, unless the files are the whole world.
    """
    subject = f'file "{file.file.path}"'
    if is_whole_world and file.template_error:
        return Drop("template", subject, file.template_error, None, file, "R-236")
    if file.read_error is not None:
        text = f"{file.file.path}: {file.read_error.message}"
        return Drop("syntax", subject, text, file.read_error.span, file, "R-230")
    error = file.decoded.error if file.decoded is not None else None
    if error is None:
        return None
    return Drop("decoding", subject, f"{file.file.path}: {error.text}", error.span, file, "R-230")
