"""Container labels to the one tree, and the labels that steer the docker and swarm providers themselves."""

from __future__ import annotations

from typing import NamedTuple

from traefik_lint.golang.errors import GoError
from traefik_lint.golang.strconv import parse_bool
from traefik_lint.model.compose import Label
from traefik_lint.model.values import Problem
from traefik_lint.options.version import NEWEST, Version
from traefik_lint.readers.paths import MAX_NAMES, KeyPath, PathTree
from traefik_lint.source.span import SourceFile
from traefik_lint.source.tree import Mapping, Scalar

#: What Traefik decodes as dynamic configuration: plain prefixes of the key, in any letter case (R-001, R-002).
ROUTING_PREFIXES = ("traefik.http", "traefik.tcp", "traefik.udp", "traefik.tls.stores.default")
#: What the providers decode first and apart (R-025, R-053).
DOCKER_PREFIXES = ("traefik.docker.", "traefik.enable")
SWARM_PREFIXES = ("traefik.docker.", "traefik.enable", "traefik.swarm.")

_DOCKER_KEYS = frozenset(("network", "lbswarm", "allownonrunning"))
_SWARM_KEYS = frozenset(("network", "lbswarm"))


class LabelTree(NamedTuple):
    """The labels that Traefik decodes as dynamic configuration.

    ``problems`` are keys that can't be decoded at all, in the order in which Traefik meets them: the first fatal one
    is its error, and drops the container. ``unread`` are labels that speak of Traefik and that it never reads.
    ``is_open`` says that a whole key is an unknown variable, so that there may be any label.
    """

    root: Mapping
    problems: tuple[Problem, ...]
    unread: tuple[Label, ...]
    is_open: bool = False


class ProviderLabels(NamedTuple):
    """What the labels tell the provider about the container; None where they say nothing.

    ``error`` is what makes the provider skip the container (R-025), ``both`` that docker's and swarm's labels meet,
    for which swarm skips it too (R-053).
    """

    enable: Scalar | None = None
    enabled: bool | None = None
    network: Scalar | None = None
    lbswarm: bool = False
    allow_non_running: bool = False
    labels: tuple[Label, ...] = ()
    error: Problem | None = None
    both: bool = False


def label_tree(labels: list[Label]) -> LabelTree:
    """Turn all labels of a container into one tree ``http → routers → api → rule``.

    Each segment's key is a scalar standing at its characters inside the label's key; indices stay with their name
    (``domains[0]``). The labels are taken in the byte order of their keys, as Traefik does.
    """
    read: list[tuple[str, Label, KeyPath]] = []
    unread: list[Label] = []
    is_open = False
    for label in labels:
        key = label.key
        if not key.unknown and "traefik" not in key.value.lower():
            continue
        if key.value.count(".") > MAX_NAMES:
            continue
        path = KeyPath(key, ".", "label")
        text = ".".join(path.names) if key.unknown else key.value
        lowered = text.lower()
        if lowered.startswith(ROUTING_PREFIXES):
            read.append((text, label, path))
        elif lowered.startswith("${"):
            is_open = True
        elif lowered.strip().startswith("traefik.") and not lowered.startswith(SWARM_PREFIXES):
            unread.append(label)
    read.sort(key=lambda item: item[0].encode(errors="surrogateescape"))
    root = _empty_root(labels)
    tree = PathTree(root)
    problems: list[Problem] = []
    for text, label, path in read:
        problem = _key_problem(text, path)
        if problem is None:
            tree.add(path, label.value, first=1)
        else:
            problems.append(problem)
    return LabelTree(root, tuple(problems), tuple(unread), is_open)


