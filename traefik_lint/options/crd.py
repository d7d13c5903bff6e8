"""Traefik's Kubernetes objects: read as the API server checks them, with exact names and exact types.

The API server refuses an object for a wrong type, a missing required field, or a value outside the limits of its
schema (K-090, K-091), and prunes what it does not know without a word (K-070, K-092). Pruning is not done here:
an unknown field is a problem that refuses nothing, and it is not in the decoded element.
"""

from __future__ import annotations

import re

from traefik_lint.model.values import Decodable, Decoded, Element, Items, Problem, ProblemKind, Value
from traefik_lint.options.free import free_value
from traefik_lint.options.nodes import Child, file_children, is_null
from traefik_lint.options.spec import Spec
from traefik_lint.options.version import Version
from traefik_lint.source.scalars import value_of
from traefik_lint.source.tree import Mapping, Node, Scalar, Sequence

_JSON_TYPES = {
    "struct": "object", "map": "object", "list": "array", "string": "string", "bool": "boolean", "int": "integer",
}  # fmt: skip
_GO_JSON = {"bool": "boolean", "int": "integer", "float": "number", "string": "string", "timestamp": "string"}
#: What stands beside `spec`, and belongs to Kubernetes.
_FOREIGN = frozenset(("apiversion", "kind", "metadata", "status"))


def decode_object(root: Mapping, spec: Spec, version: Version) -> Decoded:
    """Read an object of one of Traefik's kinds; see :func:`traefik_lint.options.decoder.decode`."""
    return _Walk(version).run(root, spec)


