"""The computed configuration for people: what each entry point serves, as Traefik's dashboard would list it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from traefik_lint.report.formats import Look
from traefik_lint.report.plain import safe
from traefik_lint.report.table import table
from traefik_lint.runtime.types import EntryPoint, Router, Runtime, Service, Status

_HEADER = ("ROUTER", "RULE", "PRIORITY", "MIDDLEWARES", "SERVICE", "SERVERS", "TLS", "STATUS")
_COLORS: dict[Status, str] = {"enabled": "32", "warning": "33", "disabled": "31"}
_ASSUMED = "*"
#: What Traefik leaves to chance, by the kind of :class:`traefik_lint.runtime.types.Undetermined`.
_CHANCES = {
    "equal-priority": "any of them may answer, for they have the same rule and priority",
    "udp-router": "any of them may serve the entry point",
    "tls-warning": "any of them may carry the warning",
    "network": "any of the networks may give the address",
    "build-order": "status and errors depend on what Traefik builds first",
    "tls-options": "the options of the entry point are looked up in the provider of any of them",
}


def routes(runtime: Runtime, look: Look) -> Iterator[str]:
    """The lines for one deployment; what rests on an assumption has a ``*``."""
    deployment = runtime.deployment
    version = f"Traefik {runtime.version}" + (_ASSUMED if deployment.version_assumed else "")
    yield _paint(f"{safe(deployment.name)}", "1", look) + f"  {version}\n"
    yield f"  {', '.join(safe(file.path) for file in deployment.files)}\n"
    if runtime.refused is not None:
        yield _paint(f"  Traefik does not start: {safe(runtime.refused)}", "31", look) + "\n"
        return
    routers = [*runtime.routers.values(), *runtime.tcp_routers.values(), *runtime.udp_routers.values()]
    assumed = deployment.version_assumed
    for entry_point in runtime.entry_points.values():
        served = [router for router in routers if entry_point.name in router.using]
        if served or entry_point.element is not None:
            yield "\n" + _heading(entry_point, look) + "\n"
            yield from _rows(served, runtime, look)
            assumed |= any(_assumptions(router, runtime) for router in served)
    idle = [router for router in routers if not router.using]
    if idle:
        yield "\n" + _paint("on no entry point", "1", look) + "\n"
        yield from _rows(idle, runtime, look)
        assumed |= any(_assumptions(router, runtime) for router in idle)
    if runtime.drops:
        yield "\n" + _paint("dropped", "1", look) + "\n"
        yield from (f"  {safe(drop.subject)}: {safe(drop.text or drop.kind)}\n" for drop in runtime.drops)
    if runtime.undetermined:
        yield "\n" + _paint("left to chance", "1", look) + "\n"
        yield from (
            f"  {safe(', '.join(found.names))}: {_CHANCES.get(found.kind, found.kind)}\n"
            for found in runtime.undetermined
        )
    if assumed:
        yield f"\n{_ASSUMED} rests on an assumption: the files do not tell all of it\n"


def _heading(entry_point: EntryPoint, look: Look) -> str:
    protocol = f" {entry_point.protocol}" if entry_point.protocol != "tcp" else ""
    return _paint(safe(entry_point.name), "1", look) + f"  {safe(entry_point.address)}{protocol}"


def _rows(routers: Iterable[Router], runtime: Runtime, look: Look) -> Iterator[str]:
    ordered = sorted(routers, key=lambda router: (router.protocol, -router.priority, router.name))
    if not ordered:
        yield "  nothing\n"
        return
    lines = table([_HEADER, *(_cells(router, runtime) for router in ordered)], look.width, indent=2)
    for number, line in enumerate(lines):
        yield (_paint(line, "2", look) if number == 0 else _tinted(line, look)) + "\n"
    for router in ordered:
        for error in router.errors:
            yield _paint(f"  {safe(router.name)}: {safe(error)}", _COLORS[router.status], look) + "\n"


def _cells(router: Router, runtime: Runtime) -> tuple[str, ...]:
    protocol = "" if router.protocol == "http" else f" ({router.protocol})"
    service = _service(router, runtime)
    mark = _ASSUMED if _assumptions(router, runtime) else ""
    return tuple(map(safe, (
        f"{router.name}{protocol}{mark}",
        str(router.config.get("rule", "")),
        str(router.priority),
        ", ".join(reference.name for reference in router.middlewares),
        router.service.name if router.service else "",
        ", ".join(service.servers) if service else "",
        _tls(router),
        router.status,
    )))  # fmt: skip


def _service(router: Router, runtime: Runtime) -> Service | None:
    if router.service is None:
        return None
    services = {"http": runtime.services, "tcp": runtime.tcp_services, "udp": runtime.udp_services}
    return services[router.protocol].get(router.service.name)


def _tls(router: Router) -> str:
    if not router.tls:
        return ""
    words = [router.resolver.text] if router.resolver else []
    if router.tls_options not in ("", "default"):
        words.append(router.tls_options)
    return " ".join(words) or "yes"


def _assumptions(router: Router, runtime: Runtime) -> bool:
    """Whether something about the router could not be read from the files."""
    values = [*router.entry_point_values, router.rule_value, router.resolver]
    references = [*router.middlewares, *([router.service] if router.service else [])]
    service = _service(router, runtime)
    return (
        any(value is not None and not value.known for value in values)
        or any(not reference.known for reference in references)
        or (service is not None and service.port is not None and not service.port.known)
    )


def _tinted(line: str, look: Look) -> str:
    if not look.color:
        return line
    for status, color in _COLORS.items():
        if line.endswith(status):
            return line[: -len(status)] + _paint(status, color, look)
    return line


def _paint(text: str, color: str, look: Look) -> str:
    return f"\x1b[{color}m{text}\x1b[0m" if look.color else text
