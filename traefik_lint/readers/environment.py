"""``TRAEFIK_`` variables to static configuration (S-030, S-031)."""

from __future__ import annotations

from collections.abc import Iterable

from traefik_lint.model.compose import Variable
from traefik_lint.model.deployment import StaticSource
from traefik_lint.options.spec import Spec
from traefik_lint.readers.paths import MAX_NAMES, KeyPath, PathTree
from traefik_lint.source.scalars import go_text
from traefik_lint.source.tree import Mapping, Piece, Scalar

PREFIX = "TRAEFIK_"


def environment_tree(variables: Iterable[Variable], spec: Spec | None = None) -> StaticSource | None:
    """Read a container's variables as Traefik does; None when none begins with ``TRAEFIK_``.

    A variable's name is cut at each ``_`` and lower-cased, each segment standing at its characters. The prefix and
    the first segment must be upper case, as in the option's name (``spec`` is the static configuration's);
    variables that are not are ``unread``. The value of a variable that compose takes from its own environment is
    unknown.
    """
    named = [variable for variable in variables if variable.key.value.upper().startswith(PREFIX)]
    if not named:
        return None
    first = named[0].key
    root = Mapping(first.file, first.start, first.end, [])
    tree = PathTree(root)
    unread: list[Scalar] = []
    refused = ""
    for variable in sorted(named, key=lambda variable: variable.key.value.lower().replace("_", ".")):
        key = variable.key
        if not _is_read(key.value, spec) or key.value.count("_") > MAX_NAMES:
            unread.append(key)
            continue
        path = KeyPath(key, "_", "env")
        path.names = [name.lower() for name in path.names]
        if not all(path.names):
            refused = refused or f"invalid element: {'.'.join(path.names)}"
            continue
        tree.add(path, _value(variable), first=1)
    return StaticSource("environment", root, first.span, "env", refused=refused, unread=tuple(unread))


def _is_read(name: str, spec: Spec | None) -> bool:
    """Whether the name is spelled so that Traefik looks at it; it compares no more than the option's letters."""
    if not name.startswith(PREFIX):
        return False
    if spec is None:
        from traefik_lint.options.catalogue import static

        spec = static()
    rest = name[len(PREFIX) :]
    root = rest.partition("_")[0]
    is_known = any(rest.startswith(field.upper()) for field in spec.fields)
    return is_known or root.lower() not in spec.fields


def _value(variable: Variable) -> Scalar:
    value = variable.value
    if value is None:
        key = variable.key
        return Scalar(key.file, key.end, key.end, "", "env", pieces=(), unknown=True)
    text = go_text(value)
    if text == value.value:
        return value
    pieces = (Piece(0, len(text), value.start, value.end),) if text else ()
    return Scalar(value.file, value.start, value.end, text, "env", pieces=pieces)
