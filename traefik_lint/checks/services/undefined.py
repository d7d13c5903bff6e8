"""TL501: a service that does not exist: its router is disabled and answers 404 (R-200, R-039, R-207)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from traefik_lint.checks.container_services import decoded
from traefik_lint.checks.names import nearest_name, quoted, titled
from traefik_lint.checks.references import Missing, missing
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.compose import ComposeService
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.runtime.names import normalize, provider_of, qualify
from traefik_lint.runtime.types import Origin, Protocol, Reference, Runtime, Service

#: Traefik's own services (R-200); which of them are switched on is another matter.
_INTERNAL = ("acme-http", "api", "dashboard", "noop", "ping", "prometheus", "rest")


#: Finding out which name was meant takes long among thousands: for more gaps than this nobody needs it.
MOST_GUESSES = 200


@check("TL501", "undefined-service", severity="error")
def undefined_service(runtime: Runtime) -> Iterator[Draft]:
    guesses = count(MOST_GUESSES, -1)
    worlds: tuple[tuple[Protocol, dict[str, Service]], ...] = (
        ("http", runtime.services), ("tcp", runtime.tcp_services), ("udp", runtime.udp_services),
    )  # fmt: skip
    for protocol, known in worlds:
        for router in runtime.definitions[protocol].values():
            if router.service is not None:
                effect = f"{titled(router)} is disabled"
                yield from _finding(runtime, router.service, known, effect, guesses, router.origin)
        for service in known.values():
            for reference in service.references:
                effect = f"{quoted(service.name)} can't be built"
                yield from _finding(runtime, reference, known, effect, guesses)
    yield from _error_pages(runtime, guesses)


def _error_pages(runtime: Runtime, guesses: Iterator[int]) -> Iterator[Draft]:
    """The service that an errors middleware takes its pages from (R-065)."""
    for middleware in runtime.middlewares.values():
        if middleware.type != "errors" or middleware.options is None:
            continue
        value = middleware.options.value("service")
        if value is None or isinstance(middleware.origin, KubernetesObject):
            continue
        reference = Reference(value, qualify(value.text, provider_of(middleware.name)))
        effect = f"{quoted(middleware.name)} and every router that uses it are disabled"
        yield from _finding(runtime, reference, runtime.services, effect, guesses, middleware.origin)


def _finding(
    runtime: Runtime,
    reference: Reference,
    known: dict[str, Service],
    effect: str,
    guesses: Iterator[int],
    origin: Origin = None,
) -> Iterator[Draft]:
    value = reference.value
    if value is None or not value.known or not value.text or reference.name in known:
        return
    if reference.provider == "internal":
        gap = _no_internal(reference)
    else:
        names = known if next(guesses) > 0 else ()
        gap = missing(runtime, reference.name, "services", names) or _beside(
            runtime, reference, known, origin
        )
    if gap is None:
        return
    target = known.get(gap.meant) if gap.meant else None
    meant = gap.meant or _automatic(runtime, reference, known)
    if meant is not None and "@" not in value.text and meant.endswith(f"@{reference.provider}"):
        meant = meant.rpartition("@")[0]
    yield finding(
        value,
        f"service {quoted(reference.name)} does not exist, so {effect}",
        hint=f"write {quoted(meant)}" if meant else gap.hint("service"),
        related=[(target, "defined here")],
        severity=None if gap.confidence == "high" else "warning",
        confidence=gap.confidence,
    )


def _automatic(runtime: Runtime, reference: Reference, known: dict[str, Service]) -> str | None:
    """The service that Traefik makes of the container of this name: it carries the project's name too (R-030)."""
    base, _, provider = reference.name.rpartition("@")
    for project in runtime.deployment.projects:
        service = known.get(f"{normalize(f'{base}_{project.name}')}@{provider}")
        if service is not None and service.generated:
            return service.name
    return None


def _no_internal(reference: Reference) -> Missing | None:
    name = reference.name.rpartition("@")[0]
    if name in _INTERNAL:
        return None
    near = nearest_name(name, _INTERNAL)
    return Missing("high", f"{near}@internal" if near else None)


def _beside(
    runtime: Runtime, reference: Reference, known: dict[str, Service], origin: Origin
) -> Missing | None:
    """The only service of the same container, when nothing leads to it: it must have been meant.

    Other containers that aren't in the files could define the name; that this one is of no use speaks against it.
    """
    value = reference.value
    if not isinstance(origin, ComposeService) or value is None or "@" in value.text or origin.is_open:
        return None
    if runtime.deployment.is_external("services", reference.name):
        return None
    own = decoded(runtime, origin, reference.provider).element("http", "services")
    names = [name for name, _ in own or ()]
    service = known.get(f"{names[0]}@{reference.provider}") if len(names) == 1 else None
    return Missing("medium", service.name) if service is not None and not service.used_by else None
