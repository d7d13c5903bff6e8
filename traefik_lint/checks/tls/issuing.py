"""What cert-manager's objects say: which Secret a Certificate writes, for which names, and who issues it.

Traefik only reads Secrets (K-021, K-112). What becomes of one is told by the Certificates and the annotated Ingresses
in the same files; there may be others in the cluster.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from traefik_lint.checks.kubernetes.objects import INGRESS_GROUP, TRAEFIK_GROUPS, mappings_of
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.runtime.types import Runtime
from traefik_lint.source.tree import Mapping, Scalar, Sequence

GROUP = "cert-manager.io"
ISSUER = "cert-manager.io/issuer"
CLUSTER_ISSUER = "cert-manager.io/cluster-issuer"
#: Objects of which one becomes a Secret.
_MAKERS = frozenset({"Secret", "Certificate", "ExternalSecret", "SealedSecret", "ClusterSecret", "VaultStaticSecret",
                     "OnePasswordItem", "BitwardenSecret", "InfisicalSecret"})  # fmt: skip


class Issued(NamedTuple):
    """A Certificate (or what an annotated Ingress makes cert-manager write): the Secret, and the names in it."""

    owner: KubernetesObject
    secret: Scalar
    names: tuple[Scalar, ...]
    issuer: Scalar | None
    issuer_kind: str


class Use(NamedTuple):
    """A place where an object of Traefik, or an Ingress, names the Secret of a certificate."""

    owner: KubernetesObject
    secret: Scalar


def issued(runtime: Runtime) -> Iterator[Issued]:
    """What the Certificates in the files make; those with names that can't be told are left out."""
    for found in runtime.deployment.objects:
        spec = found.spec
        secret = spec.scalar("secretName") if spec is not None else None
        if (
            found.kind != "Certificate"
            or found.group != GROUP
            or spec is None
            or secret is None
            or secret.unknown
        ):
            continue
        names = texts(spec.sequence("dnsNames"))
        if any(spec.get(key) is not None for key in ("ipAddresses", "literalSubject", "otherNames")):
            continue
        common = spec.scalar("commonName")
        names += [common] if common is not None and common.value else []
        if not names or any(name.unknown for name in names):
            continue
        reference = spec.mapping("issuerRef")
        issuer = reference.scalar("name") if reference is not None else None
        kind = reference.scalar("kind") if reference is not None else None
        if reference is not None and reference.get("group") is not None:
            group = reference.scalar("group")
            issuer = issuer if group is not None and group.value == GROUP else None
        yield Issued(found, secret, tuple(names), issuer, kind.value if kind is not None else "Issuer")


def issued_by_annotation(runtime: Runtime) -> Iterator[Issued]:
    """What cert-manager makes of the Ingresses that name an issuer in an annotation."""
    for found in runtime.deployment.objects:
        if found.kind != "Ingress" or found.group != INGRESS_GROUP or found.spec is None:
            continue
        issuer, kind = found.annotation(CLUSTER_ISSUER), "ClusterIssuer"
        if issuer is None:
            issuer, kind = found.annotation(ISSUER), "Issuer"
        if issuer is None or found.annotation(f"{GROUP}/issuer-group") is not None:
            continue
        for item in mappings_of(found.spec.sequence("tls")):
            secret, names = item.scalar("secretName"), texts(item.sequence("hosts"))
            if secret is not None and not secret.unknown and not any(name.unknown for name in names):
                yield Issued(found, secret, tuple(names), issuer, kind)


def uses(runtime: Runtime) -> Iterator[Use]:
    """Every place in Traefik's objects and in Ingresses that names the Secret of a certificate."""
    for found in runtime.deployment.objects:
        spec = found.spec
        if spec is None:
            continue
        holders: list[Mapping | None] = []
        if found.group in TRAEFIK_GROUPS and found.kind in ("IngressRoute", "IngressRouteTCP"):
            holders = [spec.mapping("tls")]
        elif found.group in TRAEFIK_GROUPS and found.kind == "TLSStore":
            holders = [spec.mapping("defaultCertificate"), *mappings_of(spec.sequence("certificates"))]
        elif found.group == INGRESS_GROUP and found.kind == "Ingress":
            holders = list(mappings_of(spec.sequence("tls")))
        for holder in holders:
            secret = holder.scalar("secretName") if holder is not None else None
            if secret is not None and secret.value:
                yield Use(found, secret)


def made_secrets(runtime: Runtime) -> set[str]:
    """Names of the Secrets that something in the files makes, in any namespace."""
    made = {one.secret.value for one in issued_by_annotation(runtime)}
    for found in runtime.deployment.objects:
        if found.kind not in _MAKERS:
            continue
        if found.kind != "Certificate":  # which is often called as its Secret should be
            made.add(found.name)
        spec = found.spec
        for name in _targets(spec) if spec is not None else ():
            made.add(name.value)
    return made


def _targets(spec: Mapping) -> Iterator[Scalar]:
    for holder, key in (
        (spec, "secretName"),
        (spec.mapping("target"), "name"),
        (spec.mapping("destination"), "name"),
    ):
        name = holder.scalar(key) if holder is not None else None
        if name is not None:
            yield name


def has_default_certificate(runtime: Runtime) -> bool:
    """Whether a TLSStore has a certificate for the hosts without one of their own."""
    return any(
        found.kind == "TLSStore"
        and found.spec is not None
        and (
            found.spec.get("defaultCertificate") is not None
            or found.spec.get("certificates") is not None
            or found.spec.get("defaultGeneratedCert") is not None
        )
        for found in runtime.deployment.objects
    )


def covers(name: str, host: str) -> bool:
    """Whether a certificate with this name holds for a host: ``*`` stands for one label."""
    name, host = name.lower(), host.lower()
    return name == host or (name.startswith("*.") and host.partition(".")[2] == name[2:])


def texts(node: Sequence | None) -> list[Scalar]:
    """The scalars in a list."""
    return [item for item in node or () if isinstance(item, Scalar)]
