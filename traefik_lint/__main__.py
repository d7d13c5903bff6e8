"""The program's beginning: ``--version`` answers at once, all else goes through the command line."""

from __future__ import annotations

import sys

from traefik_lint import __version__


def main() -> int:
    """Run the command line and return the exit code."""
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        print(f"traefik-lint {__version__}")
        return 0
    from traefik_lint.cli.app import run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
