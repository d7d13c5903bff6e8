"""TL304: TLS options on a router whose rule names no host.

Options belong to the name in the TLS handshake, not to the router, and only a literal Host() gives them one
(R-140). Without it they are never applied (R-144, K-072), and releases since 2026 also answer 421 where the host
does have options of its own (R-145).
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import quoted, titled
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.checks.tls.bindings import asked_options, options_value, tls_routers, wants_certificates
from traefik_lint.runtime.types import Runtime


@check("TL304", "tls-options-without-host", severity="warning")
def tls_options_without_host(runtime: Runtime) -> Iterator[Draft]:
    for router in tls_routers(runtime):
        name = asked_options(router)
        options = runtime.tls_options.get(name)
        rule = router.rule
        if options is None or name == "default" or rule is None or rule.domains or rule.error is not None:
            continue
        value = options_value(router, runtime)
        place = router.rule_value if router.tls_from_entry_point else value
        if place is None:
            continue
        what = (
            "no client certificate is asked for" if wants_certificates(options) else "they are never applied"
        )
        yield finding(
            place,
            f"{titled(router)} names no host that TLS options {quoted(name)} "
            f"could be bound to: {what}",
            hint="add Host(`…`) to the rule, or put the options into those called default",
            related=[(router.rule_value, "the rule"), (value, "named here"), (options, "the options")],
        )
