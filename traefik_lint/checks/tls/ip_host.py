"""TL319: a certificate for a host that is an IP address.

Clients send no name in the handshake when they ask for an address, so no certificate can be chosen for it: the
default certificate is served (R-146, R-149), unless the store's default certificate is the one that was meant.
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.golang.cidr import parse_ip
from traefik_lint.golang.errors import GoError
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.runtime.types import Router, Runtime
from traefik_lint.source.tree import Scalar


@check("TL319", "certificate-for-ip-host", severity="warning")
def certificate_for_ip_host(runtime: Runtime) -> Iterator[Draft]:
    if "default" in runtime.tls_stores:
        return  # its default certificate is perhaps the one that is meant
    for router in runtime.routers.values():
        rule = router.rule
        value = router.rule_value
        if not router.tls or rule is None or value is None or not value.known or not rule.domains:
            continue
        if not all(_is_address(host) for host in rule.domains):
            continue
        source = _certificate(router)
        if source is None:
            continue
        matcher = next((one for one in rule.matchers if one.canonical in ("Host", "HostHeader")), None)
        place = value.sub(matcher.start, matcher.end) if matcher is not None else value.span
        yield finding(
            place,
            f"clients name no host in the handshake when they ask for {quoted(rule.domains[0])}, "
            f"so {source[1]} is never served: they get the default certificate",
            hint="make it the default certificate: tls.stores.default.defaultCertificate, "
            "or defaultCertificate of the TLSStore called default",
            related=[(source[0], "the certificate")],
        )


def _is_address(host: str) -> bool:
    try:
        return parse_ip(host) is not None
    except GoError:
        return False


def _certificate(router: Router) -> tuple[Scalar, str] | None:
    """The certificate that a router of this kind brings along: a Secret, or one that a resolver orders."""
    if isinstance(router.origin, KubernetesObject) and router.origin.spec is not None:
        tls = router.origin.spec.mapping("tls")
        secret = tls.scalar("secretName") if tls is not None else None
        if secret is not None and secret.value:
            return secret, f"the certificate of {quoted(secret.value)}"
    resolver = router.resolver
    if resolver is not None and resolver.text and isinstance(resolver.node, Scalar):
        return resolver.node, f"a certificate of resolver {quoted(resolver.text)}"
    return None
