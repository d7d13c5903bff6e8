"""TL303: TLS options that no router and no entry point names: they never take effect (R-140, R-141)."""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import nearest_name, quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.checks.tls.bindings import wants_certificates
from traefik_lint.runtime.names import qualify
from traefik_lint.runtime.types import Router, Runtime


@check(
    "TL303",
    "unused-tls-options",
    severity="info",
    needs=(
        "static",
        "entry-points",
        "file",
        "docker",
        "swarm",
        "kubernetescrd",
        "kubernetes",
        "other-providers",
    ),
)
def unused_tls_options(runtime: Runtime) -> Iterator[Draft]:
    routers = [router for router in runtime.all_definitions() if not router.generated]
    if any(drop.kind in ("decoding", "syntax", "template", "conflict") for drop in runtime.drops):
        return  # what was lost may have used them
    named = _named_on_entry_points(runtime)
    for router in routers:
        name = _named_on(router)
        if name is None:
            return
        named.add(name)
    if not any(router.tls for router in runtime.routers.values()):
        return
    lost = named - set(runtime.tls_options)
    for options in runtime.tls_options.values():
        if nearest_name(options.name, lost) is not None or _is_named_elsewhere(options.name, lost):
            continue  # these were meant, as TL301 says
        if options.name == "default" or options.span is None or options.name in named:
            continue
        if runtime.deployment.is_external("tls-options", options.name):
            continue
        wants = wants_certificates(options)
        effect = "no client certificate is ever asked for" if wants else "they never take effect"
        yield finding(
            options,
            f"no router names the TLS options {quoted(options.name)}, so {effect}",
            hint=f"name them as tls.options on the routers they are meant for ({quoted(options.name)}), "
            "or call them default",
            severity="warning" if wants else None,
        )


def _is_named_elsewhere(name: str, lost: set[str]) -> bool:
    """Whether the same name was looked for in another provider."""
    base = name.rpartition("@")[0]
    return any(other.rpartition("@")[0] == base for other in lost)


def _named_on(router: Router) -> str | None:
    """The options a router names, "" for none; None when that can't be told."""
    value = router.element.value("tls", "options") if router.element is not None else None
    if value is None or not value.text:
        return ""
    return qualify(value.text, router.provider) if value.known else None


def _named_on_entry_points(runtime: Runtime) -> set[str]:
    """Names on entry points; an unqualified one is looked up in each router's own provider (R-085)."""
    named: set[str] = set()
    providers = {options.provider for options in runtime.tls_options.values()}
    for point in runtime.entry_points.values():
        value = point.tls.value("options") if point.tls is not None else None
        if value is not None:
            named.update(qualify(value.text, provider) for provider in providers)
    return named
