"""The static configuration file: YAML or TOML, without templates or variables (S-010 … S-015)."""

from __future__ import annotations

from traefik_lint.model.deployment import StaticSource
from traefik_lint.readers.files import read_file, whole
from traefik_lint.source.span import SourceFile


def read_static(file: SourceFile) -> StaticSource:
    """Read a static file; the notation goes by its extension.

    A syntax error or a key written twice is the ``read_error``: Traefik does not start then.
    """
    root, notation, error = read_file(file)
    return StaticSource("file", root, whole(file), notation, error)
