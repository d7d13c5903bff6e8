"""The table of commands, and the one place where whatever went wrong becomes an exit code."""

from __future__ import annotations

import os

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


def run(arguments: list[str]) -> int:
    """Run one command line and return the exit code; nothing is raised."""
    output.use_utf8()
    try:
        return _check_paths(arguments) if _are_paths(arguments) else _parse(arguments)
    except KeyboardInterrupt:
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


def _are_paths(arguments: list[str]) -> bool:
    """Whether the arguments are nothing but paths to check: importing click takes longer than linting a file."""
    names_command = bool(arguments) and arguments[0] in COMMANDS
    has_options = any(argument.startswith("-") and argument != "-" for argument in arguments)
    return not names_command and not has_options and "_TRAEFIK_LINT_COMPLETE" not in os.environ


def _check_paths(paths: list[str]) -> int:
    from traefik_lint.cli.linting import check
    from traefik_lint.cli.request import make_request

    return check(make_request(tuple(paths)))


def _parse(arguments: list[str]) -> int:
    import click

    from traefik_lint.cli.group import cli

    try:
        code = cli.main(arguments, prog_name=PROGRAM, standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return exits.USAGE
    except click.Abort:
        raise KeyboardInterrupt from None
    return code if isinstance(code, int) else exits.OK
