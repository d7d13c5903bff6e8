"""``traefik-lint ignore``: write a rule that shall not count into the settings file."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from itertools import pairwise

import click
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from traefik_lint.cli import exits, output
from traefik_lint.deployments.walk import repository_root, shown_path
from traefik_lint.findings.lint import known_checks
from traefik_lint.findings.selection import RuleBook
from traefik_lint.findings.settings import FILE_NAME
from traefik_lint.findings.settings_file import find_settings_file, load_settings


@click.command("ignore", short_help="Add a rule to what the settings ignore.")
@click.argument("rule")
@click.option(
    "--path",
    "paths",
    multiple=True,
    metavar="GLOB",
    help="Only in these files: patterns as in .gitignore, from the settings' folder (repeatable).",
)
@click.option("--reason", required=True, metavar="TEXT", help="Why, for those who come after you.")
@click.option("--config", type=click.Path(dir_okay=False), metavar="FILE",
              help="The settings file (default: the one used here, else a new .traefik-lint.yaml).")  # fmt: skip
def command(*, rule: str, paths: tuple[str, ...], reason: str, config: str | None) -> int:
    """Add RULE to what .traefik-lint.yaml ignores, keeping its comments and order."""
    book = RuleBook(known_checks(os.getcwd()))
    if book.ids(rule) is None:
        raise click.UsageError(book.unknown(rule))
    check = book.find(rule)
    file = config or _settings_file()
    if file.endswith(".toml"):
        raise click.UsageError(
            f'the settings are in "{shown_path(file, os.getcwd())}", which is not edited; '
            f"add to its [tool.traefik-lint] table: {_toml_line(check.id if check else rule, paths, reason)}"
        )
    if os.path.exists(file):
        load_settings(file, shown_path(file, os.getcwd()))  # what can't be understood is not edited either
    _add(file, check.id if check else rule, check.name if check else "", paths, reason)
    output.write([f"{shown_path(file, os.getcwd())}: {rule} is ignored{_where(paths)}\n"])
    return exits.OK


def _settings_file() -> str:
    here = os.getcwd()
    root = repository_root(here)
    return find_settings_file(here, root) or os.path.join(root or here, FILE_NAME)


def _where(paths: Sequence[str]) -> str:
    return f" in {', '.join(paths)}" if paths else ""


def _add(file: str, rule: str, name: str, paths: Sequence[str], reason: str) -> None:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 10_000
    text = ""
    if os.path.exists(file):
        with open(file, encoding="utf-8") as stream:
            text = stream.read()
    document = yaml.load(text)
    if document is None:
        # a file of nothing but comments: they stay on top
        head = text.rstrip("\n") + "\n" if text.strip() else ""
        output.write_file(
            file, [head, _dumped(yaml, CommentedMap({"ignore": _list_of(rule, name, paths, reason)}))]
        )
        return
    entries = document.get("ignore")
    if entries is None:
        document["ignore"] = _list_of(rule, name, paths, reason)
    else:
        entries.append(_entry(rule, paths, reason))
        if name and not entries.fa.flow_style():
            entries[-1].yaml_add_eol_comment(name, "rule")
    yaml.indent(mapping=2, sequence=_sequence_indent(text) + 2, offset=_sequence_indent(text))
    output.write_file(file, [_dumped(yaml, document)])


def _list_of(rule: str, name: str, paths: Sequence[str], reason: str) -> CommentedSeq:
    entry = _entry(rule, paths, reason)
    if name:
        entry.yaml_add_eol_comment(name, "rule")
    return CommentedSeq([entry])


def _entry(rule: str, paths: Sequence[str], reason: str) -> CommentedMap:
    entry = CommentedMap({"rule": rule})
    if paths:
        entry["path"] = paths[0] if len(paths) == 1 else CommentedSeq(paths)
    entry["reason"] = reason
    return entry


def _sequence_indent(text: str) -> int:
    """How far the file's own lists are indented below their key; two where there is none to go by."""
    lines = text.splitlines()
    for before, line in pairwise(lines):
        if before.rstrip().endswith(":") and line.lstrip().startswith("- "):
            return (len(line) - len(line.lstrip())) - (len(before) - len(before.lstrip()))
    return 2


def _dumped(yaml: YAML, document: CommentedMap) -> str:
    stream = io.StringIO()
    yaml.dump(document, stream)
    return stream.getvalue()


def _toml_line(rule: str, paths: Sequence[str], reason: str) -> str:
    import json

    fields = [f"rule = {json.dumps(rule)}"]
    if paths:
        fields.append(f"path = {json.dumps(list(paths))}")
    fields.append(f"reason = {json.dumps(reason)}")
    return f"ignore = [{{ {', '.join(fields)} }}]"
