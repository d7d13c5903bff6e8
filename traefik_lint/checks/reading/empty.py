"""TL023: a key with nothing behind it.

Traefik skips what is null as if it were not there (R-233, R-234, S-013): `tls:` is no TLS, `api:` no API, and an
entry point without options does not exist.
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import quoted
from traefik_lint.checks.reading.readings import readings
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.options.nodes import is_null
from traefik_lint.options.spec import Spec
from traefik_lint.runtime.types import Runtime
from traefik_lint.source.tree import Entry, Mapping, Node, Sequence


@check("TL023", "section-without-content", severity="warning")
def section_without_content(runtime: Runtime) -> Iterator[Draft]:
    for reading in readings(runtime):
        if reading.notation not in ("yaml", "toml"):
            continue
        for entry, spec, parent in _nulls(reading.decoded.element.node, reading.decoded.element.spec):
            if not spec.exists_in(runtime.version):
                continue
            name = entry.key.value
            if "yaml" in spec.allow_empty:
                message = (
                    f"nothing is written behind {quoted(name)}: for Traefik it is not there, so it is off"
                )
                yield finding(entry.key, message, hint=f"write {name}: {{}} to switch it on")
            elif parent.kind == "map":
                message = f"nothing is written behind {quoted(name)}: for Traefik it does not exist"
                yield finding(entry.key, message, hint=_map_hint(name, spec))


def _map_hint(name: str, spec: Spec) -> str:
    if spec.kind != "struct":
        return f'write {name}: "", or a value'
    if spec.path == "entryPoints.*":
        return 'give it an address, such as ":80"'
    return "write its options below it, or take it out"


def _nulls(root: Node, spec: Spec) -> Iterator[tuple[Entry, Spec, Spec]]:
    """Null entries of sections and maps that the options describe, each with its option and that of its parent."""
    waiting: list[tuple[Node, Spec]] = [(root, spec)]
    while waiting:
        node, here = waiting.pop()
        if isinstance(node, Mapping):
            for entry in node.entries:
                child = here.item if here.kind == "map" else here.field(entry.key.value)
                if child is None:
                    continue
                if is_null(entry.value):
                    yield entry, child, here
                elif child.kind in ("struct", "map", "list"):
                    waiting.append((entry.value, child))
        elif isinstance(node, Sequence) and here.item is not None:
            waiting.extend((item, here.item) for item in node.items)
