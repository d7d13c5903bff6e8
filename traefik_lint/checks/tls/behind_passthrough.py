"""TL326: a certificate for a TCP route that passes TLS on unopened.

With `passthrough` the server behind shows its own certificate; the Secret is not even read (K-066).
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.kubernetes.objects import TRAEFIK_GROUPS
from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.runtime.types import Runtime


@check("TL326", "certificate-behind-passthrough", severity="warning")
def certificate_behind_passthrough(runtime: Runtime) -> Iterator[Draft]:
    for found in runtime.deployment.objects:
        if found.kind != "IngressRouteTCP" or found.group not in TRAEFIK_GROUPS or found.spec is None:
            continue
        tls = found.spec.mapping("tls")
        passed = tls.scalar("passthrough") if tls is not None else None
        secret = tls.scalar("secretName") if tls is not None else None
        if passed is None or passed.value != "true" or passed.unknown or secret is None or not secret.value:
            continue
        yield finding(
            secret,
            f"with passthrough the server behind shows its own certificate: {quoted(secret.value)} is never used",
            hint="take passthrough out for Traefik to end TLS itself, else secretName",
            related=[(passed, "switched on here")],
        )
