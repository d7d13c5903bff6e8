"""Annotations of an Ingress or a Service to the one tree, as Traefik turns them into labels (K-101, K-102)."""

from __future__ import annotations

import re
from typing import NamedTuple

from traefik_lint.model.compose import Label
from traefik_lint.model.values import Problem
from traefik_lint.options.annotations import PREFIX
from traefik_lint.readers.derived import Segment, derive
from traefik_lint.readers.paths import KeyPath, PathTree
from traefik_lint.source.span import SourceFile
from traefik_lint.source.tree import Mapping, Scalar

_INDEX = re.compile(r"(.+)\.(\w+)\.(\d+)\.(.+)", re.DOTALL)


class AnnotationTree(NamedTuple):
    """The annotations of one section (``router`` or ``service``); ``root`` holds the section.

    ``problem`` is what keeps them from being taken apart, ``is_empty`` says that there are none of this section,
    and ``any`` that the object has Traefik annotations at all.
    """

    root: Mapping
    problem: Problem | None
    is_empty: bool
    any: bool


def annotation_tree(annotations: list[Label], section: str) -> AnnotationTree:
    """Turn the annotations below ``traefik.ingress.kubernetes.io/`` that belong to a section into a tree.

    ``router.tls.domains.0.main`` is the path ``router → tls → domains[0] → main``.
    """
    own = [label for label in annotations if label.key.value.startswith(PREFIX)]
    wanted = f"traefik.{section}."
    read = []
    for label in own:
        key = _label_key(label.key)
        if key.value.lower().startswith(wanted):
            read.append((key, label))
    read.sort(key=lambda item: item[0].value.encode(errors="surrogateescape"))
    first = own[0].key if own else Scalar(SourceFile("", ""), 0, 0, "")
    root = Mapping(first.file, first.start, first.end, [])
    tree = PathTree(root)
    problem: Problem | None = None
    for key, label in read:
        path = KeyPath(key, ".", "label")
        if "" in path.names:
            text = f"invalid element: {key.value}"
            problem = problem or Problem("invalid-key", label.key.span, label.key.value, text, fatal=True)
        else:
            tree.add(path, label.value, first=1)
    return AnnotationTree(root, problem, not read, bool(own))


def _label_key(key: Scalar) -> Scalar:
    """``traefik.router.…`` for ``traefik.ingress.kubernetes.io/router.…``, each character at its place."""
    value = key.value
    begin = len(PREFIX)
    segments = [Segment("traefik.", 0, len("traefik."))]
    match = _INDEX.fullmatch(value, begin)
    if match is None:
        segments.append(Segment(value[begin:], begin, len(value)))
    else:
        before, after = match.end(2), match.end(3)
        segments.append(Segment(value[begin:before], begin, before))
        segments.append(Segment(f"[{match[3]}]", before, after))
        segments.append(Segment(value[after:], after, len(value)))
    return derive(key, segments, "label", key.unknown)
