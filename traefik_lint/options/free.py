"""Bodies without a schema (plugins), and what Traefik's file loader refuses wherever it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from traefik_lint.model.values import Decodable, Element, Items, Value
from traefik_lint.options.nodes import Child, Group, file_children, scalar_kind, scalar_text
from traefik_lint.options.spec import Spec
from traefik_lint.source.scalars import value_of
from traefik_lint.source.tree import Mapping, Node, Scalar, Sequence


class Unreadable(NamedTuple):
    """A value that the loader can't make a text of: the place, the key it stands under, the loader's words."""

    node: Node
    name: str
    text: str


def unreadable(child: Child, *, deep: bool) -> Iterator[Unreadable]:
    """What the loader refuses in a node's own value, and with ``deep`` in all below it."""
    waiting = [child]
    while waiting:
        name, _, node = waiting.pop()
        if type(node) is Scalar:
            if _is_date(node):
                yield Unreadable(node, name, f"field {name} uses unsupported type: struct")
        elif type(node) is Sequence:
            for item in node.items:
                if type(item) is Sequence:
                    yield Unreadable(item, name, "unsupported simple value type: slice")
                elif type(item) is Scalar:
                    if _is_date(item):
                        yield Unreadable(item, name, "unsupported simple value type: struct")
                    elif (not item.value or item.value[0] in "~nN") and scalar_kind(item) == "null":
                        yield Unreadable(item, name, "unsupported simple value type: invalid")
        if deep:
            waiting.extend(reversed(file_children(node)))


def _is_date(scalar: Scalar) -> bool:
    # A plain text with a digit first and a hyphen or colon soon: only then it pays to ask Go's resolver.
    text = scalar.value
    if scalar.style not in ("plain", "bare") and not scalar.tag:
        return False
    return (
        text[:1].isdigit() and ("-" in text[4:5] or ":" in text[2:3]) and scalar_kind(scalar) == "timestamp"
    )


def free_value(spec: Spec, child: Child, children: Callable[[Node], list[Child]], in_file: bool) -> Decodable:
    """A body of any shape, as Traefik keeps it: texts, but lists of a file keep their items' kind (R-024).

    Built without recursion: a label may be as deep as its author likes.
    """
    root: list[Decodable] = []
    waiting: list[tuple[Child, Callable[[Decodable], None]]] = [(child, root.append)]
    while waiting:
        (_, key, node), place = waiting.pop()
        below = children(node)
        if below and below[0].name.startswith("["):
            # A list of bodies: what is put down first is taken up last.
            parts: list[Decodable] = []
            place(Items(spec, parts, node, key))  # type: ignore[arg-type]  # free bodies mix what a schema would not
            waiting.extend((item, parts.append) for item in reversed(below))
        elif below or type(node) is Mapping:
            element = Element(spec, {}, node, key)
            place(element)
            waiting.extend((item, partial(element.fields.__setitem__, item.name)) for item in reversed(below))
        elif type(node) is Sequence:
            values = [_free_item(spec, item) for item in node.items if type(item) is Scalar]
            place(Items(spec, values, node, key))
        else:
            source = node.value if isinstance(node, Group) else node
            if not isinstance(source, Scalar):
                source = Scalar(node.file, node.end, node.end, "", "absent")
            text = scalar_text(source) if in_file else source.value
            place(Value(spec, text, source, key, not source.unknown))
    return root[0]


def _free_item(spec: Spec, scalar: Scalar) -> Value:
    if scalar.unknown:
        return Value(spec, scalar.value, scalar, None, False)
    resolved = value_of(scalar)
    return Value(spec, resolved.value, scalar)
