"""The one decoder: a tree of any notation, read by the option specs as Traefik's own decoder reads it.

Traefik works in three passes over the whole tree: the loader makes texts of all scalars (files only), a second pass
compares names and shapes with the options, a third fills the values. The first problem of the first pass that has
one is the error that it reports, and it then uses nothing of the tree (R-007, R-230). Here all happens in one walk
that remembers the first refusal of each pass, and goes on to find what else is wrong.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import Literal

from traefik_lint.golang.errors import GoError
from traefik_lint.model.values import Decodable, Decoded, Element, Items, Problem, ProblemKind, Value
from traefik_lint.options.convert import BAD, BLANKS, SCALAR_KINDS, comma_pieces, converted
from traefik_lint.options.free import free_value, unreadable
from traefik_lint.options.incompatible import ERROR as INCOMPATIBLE
from traefik_lint.options.incompatible import with_incompatible
from traefik_lint.options.nodes import (
    Child,
    Group,
    file_children,
    file_text_of,
    is_null,
    label_children,
    scalar_text,
)
from traefik_lint.options.roots import roots_of
from traefik_lint.options.spec import Notation, Spec
from traefik_lint.options.version import Version
from traefik_lint.source.tree import Mapping, Node, Scalar, Sequence

_Pass = Literal["load", "shape", "fill"]


def decode(root: Mapping, spec: Spec, notation: Notation, version: Version) -> Decoded:
    """Read a tree by the options of one release.

    For ``yaml`` and ``toml`` the tree is the file's. For ``label``, ``flag`` and ``env`` it is the tree of path
    segments below ``traefik``: ``http → routers → api → rule``; a list element's segment keeps its index
    (``domains[0]``, R-017), and a name with both a value and deeper keys stands there twice (R-012). The keys'
    letter case is as typed (variables: lower case). Labels outside the known roots may be in the tree; they are
    passed over (R-001). For ``crd`` it is the object, ``apiVersion`` and all.

    Unknown scalars (unresolved variables, templates) never are a problem. Options that this release does not have
    are unknown fields to it, as in Traefik.
    """
    # The values grow without garbage; looking for it takes longer than decoding.
    collecting = gc.isenabled()
    gc.disable()
    try:
        if notation == "crd":
            from traefik_lint.options.crd import decode_object

            return decode_object(root, spec, version)
        return _Walk(notation, version).run(root, spec)
    finally:
        if collecting:
            gc.enable()


class _Walk:
    """One decoding: the notation's view of the tree, and the problems met so far."""

    __slots__ = ("children", "first", "in_file", "notation", "problems", "version")

    def __init__(self, notation: Notation, version: Version) -> None:
        self.notation = notation
        self.version = version
        self.in_file = notation in ("yaml", "toml")
        self.children: Callable[[Node], list[Child]] = file_children if self.in_file else label_children
        self.problems: list[Problem] = []
        self.first: dict[_Pass, Problem] = {}

    def run(self, root: Mapping, spec: Spec) -> Decoded:
        read, passed_over = roots_of(self.children(root), spec, self.notation, self.version)
        self.problems.extend(passed_over)
        element = Element(spec, {}, root)
        self.fill_struct(element, read)
        if spec.name == "static" and self.in_file and not read:
            self.nothing_found(root)
        problems = self.problems
        if spec.name == "static" and problems:
            problems = with_incompatible(problems, self.version)
        first = self.first
        error = first.get("load") or first.get("shape") or first.get("fill")
        # Version 3 looks for version 2's options before it reads anything.
        incompatible = next((problem for problem in problems if problem.text == INCOMPATIBLE), None)
        return Decoded(element, tuple(problems), incompatible or error)

    def refuse(
        self,
        stage: _Pass,
        kind: ProblemKind,
        node: Node,
        name: str,
        text: str,
        parent: Spec | None = None,
        spec: Spec | None = None,
    ) -> None:
        """Note something for which Traefik refuses the whole tree."""
        problem = Problem(kind, node.span, name, text, True, parent, spec)
        self.problems.append(problem)
        self.first.setdefault(stage, problem)

    def note(
        self, kind: ProblemKind, node: Node, name: str, parent: Spec | None = None, spec: Spec | None = None
    ) -> None:
        """Note something that Traefik passes over in silence."""
        self.problems.append(Problem(kind, node.span, name, "", False, parent, spec))

    def nothing_found(self, root: Mapping) -> None:
        """A static file without any known option that has a value keeps Traefik from starting (S-011)."""
        found = "no valid configuration found" if root.entries else "no configuration found"
        self.refuse("load", "no-configuration", root, "", f"{found} in file: {root.file.path}")

    # --- names and shapes -------------------------------------------------------------------------------------

    def fill_struct(self, element: Element, children: list[Child], live: bool = True) -> None:
        """Decode the fields of a struct; ``live`` is false below what is switched off: shapes count, values don't."""
        spec = element.spec
        fields = element.fields
        node = element.node
        if type(node) is Mapping and len(node.entries) > len(children):
            self.nulls(spec, node)
        for child in children:
            field = self.field_of(spec, child)
            if field is None:
                continue
            value = self.member(field, child, live)
            if value is None or not live:
                continue
            before = fields.get(field.name)
            if before is not None:
                self.note(
                    "case-duplicate",
                    before.key or before.node,
                    before.key.value if before.key else "",
                    spec,
                    field,
                )
                value = _merged(before, value)
            fields[field.name] = value

    def field_of(self, spec: Spec, child: Child) -> Spec | None:
        """The option that a name means at this place, or None after saying that there is none (R-008)."""
        name = child.name.lower()
        field = spec.fields.get(name)
        if not self.in_file:
            if field is not None and field.label_name and field.label_name != name:
                field = None
            elif field is None:
                field = spec.label_fields.get(name)
        if field is not None and (not field.windows or field.exists_in(self.version)):
            if field.older:
                field = field.at(self.version)
            if self.notation in field.ignored:
                self.note("ignored-option", child.key, child.key.value, spec, field)
            return field
        if not child.key.unknown:
            kind: ProblemKind = "unknown-field" if field is None else field.absence(self.version)
            text = f"field not found, node: {child.name}"
            self.refuse("shape", kind, child.key, child.key.value, text, spec, field)
        self.scan(child)
        return None

    def member(self, spec: Spec, child: Child, live: bool) -> Decodable | None:
        """Decode one field of a struct."""
        kind = spec.kind
        if kind in SCALAR_KINDS:
            return self.scalar_field(spec, child, live and self.notation not in spec.ignored)
        if kind == "list":
            return self.list_field(spec, child, live and self.notation not in spec.ignored)
        if kind == "any":
            return self.free(spec, child)
        return self.section(spec, child, live)

    def section(self, spec: Spec, child: Child, live: bool) -> Element | None:
        """A struct or a map below a field: whether it may stand alone, whether it is switched off (R-009, R-010)."""
        _, key, node = child
        below = self.children(node)
        ignored = self.notation in spec.ignored
        may_be_empty = self.notation in spec.allow_empty
        if not below and not may_be_empty and not ignored:
            if not _is_unknown(node):
                self.scan(child)
                text = f"{child.name} cannot be a standalone element (type {spec.go_type})"
                self.refuse("shape", "standalone", key, key.value, text, None, spec)
            return None
        self.own_value(child)
        if type(node) is Sequence and not node.items:
            self.note("wrong-type", node, key.value, None, spec)
        if may_be_empty:
            text = self.text(node)
            if text and text.lower() != "true" and not _is_unknown(node):
                if below or text.lower() not in _OFF:
                    self.note("switched-off", _value_node(node), text, None, spec)
                live = False
        if ignored:
            live = False
        element = Element(spec, {}, node, key)
        if spec.kind == "map":
            self.fill_map(element, below, live)
        else:
            self.fill_struct(element, below, live)
        return element if live else None

    def fill_map(self, element: Element, children: list[Child], live: bool) -> None:
        """Decode the entries of a map; an entry may have any value, even none (R-011)."""
        item = element.spec.item
        assert item is not None
        for child in children:
            name, key, node = child
            if name != key.value and name.startswith("<") and key.style == "plain":
                self.note("non-string-key", key, key.value, element.spec, item)
            value: Decodable | None
            if item.kind == "struct":
                entry = Element(item, {}, node, key)
                self.own_value(child)
                if not isinstance(node, Group) and type(node) is not Mapping and not _is_unknown(node):
                    self.note("wrong-type", node, self.text(node), element.spec, item)
                elif isinstance(node, Group) and node.value is not None and not node.value.unknown:
                    self.stray_value(node.value, element.spec, item)
                self.fill_struct(entry, self.children(node), live)
                value = entry
            elif item.kind == "any":
                value = self.free(item, child)
            elif item.kind == "list":
                value = self.list_field(item, child, live)
            else:
                # The shape of a map's scalars is never looked at: a mapping there gives an empty text.
                self.own_value(child)
                if type(node) is not Scalar and not (isinstance(node, Group) and not node.runs):
                    self.note("wrong-type", key, key.value, element.spec, item)
                    self.scan(child)
                value = self.scalar(item, child, live)
            if live and value is not None:
                element.fields[name] = value
        node = element.node
        if type(node) is Mapping and len(node.entries) > len(children):
            self.nulls(element.spec, node)

    def nulls(self, spec: Spec, node: Mapping) -> None:
        """Say which entries of a file are passed over because they are null (R-233, R-234)."""
        if not self.in_file:
            return
        for key, value in ((entry.key, entry.value) for entry in node.entries):
            if not is_null(value) or key.unknown:
                continue
            if spec.kind == "map":
                self.note("null-value", key, key.value, spec, spec.item)
                continue
            field = spec.fields.get(key.value.lower())
            if field is None:
                if spec.path:  # the top level may hold anything
                    self.note("unknown-field", key, key.value, spec)
            elif field.kind in ("struct", "map"):
                self.note("null-value", key, key.value, spec, field)

    def stray_value(self, value: Scalar, parent: Spec, item: Spec) -> None:
        if value.value:
            self.note("wrong-type", value, value.value, parent, item)

    def free(self, spec: Spec, child: Child) -> Decodable:
        """A free-form body such as a plugin's configuration (R-024)."""
        self.scan(child)
        return free_value(spec, child, self.children, self.in_file)

    # --- lists ------------------------------------------------------------------------------------------------

    def list_field(self, spec: Spec, child: Child, live: bool) -> Items | None:
        item = spec.item
        assert item is not None
        if item.kind == "struct":
            return self.struct_list(spec, item, child, live)
        _, key, node = child
        self.own_value(child)
        if type(node) is Mapping and not self.children(node):
            self.note("wrong-type", node, key.value, None, spec)
        for below in self.children(node):
            # `entrypoints[0]=web`, or a mapping: Go's third pass never looks at it.
            deeper = self.children(below.node)
            if deeper:
                name = deeper[0].name
                self.scan(child)
                self.refuse(
                    "shape", "wrong-type", deeper[0].key, name, f"field not found, node: {name}", None, spec
                )
            elif not _is_unknown(below.node):
                kind: ProblemKind = "wrong-type" if self.in_file else "indexed-scalar"
                self.note(kind, below.key, below.key.value, None, spec)
        if not live:
            return None
        values = self.scalars(item, node)
        return None if values is None else Items(spec, values, node, key)

    def scalars(self, item: Spec, node: Node) -> list[Value] | None:
        """The scalars of a list: a sequence's, or a text split at commas (R-016, R-235); None for an empty text."""
        if type(node) is Sequence:
            values = [
                self.converted(item, scalar, scalar_text(scalar).strip(BLANKS), None)
                for scalar in node.items
                if type(scalar) is Scalar
            ]
            return values or None
        scalar_node = node.value if isinstance(node, Group) else node
        if type(scalar_node) is not Scalar:
            return None
        text = self.text(scalar_node)
        if not text:
            return None
        if "," not in text:
            return [self.converted(item, scalar_node, text.strip(BLANKS), None)]
        return [self.converted(item, piece, piece.value, None) for piece in comma_pieces(scalar_node, text)]

    def struct_list(self, spec: Spec, item: Spec, child: Child, live: bool) -> Items | None:
        _, key, node = child
        if not self.in_file and spec.label_name:
            return self.single_struct(spec, item, child, live)
        self.own_value(child)
        elements: list[Element] = []
        for below in self.children(node):
            element = Element(item, {}, below.node, below.key)
            self.own_value(below)
            self.fill_struct(element, self.children(below.node), live)
            if not below.name.startswith("["):
                kind: ProblemKind = "wrong-type" if self.in_file else "missing-index"
                self.note(kind, below.key, below.key.value, None, spec)
            elements.append(element)
        if not elements and type(node) is not Sequence and not _is_unknown(node):
            if self.in_file or self.text(node):
                self.note("wrong-type", _value_node(node), self.text(node), None, spec)
        elif type(node) is Sequence and len(elements) != len(node.items):
            for stray in node.items:
                if type(stray) is Scalar and not stray.unknown:
                    self.note("wrong-type", stray, stray.value, None, spec)
        return Items(spec, elements, node, key) if live else None

    def single_struct(self, spec: Spec, item: Spec, child: Child, live: bool) -> Items | None:
        """``loadbalancer.server.port``: the one element of a list that labels write without an index (R-019)."""
        _, key, node = child
        below = self.children(node)
        element = Element(item, {}, node, key)
        self.fill_struct(element, below, live)
        if not live:
            return None
        if not below:
            if not _is_unknown(node):
                self.refuse(
                    "fill", "standalone", key, key.value, f"invalid slice: node {child.name}", None, spec
                )
            return None
        return Items(spec, [element], node, key)

    # --- scalars ----------------------------------------------------------------------------------------------

    def scalar_field(self, spec: Spec, child: Child, live: bool) -> Value | None:
        node = child.node
        if type(node) is not Scalar and self.children(node):
            self.scan(child)
            go_kind = spec.go_type
            self.refuse(
                "shape",
                "wrong-type",
                child.key,
                child.key.value,
                f"invalid node {child.name}: {go_kind}",
                None,
                spec,
            )
            return None
        self.own_value(child)
        if type(node) is Sequence and live:
            # Go takes the list for one text, with odd separators; only a text option swallows that.
            if spec.kind == "string":
                self.note("wrong-type", node, child.key.value, None, spec)
            else:
                self.misfit(spec, child)
                return None
        elif type(node) is Mapping and live and spec.kind == "string":
            self.note("wrong-type", node, child.key.value, None, spec)
        return self.scalar(spec, child, live)

    def misfit(self, spec: Spec, child: Child) -> None:
        text = self.text(child.node)
        if isinstance(child.node, Sequence) and any(_is_unknown(item) for item in child.node.items):
            return
        try:
            converted(spec, text)
        except GoError as error:
            self.refuse("fill", "wrong-type", child.node, text, error.text, None, spec)

    def scalar(self, spec: Spec, child: Child, live: bool) -> Value | None:
        if not live:
            return None
        node = child.node
        source = node.value if isinstance(node, Group) else node
        if source is None:
            source = Scalar(node.file, node.end, node.end, "", "absent")
        return self.converted(spec, source, self.text(source), child.key)

    def converted(self, spec: Spec, node: Node, text: str, key: Scalar | None) -> Value:
        """Turn a text into the option's kind as Go does (R-013 … R-015), or say why that fails."""
        if spec.kind == "string":
            return Value(spec, text, node, key, not _is_unknown(node))
        if _is_unknown(node):
            return Value(spec, text, node, key, False)
        try:
            return Value(spec, converted(spec, text), node, key)
        except GoError as error:
            self.refuse("fill", BAD[spec.kind], node if text else key or node, text, error.text, None, spec)
            return Value(spec, text, node, key, False)

    # --- the loader's own refusals ----------------------------------------------------------------------------

    def text(self, node: Node) -> str:
        """The node's own value as text."""
        if isinstance(node, Group):
            return node.value.value if node.value is not None else ""
        if self.in_file:
            return file_text_of(node)
        return node.value if isinstance(node, Scalar) else ""

    def own_value(self, child: Child) -> None:
        """Say what the loader refuses about a node's own value: dates, lists in lists, nulls in lists."""
        node = child.node
        if (
            not self.in_file
            or type(node) is Mapping
            or (type(node) is Scalar and not node.value[:1].isdigit())
        ):
            return
        for problem in unreadable(child, deep=False):
            self.refuse("load", "unreadable-value", problem.node, problem.name, problem.text)

    def scan(self, child: Child) -> None:
        """Say what the loader refuses anywhere below a node that the options don't describe."""
        if self.in_file:
            for problem in unreadable(child, deep=True):
                self.refuse("load", "unreadable-value", problem.node, problem.name, problem.text)


#: Texts that turn a section off and say so.
_OFF = frozenset(("false", "0", "f"))


def _is_unknown(node: Node) -> bool:
    if isinstance(node, Group):
        return node.value is not None and node.value.unknown
    return isinstance(node, Scalar) and node.unknown


def _value_node(node: Node) -> Node:
    return node.value if isinstance(node, Group) and node.value is not None else node


def _merged(before: Decodable, after: Decodable) -> Decodable:
    """Two spellings of one field: Go fills the same struct or map twice, anything else is replaced."""
    if isinstance(before, Element) and isinstance(after, Element) and before.spec.path == after.spec.path:
        if after.spec.kind == "struct":
            for name, value in after.fields.items():
                earlier = before.fields.get(name)
                before.fields[name] = value if earlier is None else _merged(earlier, value)
        else:
            before.fields.update(after.fields)
        return before
    return after
