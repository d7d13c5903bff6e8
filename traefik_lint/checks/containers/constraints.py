"""TL608: containers that the provider's constraints shut out (R-033, R-034)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from traefik_lint.checks.container_services import own_labels, telling_label
from traefik_lint.checks.containers.settings import providers
from traefik_lint.checks.names import nearest_name, quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.compose import ComposeService
from traefik_lint.readers.labels import provider_labels
from traefik_lint.runtime.types import Runtime

_NAMES = re.compile(r"Label(?:Regex)?\(\s*[`\"]([^`\"]+)[`\"]\s*,\s*[`\"]([^`\"]*)[`\"]", re.IGNORECASE)


@check("TL608", "shut-out-by-constraints", severity="warning")
def shut_out_by_constraints(runtime: Runtime) -> Iterator[Draft]:
    """An expression that can't be read shuts every container out; one that can, those without its label."""
    known = providers(runtime)
    for drop in runtime.drops:
        if drop.kind == "constraints" and drop.span is not None:
            yield finding(
                drop.span,
                f"Traefik can't read the constraints and passes over every container: {drop.text}",
                hint="write Label(`key`,`value`) or LabelRegex(`key`,`regex`), joined by && and ||",
                severity="error",
            )
        elif drop.kind == "constraint" and isinstance(drop.origin, ComposeService) and known is not None:
            for provider in ("docker", "swarm"):
                options = known.options(provider)
                value = options.value("constraints") if options is not None else None
                if value is not None and value.known:
                    yield from _shut_out(drop.origin, provider, value.text)


def _shut_out(container: ComposeService, provider: str, expression: str) -> Iterator[Draft]:
    """A container that asks for Traefik and that carries none of the labels the constraints look for.

    One that carries such a label with another value is meant for another Traefik.
    """
    labels = own_labels(container, provider)
    label = telling_label(labels)
    wanted = dict(_NAMES.findall(expression))
    if label is None or not wanted or container.is_open or any(one.key.value in wanted for one in labels):
        return
    if provider_labels(labels).enabled is not True:
        return
    others = [one.key.value for one in labels if not one.key.value.lower().startswith("traefik.")]
    near = next((other for name in wanted if (other := nearest_name(name, others))), None)
    name, text = next(iter(wanted.items()))
    yield finding(
        label.key,
        f"{quoted(container.name.value)} has no label {quoted(name)}, which the provider's constraints ask for: Traefik"
        " passes over it",
        hint=f"add the label {name}={text}"
        if near is None
        else f"write {quoted(name)} instead of {quoted(near)}",
        confidence="medium",
    )
