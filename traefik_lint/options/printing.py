"""The schema of one release, for editors and for reading."""

from __future__ import annotations

import os
from typing import cast

from traefik_lint.data import data_path
from traefik_lint.options.catalogue import CRD_KINDS, Json, load_schema
from traefik_lint.options.version import NEWEST, Version


def schema_names() -> list[str]:
    """The names that :func:`schema_for` knows: ``dynamic``, ``static``, the CRD kinds and our own documents."""
    own = sorted(name[:-5] for name in os.listdir(data_path("schemas")) if name.endswith(".json"))
    tables = ("enums", "changes")
    return [*(name for name in own if name not in tables), *CRD_KINDS]


def schema_for(name: str, version: Version = NEWEST) -> Json | None:
    """The JSON Schema called ``name`` as it is for one release of Traefik; None when there is no such schema.

    Options that the release does not have are left out, removed ones that it still has are put in, and types,
    defaults and limits are the release's own. Our annotations are gone; ``deprecated`` says whether the release
    deprecates the option.
    """
    by_lower = {known.lower(): known for known in schema_names()}
    known = by_lower.get(name.lower())
    if known is None:
        return None
    schema = load_schema(f"crd/{known}.json" if known in CRD_KINDS else f"{known}.json")
    if known not in (*CRD_KINDS, "dynamic", "static"):
        return schema
    schema["title"] = f"{schema['title']} {version.minor_text}"
    return cast(Json, _at(schema, version))


def _at(value: object, version: Version) -> object:
    """A copy of a part of a schema for one release."""
    if isinstance(value, list):
        return [_at(item, version) for item in value]
    if not isinstance(value, dict):
        return value
    about = cast(Json, value.get("x-traefik") or {})
    copy: Json = {
        key: _at(item, version) for key, item in value.items() if key not in ("x-traefik", "properties")
    }
    if "properties" in value:
        copy["properties"] = _properties(cast("dict[str, Json]", value["properties"]), about, version)
        required = cast("list[str]", copy.get("required", []))
        if "required" in copy:
            copy["required"] = [name for name in required if name in cast(Json, copy["properties"])]
    _apply_older(copy, about, version)
    copy.pop("x-enum", None)
    if "deprecated" in about and version < _version(str(about["deprecated"])):
        copy.pop("deprecated", None)
    return copy


def _properties(properties: dict[str, Json], about: Json, version: Version) -> Json:
    absent = cast("dict[str, Json]", about.get("absent") or {})
    found: Json = {}
    for name, schema in {**properties, **absent}.items():
        own = cast(Json, schema.get("x-traefik") or {})
        if _exists(own, version) and not own.get("internal"):
            found[name] = _at(schema, version)
    return dict(sorted(found.items()))


def _exists(about: Json, version: Version) -> bool:
    windows = cast("list[list[str | None]]", about.get("windows") or [[about.get("since", "2.0.0"), None]])
    return any(
        _version(cast(str, first)) <= version and (last is None or version < _version(last))
        for first, last in windows
    )


def _apply_older(copy: Json, about: Json, version: Version) -> None:
    for when, changed in cast("dict[str, Json]", about.get("in") or {}).items():
        if when.startswith("<"):
            last = _version(when[1:])
            applies = last.major == version.major and last.minor == version.minor and version < last
        else:
            applies = when == version.minor_text
        if not applies:
            continue
        for key, value in changed.items():
            if key == "type":
                copy["$ref"] = f"#/$defs/{value}"
            elif key in ("default", "minimum", "maximum", "pattern", "enum"):
                if value is None:
                    copy.pop(key, None)
                else:
                    copy[key] = value
            elif key == "allowEmpty" and not value and copy.pop("$ref", None):
                copy["type"] = ["object", "null"]
                copy["minProperties"] = 1
                copy["not"] = {"type": "object", "additionalProperties": {"type": "null"}}
            elif key == "apiVersion":
                cast("dict[str, Json]", copy["properties"])["apiVersion"]["enum"] = value


def _version(text: str) -> Version:
    major, minor, patch = text.split(".")
    return Version(int(major), int(minor), int(patch))
