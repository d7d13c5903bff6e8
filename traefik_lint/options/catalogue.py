"""All options of Traefik, from the schemas."""

from __future__ import annotations

import json
from functools import cache
from typing import TypeAlias, cast

from traefik_lint.data import data_path
from traefik_lint.options.spec import Kind, Older, Spec
from traefik_lint.options.version import Version

Json: TypeAlias = "dict[str, object]"

CRD_KINDS = (
    "IngressRoute", "IngressRouteTCP", "IngressRouteUDP", "Middleware", "MiddlewareTCP", "ServersTransport",
    "ServersTransportTCP", "TLSOption", "TLSStore", "TraefikService",
)  # fmt: skip

_REF = "#/$defs/"
_SCALAR_GO: dict[str, str] = {
    "string": "string",
    "bool": "bool",
    "int": "int",
    "uint": "uint32",
    "float": "float64",
    "duration": "int64",
}
_CRD_KIND: dict[str, Kind] = {"string": "string", "boolean": "bool", "integer": "int"}
_NOTATIONS = {"file": ("yaml", "toml"), "label": ("label", "flag", "env")}


def load_schema(name: str) -> Json:
    """A file of ``schemas/`` as JSON, for instance ``dynamic.json`` or ``crd/Middleware.json``."""
    with open(data_path(f"schemas/{name}"), encoding="utf-8") as file:
        return cast(Json, json.load(file))


@cache
def dynamic() -> Spec:
    """The dynamic configuration: ``http``, ``tcp``, ``udp`` and ``tls``."""
    return _struct_root("dynamic", load_schema("dynamic.json"))


@cache
def static() -> Spec:
    """The static configuration: entry points, providers, certificate resolvers and the rest."""
    return _struct_root("static", load_schema("static.json"))


@cache
def crd(kind: str) -> Spec | None:
    """The body of a Traefik object (``spec`` and what stands beside it); None for a kind that Traefik does not have."""
    if kind not in CRD_KINDS:
        return None
    schema = load_schema(f"crd/{kind}.json")
    root = Spec(kind, "", "struct")
    for name, child in cast("dict[str, Json]", schema["properties"]).items():
        root.fields[name.lower()] = _crd_option(name, name, child)
    root.fields["spec"].required = True
    return root


@cache
def enums() -> Json:
    """The known values by topic, as in ``schemas/enums.json``."""
    return load_schema("enums.json")


@cache
def provider_labels(provider: str) -> Spec:
    """The labels that a provider reads for itself, such as ``traefik.enable`` and ``traefik.docker.*`` (R-025).

    The provider is ``docker``, ``swarm``, ``consulcatalog``, ``ecs`` or ``nomad``.
    """
    root = Spec("provider-labels", "", "struct")
    table = cast("dict[str, Json]", enums()["providerLabels"])
    for name, schema in cast("dict[str, Json]", table[provider]).items():
        root.fields[name.lower()] = _option(name, name, schema)
    return root


# --- from schema to spec --------------------------------------------------------------------------------------


def _struct_root(name: str, schema: Json) -> Spec:
    root = Spec(name, "", "struct")
    _add_fields(root, schema, "")
    return root


def _add_fields(parent: Spec, schema: Json, prefix: str) -> None:
    fields = parent.fields
    about = cast("dict[str, Json]", schema.get("x-traefik") or {})
    for group in (schema.get("properties"), about.get("absent")):
        for name, child in cast("dict[str, Json]", group or {}).items():
            if name.lower() in fields:
                continue  # an earlier spelling of an option that exists
            spec = fields[name.lower()] = _option(name, prefix + name, child)
            if spec.label_name:
                parent.label_fields[spec.label_name] = spec


def _option(name: str, path: str, schema: Json) -> Spec:
    about = cast(Json, schema.get("x-traefik") or {})
    reference = cast(str, schema.get("$ref", ""))[len(_REF) :]
    if "properties" in schema:
        spec = Spec(name, path, "struct")
        _add_fields(spec, schema, path + ".")
    elif "items" in schema:
        spec = Spec(name, path, "list")
        spec.item = item = Spec("[]", path + "[]", "struct")
        _add_fields(item, cast(Json, schema["items"]), path + "[].")
    elif "additionalProperties" in schema:
        spec = Spec(name, path, "map")
        spec.item = _option("*", path + ".*", cast(Json, schema["additionalProperties"]))
    elif reference in ("strings", "floats"):
        spec = Spec(name, path, "list")
        spec.item = Spec("[]", path + "[]", "string" if reference == "strings" else "float")
        spec.item.go_type = _SCALAR_GO[spec.item.kind]
    elif reference == "free":
        spec = Spec(name, path, "any")
    elif reference == "switch":
        spec = Spec(name, path, "struct")
    else:
        spec = Spec(name, path, cast(Kind, reference))
        spec.go_type = _SCALAR_GO[reference]
    spec.description = cast(str, schema.get("description", ""))
    spec.default = schema.get("default")
    if "x-enum" in schema:
        spec.enum = tuple(cast("list[str]", schema["x-enum"]))
    if about:
        _annotate(spec, about)
    return spec


