"""Where text goes: UTF-8 in any locale, colours only on a terminal, no complaint when a reader leaves early."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable
from typing import Literal, TextIO

from traefik_lint.report.formats import Look

ColorChoice = Literal["auto", "always", "never"]

DEFAULT_WIDTH = 120


def use_utf8() -> None:
    """Let both streams write UTF-8, and what is no Unicode (a file name in another encoding) as an escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def look(color: ColorChoice = "auto") -> Look:
    """How text on standard output may look."""
    width = terminal_width(sys.stdout) or DEFAULT_WIDTH
    return Look(_wants_color(color, sys.stdout), width)


def terminal_width(stream: TextIO) -> int | None:
    """The columns of the terminal behind a stream, None when there is none; ``COLUMNS`` wins."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and int(columns) > 0:
        return int(columns)
    try:
        return os.get_terminal_size(stream.fileno()).columns or None
    except (OSError, ValueError):
        return None


def _wants_color(choice: ColorChoice, stream: TextIO) -> bool:
    if choice != "auto":
        return choice == "always"
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb" and stream.isatty()


def write(pieces: Iterable[str]) -> None:
    """Write to standard output; a reader that went away (``| head``) is no error."""
    try:
        for piece in pieces:
            sys.stdout.write(piece)
        sys.stdout.flush()
    except BrokenPipeError:
        _discard_stdout()


def write_file(path: str, pieces: Iterable[str]) -> None:
    """Write a file in UTF-8; raises :class:`click.FileError` when that is not possible."""
    try:
        with open(path, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            file.writelines(pieces)
    except OSError as error:
        import click

        raise click.FileError(path, error.strerror or str(error)) from error


def error(message: str) -> None:
    """One line on standard error."""
    from traefik_lint.report.plain import safe

    for line in message.splitlines() or [""]:
        print(f"traefik-lint: {safe(line)}", file=sys.stderr)


def flush() -> None:
    """Write what is left, so that the interpreter has nothing to complain about when it ends."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _discard_stdout()


def _discard_stdout() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
