"""ServersTransport and ServersTransportTCP objects; problems are logged, the transport stays (K-014)."""

from __future__ import annotations

from traefik_lint.golang.errors import GoError
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.model.values import Element, Value
from traefik_lint.runtime.configuration import Part
from traefik_lint.runtime.providers.crd_names import object_id
from traefik_lint.runtime.providers.kubernetes_elements import (
    Refused,
    child,
    put,
    put_elements,
    put_texts,
    recast_into,
    unset,
)
from traefik_lint.runtime.providers.kubernetes_secrets import (
    load_authority,
    load_client_pair,
    load_map_authority,
)
from traefik_lint.runtime.providers.kubernetes_work import Work, decoded_objects, subject_of
from traefik_lint.runtime.tls_names import CIPHER_SUITES
from traefik_lint.source.tree import Node

_VERSIONS = ("VersionTLS10", "VersionTLS11", "VersionTLS12", "VersionTLS13")
_TIMEOUTS = ("dialTimeout", "responseHeaderTimeout", "idleConnTimeout", "readIdleTimeout", "pingTimeout")


def build_transports(work: Work) -> None:
    """Build all ServersTransport objects."""
    for found, spec in decoded_objects(work, "ServersTransport"):
        id_ = object_id(work, found.namespace, found.name)
        place = found.name_node or found.kind_node
        element = Element(work.spec("http", "serversTransports", "*"), {}, found.root, place)
        for name in (
            "serverName", "insecureSkipVerify", "maxIdleConnsPerHost", "disableHTTP2", "peerCertURI", "peerCertSANs",
            "spiffe",
        ):  # fmt: skip
            if element.spec.field(name) is not None:
                recast_into(element, name, spec.get(name), work.version)
        _put_trust(work, found, element, spec)
        if work.version >= (3, 7, 0):
            _put_tls_limits(work, element, spec)
        _put_timeouts(work, element, spec)
        work.configuration.http.servers_transports[id_] = Part(id_, element, found)


def build_tcp_transports(work: Work) -> None:
    """Build all ServersTransportTCP objects (v3)."""
    if work.version < (3, 0, 0):
        return
    for found, spec in decoded_objects(work, "ServersTransportTCP"):
        id_ = object_id(work, found.namespace, found.name)
        place = found.name_node or found.kind_node
        element = Element(work.spec("tcp", "serversTransports", "*"), {}, found.root, place)
        for name in ("dialTimeout", "dialKeepAlive", "terminationDelay"):
            _put_duration(work, element, name, spec)
        if work.since((3, 5, 2)):
            recast_into(element, "proxyProtocol", spec.get("proxyProtocol"), work.version)
            proxy_protocol = element.element("proxyProtocol")
            if proxy_protocol is not None:
                unset(proxy_protocol, "version", proxy_protocol.node)
        written = spec.element("tls")
        if written is not None:
            tls = child(element, "tls", written.node, written.key)
            for name in ("serverName", "insecureSkipVerify", "peerCertURI", "peerCertSANs", "spiffe"):
                if tls.spec.field(name) is not None:
                    recast_into(tls, name, written.get(name), work.version)
            _put_trust(work, found, tls, written)
        work.configuration.tcp.servers_transports[id_] = Part(id_, element, found)


def _put_trust(work: Work, found: KubernetesObject, element: Element, spec: Element) -> None:
    """Set ``rootCAs`` and ``certificates`` from the Secrets and ConfigMaps named."""
    authorities: list[tuple[str, Value | Node]] = []
    for name in spec.values("rootCAsSecrets"):
        content = _authority(work, found, name, None)
        if content is not None:
            authorities.append((content.text, content))
    for authority in spec.elements("rootCAs") if work.version >= (3, 4, 0) else ():
        secret, config_map = authority.value("secret"), authority.value("configMap")
        if secret is not None and config_map is not None:
            work.log("Error while loading CA: both Secret and ConfigMap are defined", authority.span)
            continue
        content = _authority(work, found, secret, config_map)
        if content is not None:
            authorities.append((content.text, content))
    put_texts(element, "rootCAs", authorities, spec.node)
    names = spec.values("certificatesSecrets")
    items = put_elements(element, "certificates", spec.node) if names else []
    for name in names:
        try:
            pair = load_client_pair(work, found, name)
        except Refused as refused:
            _note(work, found, refused)
            continue
        certificate_spec = work.spec("tls", "certificates", "*")
        certificate = Element(certificate_spec, {}, name.node)
        put(certificate, "certFile", pair.certificate.text, pair.certificate)
        put(certificate, "keyFile", pair.key.text, pair.key)
        items.append(certificate)
    if names and not items:
        del element.fields["certificates"]


def _authority(
    work: Work, found: KubernetesObject, secret: Value | None, config_map: Value | None
) -> Value | None:
    try:
        if secret is not None:
            return load_authority(work, found, secret)
        return load_map_authority(work, found, config_map) if config_map is not None else None
    except Refused as refused:
        _note(work, found, refused)
        return None


def _note(work: Work, found: KubernetesObject, refused: Refused) -> None:
    work.log(refused.text, refused.span)
    work.miss(subject_of(found), refused, found)


def _put_tls_limits(work: Work, element: Element, spec: Element) -> None:
    suites = spec.values("cipherSuites")
    for suite in suites:
        if suite.text not in CIPHER_SUITES:
            work.log(
                f"cipher suite not supported: {suite.text}, falling back to default CipherSuite.", suite.span
            )
            suites = []
            break
    put_texts(element, "cipherSuites", [(suite.text, suite) for suite in suites], spec.node)
    lowest, highest = spec.value("minVersion"), spec.value("maxVersion")
    for name, word, value in (("minVersion", "minimum", lowest), ("maxVersion", "maximum", highest)):
        if value is None or not value.text:
            continue
        if value.text in _VERSIONS:
            put(element, name, value.text, value)
        else:
            work.log(f"invalid TLS {word} version: {value.text}", value.span)
    if lowest is None or highest is None or not lowest.text or not highest.text:
        return
    ranks = {version: rank for rank, version in enumerate(_VERSIONS, start=1)}
    if ranks.get(lowest.text, 0) >= ranks.get(highest.text, 0):
        work.log(
            f"CipherSuite MinVersion, {lowest.text}, above or equal to the MaxVersion, {highest.text}. "
            "Falling back to default MaxVersion and MinVersion",
            lowest.span,
        )
        put(element, "minVersion", "VersionTLS12", lowest)
        element.fields.pop("maxVersion", None)


def _put_timeouts(work: Work, element: Element, spec: Element) -> None:
    written = spec.element("forwardingTimeouts")
    timeouts = child(element, "forwardingTimeouts", written.node if written is not None else element.node)
    if written is not None:
        timeouts.key = written.key
        for name in _TIMEOUTS:
            _put_duration(work, timeouts, name, written)


def _put_duration(work: Work, element: Element, name: str, spec: Element) -> None:
    try:
        recast_into(element, name, spec.get(name), work.version)
    except GoError as error:
        # Go's parser leaves zero where it fails.
        value = spec.value(name)
        if value is not None:
            work.log(error.text, value.span)
            put(element, name, 0, value)
