"""YAML and TOML files as Traefik's own file loader sees them: one document, one mapping."""

from __future__ import annotations

from typing import Literal, NamedTuple

from traefik_lint.source.span import SourceFile, Span
from traefik_lint.source.toml import parse_toml
from traefik_lint.source.tree import Duplicate, Mapping, Node, ReadError
from traefik_lint.source.yaml import parse_yaml

Notation = Literal["yaml", "toml"]


class ReadFile(NamedTuple):
    """The file's root (empty when there is nothing in it), and why Traefik can't read it.

    With an error ``root`` holds what could be read before it.
    """

    root: Mapping
    notation: Notation
    error: ReadError | None


def notation_of(path: str) -> Notation:
    """The notation by the file's extension, as in Traefik."""
    return "toml" if path.lower().endswith(".toml") else "yaml"


def read_file(file: SourceFile) -> ReadFile:
    """Parse a configuration file; of several YAML documents only the first counts."""
    notation = notation_of(file.path)
    if notation == "toml":
        toml = parse_toml(file)
        return ReadFile(toml.root, notation, toml.error or _duplicate_error(toml.duplicates, "toml"))
    yaml = parse_yaml(file)
    root: Node | None = yaml.documents[0].root if yaml.documents else None
    error = yaml.error if not yaml.documents else None
    if error is None:
        error = _duplicate_error([found for found in yaml.duplicates if _is_below(found, root)], "yaml")
    if root is not None and not isinstance(root, Mapping):
        error = ReadError("the top level is no mapping", root.span)
        root = None
    return ReadFile(root or Mapping(file, 0, 0, []), notation, error)


def _duplicate_error(duplicates: list[Duplicate], notation: str) -> ReadError | None:
    if not duplicates:
        return None
    key, earlier = duplicates[0]
    if notation == "toml":
        return ReadError(f'key "{key.value}" is already defined', key.span)
    return ReadError(f'mapping key "{key.value}" already defined at line {earlier.span.first.line}', key.span)


def _is_below(duplicate: Duplicate, root: Node | None) -> bool:
    return root is not None and duplicate.key.start <= root.end


def whole(file: SourceFile) -> Span:
    """The place of the file as a whole: its beginning."""
    return Span(file, 0, 0)
