"""TL325, and the part of TL313 and TL316 about cert-manager: challenges that can't be done through Traefik.

For the HTTP challenge cert-manager makes an Ingress without tls and without annotations; Traefik has to read it
(K-100), on the entry points that Ingresses get by default (R-080), and the CA asks on port 80. Wildcards need the DNS
challenge.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from traefik_lint.checks.kubernetes.objects import INGRESS_GROUP, ROUTES, mappings_of
from traefik_lint.checks.kubernetes.ownership import CONTROLLER, Ownership, class_node
from traefik_lint.checks.names import listed, quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.checks.tls import issuing
from traefik_lint.checks.traffic import outside_ports
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.model.values import Value
from traefik_lint.runtime.types import EntryPoint, Runtime
from traefik_lint.source.tree import Mapping, Scalar


class _Solver(NamedTuple):
    """An HTTP challenge of an issuer that is done by an Ingress; ``class_name`` where it names a class."""

    issuer: KubernetesObject
    ingress: Mapping
    class_name: Scalar | None


def _solvers(found: KubernetesObject) -> Iterator[Mapping]:
    acme = found.spec.mapping("acme") if found.spec is not None else None
    yield from mappings_of(acme.sequence("solvers") if acme is not None else None)


def _issuers(runtime: Runtime) -> Iterator[KubernetesObject]:
    for found in runtime.deployment.objects:
        if found.group == issuing.GROUP and found.kind in ("Issuer", "ClusterIssuer"):
            yield found


def _http_solvers(runtime: Runtime) -> Iterator[_Solver]:
    for issuer in _issuers(runtime):
        for solver in _solvers(issuer):
            http = solver.mapping("http01")
            ingress = http.mapping("ingress") if http is not None else None
            if (
                ingress is None
                or ingress.get("ingressTemplate") is not None
                or ingress.get("name") is not None
            ):
                continue
            yield _Solver(issuer, ingress, ingress.scalar("ingressClassName") or ingress.scalar("class"))


def wildcards_of_issuers(runtime: Runtime) -> Iterator[Draft]:
    """Wildcards asked of an issuer in the files that only has HTTP challenges."""
    by_name: dict[tuple[str, str, str], KubernetesObject] = {}
    for found in _issuers(runtime):
        solvers = list(_solvers(found))
        if solvers and all(solver.get("http01") is not None for solver in solvers):
            where = found.namespace if found.kind == "Issuer" else ""
            by_name[found.kind, where, found.name] = found
    if not by_name:
        return
    for one in (*issuing.issued(runtime), *issuing.issued_by_annotation(runtime)):
        where = one.owner.namespace if one.issuer_kind == "Issuer" else ""
        issuer = by_name.get((one.issuer_kind, where, one.issuer.value)) if one.issuer is not None else None
        for name in one.names if issuer is not None else ():
            if name.value.startswith("*."):
                yield finding(
                    name,
                    f"{one.issuer_kind} {quoted(issuer.name if issuer else '')} has no DNS challenge, so the CA "
                    f"refuses a certificate for {quoted(name.value)}",
                    hint="give the issuer a dns01 solver, or name each host",
                    related=[(issuer.name_node if issuer else None, "the issuer")],
                )


def solvers_out_of_reach(runtime: Runtime) -> Iterator[Draft]:
    """HTTP challenges of cert-manager that end on an entry point where nobody asks, or behind a redirection."""
    static = runtime.deployment.static
    if static is None or static.element.get("providers", "kubernetesIngress") is None:
        return
    solver = next((one for one in _http_solvers(runtime) if _is_for_traefik(one, Ownership(runtime))), None)
    points = [point for point in runtime.entry_points.values() if point.element and point.protocol == "tcp"]
    if solver is None or any(point.port is None for point in points):
        return
    asked = [point for point in points if 80 in outside_ports(runtime, point)]
    related = [(solver.ingress, "the solver of the HTTP challenge")]
    defaults = [point for point in points if point.as_default] or points
    for point in asked:
        target = runtime.entry_points.get(point.redirect_to.text) if point.redirect_to is not None else None
        if (
            target is not None
            and target.tls is None
            and point.redirect_to is not None
            and point.redirect_to.known
        ):
            yield finding(
                point.redirect_to,
                f"the CA's request is redirected to {quoted(target.name)}, where the solver's Ingress has no tls: 404, "
                f"and {solver.issuer.kind} {quoted(solver.issuer.name)} gets no certificate",
                hint=f"switch on http.tls of entry point {quoted(target.name)}, or redirect in the routers instead",
                related=related,
            )
    if asked and not any(point in defaults or point.redirect_to is not None for point in asked):
        place = _as_default(defaults)
        if place is not None:
            yield finding(
                place,
                f"the CA asks on port 80, and the solver's Ingress is served on {listed([p.name for p in defaults])} "
                f"only: {solver.issuer.kind} {quoted(solver.issuer.name)} gets no certificate",
                hint=f"take asDefault out, or give it to {quoted(asked[0].name)}, too",
                related=related,
            )


def _as_default(points: list[EntryPoint]) -> Value | None:
    for point in points:
        value = point.element.value("asDefault") if point.element is not None else None
        if value is not None and value.known and value.span is not None:
            return value
    return None


def _is_for_traefik(solver: _Solver, ownership: Ownership) -> bool:
    name = solver.class_name
    if name is None or name.unknown:
        return False
    controller = ownership.controller_of(name.value)
    return controller.value == CONTROLLER if controller is not None else "traefik" in name.value.lower()


@check("TL325", "challenge-nobody-answers", severity="warning", confidence="medium")
def challenge_nobody_answers(runtime: Runtime) -> Iterator[Draft]:
    """The solver's Ingress is of a class, or of a provider, that Traefik does not read (K-001, K-100)."""
    ownership = Ownership(runtime)
    static = runtime.deployment.static
    provider = static.element.element("providers", "kubernetesIngress") if static is not None else None
    option = provider.value("ingressClass") if provider is not None else None
    for solver in _http_solvers(runtime):
        name, who = (
            solver.class_name,
            f"{solver.issuer.kind} {quoted(solver.issuer.name)} gets no certificate",
        )
        if name is None or name.unknown:
            continue
        if _is_for_traefik(solver, ownership):
            if (
                static is not None
                and runtime.is_closed("static")
                and provider is None
                and _reads_routes(runtime)
            ):
                yield finding(
                    name,
                    f"the challenge is an Ingress, and providers.kubernetesIngress is off: 404, and {who}",
                    hint="switch on providers.kubernetesIngress",
                    related=[
                        (
                            static.element.element("providers", "kubernetesCRD"),
                            "the only provider of a cluster",
                        )
                    ],
                )
            elif option is not None and option.known and option.text and option.text != name.value:
                yield finding(
                    name,
                    f"Traefik takes Ingresses of class {quoted(option.text)} only, and the challenge's is of class "
                    f"{quoted(name.value)}: {who}",
                    hint=f"write {quoted(option.text)}",
                    related=[(option, "the class asked for")],
                )
            continue
        if _is_of_traefik_alone(runtime, ownership, name.value, solver.issuer):
            yield finding(
                name,
                f"the challenge's Ingress is of class {quoted(name.value)}, and what needs the certificate is "
                f"Traefik's: it answers 404, and {who}",
                hint=f"write {quoted(option.text if option is not None and option.text else 'traefik')}",
            )


def _reads_routes(runtime: Runtime) -> bool:
    static = runtime.deployment.static
    return static is not None and static.element.get("providers", "kubernetesCRD") is not None


def _is_of_traefik_alone(
    runtime: Runtime, ownership: Ownership, other: str, issuer: KubernetesObject
) -> bool:
    """Whether all that asks this issuer is Traefik's, and nothing in the files is of the other class."""
    asks = any(
        one.issuer is not None
        and one.issuer.value == issuer.name
        and any(
            use.secret.value == one.secret.value and use.owner.kind in ROUTES for use in issuing.uses(runtime)
        )
        for one in issuing.issued(runtime)
    )
    for found in runtime.deployment.objects:
        if found.group != INGRESS_GROUP or found.spec is None:
            continue
        if found.kind == "IngressClass" and found.name == other:
            return False
        if found.kind != "Ingress":
            continue
        node = class_node(found)
        if node is not None and (node.unknown or node.value == other):
            return False
        asked = found.annotation(issuing.CLUSTER_ISSUER) or found.annotation(issuing.ISSUER)
        asks |= asked is not None and asked.value == issuer.name and ownership.asks_for_traefik(found)
    return asks