def _annotate(spec: Spec, about: Json) -> None:
    since = cast(str, about.get("since", ""))
    if since:
        spec.since = _version(since)
        if "windows" in about:
            windows = cast("list[list[str | None]]", about["windows"])
            spec.windows = tuple(
                (_version(cast(str, first)), _version(last) if last else None) for first, last in windows
            )
            spec.removed = spec.windows[-1][1]
        elif spec.since > (2, 11, 0):
            spec.windows = ((spec.since, None),)
    for key, value in about.items():
        if key == "go":
            spec.go_type = cast(str, value)
        elif key == "allowEmpty":
            spec.allow_empty = _notations(cast("list[str]", value))
        elif key == "ignored":
            spec.ignored = _notations(cast("list[str]", value))
        elif key == "deprecated":
            spec.deprecated = cast(str, value)
        elif key == "renamedTo":
            spec.renamed_to = cast(str, value)
        elif key == "label":
            spec.label_name = cast(str, value)
        elif key == "internal":
            spec.internal = True
        elif key == "present":
            spec.present = True
        elif key == "in":
            spec.older = tuple(
                _older(key, dict(values)) for key, values in cast("dict[str, Json]", value).items()
            )


def _notations(names: list[str]) -> frozenset[str]:
    return frozenset(notation for name in names for notation in _NOTATIONS[name])


_ATTRIBUTES = {
    "type": "kind", "default": "default", "allowEmpty": "allow_empty", "present": "present", "enum": "enum",
    "go": "go_type", "minimum": "minimum", "maximum": "maximum", "pattern": "pattern", "required": "required",
}  # fmt: skip


def _older(when: str, values: Json) -> Older:
    """``2.11`` is that minor, ``<3.0.1`` the releases of that minor before the patch."""
    changed: Json = {
        _ATTRIBUTES[key]: _changed(key, value) for key, value in values.items() if key in _ATTRIBUTES
    }
    if "type" in values:
        changed["go_type"] = _SCALAR_GO[cast(str, values["type"])]
    if when.startswith("<"):
        last = _version(when[1:])
        return Version(last.major, last.minor, 0), last, changed
    first = _version(when + ".0")
    return first, Version(first.major, first.minor + 1, 0), changed


def _changed(key: str, value: object) -> object:
    if key == "allowEmpty":
        return _notations(cast("list[str]", value))
    if key == "enum":
        return tuple(cast("list[str]", value or ()))
    return value or "" if key == "pattern" else value


@cache
def _version(text: str) -> Version:
    major, minor, patch = text.split(".")
    return Version(int(major), int(minor), int(patch))


def _crd_option(name: str, path: str, schema: Json) -> Spec:
    type_ = schema.get("type")
    if "properties" in schema:
        spec = Spec(name, path, "struct")
        required = cast("list[str]", schema.get("required", []))
        for child, body in cast("dict[str, Json]", schema["properties"]).items():
            field = spec.fields[child.lower()] = _crd_option(child, f"{path}.{child}", body)
            field.required = child in required
    elif "items" in schema:
        spec = Spec(name, path, "list")
        spec.item = _crd_option("[]", path + "[]", cast(Json, schema["items"]))
    elif schema.get("x-free"):
        spec = Spec(name, path, "map")
        spec.item = Spec("*", path + ".*", "any")
    elif type_ == "object" and "additionalProperties" not in schema:
        spec = Spec(name, path, "any")
    elif "additionalProperties" in schema:
        spec = Spec(name, path, "map")
        spec.item = _crd_option("*", path + ".*", cast(Json, schema["additionalProperties"]))
    elif isinstance(type_, list):
        spec = Spec(name, path, "int-or-string")
    else:
        spec = Spec(name, path, _CRD_KIND.get(cast(str, type_), "string"))
    spec.description = cast(str, schema.get("description", ""))
    spec.enum = tuple(cast("list[str]", schema.get("enum", ())))
    spec.default = schema.get("default")
    spec.pattern = cast(str, schema.get("pattern", ""))
    spec.minimum = cast("int | None", schema.get("minimum"))
    spec.maximum = cast("int | None", schema.get("maximum"))
    if "x-traefik" in schema:
        _annotate(spec, cast(Json, schema["x-traefik"]))
    return spec
