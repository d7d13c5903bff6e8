"""Every file that is looked at, read and classified once."""

from __future__ import annotations

import os
from typing import Literal, NamedTuple

from traefik_lint.deployments import kinds
from traefik_lint.deployments.kinds import FileKind
from traefik_lint.deployments.walk import is_inside, is_regular, shown_path
from traefik_lint.source.load import decode, load
from traefik_lint.source.span import SourceFile
from traefik_lint.source.toml import parse_toml
from traefik_lint.source.tree import Duplicate, Mapping, Node, ReadError
from traefik_lint.source.yaml import parse_yaml


class ParsedFile(NamedTuple):
    """A file with its trees and what it is.

    ``error`` is set when it could not be read to its end; ``templated`` says that it holds template actions, so
    that an error is no mistake of its author. ``file`` is None when not even its text could be read.
    """

    real: str
    shown: str
    file: SourceFile | None
    kind: FileKind
    notation: Literal["yaml", "toml"]
    roots: tuple[Node, ...] = ()
    error: ReadError | None = None
    templated: bool = False
    duplicates: tuple[Duplicate, ...] = ()

    @property
    def folder(self) -> str:
        """The absolute folder the file is in."""
        return os.path.dirname(self.real)

    @property
    def root(self) -> Mapping | None:
        """The first document when it is a mapping."""
        first = self.roots[0] if self.roots else None
        return first if isinstance(first, Mapping) else None


class FileStore:
    """Reads files on demand, never outside ``boundaries`` unless the user named them."""

    def __init__(
        self, base: str, boundaries: tuple[str, ...], texts: dict[str, tuple[str, bytes]] | None = None
    ) -> None:
        """``base`` is the current directory; ``texts`` maps real paths to (shown path, bytes) that replace the disk."""
        self.base = base
        self._boundaries = boundaries
        self._sources: dict[str, SourceFile | ReadError] = {}
        self._parsed: dict[str, ParsedFile] = {}
        self._folders: dict[str, str] = {}
        self._allowed: dict[str, str] = {}
        for real, (shown, data) in (texts or {}).items():
            self._sources[real] = decode(data, shown, real)
            self._allowed[real] = shown

    def allow(self, real: str, shown: str) -> None:
        """Let a file be read wherever it lies, because the user named it, and be shown as he did."""
        self._allowed[real] = shown

    def exists(self, real: str) -> bool:
        """Whether the file may be opened and is there."""
        return real in self._sources or (self._inside(real) and is_regular(real))

    def folder_exists(self, real: str) -> bool:
        """Whether this is a folder inside the boundaries."""
        return self._inside(real) and os.path.isdir(real)

    def source(self, path: str) -> SourceFile | None:
        """The text of a file, None when it is missing, unreadable or outside the boundaries."""
        found = self._read(self._real(path))
        return found if isinstance(found, SourceFile) else None

    def parsed(self, path: str, quick: bool = False) -> ParsedFile | None:
        """The file's trees and kind; with ``quick`` None when its text does not speak of Traefik at all."""
        real = self._real(path)
        known = self._parsed.get(real)
        if known is not None:
            return known
        source = self._read(real)
        if source is None:
            return None
        notation: Literal["yaml", "toml"] = "toml" if real.lower().endswith(".toml") else "yaml"
        if isinstance(source, ReadError):
            parsed = ParsedFile(
                real, source.span.file.path, source.span.file, "other", notation, error=source
            )
        elif quick and not kinds.mentions_traefik(source.text):
            return None
        else:
            parsed = _parse(source, real, notation)
        self._parsed[real] = parsed
        return parsed

    def _real(self, path: str) -> str:
        """The path without links; each folder is only looked through once."""
        folder, name = os.path.split(os.path.abspath(path))
        real_folder = self._folders.get(folder)
        if real_folder is None:
            real_folder = self._folders[folder] = os.path.realpath(folder)
        real = os.path.join(real_folder, name)
        return os.path.realpath(real) if os.path.islink(real) else real

    def _read(self, real: str) -> SourceFile | ReadError | None:
        if real not in self._sources:
            if not self._inside(real) or not is_regular(real):
                return None
            self._sources[real] = load(real, self._shown(real))
        return self._sources[real]

    def _shown(self, real: str) -> str:
        """As the user named it; else relative to the current directory when both lie in one repository."""
        named = self._allowed.get(real)
        if named is not None:
            return named
        base = os.path.realpath(self.base)
        if any(is_inside(real, root) and is_inside(base, root) for root in self._boundaries):
            return os.path.relpath(real, base).replace(os.sep, "/")
        return shown_path(real, self.base)

    def _inside(self, real: str) -> bool:
        return real in self._allowed or any(is_inside(real, root) for root in self._boundaries)


def _parse(source: SourceFile, real: str, notation: Literal["yaml", "toml"]) -> ParsedFile:
    templated = kinds.looks_templated(source.text)
    if notation == "toml":
        toml = parse_toml(source)
        roots: tuple[Node, ...] = (toml.root,)
        error, duplicates = toml.error, tuple(toml.duplicates)
    else:
        yaml = parse_yaml(source)
        roots = tuple(document.root for document in yaml.documents if document.root is not None)
        error, duplicates = yaml.error, tuple(yaml.duplicates)
    kind = kinds.kind_of_documents(list(roots))
    first = roots[0] if roots else None
    if (
        kind == "other"
        and isinstance(first, Mapping)
        and kinds.could_be_static(first, os.path.basename(real))
    ):
        kind = "static"
    return ParsedFile(real, source.path, source, kind, notation, roots, error, templated, duplicates)
