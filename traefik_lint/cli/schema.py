"""``traefik-lint schema``: JSON Schemas of Traefik's options and of our own files."""

from __future__ import annotations

import json
import os

import click

from traefik_lint.cli import exits, output
from traefik_lint.cli.options import traefik_version as parse_traefik_version
from traefik_lint.data import data_path
from traefik_lint.options.catalogue import load_schema
from traefik_lint.options.version import NEWEST, Version
from traefik_lint.options.versioned import schema_of

#: Files in ``schemas/`` that hold facts in a form of our own.
_NO_SCHEMAS = frozenset({"changes", "enums"})


def schema_files() -> dict[str, str]:
    """The schemas by name: ``static``, ``dynamic``, the CRD kinds, and those of our own files."""
    found = {}
    for folder in ("", "crd/"):
        for file in sorted(os.listdir(data_path(f"schemas/{folder}".rstrip("/")))):
            name, extension = os.path.splitext(file)
            if extension == ".json" and name not in _NO_SCHEMAS:
                found[name] = folder + file
    return found


def _schema_file(text: str) -> str:
    known = schema_files()
    file = next((file for name, file in known.items() if name.lower() == text.lower()), None)
    if file is None:
        raise click.BadParameter(f'there is no schema "{text}"; there are {", ".join(known)}')
    return file


@click.command("schema")
@click.argument("name", type=_schema_file)
@click.option(
    "--traefik-version",
    type=parse_traefik_version,
    metavar="VERSION",
    help="The options of this version (default: newest).",
)
def command(*, name: str, traefik_version: Version | None) -> int:
    """Print the JSON Schema NAME (draft 2020-12): static, dynamic, a CRD kind such as IngressRoute, settings,
    findings or routes."""
    schema = schema_of(load_schema(name), traefik_version or NEWEST)
    output.write([json.dumps(schema, ensure_ascii=False, indent=2), "\n"])
    return exits.OK
