"""TL331 and TL332: a router with TLS for whose host nobody orders a certificate.

`tls=true` alone orders nothing (S-070), and `tls.domains` take the place of the rule's hosts: a host that none of them
covers gets none (S-070). A wildcard stands for one label. Without a certificate Traefik serves its default one (R-148).
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import listed, quoted, titled
from traefik_lint.checks.notation import notation_for, option
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.checks.tls.lost_entry_point_tls import has_certificates, is_ordered, ordered_names
from traefik_lint.checks.tls.resolvers import Use, uses
from traefik_lint.model.values import Element, Value
from traefik_lint.runtime.types import Router, Runtime

#: Names for which no public CA gives out certificates.
_PRIVATE = (
    ".localhost", ".local", ".lan", ".home", ".internal", ".intranet", ".test", ".invalid", ".localdomain",
    ".home.arpa", ".docker", ".dev.local",
)  # fmt: skip


@check("TL331", "tls-without-resolver", severity="info", confidence="medium", needs=("file", "static"))
def tls_without_resolver(runtime: Runtime) -> Iterator[Draft]:
    known = [name for name, one in runtime.resolvers.items() if one.element("acme") is not None]
    if not known or has_certificates(runtime):
        return
    ordered = ordered_names(runtime)
    for router in runtime.definitions["http"].values():
        tls = router.element.element("tls") if router.element is not None else None
        if tls is None or router.generated or "certResolver" in tls or router.tls_from_entry_point:
            continue
        hosts = _public_hosts(router)
        if not hosts or any(is_ordered(host, ordered) for host in hosts) or _is_lent(runtime, router):
            continue
        path = f"http.routers.{router.definition.rpartition('@')[0]}.tls.certResolver"
        yield finding(
            tls,
            f"tls alone orders no certificate: {titled(router)} serves Traefik's default one for {listed(hosts, 2)}",
            hint=f"write {option(path, known[0], notation_for(router))}"
            + (" under tls" if notation_for(router) in ("yaml", "toml") else ""),
            related=[(runtime.resolvers[known[0]], "the resolver that nobody asks for it")],
        )


@check("TL332", "host-outside-tls-domains", severity="warning", needs=("file",))
def host_outside_tls_domains(runtime: Runtime) -> Iterator[Draft]:
    if has_certificates(runtime):
        return
    everything = list(uses(runtime))
    ordered = ordered_names(runtime)
    told: set[int] = set()
    for use in everything:
        place = _domain_place(use)
        if place is None or use.router.tls_from_entry_point:
            continue
        missed = [host for host in _public_hosts(use.router) if not is_ordered(host, ordered)]
        if missed and id(place) not in told:
            told.add(id(place))
            yield finding(
                place,
                f"tls.domains take the place of the rule's hosts, and none of them covers {listed(missed, 2)} "
                "(a wildcard stands for one label): Traefik serves its default certificate there",
                hint=f"add {quoted(missed[0])} to main or sans",
                related=[(use.router.rule_value, f"the rule of {titled(use.router)}")],
            )


def _domain_place(use: Use) -> Value | None:
    """The first name of a router's domains, None where one of them can't be told."""
    values = _domain_values(use.tls)
    if not values or any(not value.known for value in values):
        return None
    return values[0]


def _domain_values(tls: Element) -> list[Value]:
    return [
        value
        for domain in tls.elements("domains")
        for value in (domain.value("main"), *domain.values("sans"))
        if value is not None
    ]


def _public_hosts(router: Router) -> list[str]:
    """The literal hosts of a router's rule for which a CA could give out a certificate."""
    if router.rule is None or router.status == "disabled":
        return []
    if router.rule_value is not None and not router.rule_value.known:
        return []
    return [
        host
        for host in router.rule.domains
        if "." in host and not host.endswith(_PRIVATE) and not host.replace(".", "").isdigit()
        and not any(char in host for char in "*{}$<>")
    ]  # fmt: skip


def _is_lent(runtime: Runtime, router: Router) -> bool:
    """Whether an entry point would have given a resolver, which another rule speaks of."""
    points = map(runtime.entry_points.get, router.entry_points)
    return any(
        point is not None and point.tls is not None and "certResolver" in point.tls for point in points
    )
