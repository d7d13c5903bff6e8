"""TL904 to TL906: configuration of Traefik 1.

Labels of Traefik 1 are ignored in silence (R-001), and so are its top-level options in files (S-011, S-095); as
flags, or below a section that still exists, they stop Traefik (S-095).
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import quoted
from traefik_lint.checks.reading.readings import problems, provider_settings
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.findings.finding import Severity
from traefik_lint.model.compose import Label
from traefik_lint.options.changes import is_of_v1, label_of_v1, successor_in_static
from traefik_lint.runtime.types import Runtime


@check("TL904", "traefik-1-label", severity="warning")
def traefik_1_label(runtime: Runtime) -> Iterator[Draft]:
    for _, labels, own in provider_settings(runtime):
        if own.enabled is False:
            continue
        severity = _severity(runtime, speaks_newer=any(_is_newer(label) for label in labels))
        old = [(label, successor) for label in labels if (successor := _successor(label)) is not None]
        for label, successor in old:
            root = label.key.value.rpartition(".")[2].lower()
            if root in _CUSTOM and len(old) == 1:
                continue  # a label of one's own for constraints may be called so
            message = f"{quoted(label.key.value)} is a label of Traefik 1: Traefik {runtime.version.major} ignores it"
            yield finding(label.key, message, hint=_hint(successor, label.value.value), severity=severity)


def _severity(runtime: Runtime, *, speaks_newer: bool = False) -> Severity | None:
    """Where nothing tells the version it may well be Traefik 1, and all is as it should be."""
    return "info" if runtime.deployment.version_assumed and not speaks_newer else None


def _is_newer(label: Label) -> bool:
    return label.key.value.lower().startswith(("traefik.http.", "traefik.tcp.", "traefik.udp."))


#: Names that people also give to labels that their constraints look at.
_CUSTOM = frozenset(("tags", "domain", "weight"))


def _successor(label: Label) -> str | None:
    key = label.key
    return None if key.unknown else label_of_v1(key.value)


def _hint(successor: str, value: str = "") -> str:
    if not successor:
        return "take it out: it has no successor"
    is_plain = successor.startswith("traefik.") and " " not in successor and len(value) < 40
    if is_plain and successor.rpartition(".")[2] in ("port", "scheme", "priority", "passhostheader"):
        return f"write {successor}={value}"
    return f"use {successor.replace('*', '<name>')}"


@check("TL905", "traefik-1-option", severity="error")
def traefik_1_option(runtime: Runtime) -> Iterator[Draft]:
    """A static option of Traefik 1, as flag, variable or in a file."""
    for problem, reading in problems(runtime, "unknown-field", "ignored-root"):
        if reading.scope == "static" and is_of_v1(problem):
            what = f"{quoted(problem.name)} is an option of Traefik 1"
            hint = _hint(successor_in_static(problem) or "")
            if problem.fatal:
                yield finding(problem.span, f"{what}: {reading.loss}", hint=hint, severity=_severity(runtime))
            else:
                yield finding(
                    problem.span,
                    f"{what}: Traefik ignores it in silence",
                    hint=hint,
                    severity=_severity(runtime) or "warning",
                )


@check("TL906", "traefik-1-routing", severity="warning")
def traefik_1_routing(runtime: Runtime) -> Iterator[Draft]:
    """Frontends and backends in a dynamic file (R-231)."""
    for problem, reading in problems(runtime, "ignored-root"):
        if reading.scope == "dynamic" and problem.name.lower() in ("frontends", "backends"):
            successor = "http.routers" if problem.name.lower() == "frontends" else "http.services"
            message = f"{quoted(problem.name)} is of Traefik 1: Traefik {runtime.version.major} ignores it in silence"
            yield finding(problem.span, message, hint=f"use {successor}", severity=_severity(runtime))
