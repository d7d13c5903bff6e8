"""What is known of one option: its place, its type, its versions."""

from __future__ import annotations

from copy import copy
from typing import Literal

from traefik_lint.options.version import Version

Kind = Literal[
    "struct", "map", "list", "string", "bool", "int", "uint", "float", "duration", "any", "int-or-string"
]
Notation = Literal["yaml", "toml", "label", "flag", "env", "crd"]

#: An older release's differences: from, up to (exclusive), and the attributes that were otherwise.
Older = tuple[Version, Version, dict[str, object]]


class Spec:
    """One option as Traefik's Go structs declare it.

    ``name`` is the canonical spelling (``stripPrefix``), ``path`` the place in the schema with ``*`` for names and
    ``[]`` for list elements (``http.middlewares.*.stripPrefix.prefixes``).
    ``fields`` (of a struct) maps lower-case names to their specs; ``item`` is the spec of a map's values or of a
    list's elements. ``default`` is the value after SetDefaults, in Traefik's JSON form (durations in Go form).
    ``allow_empty`` says in which notations the element may stand alone (``tls: {}``, ``tls=true``; R-010).
    ``ignored`` are the notations in which the option is decoded but never takes effect (R-023).
    """

    __slots__ = (
        "allow_empty", "default", "deprecated", "description", "enum", "fields", "go_type", "ignored", "internal",
        "item", "kind", "label_fields", "label_name", "maximum", "minimum", "name", "older", "path", "pattern",
        "present", "removed", "renamed_to", "required", "since", "windows",
    )  # fmt: skip

    def __init__(self, name: str, path: str, kind: Kind) -> None:
        self.name = name
        self.path = path
        self.kind: Kind = kind
        self.fields: dict[str, Spec] = {}
        self.item: Spec | None = None
        self.default: object = None
        self.allow_empty: frozenset[str] = _NOTHING
        self.ignored: frozenset[str] = _NOTHING
        #: The release that deprecated it, else empty.
        self.deprecated: str = ""
        self.description: str = ""
        self.enum: tuple[str, ...] = ()
        self.renamed_to: str = ""
        self.required: bool = False
        self.since: Version | None = None
        #: The release without it, when it is gone for good.
        self.removed: Version | None = None
        #: Half-open ranges of versions that have the option; empty means all known versions.
        self.windows: tuple[tuple[Version, Version | None], ...] = ()
        #: The Go type or kind as Traefik's error texts name it (``*dynamic.Router``, ``ptr``).
        self.go_type: str = ""
        #: The spelling in labels, flags and variables where it is another one (``server`` of ``servers``, R-019).
        self.label_name: str = ""
        #: The fields of a struct that labels spell otherwise, by that spelling.
        self.label_fields: dict[str, Spec] = {}
        #: Filled by Traefik's own code only: decoded, but no option for people.
        self.internal: bool = False
        #: The section exists with its defaults even where it is not written.
        self.present: bool = False
        #: What the API server checks (CRDs only).
        self.pattern: str = ""
        self.minimum: int | None = None
        self.maximum: int | None = None
        self.older: tuple[Older, ...] = ()

    def exists_in(self, version: Version) -> bool:
        """Whether this release of Traefik knows the option."""
        if not self.windows:
            return True
        return any(first <= version and (last is None or version < last) for first, last in self.windows)

    def absence(self, version: Version) -> Literal["newer-option", "removed-option"]:
        """Why a release does not have the option: it is still to come, or it is gone."""
        return "newer-option" if any(first > version for first, _ in self.windows) else "removed-option"

    def field(self, name: str) -> Spec | None:
        """The field of a struct by name in any letter case (R-004, R-232)."""
        return self.fields.get(name.lower())

    def at(self, version: Version) -> Spec:
        """The option as that release has it: itself, or a copy with the older release's type, default, limits."""
        for first, last, changed in self.older:
            if first <= version < last:
                changed_copy = copy(self)
                changed_copy.older = ()
                for name, value in changed.items():
                    setattr(changed_copy, name, value)
                return changed_copy
        return self

    def __repr__(self) -> str:
        return f"Spec({self.path!r}, {self.kind})"


_NOTHING: frozenset[str] = frozenset()
