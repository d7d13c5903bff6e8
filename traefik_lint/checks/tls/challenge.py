"""TL313, TL314, TL316: ACME challenges that can't be done.

A resolver without any challenge starts, and fails at the first certificate (S-062, S-064). The CA asks on port 80
for the HTTP challenge and on port 443 for the TLS challenge, which Traefik does not check (S-065), and gives out
wildcard certificates for the DNS challenge only (S-066). The same goes for cert-manager's issuers.
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.checks.tls.resolvers import Use, challenges, is_certain, uses
from traefik_lint.checks.tls.solvers import solvers_out_of_reach, wildcards_of_issuers
from traefik_lint.checks.traffic import outside_ports
from traefik_lint.model.values import Element, Value
from traefik_lint.runtime.types import EntryPoint, Runtime
from traefik_lint.source.tree import Scalar


@check("TL313", "wildcard-without-dns-challenge", severity="error")
def wildcard_without_dns_challenge(runtime: Runtime) -> Iterator[Draft]:
    for use in uses(runtime):
        if use.acme is None or not is_certain(use.acme) or "dns" in challenges(use.acme):
            continue
        if not challenges(use.acme):
            continue  # TL314 says that it gets none at all
        for domain in _wildcards(use):
            yield finding(
                domain,
                f"resolver {quoted(use.name.text)} has no DNS challenge, "
                f"so the CA refuses a certificate for {quoted(domain.text)}",
                hint="give the resolver a dnsChallenge, or name each host",
                related=[(use.acme, "the resolver")],
            )
    yield from wildcards_of_issuers(runtime)


def _wildcards(use: Use) -> list[Value]:
    domains = [
        value
        for domain in use.tls.elements("domains")
        for value in [domain.value("main"), *domain.values("sans")]
        if value is not None and value.known and value.text
    ]
    return [value for value in domains if value.text.startswith("*.")]


@check("TL314", "acme-without-challenge", severity="error")
def acme_without_challenge(runtime: Runtime) -> Iterator[Draft]:
    for name, resolver in runtime.resolvers.items():
        acme = resolver.element("acme")
        if acme is None or challenges(acme) or not is_certain(acme):
            continue
        half, hint = _half_a_challenge(acme)
        yield finding(
            half or acme,
            f"resolver {quoted(name)} has no ACME challenge, so it never gets a certificate",
            hint=hint,
        )


def _half_a_challenge(acme: Element) -> tuple[Element | None, str]:
    """A challenge that is there and lacks what it needs (S-064)."""
    challenge = acme.element("httpChallenge")
    if challenge is not None:
        return challenge, "name the entry point: httpChallenge.entryPoint"
    challenge = acme.element("dnsChallenge")
    if challenge is not None:
        return challenge, "name the DNS provider: dnsChallenge.provider"
    return None, "add httpChallenge.entryPoint, tlsChallenge or dnsChallenge.provider"


@check("TL316", "acme-challenge-out-of-reach", severity="warning", needs=("entry-points",))
def acme_challenge_out_of_reach(runtime: Runtime) -> Iterator[Draft]:
    for name, resolver in runtime.resolvers.items():
        acme = resolver.element("acme")
        if acme is None or not is_certain(acme):
            continue
        kinds = challenges(acme)
        if "http" in kinds:
            yield from _http(name, acme, runtime)
        elif kinds == ["tls"]:
            yield from _tls(name, acme, runtime)
    yield from solvers_out_of_reach(runtime)


def _http(name: str, acme: Element, runtime: Runtime) -> Iterator[Draft]:
    value = acme.value("httpChallenge", "entryPoint")
    point = runtime.entry_points.get(value.text) if value is not None else None
    if value is None or point is None or _may_be_reached(runtime, point, 80):
        return
    yield finding(
        value,
        f"the CA asks on port 80, and {quoted(point.name)} is {_reach(runtime, point)}: "
        f"resolver {quoted(name)} gets no certificate",
        hint=_on_port(runtime, 80) or "name the entry point that is reached on port 80, or publish it there",
        related=[(point, "the entry point")],
    )


def _tls(name: str, acme: Element, runtime: Runtime) -> Iterator[Draft]:
    points = [point for point in runtime.entry_points.values() if point.protocol == "tcp" and point.element]
    place = acme.get("tlsChallenge")
    if not points or place is None or any(_may_be_reached(runtime, point, 443) for point in points):
        return
    key = place.key
    yield finding(
        key.span if key is not None else place.span,
        f"the CA asks on port 443 for the TLS challenge, and no entry point is reached there: "
        f"resolver {quoted(name)} gets no certificate",
        hint="publish an entry point on port 443, or use another challenge",
    )


def _may_be_reached(runtime: Runtime, point: EntryPoint, port: int) -> bool:
    """True also where that can't be told: something in front of Traefik may pass the port on."""
    traefik = runtime.deployment.traefik
    if point.port is None or traefik is None:
        return True
    mode = traefik.network_mode
    if mode is not None:
        return mode.value != "host" or point.port == port
    written = traefik.node.sequence("ports")
    if any(isinstance(item, Scalar) and item.unknown for item in written or ()):
        return True
    if not traefik.ports or any(not each.published.isdigit() for each in traefik.ports):
        return True
    return port in outside_ports(runtime, point)


def _reach(runtime: Runtime, point: EntryPoint) -> str:
    ports = ", ".join(str(port) for port in sorted(outside_ports(runtime, point)))
    return f"reached on port {ports}" if ports else "not published"


def _on_port(runtime: Runtime, port: int) -> str:
    for point in runtime.entry_points.values():
        if port in outside_ports(runtime, point):
            return f"write {quoted(point.name)}, which is reached on port {port}"
    return ""
