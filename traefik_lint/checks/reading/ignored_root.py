"""TL011 and TL012: a section that Traefik never looks at, because its top-level name is none it knows.

In files and variables unknown names at the top are ignored in silence, in the static configuration (S-011, S-031) as
well as in dynamic files (R-231, R-241), and so are labels with another beginning than Traefik's (R-001).
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import quoted
from traefik_lint.checks.reading.readings import Reading, labelled, problems
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.compose import Label
from traefik_lint.model.values import Problem
from traefik_lint.options.catalogue import dynamic, static
from traefik_lint.options.changes import is_of_v1, label_of_v1
from traefik_lint.options.nearest import nearest_of
from traefik_lint.runtime.types import Runtime
from traefik_lint.source.tree import Mapping, Scalar

#: Sections that stand below http (or tcp), and do nothing above it.
_BELOW_HTTP = frozenset(("routers", "services", "middlewares"))
#: What shows that a section is Traefik's and not another program's, compose's above all.
_INSIDE = {
    "routers": ("rule",),
    "services": ("loadbalancer", "weighted", "mirroring", "failover"),
    "middlewares": (
        "headers",
        "redirectscheme",
        "redirectregex",
        "basicauth",
        "forwardauth",
        "stripprefix",
        "chain",
    ),
}
_ROOTS = ("http", "tcp", "udp", "tls", "enable", "docker", "swarm")


@check("TL011", "unread-section", severity="warning")
def unread_section(runtime: Runtime) -> Iterator[Draft]:
    for problem, reading in problems(runtime, "ignored-root"):
        if (
            reading.scope not in ("static", "dynamic")
            or _belongs_elsewhere(problem, reading)
            or is_of_v1(problem)
        ):
            continue
        if problem.name.lower() in ("frontends", "backends"):
            continue
        own = static() if reading.scope == "static" else dynamic()
        names = [field.name for field in own.fields.values() if field.exists_in(runtime.version)]
        meant = nearest_of(problem.name, names)
        if reading.scope == "dynamic" and problem.name in _BELOW_HTTP and _has_content(problem, reading):
            yield finding(
                problem.span,
                f"{quoted(problem.name)} stands at the top of the file: Traefik ignores all of it in silence",
                hint="put it below http (or tcp)",
            )
            continue
        if meant is None and (reading.notation == "env" or _is_extra(problem, reading)):
            continue
        message = f"{quoted(problem.name)} is no {reading.scope} option: Traefik ignores all of it in silence"
        shown = meant.upper() if meant and reading.notation == "env" else meant
        hint = f"write {quoted(shown)}" if shown else "known here: " + ", ".join(sorted(names))
        yield finding(problem.span, message, hint=hint, confidence="high" if meant else "medium")
    for _, labels in labelled(runtime):
        for label in labels:
            yield from _label(label)


def _has_content(problem: Problem, reading: Reading) -> bool:
    """Whether what stands there is a mapping of routers and the like."""
    root = reading.decoded.element.node
    entry = root.entry(problem.name) if isinstance(root, Mapping) else None
    if entry is None or not isinstance(entry.value, Mapping):
        return False
    wanted = _INSIDE[problem.name]
    inside = {
        below.key.value.lower()
        for one in entry.value
        if isinstance(one.value, Mapping)
        for below in one.value
    }
    return (
        not inside.isdisjoint(wanted)
        and "&" not in problem.span.file.text[entry.key.start : entry.value.start]
    )


def _is_extra(problem: Problem, reading: Reading) -> bool:
    """A section of the author's own: for anchors, or for another program that reads the same file."""
    if problem.name.startswith(("x-", ".", "_", "$")):
        return True
    root = reading.decoded.element.node
    if reading.scope == "dynamic" and not reading.decoded.element.fields:
        return True  # a file of something else that lies in the provider's folder
    entry = root.entry(problem.name) if isinstance(root, Mapping) else None
    if entry is None:
        return True
    text = entry.value.file.text[entry.key.start : entry.value.end]
    return "&" in text


def _label(label: Label) -> Iterator[Draft]:
    key = label.key
    if key.unknown:
        return
    first, _, rest = key.value.partition(".")
    second = rest.partition(".")[0]
    if first.lower() == "traefik":
        meant = nearest_of(second, _ROOTS) if second.lower() not in _KNOWN and "." in rest else None
        begin = len(first) + 1
        if second.lower() in _BELOW_HTTP and rest.count(".") >= 2 and label_of_v1(key.value) is None:
            yield _unread(key, begin, begin + len(second), f"http.{second}")
        elif second and meant is not None and label_of_v1(key.value) is None:
            yield _unread(key, begin, begin + len(second), meant)
    elif rest.lower().startswith(
        ("http.routers.", "http.services.", "http.middlewares.", "tcp.routers.", "tcp.services.")
    ):
        if nearest_of(first.strip(), ("traefik",)) is not None:
            yield _unread(key, 0, len(first), "traefik")
    elif (
        rest.lower() == "enable"
        and first.lower() != "traefik"
        and nearest_of(first.strip(), ("traefik",)) is not None
    ):
        yield _unread(key, 0, len(first), "traefik")


_KNOWN = frozenset((*_ROOTS, "consulcatalog", "ecs", "nomad", "marathon", "rancher", "kubernetes"))


def _unread(key: Scalar, begin: int, end: int, meant: str) -> Draft:
    message = f"{quoted(key.value)} is no label that Traefik reads: it is ignored in silence"
    return finding(key.sub(begin, end), message, hint=f"write {quoted(meant)}")


@check("TL012", "section-of-other-configuration", severity="error")
def section_of_other_configuration(runtime: Runtime) -> Iterator[Draft]:
    """Dynamic configuration in the static file, and the reverse."""
    for problem, reading in problems(runtime, "ignored-root"):
        if not _belongs_elsewhere(problem, reading):
            continue
        if reading.scope == "static":
            message = f"{quoted(problem.name)} is dynamic configuration: in a static one Traefik ignores it in silence"
            hint = "move it to a file that providers.file reads"
        else:
            message = f"{quoted(problem.name)} is static configuration: in a dynamic file Traefik ignores it in silence"
            hint = "move it to the static configuration (traefik.yml or the flags), and restart Traefik"
        yield finding(problem.span, message, hint=hint)


def _belongs_elsewhere(problem: Problem, reading: Reading) -> bool:
    if reading.scope == "static":
        return reading.notation != "env" and problem.name.lower() in dynamic().fields
    return reading.scope == "dynamic" and problem.name.lower() in static().fields
