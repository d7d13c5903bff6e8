"""The table of commands, and the one place where whatever went wrong becomes an exit code."""

from __future__ import annotations

from importlib import import_module

import click
from click.shell_completion import CompletionItem

from traefik_lint import __version__
from traefik_lint.cli import exits, output
from traefik_lint.findings.request import MissingPath
from traefik_lint.findings.settings import SettingsError

PROGRAM = "traefik-lint"
DEFAULT = "check"

#: A command's name to the module that has it as ``command``; a module is imported when its command is called.
COMMANDS = {
    "check": "traefik_lint.cli.check",
    "routes": "traefik_lint.cli.routes",
    "explain": "traefik_lint.cli.explain",
    "rules": "traefik_lint.cli.rules",
    "schema": "traefik_lint.cli.schema",
    "init": "traefik_lint.cli.init",
    "ignore": "traefik_lint.cli.ignore",
    "completion": "traefik_lint.cli.completion",
}


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


def run(arguments: list[str]) -> int:
    """Run one command line and return the exit code; nothing is raised."""
    output.use_utf8()
    try:
        code = cli.main(arguments, prog_name=PROGRAM, standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return exits.USAGE
    except (click.Abort, KeyboardInterrupt):
        output.error("interrupted")
        return exits.INTERRUPTED
    except (MissingPath, SettingsError) as error:
        output.error(str(error))
        return exits.USAGE
    except Exception:  # noqa: BLE001  # the last place: whatever it is, the exit code must say that it is our mistake
        from traceback import print_exc

        print_exc()
        output.error("this is a bug in traefik-lint, please report it with the lines above")
        return exits.INTERNAL_ERROR
    finally:
        output.flush()
    return code if isinstance(code, int) else exits.OK
