"""The file provider's files: YAML or TOML that may be a Go template (R-230 … R-241)."""

from __future__ import annotations

from traefik_lint.model.deployment import DynamicFile
from traefik_lint.options.catalogue import dynamic
from traefik_lint.options.decoder import decode
from traefik_lint.options.version import Version
from traefik_lint.readers.files import notation_of, read_file
from traefik_lint.readers.templated import go_error, is_template, move, plain_text
from traefik_lint.source.span import SourceFile


def read_dynamic(file: SourceFile, version: Version) -> DynamicFile:
    """Read one file of the file provider as this release does.

    A file that can't be parsed has a ``read_error`` and is open, for what its author meant is not known; with a key
    written twice (``read_error`` too) it is decoded all the same. A template whose result can't be told is open and
    not decoded.
    """
    refused = ""
    if not is_template(file.text):
        root, notation, error = read_file(file)
    else:
        plain = plain_text(file)
        if plain is None:
            return DynamicFile(file, notation_of(file.path), None, is_open=True, template_error=go_error(file))
        root, notation, error = read_file(SourceFile(file.path, plain.text, file.real))
        if error is not None:
            refused = error.message if plain.is_rendered else go_error(file)
            return DynamicFile(file, notation, None, is_open=True, template_error=refused)
        move(root, file, plain)
        refused = "" if plain.is_rendered else go_error(file)
    is_broken = error is not None and not root.entries
    decoded = None if is_broken else decode(root, dynamic(), notation, version)
    return DynamicFile(file, notation, decoded, error, is_open=error is not None, template_error=refused)
