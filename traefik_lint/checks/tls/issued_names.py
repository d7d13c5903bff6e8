"""TL321 and TL322: a Certificate whose names don't hold for the host, and a Secret that no Certificate writes.

Traefik picks a certificate by the name that the client asks for; without one that holds it serves its default
certificate (R-150, K-021). Secrets of other origin may be in the cluster, so we speak where a Certificate in the files
was plainly meant for the route: it writes the route's Secret, or it is for its hosts and nobody uses it.
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import edit_distance, listed, quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.checks.tls import issuing
from traefik_lint.checks.tls.issuing import Issued, covers
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.runtime.types import Runtime
from traefik_lint.source.span import Span
from traefik_lint.source.tree import Scalar

_SERVED = "Traefik serves its default certificate"


@check("TL321", "certificate-for-other-hosts", severity="warning", confidence="medium")
def certificate_for_other_hosts(runtime: Runtime) -> Iterator[Draft]:
    certificates = list(issuing.issued(runtime))
    annotated = list(issuing.issued_by_annotation(runtime))
    if not (certificates or annotated) or issuing.has_default_certificate(runtime):
        return
    names = [name.value for one in (*certificates, *annotated) for name in one.names]
    seen: set[Span] = set()
    for owner, hosts in _hosts(runtime).items():
        lost = [host for host in hosts if not any(covers(name, host) for name in names)]
        if not lost:
            continue
        used = {use.secret.value for use in issuing.uses(runtime) if use.owner is owner}
        own = [
            one for one in certificates if one.owner.namespace == owner.namespace and one.secret.value in used
        ]
        if not own and lost == hosts:
            own = [one for one in annotated if one.owner is owner and one.names]
        if not own or len({one.secret.value for one in own}) < len(used):
            continue  # another Secret, of which nothing is known
        place = _place(own, lost[0])
        if place.span in seen:
            continue
        seen.add(place.span)
        yield finding(
            place,
            f"the certificate of {owner.kind} {quoted(owner.name)} is for {listed(_texts(own), 3)}, and does not hold "
            f"for {listed(lost, 3)}: {_SERVED}",
            hint=f"add {quoted(lost[0])} to {'dnsNames' if own[0].owner.kind == 'Certificate' else 'tls.hosts'}"
            + (
                ": a * stands for one label only"
                if any(_is_deeper(text, lost[0]) for text in _texts(own))
                else ""
            ),
            related=[(owner.name_node, "the route")],
        )


@check("TL322", "secret-nobody-writes", severity="warning", confidence="medium")
def secret_nobody_writes(runtime: Runtime) -> Iterator[Draft]:
    certificates = list(issuing.issued(runtime))
    if not certificates:
        return
    used = list(issuing.uses(runtime))
    named = {use.secret.value for use in used}
    free = [one for one in certificates if one.secret.value not in named]
    if not free:
        return
    made, hosts = issuing.made_secrets(runtime), _hosts(runtime)
    for use in used:
        wanted = hosts.get(use.owner, [])
        if not wanted or use.secret.unknown or use.secret.value in made:
            continue
        meant = [one for one in free if one.owner.namespace == use.owner.namespace and _holds(one, wanted)]
        if len({one.secret.value for one in meant}) != 1:
            continue
        yield finding(
            use.secret,
            f"no Certificate writes secret {quoted(use.secret.value)}; the one for {listed(wanted, 3)} writes "
            f"{quoted(meant[0].secret.value)}: {_SERVED}",
            hint=f"write secretName: {meant[0].secret.value}",
            related=[(meant[0].secret, "the Certificate's secretName")],
        )


def _hosts(runtime: Runtime) -> dict[KubernetesObject, list[str]]:
    """The hosts of the TLS routers that Kubernetes objects make, without those that a resolver cares for."""
    found: dict[KubernetesObject, list[str]] = {}
    for group in (runtime.definitions["http"], runtime.definitions["tcp"]):
        for router in group.values():
            origin, rule = router.origin, router.rule
            if not isinstance(origin, KubernetesObject) or rule is None or rule.error is not None:
                continue
            if router.resolver is not None or (router.rule_value is not None and not router.rule_value.known):
                continue
            own = found.setdefault(origin, [])
            own += [host for host in rule.domains if host not in own and "." in host]
    return found


def _holds(one: Issued, hosts: list[str]) -> bool:
    return all(any(covers(name.value, host) for name in one.names) for host in hosts)


def _texts(own: list[Issued]) -> list[str]:
    return [name.value for one in own for name in one.names]


def _place(own: list[Issued], host: str) -> Scalar:
    """The name that comes nearest to the host."""
    names = [name for one in own for name in one.names]
    return min(names, key=lambda name: edit_distance(name.value, host, 40))


def _is_deeper(name: str, host: str) -> bool:
    return name.startswith("*.") and host.endswith(name[1:])
