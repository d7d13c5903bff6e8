"""IngressRouteTCP and IngressRouteUDP to TCP and UDP routers and services (K-015, K-051, K-080 … K-083)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.model.values import Element, Items, Value
from traefik_lint.runtime.configuration import Part, Section
from traefik_lint.runtime.providers.crd_names import (
    class_of,
    is_safe,
    resolve,
    service_id,
    stream_id,
    takes_class,
    transport_key,
    wraps_reference,
)
from traefik_lint.runtime.providers.crd_routes import keep_router, put_tls, route_name
from traefik_lint.runtime.providers.crd_tls import load_route_certificate
from traefik_lint.runtime.providers.kubernetes_elements import (
    Refused,
    child,
    item_of,
    put,
    put_elements,
    put_texts,
    recast_into,
)
from traefik_lint.runtime.providers.kubernetes_servers import (
    NO_PORT,
    Backend,
    endpoint_addresses,
    external_address,
    find_port,
    find_service,
    native_address,
    no_servers,
    node_port_addresses,
    uses_native,
)
from traefik_lint.runtime.providers.kubernetes_work import Work, decoded_objects, subject_of
from traefik_lint.source.tree import Node

_Protocol = Literal["tcp", "udp"]


def build_tcp_routes(work: Work) -> None:
    """Build the routers and services of all IngressRouteTCP objects that the provider takes."""
    for found, spec in _taken(work, "IngressRouteTCP"):
        if not spec.flag("tls", "passthrough"):
            load_route_certificate(work, found, spec)
        for index, route in enumerate(spec.elements("routes")):
            _build_tcp_route(work, found, spec, index, route)


def build_udp_routes(work: Work) -> None:
    """Build the routers and services of all IngressRouteUDP objects that the provider takes."""
    for found, spec in _taken(work, "IngressRouteUDP"):
        for index, route in enumerate(spec.elements("routes")):
            id_ = stream_id(work, found.namespace, route_name(found), index, "")
            element = Element(work.spec("udp", "routers", "*"), {}, route.node)
            recast_into(element, "entryPoints", spec.get("entryPoints"), work.version)
            _put_services(work, found, element, route, id_, "udp")
            keep_router(work, work.configuration.udp.routers, Part(id_, element, found))


def _taken(work: Work, kind: str) -> list[tuple[KubernetesObject, Element]]:
    return [
        (found, spec)
        for found, spec in decoded_objects(work, kind)
        if takes_class(work.options, class_of(found, spec, work))
    ]


def _build_tcp_route(work: Work, found: KubernetesObject, spec: Element, index: int, route: Element) -> None:
    match = route.value("match")
    try:
        if match is None or not match.text:
            raise Refused("empty-rule", "Empty match rule", match, "K-024")
        id_ = stream_id(work, found.namespace, route_name(found), index, match.text)
        element = Element(work.spec("tcp", "routers", "*"), {}, match.node)
        _put_middlewares(work, found, element, route)
        _put_services(work, found, element, route, id_, "tcp")
        recast_into(element, "entryPoints", spec.get("entryPoints"), work.version)
        put(element, "rule", match.text, match)
        recast_into(element, "priority", route.get("priority"), work.version)
        syntax = route.value("syntax")
        if syntax is not None:
            put(element, "ruleSyntax", syntax.text, syntax)
        put_tls(work, found, element, spec, found.kind)
    except Refused as refused:
        work.drop(f"route {index + 1} of {subject_of(found)}", refused, found, route.node)
        return
    keep_router(work, work.configuration.tcp.routers, Part(id_, element, found))


def _put_middlewares(work: Work, found: KubernetesObject, element: Element, route: Element) -> None:
    written = route.get("middlewares")
    if not isinstance(written, Items):
        return
    names: list[tuple[str, Value | Node]] = []
    for reference in route.elements("middlewares"):
        try:
            value = resolve(work, found.namespace, reference, "middleware", found.kind)
        except Refused as refused:
            raise wraps_reference(work, refused, "middleware", reference.string("name")) from None
        names.append((value.text, value))
    put_texts(element, "middlewares", names, written.node)


def _put_services(
    work: Work, found: KubernetesObject, element: Element, route: Element, id_: str, protocol: _Protocol
) -> None:
    """Add the services of a route and name the router's; a bad one is left out, the others stay (K-051)."""
    section: Section = work.configuration.tcp if protocol == "tcp" else work.configuration.udp
    build: Callable[[Work, KubernetesObject, Element], Element] = (
        _tcp_service if protocol == "tcp" else _udp_service
    )
    services = route.elements("services")
    written = route.get("services")
    place = written.node if isinstance(written, Items) else route.node
    own = service_id(work, id_, several=len(services) > 1)
    first = services[0].value("name") if len(services) == 1 else None
    # The router's own name stands there until a service could be built.
    put(element, "service", id_, first or place)
    for index, reference in enumerate(services):
        name = reference.value("name")
        try:
            service = build(work, found, reference)
        except Refused as refused:
            subject = f'service "{reference.string("name")}" of {subject_of(found)}'
            work.drop(subject, refused, found, reference.node)
            continue
        if len(services) == 1:
            section.services[own] = Part(own, service, found)
            put(element, "service", own, first or place)
            return
        key = f"{id_}-{reference.string('name')}-{reference.string('port', default='0')}"
        if is_safe(work):
            namespace = reference.string("namespace") or found.namespace
            key = f"{own}_{index}_{namespace}_{reference.string('name')}_{reference.string('port')}"
        section.services[key] = Part(key, service, found)
        put(element, "service", own, first or place)
        weighted = _weighted(work, found, section, own, protocol, place)
        item = item_of(weighted, "services", reference.node)
        put(item, "name", key, name or reference.node)
        weight = reference.value("weight")
        put(item, "weight", weight.data if weight is not None else 1, weight or reference.node)
        items = weighted.get("services")
        if isinstance(items, Items):
            items.items.append(item)  # type: ignore[arg-type]  # a list of structs


