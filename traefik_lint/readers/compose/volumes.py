"""The short form of a volume: ``[SOURCE:]TARGET[:OPTIONS]``."""

from __future__ import annotations

from typing import NamedTuple

from traefik_lint.source.tree import Mapping, Node, Scalar


class ShortVolume(NamedTuple):
    """The parts of ``source:target:options``; ``source`` is empty for an anonymous volume."""

    source: str
    target: str
    options: tuple[str, ...]

    @property
    def is_path(self) -> bool:
        """Whether the source is a path on the host, and not the name of a volume."""
        source = self.source
        return source[:1] in (".", "/", "~") or source.startswith("\\\\") or _is_drive(source[:2])


def parse_volume(text: str) -> ShortVolume:
    """Take a short volume apart; a colon behind a drive letter does not separate."""
    if len(text) <= 2:
        return ShortVolume("", text, ())
    parts = []
    begin = 0
    for at, char in enumerate(text):
        if char == ":" and not _is_drive(text[begin : at + 1]):
            parts.append(text[begin:at])
            begin = at + 1
    parts.append(text[begin:])
    if len(parts) == 1:
        return ShortVolume("", parts[0], ())
    return ShortVolume(parts[0], parts[1], tuple(parts[2].split(",")) if len(parts) > 2 else ())


def target_of(item: Node) -> str:
    """The path in the container of an item of ``volumes``, short or long."""
    if isinstance(item, Scalar):
        return parse_volume(item.value).target
    target = item.scalar("target") if isinstance(item, Mapping) else None
    return target.value if target is not None else ""


def _is_drive(text: str) -> bool:
    return len(text) == 2 and text[0].isalpha() and text[1] == ":"
