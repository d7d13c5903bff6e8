"""``traefik-lint rules``: which rules there are."""

from __future__ import annotations

import json
import os

import click

from traefik_lint.checks.registry import Check
from traefik_lint.cli import exits, output
from traefik_lint.findings.lint import known_checks
from traefik_lint.findings.pages import Page, load_page, rule_url


@click.command("rules")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(*, format_: str) -> int:
    """List all rules."""
    rules = [(check, load_page(check.id, check.name)) for check in known_checks(os.getcwd())]
    if format_ == "json":
        document = {"version": 1, "rules": [_rule(check, page) for check, page in rules]}
        output.write([json.dumps(document, ensure_ascii=False, indent=2), "\n"])
    else:
        width = max((len(check.name) for check, _ in rules), default=0)
        output.write(
            f"{check.id}  {check.name:{width}}  {check.severity:7}  {page.title if page else ''}".rstrip()
            + "\n"
            for check, page in rules
        )
    return exits.OK


def _rule(check: Check, page: Page | None) -> dict[str, object]:
    return {
        "id": check.id,
        "name": check.name,
        "severity": check.severity,
        "confidence": check.confidence,
        "title": page.title if page else check.name.replace("-", " "),
        "summary": page.summary if page else "",
        "url": rule_url(check.id, check.name),
    }
