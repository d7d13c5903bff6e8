"""Load balancers over the servers of a Kubernetes Service, as the CRD provider builds them (K-041 … K-053)."""

from __future__ import annotations

from traefik_lint.golang.errors import GoError
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.model.values import Element, Items, Value
from traefik_lint.runtime.providers.crd_names import PROVIDER, resolve, transport_key, wraps_reference
from traefik_lint.runtime.providers.kubernetes_elements import (
    Refused,
    child,
    duration,
    item_of,
    put,
    put_elements,
    put_texts,
    recast_into,
)
from traefik_lint.runtime.providers.kubernetes_metadata import note_service
from traefik_lint.runtime.providers.kubernetes_servers import (
    Backend,
    endpoint_addresses,
    external_address,
    find_port,
    find_service,
    native_address,
    no_servers,
    node_port_addresses,
    scheme_of,
    uses_native,
)
from traefik_lint.runtime.providers.kubernetes_work import Work, subject_of
from traefik_lint.source.tree import Node

_STRATEGIES = {(3, 4): ("wrr", "p2c"), (3, 5): ("wrr", "p2c")}
_NEWER_STRATEGIES = ("wrr", "p2c", "hrw", "leasttime")


def servers_load_balancer(work: Work, found: KubernetesObject, namespace: str, reference: Element) -> Element:
    """A service with the servers of a Kubernetes Service; raises Refused."""
    version = work.version
    place = reference.value("name")
    element = Element(
        work.spec("http", "services", "*"), {}, place.node if place is not None else reference.node
    )
    balancer = child(element, "loadBalancer", element.node)
    if version >= (3, 4, 0):
        _put_strategy(work, balancer, reference)
    urls = _load_servers(work, found, namespace, reference)
    source = reference.value("port") or place or reference.node
    items = put_elements(balancer, "servers", element.node)
    for url in urls:
        item = item_of(balancer, "servers", element.node)
        put(item, "url", url, source)
        items.append(item)
    if not items:
        del balancer.fields["servers"]
    try:
        _put_health_checks(work, balancer, reference)
        _put_flush_interval(work, balancer, reference)
    except GoError as error:
        raise Refused("bad-duration", error.text, reference.node, "K-091") from None
    recast_into(balancer, "passHostHeader", reference.get("passHostHeader"), version)
    put_sticky(work, balancer, reference)
    if version < (3, 4, 0):
        strategy = reference.value("strategy")
        if strategy is not None and strategy.text not in ("", "RoundRobin"):
            text = f"load balancing strategy {strategy.text} is not supported"
            raise Refused("bad-strategy", text, strategy, "K-047")
    transport = reference.value("serversTransport")
    if transport is not None:
        key = transport_key(work, namespace, transport)
        if key:
            put(balancer, "serversTransport", key, transport)
    if version >= (3, 7, 0):
        _put_middlewares(work, namespace, element, reference)
    note_service(work, element, namespace, reference.string("name"), reference.string("port"))
    return element


def _put_strategy(work: Work, balancer: Element, reference: Element) -> None:
    strategy = reference.value("strategy")
    if strategy is None or not strategy.text:
        return
    minor = (work.version.major, work.version.minor)
    if strategy.text in _STRATEGIES.get(minor, _NEWER_STRATEGIES):
        put(balancer, "strategy", strategy.text, strategy)
    elif strategy.text == "RoundRobin":
        work.log("RoundRobin strategy value is deprecated, please use wrr value instead", strategy.span)
    else:
        text = f"load-balancer strategy {strategy.text} is not supported"
        raise Refused("bad-strategy", text, strategy, "K-047")


