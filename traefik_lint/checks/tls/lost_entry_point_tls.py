"""TL317: a router's `tls` that takes away what its entry point would have given.

An entry point's `http.tls` counts only for routers without any `tls` of their own: a router's `tls: {}` or
`tls=true` replaces it wholly, resolver, options and domains (R-085).
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import quoted, titled
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.checks.tls.resolvers import uses
from traefik_lint.model.values import Element
from traefik_lint.runtime.types import EntryPoint, Router, Runtime


@check(
    "TL317", "entry-point-tls-replaced", severity="warning", confidence="medium", needs=("file", "secrets")
)
def entry_point_tls_replaced(runtime: Runtime) -> Iterator[Draft]:
    if has_certificates(runtime):
        return
    ordered = ordered_names(runtime)
    for router in runtime.definitions["http"].values():
        tls = router.element.element("tls") if router.element is not None else None
        if tls is None or router.generated or "certResolver" in tls or router.status == "disabled":
            continue
        rule = router.rule
        if (
            rule is None
            or not rule.domains
            or (router.rule_value is not None and not router.rule_value.known)
        ):
            continue
        if all(is_ordered(host, ordered) for host in rule.domains):
            continue
        lenders = [point for point in map(runtime.entry_points.get, router.entry_points) if point is not None]
        losing = [point for point in lenders if point.tls is not None and point.tls.string("certResolver")]
        if losing and not any(_covers(point.tls, rule.domains) for point in losing):
            yield _draft(router, tls, losing[0])


def _draft(router: Router, tls: Element, point: EntryPoint) -> Draft:
    resolver = point.tls.value("certResolver") if point.tls is not None else None
    name = resolver.text if resolver is not None else ""
    return finding(
        tls,
        f"{titled(router)} has tls of its own, which replaces that of {quoted(point.name)}: "
        f"resolver {quoted(name)} orders nothing for it, and the default certificate is served",
        hint=f"leave tls out here, or add its certResolver ({quoted(name)})",
        related=[(resolver, "the resolver that is lost")],
    )


def has_certificates(runtime: Runtime) -> bool:
    """Whether certificates come from files or stores, which may cover any host."""
    if runtime.tls_stores or runtime.deployment.objects:
        return True
    return any(
        file.decoded is None or file.decoded.element.elements("tls", "certificates")
        for file in runtime.deployment.dynamic_files
    )


def ordered_names(runtime: Runtime) -> set[str]:
    """Names, wildcards among them, that some router or entry point orders a certificate for."""
    names: set[str] = set()
    for use in uses(runtime):
        names |= _domains(use.tls) or set(use.router.rule.domains if use.router.rule is not None else ())
    return names


def is_ordered(host: str, names: set[str]) -> bool:
    return host in names or f"*.{host.partition('.')[2]}" in names


def _covers(tls: Element | None, hosts: tuple[str, ...]) -> bool:
    """Whether an entry point's own domains cover hosts: they are ordered for its other routers all the same."""
    names = _domains(tls) if tls is not None else set()
    return bool(names) and all(is_ordered(host, names) for host in hosts)


def _domains(tls: Element) -> set[str]:
    return {
        value.text.lower()
        for domain in tls.elements("domains")
        for value in [domain.value("main"), *domain.values("sans")]
        if value is not None
    }
