"""Building elements of the dynamic configuration out of what stands in Kubernetes objects."""

from __future__ import annotations

from traefik_lint.golang.errors import GoError
from traefik_lint.golang.strconv import parse_int
from traefik_lint.model.values import Decodable, Element, Items, Plain, Value
from traefik_lint.options.spec import Spec
from traefik_lint.options.version import Version
from traefik_lint.source.span import Span
from traefik_lint.source.tree import Node, Scalar

_SECOND = 1_000_000_000


class Refused(Exception):
    """Traefik's error for one object, route or service, and the place that it is about.

    ``kind`` is the word for :class:`Drop`; it is ``unknown`` when the text that decides is filled in later.
    """

    def __init__(self, kind: str, text: str, source: Value | Node | None = None, fact: str = "") -> None:
        super().__init__(text)
        known = source is None or not isinstance(source, Value) or source.known
        self.kind = kind if known else "unknown"
        self.text = text
        self.span: Span | None = source.span if source is not None else None
        self.fact = fact

    def within(self, prefix: str) -> Refused:
        """The same with Go's wrapping text before it."""
        wrapped = Refused(self.kind, prefix + self.text, None, self.fact)
        wrapped.span = self.span
        return wrapped


def put(element: Element, name: str, data: Plain, source: Value | Node) -> None:
    """Set a scalar field; it stands where ``source`` does, and is known as far as that is."""
    spec = _field(element.spec, name)
    element.fields[spec.name] = value_of(spec, data, source)


def value_of(spec: Spec, data: Plain, source: Value | Node) -> Value:
    """A value that was worked out from another value or that stands for a node."""
    if isinstance(source, Value):
        return Value(spec, data, source.node, source.key, source.known)
    return Value(spec, data, source, None, not (isinstance(source, Scalar) and source.unknown))


def put_texts(element: Element, name: str, texts: list[tuple[str, Value | Node]], node: Node) -> None:
    """Set a list of texts, each with its source; nothing is set for an empty list."""
    if texts:
        spec = _field(element.spec, name)
        item = _item(spec)
        element.fields[spec.name] = Items(
            spec, [value_of(item, text, source) for text, source in texts], node
        )


def child(element: Element, name: str, node: Node, key: Scalar | None = None) -> Element:
    """Set a new, empty struct or map as a field, and return it."""
    spec = _field(element.spec, name)
    below = Element(spec, {}, node, key)
    element.fields[spec.name] = below
    return below


def put_elements(element: Element, name: str, node: Node) -> list[Element]:
    """Set a list of structs as a field; the list returned is the one to fill."""
    spec = _field(element.spec, name)
    items: list[Element] = []
    element.fields[spec.name] = Items(spec, items, node)
    return items


def item_of(element: Element, name: str, node: Node) -> Element:
    """A new struct for the list field ``name``."""
    return Element(_item(_field(element.spec, name)), {}, node)


def unset(element: Element, name: str, node: Node) -> None:
    """Keep a field empty although its kind has a default: this provider does not fill it in."""
    spec = _field(element.spec, name)
    if spec.name not in element.fields:
        element.fields[spec.name] = Value(spec, None, node)


def recast_into(element: Element, name: str, found: Decodable | None, version: Version) -> None:
    """Set a field to what stands in the object under the object's own options; nothing for None."""
    if found is not None:
        spec = _field(element.spec, name)
        if spec.exists_in(version):
            element.fields[spec.name] = recast(found, spec, version)


def recast(found: Decodable, spec: Spec, version: Version) -> Decodable:
    """The same data under other options: those of the dynamic configuration for those of the object.

    Fields that the dynamic configuration of this release does not have are left out. Raises GoError for a text
    that is no duration.
    """
    if isinstance(found, Value):
        if spec.at(version).kind == "duration" and found.known:
            return Value(spec, duration(found), found.node, found.key)
        return Value(spec, found.data, found.node, found.key, found.known)
    if isinstance(found, Items):
        item = spec.item or spec
        members = [recast(member, item, version) for member in found.items]
        return Items(spec, members, found.node, found.key)  # type: ignore[arg-type]  # of one kind, as before
    element = Element(spec, {}, found.node, found.key)
    for name, member in found.fields.items():
        if spec.kind == "any":
            element.fields[name] = member
            continue
        below = spec.item if spec.kind == "map" else spec.field(name)
        if below is not None and below.exists_in(version):
            element.fields[below.name if spec.kind == "struct" else name] = recast(member, below, version)
    return element


def duration(value: Value) -> int:
    """Nanoseconds of a duration as Traefik reads it from an object: a bare number counts seconds.

    Raises GoError.
    """
    if isinstance(value.data, int):
        return value.data * _SECOND
    text = value.text
    try:
        return parse_int(text) * _SECOND
    except GoError:
        from traefik_lint.golang.duration import parse_duration

        return parse_duration(text)


def _field(spec: Spec, name: str) -> Spec:
    field = spec.field(name)
    if field is None:
        raise ValueError(f"{spec.path} has no field {name}")
    return field


def _item(spec: Spec) -> Spec:
    if spec.item is None:
        raise ValueError(f"{spec.path} has no items")
    return spec.item
