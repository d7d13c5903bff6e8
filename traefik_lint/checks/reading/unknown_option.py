"""TL010: a key that Traefik does not have at this place.

In files, labels, flags and variables Traefik refuses the whole of it (R-007, R-008, R-231, S-011, S-023, S-031); of
an object the API server takes the key out without a word, or refuses the object when it validates strictly (K-070).
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import quoted
from traefik_lint.checks.reading.meant import hint_for, place_of
from traefik_lint.checks.reading.readings import problems, provider_settings
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.options.changes import is_of_v1
from traefik_lint.options.nearest import nearest_of
from traefik_lint.runtime.types import Runtime


@check("TL010", "unknown-option", severity="error")
def unknown_option(runtime: Runtime) -> Iterator[Draft]:
    for problem, reading in problems(runtime, "unknown-field"):
        if is_of_v1(problem):
            continue
        what = f"{quoted(problem.name)} is no option of {place_of(problem.parent)}"
        hint = hint_for(problem, reading, runtime.version)
        if reading.scope == "object":
            message = f"{what}: Kubernetes drops it in silence, or refuses the object with strict validation"
            yield finding(problem.span, message, hint=hint, severity="warning")
        else:
            yield finding(problem.span, f"{what}: {reading.loss}", hint=hint)
    yield from _provider_labels(runtime)


def _provider_labels(runtime: Runtime) -> Iterator[Draft]:
    """An unknown key among the labels for the provider itself makes it skip the container (R-025)."""
    for service, _, own in provider_settings(runtime):
        error = own.error
        if error is None or error.kind != "unknown-field":
            continue
        known = (
            "enable",
            "docker.network",
            "docker.lbswarm",
            "docker.allownonrunning",
            "swarm.network",
            "swarm.lbswarm",
        )
        meant = nearest_of(error.name, {name.rpartition(".")[2] for name in known})
        what = f"{quoted(error.name)} is no label of the provider"
        message = f"{what}: Traefik skips the container {quoted(service.name.value)}"
        hint = (
            f"write {quoted(meant)}"
            if meant
            else "known here: " + ", ".join(f"traefik.{name}" for name in known)
        )
        yield finding(error.span, message, hint=hint)
