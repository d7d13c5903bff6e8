"""A JSON Schema of Traefik's options as one version has them."""

from __future__ import annotations

from typing import TypeAlias, cast

from traefik_lint.options.version import Version, parse_version

Json: TypeAlias = "dict[str, object]"

_ABOUT = "x-traefik"


def schema_of(schema: Json, version: Version) -> Json:
    """The schema without what ``version`` does not have, with what only it has, and without our annotations."""
    about = _about(schema)
    result: Json = {key: _value_of(key, value, version) for key, value in schema.items() if key != _ABOUT}
    for name, member in cast("dict[str, Json]", about.get("absent") or {}).items():
        if _exists(member, version) and not _about(member).get("internal"):
            cast(Json, result.setdefault("properties", {}))[name] = schema_of(member, version)
    if "required" in result:
        known = cast(Json, result.get("properties") or {})
        result["required"] = [name for name in cast("list[str]", result["required"]) if name in known]
    for key in ("required", "description"):
        if key in result and not result[key]:
            del result[key]
    deprecated = cast(str, about.get("deprecated") or "")
    if deprecated and _version(deprecated) <= version:
        result["deprecated"] = True
    return result


def _value_of(key: str, value: object, version: Version) -> object:
    if key in ("properties", "$defs") and isinstance(value, dict):
        return {name: _member(member, version) for name, member in value.items() if _exists(member, version)}
    if key in ("items", "additionalProperties"):
        return _member(value, version)
    if key in ("anyOf", "allOf", "oneOf") and isinstance(value, list):
        return [_member(member, version) for member in value]
    return value


def _member(schema: object, version: Version) -> object:
    return schema_of(schema, version) if isinstance(schema, dict) else schema


def _about(schema: object) -> Json:
    return cast(Json, schema.get(_ABOUT) or {}) if isinstance(schema, dict) else {}


def _exists(schema: object, version: Version) -> bool:
    about = _about(schema)
    windows = cast("list[list[str | None]]", about.get("windows") or [])
    if windows:
        return any(
            _version(cast(str, first)) <= version and (last is None or version < _version(last))
            for first, last in windows
        )
    since = cast(str, about.get("since") or "")
    return not since or _version(since) <= version


def _version(text: str) -> Version:
    return parse_version(text) or Version(0, 0, 0)
