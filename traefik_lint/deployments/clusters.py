"""Which Kubernetes objects share a cluster, when a folder holds several sets of manifests."""

from __future__ import annotations

from typing import NamedTuple

from traefik_lint.model.kubernetes import KubernetesObject


class Manifest(NamedTuple):
    """The objects of one file, with the file's path as a list of folder names and the file name."""

    parts: tuple[str, ...]
    objects: list[KubernetesObject]


def group_clusters(manifests: list[Manifest]) -> list[list[KubernetesObject]]:
    """All objects together, unless the same object is defined twice in different files: then per folder.

    Repositories often hold a set of manifests per environment or per example; a cluster can have each object
    only once, so a repeated one tells them apart.
    """
    groups: list[list[KubernetesObject]] = []
    pending = [(manifests, 0)]
    while pending:
        members, depth = pending.pop()
        if len(members) == 1 or not _repeats(members):
            groups.append([found for member in members for found in member.objects])
            continue
        by_folder: dict[tuple[str, ...], list[Manifest]] = {}
        for member in members:
            by_folder.setdefault(member.parts[: depth + 1], []).append(member)
        pending.extend((group, depth + 1) for group in reversed(by_folder.values()))
    return groups


def _repeats(members: list[Manifest]) -> bool:
    seen: set[tuple[str, str, str, str]] = set()
    for member in members:
        own = {
            (found.group, found.kind, found.namespace, found.name) for found in member.objects if found.name
        }
        if not seen.isdisjoint(own):
            return True
        seen |= own
    return False
