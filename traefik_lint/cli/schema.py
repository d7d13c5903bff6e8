"""``traefik-lint schema``: JSON Schemas of Traefik's options and of our own files."""

from __future__ import annotations

import json

import click

from traefik_lint.cli import exits, output
from traefik_lint.cli.options import traefik_version as parse_traefik_version
from traefik_lint.options.printing import schema_for, schema_names
from traefik_lint.options.version import NEWEST, Version


def _schema_name(text: str) -> str:
    known = schema_names()
    name = next((name for name in known if name.lower() == text.lower()), None)
    if name is None:
        raise click.BadParameter(f'there is no schema "{text}"; there are {", ".join(known)}')
    return name


@click.command("schema", short_help="Print a JSON Schema.")
@click.argument("name", type=_schema_name)
@click.option(
    "--traefik-version",
    type=parse_traefik_version,
    metavar="VERSION",
    help="The options of this version (default: newest).",
)
def command(*, name: str, traefik_version: Version | None) -> int:
    """Print the JSON Schema NAME (draft 2020-12): static, dynamic, a CRD kind such as IngressRoute, settings,
    findings or routes."""
    schema = schema_for(name, traefik_version or NEWEST)
    output.write([json.dumps(schema, ensure_ascii=False, indent=2), "\n"])
    return exits.OK
