"""HTTP services of the CRD provider: load balancers, weighted, mirroring, highest random weight, failover."""

from __future__ import annotations

from typing import NamedTuple

from traefik_lint.golang.text import quote
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.model.values import Element, Value
from traefik_lint.runtime.configuration import Part
from traefik_lint.runtime.names import normalize
from traefik_lint.runtime.providers.crd_balancers import put_sticky, servers_load_balancer
from traefik_lint.runtime.providers.crd_names import PROVIDER, is_safe, may_cross_provider, object_id
from traefik_lint.runtime.providers.kubernetes_elements import (
    Refused,
    child,
    item_of,
    put,
    put_elements,
    recast_into,
    unset,
)
from traefik_lint.runtime.providers.kubernetes_work import Work, decoded_objects, subject_of
from traefik_lint.source.tree import Node

_KINDS = ("weighted", "mirroring", "highestRandomWeight", "failover")


class Named(NamedTuple):
    """A service by the name it is known under; ``element`` is None when it is defined elsewhere."""

    name: str
    element: Element | None
    source: Value | Node


def build_traefik_services(work: Work) -> None:
    """Build all TraefikService objects (K-014, K-050)."""
    for found, spec in decoded_objects(work, "TraefikService"):
        try:
            _build_traefik_service(work, found, spec)
        except Refused as refused:  # noqa: PERF203  # one bad object must not cost the others
            work.drop(subject_of(found), refused, found)


def _build_traefik_service(work: Work, found: KubernetesObject, spec: Element) -> None:
    id_ = object_id(work, found.namespace, found.name)
    place = found.name_node or found.kind_node
    for kind in _KINDS:
        body = spec.element(kind)
        if body is None:
            continue
        element = Element(work.spec("http", "services", "*"), {}, found.root, place)
        if kind == "weighted":
            build_weighted(work, found, element, body, id_)
        elif kind == "mirroring":
            _build_mirroring(work, found, element, body, id_)
        elif kind == "highestRandomWeight":
            _build_highest_random_weight(work, found, element, body, id_)
        else:
            _build_failover(work, found, element, body, id_)
        work.configuration.http.services[id_] = Part(id_, element, found)
        return
    raise Refused("decoding", "unspecified service type", place, "K-050")


def build_weighted(
    work: Work,
    found: KubernetesObject,
    element: Element,
    body: Element,
    owner: str,
    members: list[Element] | None = None,
) -> None:
    """Fill a weighted service from ``services`` and ``sticky`` of ``body``; the members become services too.

    ``owner`` is the name of what the service belongs to, ``members`` are used instead of the body's.
    """
    weighted = child(element, "weighted", body.node, body.key)
    _put_members(
        work, found, weighted, body.elements("services") if members is None else members, f"{owner}_wrr"
    )
    put_sticky(work, weighted, body)


def _put_members(
    work: Work, found: KubernetesObject, weighted: Element, members: list[Element], prefix: str
) -> None:
    items = put_elements(weighted, "services", weighted.node)
    for index, member in enumerate(members):
        named = add_service(work, found, member, f"{prefix}_{index}")
        item = item_of(weighted, "services", member.node)
        put(item, "name", named.name, named.source)
        weight = member.value("weight")
        put(item, "weight", weight.data if weight is not None else 1, weight or member.node)
        items.append(item)
    if not items:
        del weighted.fields["services"]


def _build_mirroring(
    work: Work, found: KubernetesObject, element: Element, body: Element, owner: str
) -> None:
    mirroring = child(element, "mirroring", body.node, body.key)
    main = add_service(work, found, body, f"{owner}_mirroring")
    put(mirroring, "service", main.name, main.source)
    items = put_elements(mirroring, "mirrors", body.node)
    for index, mirror in enumerate(body.elements("mirrors")):
        named = add_service(work, found, mirror, f"{owner}_mirror_{index}")
        item = item_of(mirroring, "mirrors", mirror.node)
        put(item, "name", named.name, named.source)
        recast_into(item, "percent", mirror.get("percent"), work.version)
        items.append(item)
    if not items:
        del mirroring.fields["mirrors"]
    for name in ("mirrorBody", "maxBodySize"):
        recast_into(mirroring, name, body.get(name), work.version)
        unset(mirroring, name, body.node)


