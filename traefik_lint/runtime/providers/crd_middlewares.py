"""Middleware and MiddlewareTCP objects (K-014, K-034 … K-039)."""

from __future__ import annotations

from traefik_lint.golang.errors import GoError
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.model.values import Decodable, Element, Items, Value
from traefik_lint.runtime.configuration import Part
from traefik_lint.runtime.providers.crd_balancers import servers_load_balancer
from traefik_lint.runtime.providers.crd_names import object_id, resolve, wraps_reference
from traefik_lint.runtime.providers.crd_plugins import plugin_body
from traefik_lint.runtime.providers.crd_services import Named, name_and_service
from traefik_lint.runtime.providers.kubernetes_elements import (
    Refused,
    child,
    put,
    put_texts,
    recast,
    recast_into,
)
from traefik_lint.runtime.providers.kubernetes_secrets import (
    load_authority,
    load_client_pair,
    load_credentials,
    load_user,
)
from traefik_lint.runtime.providers.kubernetes_work import Work, decoded_objects, subject_of
from traefik_lint.source.tree import Node

#: Types that need more than their fields, in the order in which Traefik looks at them.
_BUILT = (
    "basicAuth", "digestAuth", "forwardAuth", "errors", "plugin", "rateLimit", "retry", "circuitBreaker", "chain",
)  # fmt: skip


def build_middlewares(work: Work) -> None:
    """Build all Middleware objects; one that can't be built is left out (K-035)."""
    for found, spec in decoded_objects(work, "Middleware"):
        id_ = object_id(work, found.namespace, found.name)
        place = found.name_node or found.kind_node
        element = Element(work.spec("http", "middlewares", "*"), {}, found.root, place)
        try:
            for kind in _BUILT:
                body = spec.get(kind)
                if body is not None:
                    _build(work, found, element, kind, body, id_)
            for kind, body in spec:
                if kind not in _BUILT and element.spec.field(kind) is not None:
                    recast_into(element, kind, body, work.version)
        except Refused as refused:
            work.drop(subject_of(found), refused, found)
            continue
        except GoError as error:
            work.drop(subject_of(found), Refused("bad-duration", error.text, place, "K-035"), found)
            continue
        work.configuration.http.middlewares[id_] = Part(id_, element, found)


def build_tcp_middlewares(work: Work) -> None:
    """Build all MiddlewareTCP objects."""
    for found, spec in decoded_objects(work, "MiddlewareTCP"):
        id_ = object_id(work, found.namespace, found.name)
        place = found.name_node or found.kind_node
        element = Element(work.spec("tcp", "middlewares", "*"), {}, found.root, place)
        for kind, body in spec:
            if element.spec.field(kind) is not None:
                recast_into(element, kind, body, work.version)
        work.configuration.tcp.middlewares[id_] = Part(id_, element, found)


def _build(
    work: Work, found: KubernetesObject, element: Element, kind: str, body: Decodable, id_: str
) -> None:
    if not isinstance(body, Element):
        return
    if kind == "errors":
        _put_errors(work, found, element, body, id_)
        return
    if kind == "plugin":
        plugins = child(element, kind, body.node, body.key)
        if plugins.spec.item is not None:
            for name, plugin in body:
                plugins.fields[name] = plugin_body(work, found, plugins.spec.item, plugin.node, plugin.key)
        return
    spec = element.spec.field(kind)
    if spec is None or not spec.exists_in(work.version):
        return
    made = recast(body, spec, work.version)
    if not isinstance(made, Element):
        return
    element.fields[spec.name] = made
    if kind in ("basicAuth", "digestAuth"):
        _put_users(work, found, made, body, basic=kind == "basicAuth")
    elif kind == "forwardAuth":
        _complete_forward_auth(work, found, made, body)
    elif kind == "rateLimit":
        _complete_rate_limit(work, found, made, body)
    elif kind == "circuitBreaker":
        if not made.integer("responseCode"):
            made.fields.pop("responseCode", None)
    elif kind == "chain":
        _put_chain(work, found, made, body)


