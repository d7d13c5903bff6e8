"""Small worlds for runtime tests: texts in, the computed runtime out."""

from __future__ import annotations

from traefik_lint.model.deployment import Deployment, DynamicFile, Static, StaticSource
from traefik_lint.options.catalogue import dynamic
from traefik_lint.options.catalogue import static as static_options
from traefik_lint.options.decoder import decode
from traefik_lint.options.version import NEWEST, parse_version
from traefik_lint.readers.compose.project import load_project
from traefik_lint.runtime.compute import compute
from traefik_lint.runtime.types import Runtime
from traefik_lint.source.span import SourceFile, Span
from traefik_lint.source.tree import Mapping, ReadError
from traefik_lint.source.yaml import parse_yaml

TWO_ENTRY_POINTS = """
entryPoints:
  web: {address: ":80"}
  websecure: {address: ":443"}
providers:
  file: {directory: dynamic}
  docker: {}
"""


def world(
    *files: str, static: str | None = TWO_ENTRY_POINTS, compose: str = "", version: str = ""
) -> Runtime:
    """Compute a deployment of dynamic files (``a.yml``, ``b.yml`` …), one compose project and a static file."""
    deployment = Deployment("test")
    deployment.version = parse_version(version) or NEWEST
    deployment.is_whole_world = True
    deployment.has_file = lambda _path: False
    if static is not None:
        file, root, _ = _read(static, "traefik.yml")
        source = StaticSource("file", root, Span(file, 0, 0), "yaml")
        decoded = decode(root, static_options(), "yaml", deployment.version)
        deployment.static = Static(source, decoded, [])
    for letter, text in zip("abcdef", files, strict=False):
        file, root, error = _read(text, f"{letter}.yml")
        content = None if error else decode(root, dynamic(), "yaml", deployment.version)
        deployment.dynamic_files.append(DynamicFile(file, "yaml", content, error))
    if compose:
        source_file = SourceFile("compose.yml", compose)
        project = load_project(
            ["/shop/compose.yml"], load_file={"/shop/compose.yml": source_file}.get, project_name="shop"
        )
        deployment.projects.append(project)
    return compute(deployment)


def _read(text: str, path: str) -> tuple[SourceFile, Mapping, ReadError | None]:
    file = SourceFile(path, text)
    result = parse_yaml(file)
    root = result.documents[0].root if result.documents else None
    return file, root if isinstance(root, Mapping) else Mapping(file, 0, 0, []), result.error
