"""``traefik-lint completion``: what a shell needs to complete our command lines."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from traefik_lint.cli import exits, output


@click.command("completion", short_help="Print a completion script.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(context: click.Context, *, shell: str) -> int:
    """Print the completion script for SHELL.

    For bash and zsh add eval "$(traefik-lint completion bash)" to the start file, for fish write the script to
    ~/.config/fish/completions/traefik-lint.fish.
    """
    complete = get_completion_class(shell)
    if complete is None:
        raise click.UsageError(f"no completion for {shell}")
    root = context.find_root()
    output.write([complete(root.command, {}, "traefik-lint", "_TRAEFIK_LINT_COMPLETE").source(), "\n"])
    return exits.OK
