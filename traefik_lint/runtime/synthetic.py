"""Elements that nobody wrote: Traefik's own routers and the defaults that providers fill in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from traefik_lint.model.values import Decodable, Element, Items, Value
from traefik_lint.options.spec import Spec
from traefik_lint.source.span import SourceFile
from traefik_lint.source.tree import Node, Scalar

Data: TypeAlias = "str | bool | int | list[Data] | Mapping[str, Data] | Value | Items | Element"

_NO_FILE = SourceFile("", "")
#: Stands where an element has no place in any file.
NOWHERE = Scalar(_NO_FILE, 0, 0, "")


class ComputedServer(Element):
    """A server whose address Traefik finds at run time: two with one text are still two servers."""

    __slots__ = ()


def with_fields(element: Element, **fields: Decodable | None) -> Element:
    """The same element with other fields; None takes a field away."""
    changed = {name: value for name, value in {**element.fields, **fields}.items() if value is not None}
    return type(element)(element.spec, changed, element.node, element.key)


def build(spec: Spec, data: Data, node: Node = NOWHERE) -> Decodable:
    """Plain data as decoded values under ``spec``, all of them standing at ``node``; decoded values pass through."""
    if isinstance(data, Value | Items | Element):
        return data
    if isinstance(data, Mapping):
        return build_element(spec, data, node)
    if isinstance(data, list):
        return Items(spec, [build(_item(spec), item, node) for item in data], node)  # type: ignore[arg-type]
    return Value(spec, data, node)


def build_element(spec: Spec, data: Mapping[str, Data], node: Node = NOWHERE) -> Element:
    """A struct or map of plain data; field names in the canonical spelling."""
    fields: dict[str, Decodable] = {}
    for name, value in data.items():
        child = _item(spec) if spec.kind == "map" else spec.field(name)
        if child is None:
            raise ValueError(f"{spec.path} has no field {name}")
        fields[name] = build(child, value, node)
    return Element(spec, fields, node)


def option(root: Spec, *path: str) -> Spec:
    """The spec at a path below ``root``; ``*`` enters a map or a list."""
    here = root
    for name in path:
        child = _item(here) if name == "*" else here.field(name)
        if child is None:
            raise ValueError(f"{here.path} has no field {name}")
        here = child
    return here


def _item(spec: Spec) -> Spec:
    if spec.item is None:
        raise ValueError(f"{spec.path} has no items")
    return spec.item
