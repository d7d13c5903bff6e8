"""TL603: labels for Traefik, and no provider that would read them (S-050, S-054)."""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.containers.settings import labelled_containers, providers
from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.compose import Label
from traefik_lint.readers.image import is_traefik_image
from traefik_lint.runtime.types import Runtime
from traefik_lint.source.span import Span

#: Providers with labels or tags of their own, which may be why the labels are there.
_READ_LABELS = frozenset(("rancher", "marathon", "nomad", "ecs", "consulCatalog", "plugin"))


@check("TL603", "container-provider-off", severity="error")
def container_provider_off(runtime: Runtime) -> Iterator[Draft]:
    traefik = runtime.deployment.traefik
    known = providers(runtime)
    if traefik is None or known is None or known.docker is not None or known.swarm is not None:
        return
    static = runtime.deployment.static
    if known.others & _READ_LABELS or (static is not None and static.shadowed):
        return  # what is shadowed may well switch it on, and another rule says that it is never read
    first: Label | None = None
    count = 0
    provider = "docker"
    for kind in ("docker", "swarm"):
        for container, labels in labelled_containers(runtime, kind):
            # Of other projects one can't be sure: their labels may be for another Traefik.
            if container.project is traefik.project:
                provider = kind if first is None else provider
                first = first or labels[0]
                count += 1
    if first is None or _has_another_traefik(runtime):
        return
    routed = any(router.provider == "file" for router in runtime.definitions["http"].values())
    yield finding(
        _place(runtime),
        f"no docker or swarm provider is on, so Traefik reads none of the labels in this project ({count}"
        f" container{'s' if count > 1 else ''}, such as {quoted(first.key.value)})",
        hint=f"switch it on: --providers.{provider}=true, or in the static file providers with {provider}: {{}}",
        related=[(first.key, "labels that nobody reads")],
        # With routers in files the labels may well be left over on purpose.
        severity="warning" if routed else None,
        confidence="medium" if routed else None,
    )


def _has_another_traefik(runtime: Runtime) -> bool:
    """Whether a second Traefik in the project may read the labels."""
    traefik = runtime.deployment.traefik
    return traefik is not None and any(
        service is not traefik and service.image is not None and is_traefik_image(service.image.value)
        for service in traefik.project.services
    )


def _place(runtime: Runtime) -> Span:
    """The `providers` of the static configuration, else its first line."""
    static = runtime.deployment.static
    if static is None:
        traefik = runtime.deployment.traefik
        assert traefik is not None
        return traefik.name.span
    section = static.element.element("providers")
    if section is not None and section.key is not None and static.source.kind == "file":
        return section.key.span
    span = static.source.span
    if static.source.kind == "file":
        end = span.file.text.find("\n", span.start)
        return span._replace(end=end if 0 <= end < span.end else min(span.end, span.start + 80))
    return span
