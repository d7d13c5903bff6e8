"""What became of options of earlier Traefik versions, from ``schemas/changes.json``."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple, cast

from traefik_lint.model.values import Problem
from traefik_lint.options.catalogue import Json, load_schema
from traefik_lint.options.version import Version


class Behaviour(NamedTuple):
    """Something that Traefik does otherwise since some releases, without any option being renamed."""

    name: str
    versions: tuple[Version, ...]
    until: tuple[Version, ...]
    paths: tuple[str, ...]
    text: str


class ChangedDefault(NamedTuple):
    """An option whose default is another one since a release."""

    path: str
    version: Version
    before: object
    after: object


#: No label of Traefik 1 has more.
_MOST_PARTS = 12


def label_of_v1(key: str) -> str | None:
    """The successor of a Traefik 1 label ("" when it has none); None when it never was one.

    A container with several ports had labels with a segment of the user's: ``traefik.admin.port``.
    """
    table = _lowered("labelsV1")
    lowered = ".".join(key.lower().split(".", _MOST_PARTS)[:_MOST_PARTS])
    root, _, rest = lowered.partition(".")
    if root != "traefik":
        return None
    first, _, tail = rest.partition(".")
    if tail and first not in _OWN_ROOTS and tail.partition(".")[0] in _AFTER_SEGMENT:
        lowered = f"traefik.{tail}"
    while lowered != "traefik":
        if lowered in table:
            return table[lowered]
        lowered = lowered.rpartition(".")[0]
    return None


def static_of_v1(root: str) -> str | None:
    """The successor of a top-level option of Traefik 1 ("" for none); None when it never was one."""
    return _lowered("staticV1").get(root.lower())


def entry_point_of_v1(name: str) -> str | None:
    """The successor of a Traefik 1 option of an entry point; None when it never was one."""
    return _lowered("entryPointV1").get(name.lower())


def is_of_v1(problem: Problem) -> bool:
    """Whether an unknown key of the static configuration was an option of Traefik 1 at this place."""
    return successor_in_static(problem) is not None


def successor_in_static(problem: Problem) -> str | None:
    """What a static option of Traefik 1 became ("" for nothing); None for a key that never was one."""
    parent = problem.parent
    if parent is None or problem.kind not in ("unknown-field", "ignored-root"):
        return None
    if parent.name == "static" and not parent.path:
        return static_of_v1(problem.name)
    return entry_point_of_v1(problem.name) if parent.path == "entryPoints.*" else None


@cache
def behaviours() -> tuple[Behaviour, ...]:
    """All changes of behaviour between releases."""
    return tuple(
        Behaviour(
            cast(str, row["name"]),
            _versions(row, "versions"),
            _versions(row, "until"),
            tuple(cast("list[str]", row["paths"])),
            cast(str, row["text"]),
        )
        for row in cast("list[Json]", _changes()["behaviour"])
    )


@cache
def changed_defaults() -> tuple[ChangedDefault, ...]:
    """All changes of defaults between releases."""
    return tuple(
        ChangedDefault(
            cast(str, row["path"]), _versions({"at": [row["version"]]}, "at")[0], row["from"], row["to"]
        )
        for row in cast("list[Json]", _changes()["defaults"])
    )


_OWN_ROOTS = frozenset(("frontend", "backend", "http", "tcp", "udp", "tls", "docker", "swarm", "enable"))
_AFTER_SEGMENT = frozenset(("frontend", "backend", "port", "protocol", "weight"))


def _versions(row: Json, name: str) -> tuple[Version, ...]:
    texts = cast("list[str]", row.get(name) or [])
    return tuple(Version(*map(int, text.split("."))) for text in texts)


@cache
def _lowered(section: str) -> dict[str, str]:
    table = cast("dict[str, str]", _changes()[section])
    return {name.lower(): value for name, value in table.items()}


@cache
def _changes() -> Json:
    return load_schema("changes.json")
