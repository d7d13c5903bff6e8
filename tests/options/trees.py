"""Short ways to a decoded configuration."""

from __future__ import annotations

import json

from traefik_lint.model.values import Decoded
from traefik_lint.options.catalogue import crd, dynamic, provider_labels, static
from traefik_lint.options.decoder import decode
from traefik_lint.options.keys import DYNAMIC_PREFIXES, PROVIDER_PREFIXES, KeyTree, tree_of_keys
from traefik_lint.options.spec import Notation, Spec
from traefik_lint.options.version import NEWEST, Version
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


def key_tree(labels: list[str]) -> KeyTree:
    return tree_of_keys(pairs_of(labels), DYNAMIC_PREFIXES)


def from_labels(*labels: str, version: Version = NEWEST) -> Decoded:
    tree = key_tree(list(labels))
    assert tree.root is not None
    assert not tree.problems
    return decode(tree.root, dynamic(), "label", version)


def from_provider_labels(provider: str, *labels: str) -> Decoded:
    tree = tree_of_keys(pairs_of(list(labels)), PROVIDER_PREFIXES[provider])
    assert tree.root is not None
    return decode(tree.root, provider_labels(provider), "label", NEWEST)


def from_static(notation: Notation, *pairs: str, version: Version = NEWEST) -> Decoded:
    tree = tree_of_keys(pairs_of([f"traefik.{pair}" for pair in pairs], "flag"))
    assert tree.root is not None
    return decode(tree.root, static(), notation, version)


def from_object(kind: str, text: str, version: Version = NEWEST) -> Decoded:
    spec = crd(kind)
    assert spec is not None
    return decode(yaml_tree(text), spec, "crd", version)


def error_of(decoded: Decoded) -> str | None:
    return decoded.error.text if decoded.error else None


def kinds_of(decoded: Decoded) -> list[tuple[str, str]]:
    return [(problem.kind, problem.span.text) for problem in decoded.problems]
