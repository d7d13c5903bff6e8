"""``traefik-lint explain``: a rule's page."""

from __future__ import annotations

import os

import click

from traefik_lint.cli import exits, output
from traefik_lint.findings.lint import known_checks
from traefik_lint.findings.pages import load_page
from traefik_lint.findings.selection import RuleBook


@click.command("explain", short_help="Show the page of a rule.")
@click.argument("rule")
def command(*, rule: str) -> int:
    """Show the page of RULE (an id such as TL201, or a name): what it finds, why, and examples."""
    book = RuleBook(known_checks(os.getcwd()))
    check = book.find(rule)
    if check is None:
        raise click.UsageError(f"{book.unknown(rule)}; traefik-lint rules lists all")
    page = load_page(check.id, check.name)
    head = f"{check.id} {check.name} ({check.severity}, confidence {check.confidence})\n\n"
    output.write([head, page.text if page else "this rule has no page\n"])
    return exits.OK
