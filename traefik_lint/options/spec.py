"""What is known of one option: its place, its type, its versions."""

from __future__ import annotations

from typing import Literal

from traefik_lint.options.version import Version

Kind = Literal["struct", "map", "list", "string", "bool", "int", "uint", "float", "duration", "any"]
Notation = Literal["yaml", "toml", "label", "flag", "env", "crd"]


class Spec:
    """One option as Traefik's Go structs declare it.

    ``name`` is the canonical spelling (``stripPrefix``), ``path`` the place in the schema with ``*`` for names and
    ``[]`` for list elements (``http.middlewares.*.stripPrefix.prefixes``).
    ``fields`` (of a struct) maps lower-case names to their specs; ``item`` is the spec of a map's values or of a
    list's elements. ``default`` is the value after SetDefaults, in Traefik's JSON form.
    ``allow_empty`` says in which notations the element may stand alone (``tls: {}``, ``tls=true``; R-010).
    ``ignored`` are the notations in which the option is decoded but never takes effect (R-023).
    """

    __slots__ = (
        "allow_empty", "default", "deprecated", "description", "enum", "fields", "ignored", "item", "kind",
        "name", "path", "removed", "renamed_to", "required", "since", "windows",
    )  # fmt: skip

    def __init__(self, name: str, path: str, kind: Kind) -> None:
        self.name = name
        self.path = path
        self.kind: Kind = kind
        self.fields: dict[str, Spec] = {}
        self.item: Spec | None = None
        self.default: object = None
        self.allow_empty: frozenset[str] = frozenset()
        self.ignored: frozenset[str] = frozenset()
        self.deprecated: str = ""
        self.description: str = ""
        self.enum: tuple[str, ...] = ()
        self.renamed_to: str = ""
        self.required: bool = False
        self.since: Version | None = None
        self.removed: Version | None = None
        #: Half-open ranges of versions that have the option; empty means all known versions.
        self.windows: tuple[tuple[Version, Version | None], ...] = ()

    def exists_in(self, version: Version) -> bool:
        """Whether this release of Traefik knows the option."""
        if not self.windows:
            return True
        return any(first <= version and (last is None or version < last) for first, last in self.windows)

    def field(self, name: str) -> Spec | None:
        """The field of a struct by name in any letter case (R-004, R-232)."""
        return self.fields.get(name.lower())

    def __repr__(self) -> str:
        return f"Spec({self.path!r}, {self.kind})"
