"""Manifests to objects: streams of YAML or JSON documents, lists unpacked, names and labels looked up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from traefik_lint.model.compose import Label
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.readers.kubernetes.kustomize import Kustomization, read_kustomization
from traefik_lint.source.span import SourceFile
from traefik_lint.source.tree import Document, Duplicate, Mapping, Node, ReadError, Scalar, Sequence
from traefik_lint.source.yaml import parse_yaml

_TEMPLATE = re.compile(r"\{\{|\{%")
# What a later step fills in: Helm and Jinja actions, and variables of Flux, envsubst and the like.
# `${1}` is a group of a regular expression.
_PLACEHOLDER = re.compile(r"\{\{.*\}\}|\{%.*%\}|\$\{[A-Za-z_][^}]*\}", re.DOTALL)
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
#: Content of other programs, full of braces of its own.
_FOREIGN_CONTENT = frozenset({"data", "stringData", "binaryData"})
#: `${name}` is a group of the regular expression here.
_GROUP_FIELDS = frozenset({"replacement"})


class Manifests(NamedTuple):
    """The objects and kustomizations of one or more documents.

    ``is_open`` says that the documents may define more than these: a template, or an object whose name is
    filled in by a later step. ``error`` is what kept the rest of the file from being read.
    """

    objects: list[KubernetesObject]
    kustomizations: list[Kustomization]
    is_open: bool
    error: ReadError | None = None
    duplicates: tuple[Duplicate, ...] = ()


def read_manifests(file: SourceFile) -> Manifests:
    """Read a file of manifests, YAML or JSON.

    An unrendered template (Helm, Jinja) yields nothing and is open: what it becomes can't be told.
    """
    result = parse_yaml(file)
    if result.error is not None and _TEMPLATE.search(file.text):
        return Manifests([], [], is_open=True)
    manifests = read_objects(result.documents)
    return manifests._replace(error=result.error, duplicates=tuple(result.duplicates))


def read_objects(documents: Iterable[Document]) -> Manifests:
    """Find the objects in parsed documents.

    ``List`` objects and JSON arrays are unpacked. Scalars that hold a placeholder of a later step
    (``${VAR}``, ``{{ … }}``) are marked unknown.
    """
    objects: list[KubernetesObject] = []
    kustomizations: list[Kustomization] = []
    is_open = False
    marked: dict[SourceFile, bool] = {}
    for document in documents:
        for root in _unpack(document.root):
            may_hold = marked.get(root.file)
            if may_hold is None:
                may_hold = marked[root.file] = _PLACEHOLDER.search(root.file.text) is not None
            if may_hold:
                mark_placeholders(root)
            kustomization = read_kustomization(root)
            if kustomization is not None:
                kustomizations.append(kustomization)
                continue
            found = _read_object(root)
            if found is None:
                continue
            objects.append(found)
            if any(node is not None and node.unknown for node in (found.name_node, found.namespace_node)):
                is_open = True
    return Manifests(objects, kustomizations, is_open)


def _unpack(root: Node | None) -> Iterator[Mapping]:
    """The objects of a document: itself, the items of a list, or of lists in lists."""
    pending = [root]
    while pending:
        node = pending.pop()
        if isinstance(node, Sequence):
            pending.extend(reversed(node.items))
        elif isinstance(node, Mapping):
            kind = node.scalar("kind")
            items = node.sequence("items")
            if items is not None and kind is not None and kind.value.endswith("List"):
                pending.extend(reversed(items.items))
            else:
                yield node


def _read_object(root: Mapping) -> KubernetesObject | None:
    api_version = root.scalar("apiVersion")
    kind = root.scalar("kind")
    if api_version is None or kind is None or is_null(api_version) or is_null(kind):
        return None
    found = KubernetesObject(root, api_version, kind)
    metadata = root.mapping("metadata")
    if metadata is None:
        return found
    name = metadata.scalar("name")
    if name is not None and not is_null(name):
        found.name = name.value
        found.name_node = name
    namespace = metadata.scalar("namespace")
    if namespace is not None and not is_null(namespace):
        found.namespace = namespace.value
        found.namespace_node = namespace
    found.annotations = _labels(metadata.mapping("annotations"))
    found.labels = _labels(metadata.mapping("labels"))
    return found


def _labels(mapping: Mapping | None) -> list[Label]:
    if mapping is None:
        return []
    return [
        Label(entry.key, entry.value, entry.via)
        for entry in mapping.entries
        if isinstance(entry.value, Scalar)
    ]


def is_null(node: Node | None) -> bool:
    """Whether a value is absent or YAML's null."""
    if node is None:
        return True
    return isinstance(node, Scalar) and node.style == "plain" and not node.tag and node.value in _NULLS


def mark_placeholders(root: Mapping) -> None:
    """Mark all scalars below that hold a placeholder of a later step as unknown."""
    pending = [entry.value for entry in root.entries if entry.key.value not in _FOREIGN_CONTENT]
    while pending:
        node = pending.pop()
        if isinstance(node, Mapping):
            pending.extend(entry.value for entry in node.entries if entry.key.value not in _GROUP_FIELDS)
        elif isinstance(node, Sequence):
            pending.extend(node.items)
        elif isinstance(node, Scalar) and _PLACEHOLDER.search(node.value):
            node.unknown = True
