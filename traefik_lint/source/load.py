"""Files to text."""

from __future__ import annotations

import codecs
import os
import stat

from traefik_lint.source.span import SourceFile, Span
from traefik_lint.source.tree import ReadError

SIZE_LIMIT = 20_000_000


def load(path: str, shown_path: str, *, limit: int = SIZE_LIMIT) -> SourceFile | ReadError:
    """Read a regular file as text.

    ``path`` is where it is on disk, ``shown_path`` how people are told of it, ``limit`` the most bytes it may have.
    A file that is missing, forbidden, too large, no regular file (a FIFO would block) or no text is a ``ReadError``.
    """
    try:
        status = os.stat(path)
        if not stat.S_ISREG(status.st_mode):
            return _unreadable(path, shown_path, "not a regular file")
        if status.st_size > limit:
            return _unreadable(path, shown_path, f"larger than {limit} bytes")
        with open(path, "rb") as stream:
            data = stream.read(limit + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        return _unreadable(path, shown_path, f"cannot be read: {_reason(error)}")
    return decode(data, shown_path, os.path.abspath(path), limit=limit)


def decode(
    data: bytes, shown_path: str, real: str = "", *, limit: int = SIZE_LIMIT
) -> SourceFile | ReadError:
    """Turn bytes into text: UTF-8 with or without a byte order mark, or UTF-16 with one.

    Line ends stay as they are. The byte order mark is not part of the text.
    Text that holds a NUL character, and bytes that are not in the encoding, are a ``ReadError`` with their place.
    """
    if len(data) > limit:
        return _unreadable(real, shown_path, f"larger than {limit} bytes")
    encoding = "utf-8"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16-le" if data.startswith(codecs.BOM_UTF16_LE) else "utf-16-be"
        data = data[2:]
    elif data.startswith(codecs.BOM_UTF8):
        data = data[3:]
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        before = len(data[: error.start].decode(encoding))
        wrong = ", ".join(f"0x{byte:02x}" for byte in data[error.start : error.end])
        file = SourceFile(shown_path, data.decode(encoding, "replace"), real)
        return ReadError(
            f"not valid {encoding[:6].rstrip('-').upper()}: {wrong}", Span(file, before, before + 1)
        )
    nul = text.find("\0")
    file = SourceFile(shown_path, text, real)
    if nul != -1:
        return ReadError("the file holds a NUL character, so it is not a text", Span(file, nul, nul + 1))
    return file


def _unreadable(path: str, shown_path: str, message: str) -> ReadError:
    return ReadError(message, Span(SourceFile(shown_path, "", path), 0, 0))


def _reason(error: OSError | ValueError) -> str:
    strerror = error.strerror if isinstance(error, OSError) else None
    return (strerror or str(error)).lower()
