"""Names of sticky cookies (pkg/server/cookie; R-211)."""

from __future__ import annotations

_ALLOWED = frozenset("!#$%&'*+-.^`|~")


def cookie_name(written: str, service: str) -> str:
    """The cookie's name: what was written, made safe, else one that is made from the service's name."""
    if not written:
        from hashlib import sha1

        return f"_{sha1(f'_TRAEFIK_BACKEND_{service}'.encode(), usedforsecurity=False).hexdigest()}"[:6]
    return "".join(
        char if char in _ALLOWED or (char.isascii() and char.isalnum()) else "_" for char in written
    )
