"""Backends of Ingress paths: from a Service and its annotations to a load balancer (K-102, K-112, K-115)."""

from __future__ import annotations

from typing import NamedTuple

from traefik_lint.golang.text import quote
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.model.values import Element
from traefik_lint.runtime.providers.ingress_settings import settings_of
from traefik_lint.runtime.providers.kubernetes_cluster import ServicePort, number_of, ports_of, text_of
from traefik_lint.runtime.providers.kubernetes_elements import (
    Refused,
    child,
    item_of,
    put,
    put_elements,
    value_of,
)
from traefik_lint.runtime.providers.kubernetes_metadata import note_service
from traefik_lint.runtime.providers.kubernetes_servers import Backend as Target
from traefik_lint.runtime.providers.kubernetes_servers import (
    endpoint_addresses,
    external_address,
    native_address,
    node_port_addresses,
)
from traefik_lint.runtime.providers.kubernetes_work import Work, subject_of
from traefik_lint.runtime.types import Drop
from traefik_lint.source.tree import Mapping, Node, Scalar


class ProviderPanic(Exception):
    """Old releases crash over a backend that is no Service, and the provider ends (K-112)."""

    def __init__(self, drop: Drop) -> None:
        super().__init__(drop.text)
        self.drop = drop


class Backend(NamedTuple):
    """The Service and port that a path names; ``port_text`` is the port's name, else its number."""

    name: Scalar
    port_name: str
    port_number: int
    port: Node

    @property
    def port_text(self) -> str:
        """How Traefik prints the port."""
        return self.port_name or str(self.port_number)


def read_backend(
    work: Work,
    found: KubernetesObject,
    written: Mapping | None,
    *,
    place: Node | None = None,
    is_default: bool = False,
) -> Backend:
    """Read `backend` of a path or `defaultBackend`; raises Refused when it names no Service (K-112)."""
    node = written or place
    resource = written.get("resource") if written is not None else None
    service = written.mapping("service") if written is not None else None
    if resource is None and service is not None:
        port = service.mapping("port")
        return Backend(
            service.scalar("name") or Scalar(service.file, service.start, service.start, ""),
            text_of(port.get("name")) if port is not None else "",
            number_of(port.get("number")) if port is not None else 0,
            port or service,
        )
    is_resource = resource is not None
    if is_default:
        text = "Resource is not supported for default backend"
        text = text if is_resource else "Default backend is missing service definition"
        survives = work.since((3, 6, 7))
    else:
        text = "Resource backends are not supported" if is_resource else "Missing service definition"
        survives = work.since((2, 11, 25), (3, 4, 1))
    refused = Refused("backend", text, resource or node, "K-112")
    if not survives:
        drop = Drop("panic", "all Ingresses", text, refused.span, found, "K-112")
        raise ProviderPanic(drop)
    raise refused


def load_service(work: Work, found: KubernetesObject, backend: Backend) -> Element:
    """The load balancer for a backend; raises Refused."""
    namespace = found.namespace
    name = backend.name
    service = work.cluster.service(namespace, name.value)
    if service is None:
        missing = Refused(
            "service-missing", "service not found", value_of(work.spec("http"), "", name), "K-112"
        )
        if "kubernetes-services" not in work.generous and not name.unknown:
            raise missing
        work.miss(subject_of(found), missing, found)
        port = ServicePort(backend.port_name, backend.port_number, backend.port_number, 0)
        return _load_balancer(work, Target(namespace, name.value, None, port), backend, None)
    is_external = text_of(service.spec.get("type") if service.spec else None) == "ExternalName"
    if is_external and not work.options.allow_external_name_services:
        text = f"externalName services not allowed: {namespace}/{name.value}"
        raise Refused("external-name", text, name, "K-112")
    port = _port(work, service, backend)
    try:
        settings = settings_of(work, service, "service")
    except Refused as refused:
        refused.fact = "K-102"
        raise
    return _load_balancer(work, Target(namespace, name.value, service, port), backend, settings)


def _port(work: Work, service: KubernetesObject, backend: Backend) -> ServicePort:
    for port in ports_of(work.cluster, service):
        if backend.port_number == port.number or (backend.port_name and backend.port_name == port.name):
            return port
    raise Refused("port-missing", "service port not found", backend.port, "K-112")


def _load_balancer(work: Work, target: Target, backend: Backend, settings: Element | None) -> Element:
    element = Element(work.spec("http", "services", "*"), {}, backend.name)
    balancer = child(element, "loadBalancer", backend.name)
    if settings is not None:
        _apply(work, target, element, balancer, settings)
    addresses = _addresses(work, target, settings)
    if not addresses and not work.options.allow_empty_services:
        raise Refused("no-endpoints", "Skipping service: no endpoints found", backend.name, "K-112")
    scheme = settings.string("serversScheme") if settings is not None else ""
    port = target.port
    if not scheme:
        scheme = "https" if port.number == 443 or port.name.startswith("https") else "http"
    items = put_elements(balancer, "servers", backend.name)
    for address in addresses:
        item = item_of(balancer, "servers", backend.name)
        put(item, "url", f"{scheme}://{address}", backend.port)
        items.append(item)
    if not items:
        del balancer.fields["servers"]
    note_service(work, element, target.namespace, target.name, backend.port_text)
    return element


def _apply(work: Work, target: Target, element: Element, balancer: Element, settings: Element) -> None:
    for name in ("sticky", "passHostHeader"):
        found = settings.get(name)
        if found is not None:
            balancer.fields[name] = found
    middlewares = settings.get("middlewares")
    if middlewares is not None and work.version >= (3, 7, 0):
        element.fields["middlewares"] = middlewares
    transport = settings.value("serversTransport")
    if transport is not None and transport.text:
        allowed = work.options.cross_provider_namespaces
        if allowed is not None and target.namespace not in allowed:
            where = quote(target.namespace)
            text = f"cross-provider serversTransport reference is not allowed from namespace {where}"
            raise Refused("cross-provider", text, transport, "K-033")
        put(balancer, "serversTransport", transport.text, transport)


def _addresses(work: Work, target: Target, settings: Element | None) -> list[str]:
    version = work.version
    default = work.options.native_lb_by_default and version >= (3, 0, 0)
    native = settings.flag("nativeLB", default=default) if settings is not None else default
    if settings is not None and settings.flag("nodePortLB") and target.type == "NodePort":
        return node_port_addresses(work, target)
    if native and version < (3, 0, 0):
        return [native_address(target)]
    if target.type == "ExternalName":
        return [external_address(target)]
    if native:
        return [native_address(target)]
    return endpoint_addresses(work, target, needs_ready=version < (3, 3, 0))