def _put_users(work: Work, found: KubernetesObject, made: Element, body: Element, *, basic: bool) -> None:
    secret = body.value("secret")
    if secret is None or not secret.text:
        raise Refused("secret-missing", "auth secret must be set", secret or body.key or body.node, "K-035")
    users = load_credentials(work, found, secret, basic=basic)
    listed: list[tuple[str, Value | Node]] = [(user, source) for user, source in users]
    put_texts(made, "users", listed, secret.node)


def _complete_forward_auth(work: Work, found: KubernetesObject, made: Element, body: Element) -> None:
    address = body.value("address")
    if address is None or not address.text:
        text = "forward authentication requires an address"
        raise Refused("address-missing", text, address or body.key or body.node, "K-035")
    _put_client_tls(work, found, made, body)


def _put_client_tls(work: Work, found: KubernetesObject, made: Element, body: Element) -> None:
    written = body.element("tls")
    if written is None:
        return
    tls = child(made, "tls", written.node, written.key)
    for name in ("insecureSkipVerify", "caOptional"):
        if tls.spec.field(name) is not None:
            recast_into(tls, name, written.get(name), work.version)
    authority = written.value("caSecret")
    if authority is not None and authority.text:
        try:
            content = load_authority(work, found, authority)
        except Refused as refused:
            raise refused.within("failed to load auth ca secret: ") from None
        put(tls, "ca", content.text, content)
    certificate = written.value("certSecret")
    if certificate is not None and certificate.text:
        try:
            pair = load_client_pair(work, found, certificate)
        except Refused as refused:
            raise refused.within("failed to load auth secret: ") from None
        put(tls, "cert", pair.certificate.text, pair.certificate)
        put(tls, "key", pair.key.text, pair.key)


def _complete_rate_limit(work: Work, found: KubernetesObject, made: Element, body: Element) -> None:
    redis = made.element("redis")
    written = body.element("redis")
    if redis is None or written is None:
        return
    endpoints = redis.get("endpoints")
    if isinstance(endpoints, Items) and not endpoints.items:
        del redis.fields["endpoints"]
    redis.fields.pop("tls", None)
    _put_client_tls(work, found, redis, written)
    secret = written.value("secret")
    if secret is not None and secret.text:
        username, password = load_user(work, found, secret)
        put(redis, "username", username.text, username)
        put(redis, "password", password.text, password)


def _put_chain(work: Work, found: KubernetesObject, made: Element, body: Element) -> None:
    made.fields.pop("middlewares", None)
    written = body.get("middlewares")
    if not isinstance(written, Items):
        return
    names: list[tuple[str, Value | Node]] = []
    for reference in body.elements("middlewares"):
        try:
            value = resolve(work, found.namespace, reference, "middleware", "chain")
        except Refused as refused:
            raise wraps_reference(work, refused, "middleware", reference.string("name")) from None
        names.append((value.text, value))
    put_texts(made, "middlewares", names, written.node)


def _put_errors(work: Work, found: KubernetesObject, element: Element, body: Element, id_: str) -> None:
    errors = child(element, "errors", body.node, body.key)
    for name in ("status", "statusRewrites", "query", "errorRequestHeaders"):
        recast_into(errors, name, body.get(name), work.version)
    reference = body.element("service") or Element(body.spec.fields["service"], {}, body.node)
    if work.since((2, 11, 45), (3, 6, 16)):
        named = name_and_service(work, found, reference, id_)
    else:
        # Whatever its kind, a Service of that name is looked for.
        balancer = servers_load_balancer(work, found, found.namespace, reference)
        named = Named("", balancer, reference.value("name") or reference.node)
    if named.element is None:
        put(errors, "service", named.name, named.source)
        return
    service = f"{id_}-errorpage-service"
    work.configuration.http.services[service] = Part(service, named.element, found, generated=True)
    put(errors, "service", service, named.source)
