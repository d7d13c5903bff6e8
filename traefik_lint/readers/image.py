"""What an image's name tells about Traefik: whether it is Traefik, and which release (S-100)."""

from __future__ import annotations

import re

from traefik_lint.options.version import Version, parse_version

#: Releases' code names, which are tags too.
_CODE_NAMES = {
    "reblochon": "1.0", "camembert": "1.1", "morbier": "1.2", "raclette": "1.3", "roquefort": "1.4",
    "cancoillotte": "1.5", "tetedemoine": "1.6", "maroilles": "1.7", "montdor": "2.0", "cantal": "2.1",
    "chevrotin": "2.2", "picodon": "2.3", "livarot": "2.4", "brie": "2.5", "rocamadour": "2.6",
    "epoisses": "2.7", "vacherin": "2.8", "banon": "2.9", "saintmarcelin": "2.10", "mimolette": "2.11",
    "beaufort": "3.0", "comte": "3.1", "munster": "3.2", "saintnectaire": "3.3", "chaource": "3.4",
    "chabichou": "3.5", "ramequin": "3.6", "langres": "3.7",
}  # fmt: skip
_NAMES = frozenset(("traefik", "library-traefik", "mirrored-library-traefik", "mirrored-traefik"))
_TAG = re.compile(r"v?(\d+(?:\.\d+){0,2})(?:-.+)?", re.IGNORECASE)


def is_traefik_image(text: str) -> bool:
    """Whether an image's name is Traefik's own, on whatever registry or mirror: not ``traefik/whoami``."""
    return _parts(text)[0] in _NAMES


def image_version(text: str) -> Version | None:
    """The release that an image's tag means; None for no tag that tells one, such as a digest alone.

    No tag, ``latest`` and a bare ``alpine`` mean the newest release.
    """
    name, tag, digest = _parts(text)
    if name not in _NAMES or (not tag and digest):
        return None
    if tag in _CODE_NAMES:
        return parse_version(_CODE_NAMES[tag])
    for suffix in ("-alpine", "-nanoserver", "-windowsservercore"):
        known, found, _ = tag.partition(suffix)
        if found and known in _CODE_NAMES:
            return parse_version(_CODE_NAMES[known])
    if tag in ("", "latest", "alpine") or tag.startswith(("windowsservercore", "nanoserver")):
        return parse_version("latest")
    match = _TAG.fullmatch(tag)
    return parse_version(match[1]) if match else None


def _parts(text: str) -> tuple[str, str, str]:
    """The last part of the name, the tag and the digest of ``registry:port/path/name:tag@digest``."""
    rest, _, digest = text.strip().partition("@")
    name, _, tag = rest.rpartition("/")[2].partition(":")
    return name.lower(), tag, digest
