"""From the path of a request to the path that rules see and backends get (R-117, R-118, R-119)."""

from __future__ import annotations

import re

from traefik_lint.golang.errors import GoError
from traefik_lint.golang.url import escaped_path, unescape

_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_RESERVED = frozenset(":/?#[]@!$&'()*+,;=%")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


def forwarded_path(path: str, *, version: tuple[int, int, int], sanitize: bool = True) -> str | None:
    """The escaped path that a router's middlewares and its backend get.

    `path` is as the client sent it, without the query; `sanitize` is the entry point's
    `http.sanitizePath`. None when Traefik answers 400 at once.
    """
    if "#" in path:
        return None
    try:
        written = normalize(path) if _partly_decodes(version) else path
        escaped = escaped_path(written, unescape(written))
        if sanitize and _sanitizes(version):
            cleaned = clean(escaped)
            escaped = escaped_path(cleaned, unescape(cleaned))
    except GoError:
        return None
    return escaped


def routing_path(path: str, *, version: tuple[int, int, int], sanitize: bool = True) -> str | None:
    """The path that the matchers Path, PathPrefix and PathRegexp look at; arguments as above."""
    escaped = forwarded_path(path, version=version, sanitize=sanitize)
    if escaped is None or not _partly_decodes(version):
        return None if escaped is None else unescape(escaped)
    parts: list[str] = []
    end = 0
    for found in _ESCAPE.finditer(escaped):
        # Only upper-case escapes of reserved characters stay: `%2F`, never `%2f`.
        if chr(int(found.group()[1:], 16)) in _RESERVED and not found.group().islower():
            parts.append(unescape(escaped[end : found.start()]) + found.group())
            end = found.end()
    parts.append(unescape(escaped[end:]))
    return "".join(parts)


def normalize(path: str) -> str:
    """Decode the escapes of letters, digits and `-._~`, and write the others in upper case."""
    return _ESCAPE.sub(_normalized, path)


def _normalized(found: re.Match[str]) -> str:
    char = chr(int(found.group()[1:], 16))
    return char if char in _UNRESERVED else found.group().upper()


def clean(path: str) -> str:
    """Resolve `//`, `.` and `..`; a slash at the end stays."""
    kept: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            del kept[-1:]
        elif segment not in ("", "."):
            kept.append(segment)
    cleaned = f"/{'/'.join(kept)}"
    return f"{cleaned}/" if path.endswith("/") and not cleaned.endswith("/") else cleaned


def _sanitizes(version: tuple[int, int, int]) -> bool:
    return version >= (3, 3, 6) or (2, 11, 23) <= version < (3, 0, 0)


def _partly_decodes(version: tuple[int, int, int]) -> bool:
    return version >= (3, 4, 1) or (2, 11, 25) <= version < (3, 0, 0)
