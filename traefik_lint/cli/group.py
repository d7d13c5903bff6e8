"""The commands as click knows them."""

from __future__ import annotations

from importlib import import_module

import click
from click.shell_completion import CompletionItem

from traefik_lint import __version__
from traefik_lint.cli.app import COMMANDS, DEFAULT, PROGRAM


class Commands(click.Group):
    """The commands; anything that does not begin with one of them is ``check``."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """All commands in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command, imported now."""
        module = COMMANDS.get(cmd_name)
        if module is None:
            return None
        command: click.Command = import_module(module).command
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put ``check`` before arguments that name no command."""
        names_command = bool(args) and (args[0] in COMMANDS or args[0] in ("-h", "--help", "--version"))
        if not names_command and not (ctx.resilient_parsing and not args):
            args = [DEFAULT, *args]
        return super().parse_args(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Commands, and what ``check`` takes."""
        found = super().shell_complete(ctx, incomplete)
        check = self.get_command(ctx, DEFAULT)
        if check is not None:
            inner = check.make_context(DEFAULT, [], parent=ctx, resilient_parsing=True)
            if incomplete.startswith("-"):
                found += check.shell_complete(inner, incomplete)
            else:
                found += next(
                    param for param in check.params if isinstance(param, click.Argument)
                ).shell_complete(inner, incomplete)
        return found


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    subcommand_metavar="[COMMAND] [OPTIONS] [PATHS]...",
    options_metavar="",
    epilog="Without a command the arguments are those of check: see traefik-lint check --help.",
)
@click.version_option(__version__, prog_name=PROGRAM, message="%(prog)s %(version)s")
def cli() -> None:
    """Tells what Traefik will do with a configuration before it is deployed.

    PATHS are compose files, Traefik's static and dynamic files, Kubernetes manifests, or folders of them.
    """
