"""TL728: Services asked by plain http where TLS is spoken, and the other way round (K-043, K-115).

The scheme is https when the Service's port is 443 or its name begins with https, else http; what the pods speak is
told by the name of their port, by their probes, and by the usual numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from traefik_lint.checks.kubernetes.objects import (
    Pods,
    ServiceReference,
    mappings_of,
    service_references,
    services,
    texts_of,
)
from traefik_lint.checks.names import edit_distance, quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.options.annotations import PREFIX
from traefik_lint.runtime.types import Runtime
from traefik_lint.source.span import Span
from traefik_lint.source.tree import Mapping, Scalar

_TLS_PORTS = frozenset({"443", "8443", "9443"})
#: Others, such as 8080, are used for both.
_PLAIN_PORTS = frozenset({"80"})
_PROBES = ("readinessProbe", "livenessProbe", "startupProbe")


class _Sign(NamedTuple):
    place: Span
    is_tls: bool
    text: str


@check("TL728", "scheme-of-other-service-port", severity="warning", confidence="medium")
def scheme_of_other_service_port(runtime: Runtime) -> Iterator[Draft]:
    known = services(runtime)
    made = Pods(runtime)
    seen: set[Span] = set()
    for reference in service_references(runtime):
        service = known.get(reference.identity)
        port = port_of(reference, service) if service is not None else None
        place = reference.port or reference.name
        if service is None or port is None or place.span in seen or not _is_http(reference):
            continue
        sign = _sign(service, port, made)
        scheme = _unchosen_scheme(reference, service, port) if sign is not None else None
        if sign is None or scheme is None or sign.is_tls == (scheme == "https"):
            continue
        seen.add(place.span)
        yield finding(
            place,
            f"Traefik asks Service {quoted(service.name)} by {'https' if scheme == 'https' else 'plain http'}, and "
            f"{sign.text}: the answer is " + ("500" if scheme == "https" else "an error (400)"),
            hint=_hint(reference, service, is_tls=sign.is_tls),
            related=[(sign.place, "told by this")],
        )


def _is_http(reference: ServiceReference) -> bool:
    return reference.owner.kind in ("IngressRoute", "TraefikService", "Ingress")


def port_of(reference: ServiceReference, service: KubernetesObject) -> Mapping | None:
    """The port of a Service that a reference names."""
    if reference.port is None or reference.port.unknown or service.spec is None:
        return None
    for port in mappings_of(service.spec.sequence("ports")):
        texts = texts_of(port)
        if reference.port.value in (texts.get("port"), texts.get("name")):
            return port
    return None


def _unchosen_scheme(reference: ServiceReference, service: KubernetesObject, port: Mapping) -> str | None:
    """The scheme that nobody chose: None where the author did."""
    if any(edit_distance(entry.key.value, "scheme", 2) <= 2 for entry in reference.holder):
        return None  # written, or meant to be: a field that is none is told of itself
    if reference.holder.get("serversTransport") is not None:
        return None
    chosen = (PREFIX + "service.serversscheme", PREFIX + "service.serverstransport")
    if any(label.key.value.lower() in chosen for label in service.annotations):
        return None
    if any(label.key.value.lower() == chosen[0] for label in reference.owner.annotations):
        return None  # on the wrong object, which is another finding
    return _scheme_by_port(port)


def chosen_scheme(reference: ServiceReference, service: KubernetesObject, port: Mapping) -> str:
    """The scheme that Traefik asks the pods by; "" where it is filled in later (K-043, K-115)."""
    if reference.owner.kind == "Ingress":
        key = PREFIX + "service.serversscheme"
        written = next((one.value for one in service.annotations if one.key.value.lower() == key), None)
    else:
        written = reference.holder.scalar("scheme")
    if written is not None and written.value:
        return "" if written.unknown else written.value
    return _scheme_by_port(port)


def _scheme_by_port(port: Mapping) -> str:
    texts = texts_of(port)
    return "https" if texts.get("port") == "443" or texts.get("name", "").startswith("https") else "http"


def _sign(service: KubernetesObject, port: Mapping, made: Pods) -> _Sign | None:
    target = port.scalar("targetPort") or port.scalar("port")
    if target is None or target.unknown:
        return None
    by_pods = _of_pods(service, target, made)
    if by_pods is not None:
        return by_pods
    name = target.value.lower()
    if name in _TLS_PORTS or name.startswith("https"):
        return _Sign(target.span, True, f"its pods speak TLS on port {quoted(target.value)}")
    if name in _PLAIN_PORTS or name == "http":
        return _Sign(target.span, False, f"port {quoted(target.value)} of its pods is one for plain http")
    return None


def _of_pods(service: KubernetesObject, target: Scalar, made: Pods) -> _Sign | None:
    """What the probes of the pods in the files ask that very port by."""
    selector = service.spec.mapping("selector") if service.spec is not None else None
    wanted = texts_of(selector)
    if not wanted:
        return None
    for workload in made.behind(service, wanted):
        for container in mappings_of(workload.pod.sequence("containers")):
            names = {target.value}
            for port in mappings_of(container.sequence("ports")):
                texts = texts_of(port)
                if target.value in (texts.get("name"), texts.get("containerPort")):
                    names |= {texts.get("name", ""), texts.get("containerPort", "")}
            for key in _PROBES:
                probe = container.mapping(key)
                get = probe.mapping("httpGet") if probe is not None else None
                asked = get.scalar("port") if get is not None else None
                if get is None or asked is None or asked.value not in names:
                    continue
                scheme = get.scalar("scheme")
                is_tls = scheme is not None and scheme.value.upper() == "HTTPS"
                how = "https" if is_tls else "plain http"
                return _Sign((scheme or asked).span, is_tls, f"the {key} of its pods asks that port by {how}")
    return None


def _hint(reference: ServiceReference, service: KubernetesObject, *, is_tls: bool) -> str:
    scheme = "https" if is_tls else "http"
    more = " (and a ServersTransport for a certificate that is not trusted)" if is_tls else ""
    if reference.owner.kind == "Ingress":
        return f"add the annotation {PREFIX}service.serversscheme: {scheme} to Service {quoted(service.name)}{more}"
    return f"add scheme: {scheme}{more}"
