"""A JSON Schema of Traefik's options as one version has them."""

from __future__ import annotations

from typing import TypeAlias, cast

from traefik_lint.options.version import Version, parse_version

Json: TypeAlias = "dict[str, object]"

_ABOUT = "x-traefik"


def schema_of(schema: Json, version: Version) -> Json:
    """The schema without what ``version`` does not have, with what only it has, and without our annotations."""
    result: Json = {}
    about = cast(Json, schema.get(_ABOUT) or {})
    for key, value in schema.items():
        if key in ("properties", "$defs"):
            members = cast("dict[str, Json]", value)
            result[key] = {
                name: schema_of(member, version)
                for name, member in members.items()
                if _exists(member, version)
            }
        elif key == "required":
            known = cast("dict[str, object]", schema.get("properties") or {})
            result[key] = [name for name in cast("list[str]", value) if name in known]
        elif key != _ABOUT:
            result[key] = schema_of(cast(Json, value), version) if isinstance(value, dict) else value
    for name, member in cast("dict[str, Json]", about.get("absent") or {}).items():
        if _exists(member, version) and not cast(Json, member.get(_ABOUT) or {}).get("internal"):
            cast(Json, result.setdefault("properties", {}))[name] = schema_of(member, version)
    if not result.get("required", True):
        del result["required"]
    if not result.get("description", True):
        del result["description"]
    if about.get("deprecated") and _version(cast(str, about["deprecated"])) <= version:
        result["deprecated"] = True
    return result


def _exists(schema: Json, version: Version) -> bool:
    about = cast(Json, schema.get(_ABOUT) or {})
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