def _build_highest_random_weight(
    work: Work, found: KubernetesObject, element: Element, body: Element, owner: str
) -> None:
    weighted = child(element, "highestRandomWeight", body.node, body.key)
    _put_members(work, found, weighted, body.elements("services"), f"{owner}_hrw")


def _build_failover(work: Work, found: KubernetesObject, element: Element, body: Element, owner: str) -> None:
    failover = child(element, "failover", body.node, body.key)
    built = []
    for name, word, prefix in (
        ("service", "service", "failover"),
        ("fallback", "fallback service", "fallback"),
    ):
        member = body.element(name) or Element(body.spec.fields[name], {}, body.node)
        try:
            named = name_and_service(work, found, member, f"{owner}_{prefix}")
        except Refused as refused:
            raise refused.within(f"getting {word}: ") from None
        put(failover, name, named.name, named.source)
        built.append(named)
    errors = child(failover, "errors", body.node)
    written = body.element("errors")
    if written is not None:
        errors.node, errors.key = written.node, written.key
        recast_into(errors, "status", written.get("status"), work.version)
        recast_into(errors, "maxRequestBodyBytes", written.get("maxRequestBodyBytes"), work.version)
    unset(errors, "maxRequestBodyBytes", errors.node)
    for named in built:
        _keep(work, found, named)


def add_service(work: Work, found: KubernetesObject, reference: Element, prefix: str) -> Named:
    """The service that a reference means, added to the configuration when it is a Kubernetes Service."""
    named = name_and_service(work, found, reference, prefix)
    _keep(work, found, named)
    return named


def _keep(work: Work, found: KubernetesObject, named: Named) -> None:
    if named.element is not None:
        work.configuration.http.services[named.name] = Part(named.name, named.element, found)


def name_and_service(work: Work, found: KubernetesObject, reference: Element, prefix: str) -> Named:
    """The name that a reference to a service gets, and the load balancer when it is a Kubernetes Service.

    ``prefix`` begins its name where names are safe (K-016). Raises Refused (K-040 … K-049).
    """
    name = reference.value("name")
    written = reference.string("namespace")
    text = name.text if name is not None else ""
    parent = found.namespace
    crosses = "@" in text
    checks_crossing = work.since((2, 11, 46), (3, 6, 17), (3, 7, 1))
    if crosses and checks_crossing:
        namespace = written
        if (
            work.since((3, 7, 10))
            and not work.options.allow_cross_namespace
            and text.endswith("@" + PROVIDER)
        ):
            refusal = (
                f"invalid reference to service {text}: namespace-name@kubernetescrd format is not allowed when "
                "crossnamespace is disallowed"
            )
            raise Refused("cross-namespace", refusal, name, "K-049")
        if not may_cross_provider(work.options, parent):
            reason = f"namespace {quote(parent)} is not in crossProviderNamespaces"
            raise Refused(
                "cross-provider", f"service {quote(text)} reference is not allowed: {reason}", name, "K-033"
            )
    else:
        namespace = written or parent
        if namespace != parent and not work.options.allow_cross_namespace:
            # Older releases print the namespace as written.
            refusal = f"service {namespace}/{text} not in the parent resource namespace {parent}"
            raise Refused("cross-namespace", refusal, reference.value("namespace"), "K-048")
    kind = reference.string("kind")
    source: Value | Node = name if name is not None else reference.node
    if kind in ("", "Service"):
        element = servers_load_balancer(work, found, namespace, reference)
        port = reference.string("port")
        if is_safe(work):
            return Named(f"{prefix}_{namespace}_{text}_{port}", element, source)
        return Named(_full_name(work, namespace, text, port, reference), element, source)
    if kind == "TraefikService":
        return Named(_full_name(work, namespace, text, "", reference), None, source)
    raise Refused("decoding", f"unsupported service kind {kind}", reference.value("kind"), "K-040")


def _full_name(work: Work, namespace: str, name: str, port: str, reference: Element) -> str:
    if port:
        return normalize(f"{namespace}-{name}-{port}")
    if "@" not in name:
        return object_id(work, namespace, name)
    before, _, provider = name.rpartition("@")
    if provider == PROVIDER:
        return normalize(f"{namespace}-{before}")
    written = reference.value("namespace")
    if namespace and written is not None:
        work.log(f"namespace {quote(namespace)} is ignored in cross-provider context", written.span)
    return f"{normalize(before)}@{provider}"
