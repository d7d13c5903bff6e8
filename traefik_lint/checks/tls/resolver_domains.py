"""TL312: a certificate resolver on a router that names no domain.

Certificates are ordered for `tls.domains`, else for the literal Host() and HostSNI() names of the rule (S-070).
Without either nothing is ordered, nobody says so, and the default certificate is served (R-148).
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import quoted, titled
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.checks.tls.resolvers import Use, uses
from traefik_lint.runtime.types import Runtime


@check("TL312", "resolver-without-domain", severity="warning")
def resolver_without_domain(runtime: Runtime) -> Iterator[Draft]:
    everything = list(uses(runtime))
    if any(_orders(use) for use in everything):
        return  # certificates are for all routers, so the others may have what they need
    for use in everything:
        router, rule = use.router, use.router.rule
        if rule is None or rule.error is not None:
            continue
        if router.rule_value is None or not router.rule_value.known or use.acme is None:
            continue
        if router.tls_from_entry_point:
            continue
        yield finding(
            use.name,
            f"{titled(router)} names no host and no tls.domains, so resolver "
            f"{quoted(use.name.text)} orders no certificate for it",
            hint="add Host(`…`) to the rule, or tls.domains[0].main with the domain",
            related=[(router.rule_value, "the rule")],
        )


def _orders(use: Use) -> bool:
    """Whether a certificate is ordered for this router."""
    return bool(use.tls.elements("domains")) or (
        use.router.rule is not None and bool(use.router.rule.domains)
    )
