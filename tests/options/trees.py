"""Short ways to a decoded configuration."""

from __future__ import annotations

import json

from traefik_lint.model.compose import Label
from traefik_lint.model.values import Decoded
from traefik_lint.options.catalogue import crd, dynamic, provider_labels, static
from traefik_lint.options.decoder import decode
from traefik_lint.options.spec import Notation, Spec
from traefik_lint.options.version import NEWEST, Version
from traefik_lint.readers.labels import label_tree
from traefik_lint.readers.paths import KeyPath, PathTree
from traefik_lint.source.span import SourceFile
from traefik_lint.source.toml import parse_toml
from traefik_lint.source.tree import Mapping, Scalar
from traefik_lint.source.yaml import parse_yaml


def yaml_tree(text: str) -> Mapping:
    result = parse_yaml(SourceFile("traefik.yml", text))
    assert result.error is None
    root = result.documents[0].root
    assert isinstance(root, Mapping)
    return root


def from_yaml(text: str, version: Version = NEWEST, spec: Spec | None = None) -> Decoded:
    return decode(yaml_tree(text), spec or dynamic(), "yaml", version)


def from_json(document: object, version: Version = NEWEST, spec: Spec | None = None) -> Decoded:
    return from_yaml(json.dumps(document, ensure_ascii=False), version, spec)


def from_toml(text: str, version: Version = NEWEST) -> Decoded:
    result = parse_toml(SourceFile("dynamic.toml", text))
    assert result.error is None
    return decode(result.root, dynamic(), "toml", version)


def pairs_of(labels: list[str], style: str = "label", unknown: bool = False) -> list[tuple[Scalar, Scalar]]:
    """Keys and values of ``key=value`` texts, each in a file of its own."""
    pairs = []
    for text in labels:
        file = SourceFile("compose.yml", text)
        key, _, value = text.partition("=")
        begin = len(key) + 1
        pairs.append(
            (
                Scalar(file, 0, len(key), key, style),
                Scalar(file, begin, len(text), value, style, unknown=unknown),
            )
        )
    return pairs


def from_labels(*labels: str, version: Version = NEWEST, unknown: bool = False) -> Decoded:
    """Labels as a container has them; with ``unknown`` no value is known."""
    tree = label_tree([Label(key, value) for key, value in pairs_of(list(labels), unknown=unknown)])
    assert not tree.problems
    return decode(tree.root, dynamic(), "label", version)


def path_tree(pairs: list[str], style: str) -> Mapping:
    """All keys of ``traefik.a.b=value`` texts, whatever they begin with, below ``traefik``."""
    scalars = pairs_of(pairs, style)
    tree = PathTree(Mapping(scalars[0][0].file, 0, 0, []))
    for key, value in scalars:
        tree.add(KeyPath(key, ".", style), value, first=1)
    return tree.root


def from_provider_labels(provider: str, *labels: str) -> Decoded:
    return decode(path_tree(list(labels), "label"), provider_labels(provider), "label", NEWEST)


def from_static(notation: Notation, *pairs: str, version: Version = NEWEST) -> Decoded:
    return decode(path_tree([f"traefik.{pair}" for pair in pairs], "flag"), static(), notation, version)


def from_object(kind: str, text: str, version: Version = NEWEST) -> Decoded:
    spec = crd(kind)
    assert spec is not None
    return decode(yaml_tree(text), spec, "crd", version)


def error_of(decoded: Decoded) -> str | None:
    return decoded.error.text if decoded.error else None


def kinds_of(decoded: Decoded) -> list[tuple[str, str]]:
    return [(problem.kind, problem.span.text) for problem in decoded.problems]
