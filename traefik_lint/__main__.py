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
    import gc

    from traefik_lint.cli.app import run

    # A run is short and makes hardly any garbage cycles; looking for them takes longer than all the rest. What does
    # pile up is collected by the engine between deployments.
    gc.disable()
    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
