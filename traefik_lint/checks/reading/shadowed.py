"""TL044: static configuration that Traefik never reads, because another source wins.

File, flags and variables exclude each other: with a file all flags and variables are ignored, with flags the
variables are (S-001).
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.deployment import StaticSource
from traefik_lint.model.values import Problem
from traefik_lint.options.catalogue import static
from traefik_lint.options.decoder import decode
from traefik_lint.options.version import Version
from traefik_lint.runtime.types import Runtime
from traefik_lint.source.span import Span
from traefik_lint.source.tree import Entry, Mapping

_WORDS = {"file": "the static file", "flags": "the flags", "environment": "the environment variables"}
_HINTS = {
    "file": "move these options into the file, or do without the file",
    "flags": "write these options as flags too",
    "environment": "write these options as variables too",
}


@check("TL044", "shadowed-static-configuration", severity="warning")
def shadowed_static_configuration(runtime: Runtime) -> Iterator[Draft]:
    used = runtime.deployment.static
    if used is None or runtime.version < (2, 0, 0):
        return
    for source in used.shadowed:
        first = _first_option(source, runtime.version)
        if first is None:
            continue
        winner = used.source
        message = f"Traefik never reads {_WORDS[source.kind]} beside {_WORDS[winner.kind]}"
        yield finding(first, message, hint=_HINTS[winner.kind], related=[(winner.span, "this one is read")])


def _first_option(source: StaticSource, version: Version) -> Span | None:
    """The first option that the source would have set; variables of other programs set none."""
    unknown: set[str] = set()
    if source.kind == "environment":
        unknown = {
            _name(problem) for problem in decode(source.root, static(), source.notation, version).problems
        }
    entries = [entry for entry in source.root.entries if entry.key.value not in unknown]
    if not entries:
        return None
    spans = [_whole(entry) for entry in entries]
    return min(spans, key=lambda span: (span.file.path, span.start))


def _name(problem: Problem) -> str:
    return problem.name if problem.kind == "ignored-root" else ""


def _whole(entry: Entry) -> Span:
    """From the first letter of an option's name to the last of its path."""
    last = entry.key
    value = entry.value
    while isinstance(value, Mapping) and value.entries:
        last = value.entries[0].key
        value = value.entries[0].value
    end = last.end if last.file is entry.key.file and last.end >= entry.key.start else entry.key.end
    return Span(entry.key.file, entry.key.start, end)