def provider_labels(
    labels: list[Label], provider: str = "docker", version: Version = NEWEST
) -> ProviderLabels:
    """Read ``traefik.enable`` and ``traefik.docker.*`` (for ``swarm`` also ``traefik.swarm.*``, since 3.2.2).

    An error is reported as Traefik words it, without its ``decoding Docker labels: ``.
    """
    prefixes = SWARM_PREFIXES if provider == "swarm" and version >= (3, 2, 2) else DOCKER_PREFIXES
    own = [
        label
        for label in labels
        if label.key.value.lower().startswith(prefixes)
        and not label.key.unknown
        and label.key.value.count(".") <= MAX_NAMES
    ]
    if not own:
        return ProviderLabels()
    own.sort(key=lambda label: label.key.value.encode(errors="surrogateescape"))
    error: Problem | None = None
    enable: Scalar | None = None
    values: dict[tuple[str, str], Scalar] = {}
    for label in own:
        path = KeyPath(label.key, ".", "label")
        problem = _key_problem(label.key.value, path) or _provider_problem(path, version)
        if problem is None:
            names = [name.lower() for name in path.names[1:]]
            if names == ["enable"]:
                enable = label.value
            else:
                values[names[0], names[1]] = label.value
                if names[1] != "network":
                    problem = _bool_problem(label.value)
        error = error or problem
    enabled = None
    if enable is not None:
        error = error or _bool_problem(enable)
        enabled = _as_bool(enable)
    groups = {group for group, _ in values}
    preferred = "swarm" if "swarm" in groups else "docker"
    return ProviderLabels(
        enable,
        enabled,
        values.get((preferred, "network")),
        _as_bool(values.get((preferred, "lbswarm"))) or False,
        _as_bool(values.get(("docker", "allownonrunning"))) or False,
        tuple(own),
        error,
        len(groups) == 2,
    )


def _key_problem(key: str, path: KeyPath) -> Problem | None:
    """Why the key can't be taken apart (R-003, R-020); an unknown variable in it excuses everything."""
    root = path.names[0]
    if root != "traefik" and path.is_known(0):
        return Problem("wrong-case", path.segment(0).span, root, f"invalid label root {root}", fatal=True)
    for index, name in enumerate(path.names):
        if name and name[0] != "[" and name[-1] != "]":
            continue
        if not path.is_known(index):
            continue
        if not name:
            return Problem("invalid-key", path.key.span, key, f"invalid element: {key}", fatal=True)
        if name[0] == "[":
            reason = f"invalid leading character '[' in field name (bracket is a slice delimiter): {name}"
            return Problem("invalid-key", path.segment(index).span, name, reason, fatal=True)
        if "[" not in name:
            # Traefik's decoder cuts at the bracket that is not there, and panics.
            return Problem(
                "invalid-key", path.segment(index).span, name, "panic in operation: %!w(<nil>)", fatal=True
            )
    return None


def _provider_problem(path: KeyPath, version: Version) -> Problem | None:
    names = [name.lower() for name in path.names]
    if names[1] == "enable":
        if len(names) == 2:
            return None
        span = path.segment(2).span
        return Problem("wrong-type", span, path.names[2], "invalid node Enable: bool", fatal=True)
    known = {"docker": _DOCKER_KEYS, "swarm": _SWARM_KEYS}.get(names[1])
    if known is None:
        return _unknown(path.segment(1))
    if names[2] not in known or (names[2] == "allownonrunning" and version < (3, 6, 0)):
        return _unknown(path.segment(2))
    return None if len(names) == 3 else _unknown(path.segment(3))


def _unknown(segment: Scalar) -> Problem:
    return Problem(
        "unknown-field", segment.span, segment.value, f"field not found, node: {segment.value}", fatal=True
    )


def _bool_problem(value: Scalar) -> Problem | None:
    if value.unknown:
        return None
    try:
        parse_bool(value.value)
    except GoError as error:
        return Problem("bad-bool", value.span, value.value, str(error), fatal=True)
    return None


def _as_bool(value: Scalar | None) -> bool | None:
    if value is None or value.unknown:
        return None
    try:
        return parse_bool(value.value)
    except GoError:
        return None


def _empty_root(labels: list[Label]) -> Mapping:
    if not labels:
        return Mapping(SourceFile("", ""), 0, 0, [])
    first = labels[0].key
    return Mapping(first.file, first.start, first.end, [])