class _Walk:
    __slots__ = ("problems", "version")

    def __init__(self, version: Version) -> None:
        self.version = version
        self.problems: list[Problem] = []

    def run(self, root: Mapping, spec: Spec) -> Decoded:
        element = self.struct(spec, root, None, "", foreign=True)
        error = next((problem for problem in self.problems if problem.fatal), None)
        return Decoded(element, tuple(self.problems), error)

    def note(
        self,
        kind: ProblemKind,
        node: Node,
        name: str,
        text: str = "",
        parent: Spec | None = None,
        spec: Spec | None = None,
    ) -> None:
        """Note a problem; with a text the API server refuses the object."""
        self.problems.append(Problem(kind, node.span, name, text, bool(text), parent, spec))

    def struct(
        self, spec: Spec, node: Mapping, key: Scalar | None, path: str, foreign: bool = False
    ) -> Element:
        fields: dict[str, Decodable] = {}
        for entry in node.entries:
            name = entry.key.value
            field = self.field(spec, entry.key)
            if field is None or (foreign and field.name.lower() in _FOREIGN) or is_null(entry.value):
                continue
            value = self.value(field, entry.value, entry.key, f"{path}.{name}" if path else name)
            if value is not None:
                fields[name] = value
        for declared in spec.fields.values():
            field = declared.at(self.version) if declared.older else declared
            if field.required and field.name not in fields and field.exists_in(self.version):
                self.missing(field, spec, node, key, path)
        return Element(spec, fields, node, key)

    def missing(self, field: Spec, spec: Spec, node: Mapping, key: Scalar | None, path: str) -> None:
        written = node.entry(field.name)
        if written is not None and not is_null(written.value):
            return  # it is there, but wrong, and that was said
        where = f"{path}.{field.name}" if path else field.name
        self.note("missing-field", key or node, field.name, f"{where}: Required value", spec, field)

    def field(self, spec: Spec, key: Scalar) -> Spec | None:
        """The field of exactly this name; anything else is pruned (K-092)."""
        name = key.value
        field = spec.fields.get(name.lower())
        if field is not None and field.name == name and field.exists_in(self.version):
            return field.at(self.version) if field.older else field
        if not key.unknown and not (spec.path == "" and name.lower() in _FOREIGN):
            if field is None:
                self.note("unknown-field", key, name, parent=spec)
            elif field.name != name:
                self.note("wrong-case", key, name, parent=spec, spec=field)
            else:
                self.note(field.absence(self.version), key, name, parent=spec, spec=field)
        return None

    def value(self, spec: Spec, node: Node, key: Scalar | None, path: str) -> Decodable | None:
        kind = spec.kind
        if kind == "any":
            shown = key if key is not None else Scalar(node.file, node.start, node.end, "")
            return free_value(spec, Child(shown.value, shown, node), file_children, True)
        if isinstance(node, Scalar):
            return self.scalar(spec, node, key, path)
        if kind == "struct" and isinstance(node, Mapping):
            return self.struct(spec, node, key, path)
        if kind == "map" and isinstance(node, Mapping):
            return self.map(spec, node, key, path)
        if kind == "list" and isinstance(node, Sequence):
            return self.list(spec, node, key, path)
        self.wrong_type(spec, node, key, path, "object" if isinstance(node, Mapping) else "array")
        return None

    def map(self, spec: Spec, node: Mapping, key: Scalar | None, path: str) -> Element:
        item = spec.item
        assert item is not None
        fields: dict[str, Decodable] = {}
        for entry in node.entries:
            value = self.value(item, entry.value, entry.key, f"{path}.{entry.key.value}")
            if value is not None:
                fields[entry.key.value] = value
        return Element(spec, fields, node, key)

    def list(self, spec: Spec, node: Sequence, key: Scalar | None, path: str) -> Items:
        item = spec.item
        assert item is not None
        if item.older:
            item = item.at(self.version)
        values: list[Value] = []
        elements: list[Element] = []
        for index, child in enumerate(node.items):
            value = self.value(item, child, None, f"{path}[{index}]")
            if isinstance(value, Element):
                elements.append(value)
            elif isinstance(value, Value):
                values.append(value)
        return Items(spec, elements if item.kind == "struct" else values, node, key)

    def scalar(self, spec: Spec, node: Scalar, key: Scalar | None, path: str) -> Value | None:
        if node.unknown:
            return Value(spec, node.value, node, key, False)
        resolved = value_of(node)
        kind = spec.kind
        data = resolved.value
        if kind == "string" and resolved.kind in ("string", "timestamp"):
            data = node.value
        elif kind == "bool" and resolved.kind == "bool":
            pass
        elif kind in ("int", "int-or-string") and (
            resolved.kind == "int" or (isinstance(data, float) and data.is_integer())
        ):
            data = int(data) if isinstance(data, (int, float)) else data
        elif kind == "int-or-string" and resolved.kind in ("string", "timestamp"):
            data = node.value
        else:
            self.wrong_type(spec, node, key, path, _GO_JSON.get(resolved.kind, "null"))
            return None
        self.limits(spec, node, data, path)
        return Value(spec, data, node, key)

    def wrong_type(self, spec: Spec, node: Node, key: Scalar | None, path: str, found: str) -> None:
        wanted = _JSON_TYPES.get(spec.kind, "integer,string")
        text = f'{path}: Invalid value: "{found}": {path} in body must be of type {wanted}: "{found}"'
        name = node.value if isinstance(node, Scalar) else key.value if key is not None else ""
        self.note("wrong-type", node, name, text, None, spec)

    def limits(self, spec: Spec, node: Scalar, data: object, path: str) -> None:
        """Enumerations, patterns and bounds of the schema (K-090, K-091)."""
        text = ""
        if spec.enum and isinstance(data, str) and data not in spec.enum:
            names = ", ".join(f'"{name}"' for name in spec.enum)
            text = f'{path}: Unsupported value: "{data}": supported values: {names}'
        elif spec.pattern and isinstance(data, str) and not re.search(spec.pattern, data):
            text = f"{path}: Invalid value: \"{data}\": {path} in body should match '{spec.pattern}'"
        elif isinstance(data, int) and not isinstance(data, bool):
            if spec.minimum is not None and data < spec.minimum:
                bound = f"greater than or equal to {spec.minimum}"
                text = f"{path}: Invalid value: {data}: {path} in body should be {bound}"
            elif spec.maximum is not None and data > spec.maximum:
                bound = f"less than or equal to {spec.maximum}"
                text = f"{path}: Invalid value: {data}: {path} in body should be {bound}"
        if text:
            self.note("bad-value", node, node.value, text, None, spec)
