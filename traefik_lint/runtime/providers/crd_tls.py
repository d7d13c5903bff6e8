"""TLS of the CRD provider: certificates of routes, TLSOptions, TLSStores (K-021, K-065 … K-069)."""

from __future__ import annotations

from traefik_lint.golang.text import print_list
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.model.values import Element, Items, Value
from traefik_lint.runtime.configuration import Part
from traefik_lint.runtime.providers.crd_names import tls_id
from traefik_lint.runtime.providers.kubernetes_elements import (
    Refused,
    child,
    put,
    put_texts,
    recast_into,
)
from traefik_lint.runtime.providers.kubernetes_secrets import (
    certificate_authority,
    certificate_pair,
    find_secret,
)
from traefik_lint.runtime.providers.kubernetes_work import Work, decoded_objects, subject_of
from traefik_lint.source.tree import Node, Scalar

_DEFAULT = "default"


def load_route_certificate(work: Work, found: KubernetesObject, spec: Element) -> None:
    """Load the certificate that a route's ``tls.secretName`` names; a missing one is only logged (K-021)."""
    name = spec.value("tls", "secretName")
    if name is None or not name.text:
        return
    try:
        load_certificate(work, found, f"{found.namespace}/{name.text}", name)
    except Refused as refused:
        work.log(refused.text, refused.span)
        work.miss(subject_of(found), refused, found)


def load_certificate(work: Work, found: KubernetesObject, key: str, name: Value, store: str = "") -> None:
    """Load a Secret's certificate once, under ``key``; raises Refused."""
    if key in work.certificates:
        return
    secret = f"{found.namespace}/{name.text}"
    missing = Refused("secret-missing", f"secret {secret} does not exist", name, "K-021")
    try:
        pair = certificate_pair(work, found, name, missing)
    except Refused as refused:
        if refused.kind == "namespace-not-watched":
            raise refused.within(f"failed to fetch secret {secret}: ") from None
        raise
    element = Element(work.spec("tls", "certificates", "*"), {}, name.node)
    put(element, "certFile", pair.certificate.text, pair.certificate)
    put(element, "keyFile", pair.key.text, pair.key)
    if store:
        put_texts(element, "stores", [(store, name)], name.node)
    work.certificates[key] = Part(key, element, found)


def build_tls_options(work: Work) -> None:
    """Build all TLSOptions; one named ``default`` replaces the global default (K-065, K-067, K-068)."""
    default_namespaces: list[str] = []
    options = work.configuration.tls_options
    places: list[KubernetesObject] = []
    for found, spec in decoded_objects(work, "TLSOption"):
        id_ = tls_id(work, found.namespace, found.name)
        if found.name == _DEFAULT:
            id_ = _DEFAULT
            default_namespaces.append(found.namespace)
            places.append(found)
        options[id_] = Part(id_, _tls_options(work, found, spec), found)
    _drop_defaults(work, options, default_namespaces, places, "Options")


def _tls_options(work: Work, found: KubernetesObject, spec: Element) -> Element:
    place = found.name_node or found.kind_node
    element = Element(work.spec("tls", "options", "*"), {}, found.root, place)
    for name in (
        "minVersion", "maxVersion", "cipherSuites", "curvePreferences", "sniStrict", "alpnProtocols",
        "disableSessionTickets", "preferServerCipherSuites",
    ):  # fmt: skip
        if name == "preferServerCipherSuites" and work.since((2, 11, 7), (3, 1, 1)):
            continue
        if spec.spec.field(name) is not None and element.spec.field(name) is not None:
            recast_into(element, name, spec.get(name), work.version)
    written = spec.element("clientAuth")
    if written is None:
        return element
    auth = child(element, "clientAuth", written.node, written.key)
    recast_into(auth, "clientAuthType", written.get("clientAuthType"), work.version)
    files: list[tuple[str, Value | Node]] = []
    for secret in written.values("secretNames"):
        content = _authority(work, found, secret)
        if content is not None:
            files.append((content.text, content))
    names = written.get("secretNames")
    if isinstance(names, Items):
        put_texts(auth, "caFiles", files, names.node)
    return element


def _authority(work: Work, found: KubernetesObject, name: Value) -> Value | None:
    """The certificate authority of a TLSOption's Secret; problems are only logged (K-068)."""
    full = f"{found.namespace}/{name.text}"
    try:
        missing = Refused("secret-missing", f"Secret {full} does not exist", name, "K-068")
        secret = find_secret(work, found, name, missing)
        if secret is None:
            return Value(name.spec, name.text, name.node, name.key, known=False)
        return certificate_authority(work, secret, full, name, any_key=False)
    except Refused as refused:
        work.log(refused.text, refused.span)
        work.miss(subject_of(found), refused, found)
        return None


def build_tls_stores(work: Work) -> None:
    """Build all TLSStores and load their certificates (K-066)."""
    default_namespaces: list[str] = []
    places: list[KubernetesObject] = []
    stores = work.configuration.tls_stores
    for found, spec in decoded_objects(work, "TLSStore"):
        id_ = tls_id(work, found.namespace, found.name)
        if found.name == _DEFAULT:
            id_ = _DEFAULT
            default_namespaces.append(found.namespace)
            places.append(found)
        try:
            element = _tls_store(work, found, spec)
            _load_store_certificates(work, found, spec, id_)
        except Refused as refused:
            work.drop(subject_of(found), refused, found)
            continue
        stores[id_] = Part(id_, element, found)
    _drop_defaults(work, stores, default_namespaces, places, "Stores")


def _tls_store(work: Work, found: KubernetesObject, spec: Element) -> Element:
    place = found.name_node or found.kind_node
    element = Element(work.spec("tls", "stores", "*"), {}, found.root, place)
    written = spec.element("defaultCertificate")
    if written is not None:
        name = written.value("secretName") or Value(written.spec, "", written.node)
        missing = Refused(
            "secret-missing", f"Secret {found.namespace}/{name.text} does not exist", name, "K-066"
        )
        pair = certificate_pair(work, found, name, missing)
        certificate = child(element, "defaultCertificate", written.node, written.key)
        put(certificate, "certFile", pair.certificate.text, pair.certificate)
        put(certificate, "keyFile", pair.key.text, pair.key)
    recast_into(element, "defaultGeneratedCert", spec.get("defaultGeneratedCert"), work.version)
    return element


def _load_store_certificates(work: Work, found: KubernetesObject, spec: Element, store: str) -> None:
    for written in spec.elements("certificates"):
        name = written.value("secretName")
        if name is None:
            continue
        full = f"{found.namespace}/{name.text}"
        try:
            load_certificate(work, found, full, name, store)
        except Refused as refused:
            if work.version < (3, 7, 0):
                # The whole store is lost.
                raise refused.within(f"unable to read secret {full}: ") from None
            work.log(refused.text, refused.span)
            work.miss(subject_of(found), refused, found)


def _drop_defaults(
    work: Work, parts: dict[str, Part], namespaces: list[str], places: list[KubernetesObject], word: str
) -> None:
    if len(namespaces) < 2:
        return
    parts.pop(_DEFAULT, None)
    text = f"Default TLS {word} defined in multiple namespaces: {print_list(namespaces)}"
    fact = "K-065" if word == "Options" else "K-066"
    for found in places:
        refused = Refused("several-defaults", text, _place(found), fact)
        work.drop(subject_of(found), refused, found)
        drop = work.configuration.drops[-1]
        for other in places:
            if other is not found:
                drop.related.append((_place(other).span, "another one"))


def _place(found: KubernetesObject) -> Scalar:
    return found.name_node or found.kind_node
