"""TL320: `sniStrict` for a host that has no certificate.

With it Traefik refuses a handshake for which it has no matching certificate; the default certificate is not used
(R-150). Without a resolver for the host and without any certificate in the files, nobody gets in.
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import listed, titled
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.checks.tls.bindings import tls_routers
from traefik_lint.checks.tls.resolvers import uses
from traefik_lint.runtime.types import Router, Runtime


@check(
    "TL320", "strict-sni-without-certificate", severity="error", needs=("file", "secrets", "other-providers")
)
def strict_sni_without_certificate(runtime: Runtime) -> Iterator[Draft]:
    if runtime.deployment.objects or _has_certificates(runtime) or next(uses(runtime), None) is not None:
        return
    by_options: dict[str, list[Router]] = {}
    for router in tls_routers(runtime):
        if not router.generated and router.rule is not None and router.rule.domains:
            by_options.setdefault(router.tls_options, []).append(router)
    for name, routers in by_options.items():
        options = runtime.tls_options.get(name)
        strict = (
            options.element.value("sniStrict")
            if options is not None and options.element is not None
            else None
        )
        if strict is None or strict.data is not True:
            continue
        hosts = {host for router in routers if router.rule is not None for host in router.rule.domains}
        yield finding(
            strict,
            f"there is no certificate for {listed(hosts, 3)}, and with sniStrict the default one is not used: "
            "every handshake is refused",
            hint="add the certificate under tls.certificates, or a certResolver to the router",
            related=[(router, f"{titled(router)}") for router in routers[:3]],
        )


def _has_certificates(runtime: Runtime) -> bool:
    """Whether any certificate is given as a file; which names it holds can't be told."""
    return any(
        file.decoded is None or file.open or file.decoded.element.elements("tls", "certificates")
        for file in runtime.deployment.dynamic_files
    )