def _load_servers(work: Work, found: KubernetesObject, namespace: str, reference: Element) -> list[str]:
    name = reference.value("name")
    text = name.text if name is not None else ""
    if not work.since((2, 11, 45), (3, 6, 16)):
        text = text.removesuffix("@" + PROVIDER)
        written = reference.string("namespace") or namespace
        if written != namespace and not work.options.allow_cross_namespace:
            refusal = (
                f"load balancer service {written}/{text} is not in the parent resource namespace {namespace}"
            )
            raise Refused("cross-namespace", refusal, reference.value("namespace"), "K-048")
        namespace = written
    full = f"{namespace}/{text}"
    missing = Refused("service-missing", f"kubernetes service not found: {full}", name, "K-041")
    service = find_service(work, namespace, name, missing, subject_of(found))
    port = find_port(work, namespace, text, service, reference.value("port"))
    backend = Backend(namespace, text, service, port)
    is_external = backend.type == "ExternalName"
    health_check = reference.element("healthCheck")
    if health_check is not None and service is not None and not is_external and work.version >= (3, 1, 0):
        refusal = f"healthCheck allowed only for ExternalName services: {full}"
        raise Refused("health-check", refusal, health_check.node, "K-046")
    if is_external and not work.options.allow_external_name_services:
        raise Refused("external-name", f"externalName services not allowed: {full}", name, "K-044")
    if is_external:
        addresses = [external_address(backend)]
    elif uses_native(work, reference):
        addresses = [native_address(backend)]
    elif backend.type == "NodePort" and reference.flag("nodePortLB") and work.version >= (3, 1, 0):
        addresses = node_port_addresses(work, backend)
    else:
        addresses = endpoint_addresses(work, backend, needs_ready=work.version < (3, 3, 0))
        if not addresses:
            if not work.options.allow_empty_services:
                raise no_servers(work, backend, name)
            return []
    scheme = scheme_of(reference.value("scheme"), port)
    return [f"{scheme}://{address}" for address in addresses]


def _put_health_checks(work: Work, balancer: Element, reference: Element) -> None:
    written = reference.element("healthCheck")
    if written is not None and work.version >= (3, 1, 0):
        check = child(balancer, "healthCheck", written.node, written.key)
        for name in ("scheme", "path", "method", "status", "port", "hostname", "headers", "followRedirects"):
            recast_into(check, name, written.get(name), work.version)
        mode = written.value("mode")
        if mode is None or mode.text != "http":
            put(check, "mode", mode.text if mode is not None else "", mode or written.node)
        for name in ("interval", "timeout", "unhealthyInterval"):
            recast_into(check, name, written.get(name), work.version)
        if work.version >= (3, 5, 0) and "unhealthyInterval" not in check:
            interval = check.value("interval")
            nanoseconds = interval.data if interval is not None else 30_000_000_000
            put(check, "unhealthyInterval", nanoseconds, interval or written.node)
    recast_into(balancer, "passiveHealthCheck", reference.get("passiveHealthCheck"), work.version)


def _put_flush_interval(work: Work, balancer: Element, reference: Element) -> None:
    written = reference.element("responseForwarding")
    interval = written.value("flushInterval") if written is not None else None
    if written is None or (work.version >= (3, 0, 0) and (interval is None or not interval.text)):
        return
    forwarding = child(balancer, "responseForwarding", written.node, written.key)
    if interval is None:
        return
    if work.version < (3, 0, 0):
        put(forwarding, "flushInterval", interval.text, interval)
        return
    try:
        put(forwarding, "flushInterval", duration(interval) if interval.known else interval.text, interval)
    except GoError as error:
        raise Refused("bad-duration", f"unable to parse flushInterval: {error.text}", interval) from None


def put_sticky(work: Work, target: Element, holder: Element) -> None:
    """Set ``sticky``; from 3.3 on it needs a cookie to have an effect (K-053)."""
    written = holder.element("sticky")
    cookie = written.element("cookie") if written is not None else None
    if written is None or (cookie is None and work.version >= (3, 3, 0)):
        return
    recast_into(target, "sticky", written, work.version)


def _put_middlewares(work: Work, namespace: str, element: Element, reference: Element) -> None:
    names: list[tuple[str, Value | Node]] = []
    for one in reference.elements("middlewares"):
        try:
            value = resolve(work, namespace, one, "middleware", "IngressRoute")
        except Refused as refused:
            wrapped = wraps_reference(work, refused, "middleware", one.string("name"))
            raise wrapped.within("could not create middleware keys: ") from None
        names.append((value.text, value))
    written = reference.get("middlewares")
    put_texts(element, "middlewares", names, written.node if isinstance(written, Items) else reference.node)
