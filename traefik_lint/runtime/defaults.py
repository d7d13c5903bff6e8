"""Elements as Traefik's JSON shows them: defaults filled in, empty values left out (pkg/config/dynamic)."""

from __future__ import annotations

from typing import TypeAlias

from traefik_lint.model.values import Decodable, Element, Items, Value
from traefik_lint.options.spec import Spec
from traefik_lint.options.version import Version

Json: TypeAlias = "dict[str, object]"

#: Pointers in Go: their zero value is shown when it was written. The version is the first with the pointer.
_POINTERS: dict[str, tuple[Version, ...]] = {
    "accessLogs": (), "metrics": (), "tracing": (), "mirrorBody": (), "ipv6Subnet": (), "followRedirects": (),
    "unhealthyInterval": (), "weight": (), "maxResponseBodySize": (),
    "cookie.path": (), "mirroring.maxBodySize": (), "forwardAuth.maxBodySize": (), "errors.maxRequestBodyBytes": (),
    "retry.maxRequestBodyBytes": (), "redis.dialTimeout": (), "redis.readTimeout": (), "redis.writeTimeout": (),
    "loadBalancer.terminationDelay": (),
    "autoDetect": (Version(3, 0, 0),), "caOptional": (Version(3, 0, 0),), "forceSlash": (Version(3, 0, 0),),
    "featurePolicy": (Version(3, 0, 0),), "sslForceHost": (Version(3, 0, 0),), "sslHost": (Version(3, 0, 0),),
    "sslRedirect": (Version(3, 0, 0),), "sslTemporaryRedirect": (Version(3, 0, 0),),
    "trustForwardHeader": (Version(2, 11, 43), Version(3, 6, 14)),
    "accessControlMaxAge": (Version(3, 6, 22), Version(3, 7, 6)),
    "stsSeconds": (Version(3, 6, 10),),
}  # fmt: skip
#: Shown even when false (no `omitempty` in the struct).
_ALWAYS = frozenset({"passHostHeader", "passthrough"})
#: Decoded for the provider's use, never shown.
_HIDDEN = frozenset({"servers[].scheme", "servers[].port"})

_Plan: TypeAlias = "tuple[Json, frozenset[str], frozenset[str]]"
_plans: dict[tuple[Spec, Version], _Plan] = {}


def json_form(element: Element, version: Version) -> Json:
    """The element as `/api/rawdata` of this release shows it.

    Default sections and lists are shared between elements: what was not written is never changed in place.
    """
    return _struct(element.fields, element.spec, version)


def _struct(fields: dict[str, Decodable], spec: Spec, version: Version) -> Json:
    if spec.kind in ("map", "any"):
        return {name: _any_form(value, version) for name, value in fields.items()}
    defaults, shown, hidden = _plan(spec, version)
    result: Json = dict(defaults)
    for name, value in fields.items():
        if name in hidden:
            continue
        if isinstance(value, Value):
            if value.data or (name in shown and value.data is not None):
                result[name] = _scalar(value)
            else:
                result.pop(name, None)
        elif isinstance(value, Items):
            if value.items:
                result[name] = [_any_form(item, version) for item in value.items]
            else:
                result.pop(name, None)
        elif value.spec.kind in ("map", "any"):
            form = _struct(value.fields, value.spec, version)
            if form:
                result[name] = form
            else:
                result.pop(name, None)
        else:
            result[name] = _struct(value.fields, value.spec, version)
    return result


def _any_form(value: Decodable, version: Version) -> object:
    if isinstance(value, Value):
        form = _scalar(value)
        return "" if form is None else form
    if isinstance(value, Items):
        return [_any_form(item, version) for item in value.items]
    return _struct(value.fields, value.spec, version)


def _scalar(value: Value) -> object:
    data = value.data
    if isinstance(data, int) and value.spec.kind == "duration":
        from traefik_lint.golang.duration import format_duration

        return format_duration(data)
    return data


def _plan(spec: Spec, version: Version) -> _Plan:
    """The defaults of a struct, the fields shown when zero, and those never shown; worked out once."""
    known = _plans.get((spec, version))
    if known is None:
        known = _plans[(spec, version)] = _make_plan(spec, version)
    return known


def _make_plan(spec: Spec, version: Version) -> _Plan:
    defaults: Json = {}
    shown: set[str] = set()
    hidden: set[str] = set()
    parent = spec.path.rpartition(".")[2]
    for field in spec.fields.values():
        tail = f"{parent}.{field.name}"
        if tail in _HIDDEN:
            hidden.add(field.name)
            continue
        if field.name in _ALWAYS or _is_pointer(field.name, tail, version):
            shown.add(field.name)
        if not field.exists_in(version):
            continue
        default, present = _default(field, version)
        if field.kind == "struct":
            if present:
                defaults[field.name] = _plan(field, version)[0]
        elif field.name in _ALWAYS:
            defaults[field.name] = bool(default)
        elif default not in (None, "", 0, False, "0s", [], {}):
            defaults[field.name] = default
    return defaults, frozenset(shown), frozenset(hidden)


def _is_pointer(name: str, tail: str, version: Version) -> bool:
    since = _POINTERS.get(name)
    if since is None:
        since = _POINTERS.get(tail)
    if since is None:
        return False
    if not since:
        return True
    # Back-ported to older minors by patch: the first of the version's own minor counts, else the newest before it.
    own = [first for first in since if first[:2] == version[:2]]
    return version >= own[0] if own else version >= since[0] and version[:2] > since[-1][:2]


def _default(spec: Spec, version: Version) -> tuple[object, bool]:
    default, present = spec.default, spec.present
    for first, last, changed in spec.older:
        if first <= version < last:
            default = changed.get("default", default)
            present = bool(changed.get("present", present))
    return default, present
