"""From a reference to a Kubernetes Service to the addresses of its servers (K-041 … K-046, K-051)."""

from __future__ import annotations

from typing import NamedTuple

from traefik_lint.golang.text import quote
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.model.values import Element, Value
from traefik_lint.runtime.addresses import join_host_port
from traefik_lint.runtime.providers.kubernetes_cluster import ServicePort, number_of, ports_of, text_of
from traefik_lint.runtime.providers.kubernetes_elements import Refused
from traefik_lint.runtime.providers.kubernetes_work import Work
from traefik_lint.source.tree import Mapping

NO_PORT = ServicePort("", 0, 0, 0)


class Backend(NamedTuple):
    """A Service and the port of it that a route means; ``service`` is None when it is only taken to exist."""

    namespace: str
    name: str
    service: KubernetesObject | None
    port: ServicePort

    @property
    def type(self) -> str:
        """The Service's `type`; "" when it says nothing."""
        spec = self.service.spec if self.service is not None else None
        return text_of(spec.get("type")) if spec is not None else ""


def find_service(
    work: Work, namespace: str, name: Value | None, missing: Refused, subject: str
) -> KubernetesObject | None:
    """The Service; None when it is taken to exist although the files don't have it. Raises Refused."""
    service = work.cluster.service(namespace, name.text if name is not None else "")
    if service is None:
        is_elsewhere = "kubernetes-services" in work.generous or (name is not None and not name.known)
        if not is_elsewhere:
            raise missing
        work.miss(subject, missing)
    return service


def find_port(
    work: Work, namespace: str, name: str, service: KubernetesObject | None, port: Value | None
) -> ServicePort:
    """The port of a Service that a CRD's reference means (K-041); raises Refused."""
    number = port.data if port is not None and isinstance(port.data, int) else 0
    text = port.text if port is not None and isinstance(port.data, str) else ""
    if port is None or (not number and not text):
        raise Refused("port-missing", "ingressRoute service port not defined", port, "K-041")
    if service is None:
        return ServicePort(text, number, number, 0)
    listed = ports_of(work.cluster, service)
    for candidate in listed:
        if (number and candidate.number == number) or (text and candidate.name == text):
            return candidate
    is_external = text_of(service.spec.get("type") if service.spec else None) == "ExternalName"
    if not is_external or text:
        raise Refused("port-missing", f"service port not found: {port.text}", port, "K-041")
    if any(candidate.number for candidate in listed):
        work.log(
            f"The port {port.text} from IngressRoute doesn't match with ports defined in the ExternalName service "
            f"{namespace}/{name}.",
            port.span,
        )
    return ServicePort("", number, number, 0)


def scheme_of(written: Value | None, port: ServicePort) -> str:
    """The scheme that servers are asked with (K-043); raises Refused."""
    text = written.text if written is not None else ""
    if text in ("http", "https", "h2c"):
        return text
    if text:
        raise Refused("bad-scheme", f"invalid scheme {quote(text)} specified", written, "K-043")
    return "https" if port.number == 443 or port.name.startswith("https") else "http"


def external_address(backend: Backend) -> str:
    """``host:port`` of an ExternalName Service."""
    spec = backend.service.spec if backend.service is not None else None
    host = text_of(spec.get("externalName")) if spec is not None else ""
    return join_host_port(host, str(backend.port.number))


def native_address(backend: Backend) -> str:
    """``address:port`` of the Service itself (K-045); raises Refused for a headless one.

    An address that the files don't tell is written as the Service's name.
    """
    spec = backend.service.spec if backend.service is not None else None
    address = text_of(spec.get("clusterIP")) if spec is not None else ""
    if address == "None":
        text = f"no clusterIP on headless service: {backend.namespace}/{backend.name}"
        raise Refused("headless", f"getting native Kubernetes Service address: {text}", None, "K-045")
    return join_host_port(address or backend.name, str(backend.port.number))


def node_port_addresses(work: Work, backend: Backend) -> list[str]:
    """Addresses of a NodePort Service on the nodes (K-045); raises Refused.

    Nodes that are not in the files are one node with the Service's name.
    """
    if work.options.disable_cluster_scope_resources:
        raise Refused("nodes-disabled", "nodes lookup is disabled", None, "K-045")
    hosts = work.cluster.node_addresses() or [backend.name]
    return [join_host_port(host, str(backend.port.node_port)) for host in hosts]


def endpoint_addresses(work: Work, backend: Backend, *, needs_ready: bool) -> list[str]:
    """Addresses of the endpoints (K-042): those in the files, else one with the Service's name."""
    if backend.service is None:
        return [join_host_port(backend.name, str(backend.port.target or backend.port.name))]
    if work.version >= (3, 1, 0):
        slices = work.cluster.endpoint_slices(backend.namespace, backend.name)
        if slices:
            return _slice_addresses(slices, backend.port.name, needs_ready)
    else:
        endpoints = work.cluster.endpoints(backend.namespace, backend.name)
        if endpoints is not None:
            return _subset_addresses(endpoints, backend.port.name)
    return [join_host_port(backend.name, str(backend.port.target))]


def _slice_addresses(slices: list[KubernetesObject], port_name: str, needs_ready: bool) -> list[str]:
    found: dict[str, None] = {}
    seen: set[str] = set()
    for one in slices:
        port = _endpoint_port(one.root, port_name)
        if not port:
            continue
        for endpoint in one.root.sequence("endpoints") or ():
            if not isinstance(endpoint, Mapping) or not _is_serving(endpoint, needs_ready):
                continue
            for address in endpoint.sequence("addresses") or ():
                host = text_of(address)
                if host not in seen:
                    seen.add(host)
                    found[join_host_port(host, str(port))] = None
    return list(found)


def _is_serving(endpoint: Mapping, needs_ready: bool) -> bool:
    conditions = endpoint.mapping("conditions")
    name = "ready" if needs_ready else "serving"
    text = text_of(conditions.get(name)) if conditions is not None else ""
    return text == "true" if needs_ready else text != "false"


def _subset_addresses(endpoints: KubernetesObject, port_name: str) -> list[str]:
    found: list[str] = []
    for subset in endpoints.root.sequence("subsets") or ():
        port = _endpoint_port(subset, port_name) if isinstance(subset, Mapping) else 0
        if isinstance(subset, Mapping) and port:
            found += [
                join_host_port(text_of(address.get("ip")), str(port))
                for address in subset.sequence("addresses") or ()
                if isinstance(address, Mapping)
            ]
    return found


def _endpoint_port(holder: Mapping, name: str) -> int:
    for port in holder.sequence("ports") or ():
        if isinstance(port, Mapping) and text_of(port.get("name")) == name:
            return number_of(port.get("port"))
    return 0


def uses_native(work: Work, reference: Element) -> bool:
    """Whether a reference asks for the Service's own address."""
    return reference.flag("nativeLB", default=work.options.native_lb_by_default and work.version >= (3, 0, 0))


def no_servers(work: Work, backend: Backend, place: Value | None) -> Refused:
    """The error for a Service without servers (K-042)."""
    word = "no servers found" if work.version >= (3, 1, 0) else "subset not found"
    return Refused("no-endpoints", f"{word} for {backend.namespace}/{backend.name}", place, "K-042")
