"""TL323 and TL324: cert-manager is never asked for a certificate, or asked by an issuer that is not there.

cert-manager reads its annotations on Ingresses, not on IngressRoutes; those need a Certificate. An Issuer serves its
own namespace, a ClusterIssuer all of them, and a reference without a kind means an Issuer. Without the Secret Traefik
serves its default certificate (K-021, K-112).
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.kubernetes.objects import TRAEFIK_GROUPS
from traefik_lint.checks.names import listed, nearest_name, quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.checks.tls import issuing
from traefik_lint.checks.tls.issuing import Issued
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.runtime.types import Runtime
from traefik_lint.source.span import Span
from traefik_lint.source.tree import Scalar

_KINDS = ("ClusterIssuer", "Issuer")


@check("TL323", "issuer-annotation-without-effect", severity="warning", confidence="medium")
def issuer_annotation_without_effect(runtime: Runtime) -> Iterator[Draft]:
    made: set[str] | None = None
    for found in runtime.deployment.objects:
        if found.group not in TRAEFIK_GROUPS or found.kind not in ("IngressRoute", "IngressRouteTCP"):
            continue
        label = next(
            (one for one in found.annotations if one.key.value in (issuing.ISSUER, issuing.CLUSTER_ISSUER)),
            None,
        )
        tls = found.spec.mapping("tls") if found.spec is not None else None
        if label is None or tls is None or tls.get("certResolver") is not None:
            continue
        secret = tls.scalar("secretName")
        made = issuing.made_secrets(runtime) if made is None else made
        if secret is not None and (secret.unknown or secret.value in made):
            continue
        yield finding(
            label.key,
            f"cert-manager does not look at an {found.kind}: nobody makes "
            + (f"secret {quoted(secret.value)}" if secret is not None else "a certificate for it")
            + ", and Traefik serves its default certificate",
            hint="add a Certificate with this secretName and issuerRef, or use an Ingress",
            related=[(secret, "the Secret that it names")],
        )


@check("TL324", "undefined-issuer", severity="warning", confidence="medium")
def undefined_issuer(runtime: Runtime) -> Iterator[Draft]:
    issuers = [
        found
        for found in runtime.deployment.objects
        if found.group == issuing.GROUP and found.kind in _KINDS and found.name_node is not None
    ]
    if not issuers or any(found.name_node is None or found.name_node.unknown for found in issuers):
        return
    named = {(use.owner.namespace, use.secret.value) for use in issuing.uses(runtime)}
    seen: set[Span] = set()
    for one in (*issuing.issued(runtime), *issuing.issued_by_annotation(runtime)):
        issuer = one.issuer
        if issuer is None or issuer.unknown or issuer.span in seen or one.issuer_kind not in _KINDS:
            continue
        if (one.owner.namespace, one.secret.value) not in named:
            continue  # not Traefik's business
        seen.add(issuer.span)
        if not any(_serves(found, one, issuer) for found in issuers):
            draft = _draft(one, issuer, issuers)
            if draft is not None:
                yield draft


def _serves(found: KubernetesObject, one: Issued, issuer: Scalar) -> bool:
    if found.name != issuer.value or found.kind != one.issuer_kind:
        return False
    return found.kind == "ClusterIssuer" or found.namespace == one.owner.namespace


def _draft(one: Issued, issuer: Scalar, issuers: list[KubernetesObject]) -> Draft | None:
    same = next((found for found in issuers if found.name == issuer.value), None)
    lost = "no certificate is made, and Traefik serves its default one"
    is_annotation = one.owner.kind == "Ingress"
    if same is not None and same.kind != one.issuer_kind:
        right = f"{issuing.GROUP}/{'cluster-issuer' if same.kind == 'ClusterIssuer' else 'issuer'}"
        return finding(
            issuer,
            f"{quoted(issuer.value)} is a {same.kind}, and is looked for as {_article(one.issuer_kind)}: {lost}",
            hint=f"use the annotation {right}" if is_annotation else f"add kind: {same.kind} to issuerRef",
            related=[(same.name_node, "the issuer")],
        )
    if same is not None:
        if same.namespace_node is None or one.owner.namespace_node is None:
            return None
        return finding(
            issuer,
            f"Issuer {quoted(issuer.value)} is in namespace {quoted(same.namespace)}, and serves that one only: {lost}",
            hint="make it a ClusterIssuer, or an Issuer in this namespace",
            related=[(same.name_node, "the issuer")],
        )
    usable = [
        found for found in issuers if found.kind == "ClusterIssuer" or found.namespace == one.owner.namespace
    ]
    here = [found for found in usable if found.root.file is issuer.file]
    near = nearest_name(issuer.value, [found.name for found in usable])
    if near is None and not here:
        return None
    meant = next(found for found in usable if found.name == near) if near is not None else here[0]
    return finding(
        issuer,
        f"there is no {one.issuer_kind} {quoted(issuer.value)} beside {listed([found.name for found in usable], 3)}: "
        f"{lost}",
        hint=f"write {quoted(meant.name)}",
        related=[(meant.name_node, "the issuer")],
    )


def _article(kind: str) -> str:
    return f"an {kind}" if kind == "Issuer" else f"a {kind}"
