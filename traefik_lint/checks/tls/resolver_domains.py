"""TL312: a certificate resolver on a router that names no domain.

Certificates are ordered for `tls.domains`, else for the literal Host() and HostSNI() names of the rule (S-070).
Without either nothing is ordered, nobody says so, and the default certificate is served (R-148).
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.checks.tls.resolvers import Use, uses
from traefik_lint.runtime.types import Runtime


@check("TL312", "resolver-without-domain", severity="warning")
def resolver_without_domain(runtime: Runtime) -> Iterator[Draft]:
    everything = list(uses(runtime))
    for use in everything:
        router, rule = use.router, use.router.rule
        if use.tls.elements("domains") or rule is None or rule.error is not None or rule.domains:
            continue
        if router.rule_value is None or not router.rule_value.known or use.acme is None:
            continue
        if router.tls_from_entry_point or _is_covered(use, everything):
            continue
        yield finding(
            use.name,
            f"router {quoted(router.definition)} names no host and no tls.domains, so resolver "
            f"{quoted(use.name.text)} orders no certificate for it",
            hint="add Host(`…`) to the rule, or tls.domains[0].main with the domain",
            related=[(router.rule_value, "the rule")],
        )


def _is_covered(use: Use, others: list[Use]) -> bool:
    """Whether another router orders certificates: they are for all routers, so this one has what it needs."""
    return any(
        other.router.definition != use.router.definition
        and (other.tls.elements("domains") or (other.router.rule is not None and other.router.rule.domains))
        for other in others
    )