def _weighted(
    work: Work, found: KubernetesObject, section: Section, id_: str, protocol: _Protocol, node: Node
) -> Element:
    part = section.services.get(id_)
    weighted = part.element.element("weighted") if part is not None else None
    if weighted is not None:
        return weighted
    element = Element(work.spec(protocol, "services", "*"), {}, node)
    section.services[id_] = Part(id_, element, found, generated=True)
    weighted = child(element, "weighted", node)
    put_elements(weighted, "services", node)
    return weighted


def _tcp_service(work: Work, found: KubernetesObject, reference: Element) -> Element:
    name = reference.value("name")
    addresses = _addresses(work, found, reference, "tcp")
    element = Element(
        work.spec("tcp", "services", "*"), {}, name.node if name is not None else reference.node
    )
    balancer = child(element, "loadBalancer", element.node)
    _put_servers(balancer, addresses, reference, with_tls=work.since((3, 2, 4)))
    recast_into(balancer, "proxyProtocol", reference.get("proxyProtocol"), work.version)
    proxy_protocol = balancer.element("proxyProtocol")
    if proxy_protocol is not None and not proxy_protocol.integer("version"):
        proxy_protocol.fields.pop("version", None)
    transport = reference.value("serversTransport") if work.version >= (3, 0, 0) else None
    if transport is None or not transport.text:
        recast_into(balancer, "terminationDelay", reference.get("terminationDelay"), work.version)
    else:
        put(balancer, "serversTransport", transport_key(work, found.namespace, transport), transport)
    return element


def _udp_service(work: Work, found: KubernetesObject, reference: Element) -> Element:
    name = reference.value("name")
    addresses = _addresses(work, found, reference, "udp")
    element = Element(
        work.spec("udp", "services", "*"), {}, name.node if name is not None else reference.node
    )
    balancer = child(element, "loadBalancer", element.node)
    _put_servers(balancer, addresses, reference, with_tls=False)
    return element


def _put_servers(balancer: Element, addresses: list[str], reference: Element, *, with_tls: bool) -> None:
    source: Value | Node = reference.value("port") or reference.value("name") or reference.node
    items = put_elements(balancer, "servers", balancer.node)
    tls = reference.value("tls") if with_tls else None
    for address in addresses:
        item = item_of(balancer, "servers", balancer.node)
        put(item, "address", address, source)
        if tls is not None:
            put(item, "tls", tls.data, tls)
        items.append(item)
    if not items:
        del balancer.fields["servers"]


def _addresses(work: Work, found: KubernetesObject, reference: Element, protocol: _Protocol) -> list[str]:
    name = reference.value("name")
    text = name.text if name is not None else ""
    namespace = reference.string("namespace") or found.namespace
    if namespace != found.namespace and not work.options.allow_cross_namespace:
        refusal = (
            f"{protocol} service {namespace}/{text} is not in the parent resource namespace {found.namespace}"
        )
        raise Refused("cross-namespace", refusal, reference.value("namespace"), "K-048")
    missing = Refused("service-missing", "service not found", name, "K-051")
    service = find_service(work, namespace, name, missing, subject_of(found))
    external = Backend(namespace, text, service, NO_PORT).type == "ExternalName"
    if external and not work.options.allow_external_name_services:
        raise Refused(
            "external-name", f"externalName services not allowed: {namespace}/{text}", name, "K-044"
        )
    port = find_port(work, namespace, text, service, reference.value("port"))
    backend = Backend(namespace, text, service, port)
    if backend.type == "NodePort" and reference.flag("nodePortLB") and work.version >= (3, 1, 0):
        return node_port_addresses(work, backend)
    if external:
        return [external_address(backend)]
    if uses_native(work, reference):
        return [native_address(backend)]
    addresses = endpoint_addresses(work, backend, needs_ready=True)
    if not addresses and not work.options.allow_empty_services:
        raise no_servers(work, backend, name)
    return addresses
