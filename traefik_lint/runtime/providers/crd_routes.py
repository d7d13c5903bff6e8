"""IngressRoutes to HTTP routers (K-010 … K-033, K-060 … K-064)."""

from __future__ import annotations

from traefik_lint.golang.text import quote
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.model.values import Element, Items, Value
from traefik_lint.runtime.configuration import Part
from traefik_lint.runtime.providers.crd_names import (
    class_of,
    resolve,
    router_id,
    service_id,
    takes_class,
    wraps_reference,
)
from traefik_lint.runtime.providers.crd_services import build_weighted, name_and_service
from traefik_lint.runtime.providers.crd_tls import load_route_certificate
from traefik_lint.runtime.providers.kubernetes_cluster import CRD_GROUP
from traefik_lint.runtime.providers.kubernetes_elements import (
    Refused,
    child,
    put,
    put_texts,
    recast_into,
    unset,
)
from traefik_lint.runtime.providers.kubernetes_metadata import note_router
from traefik_lint.runtime.providers.kubernetes_work import Work, decoded, decoded_objects, subject_of
from traefik_lint.source.tree import Node


def build_routes(work: Work) -> None:
    """Build the routers and services of all IngressRoutes that the provider takes."""
    matches: dict[tuple[str, str], list[str] | None] = {}
    for found, spec in decoded_objects(work, "IngressRoute"):
        if not takes_class(work.options, class_of(found, spec, work)):
            continue
        load_route_certificate(work, found, spec)
        try:
            parents = _parent_routers(work, found, spec, matches)
        except Refused as refused:
            work.drop(subject_of(found), refused, found)
            continue
        for index, route in enumerate(spec.elements("routes")):
            _build_route(work, found, spec, index, route, parents)


def route_name(found: KubernetesObject) -> str:
    """The object's name, or the beginning that the API server would complete."""
    if found.name:
        return found.name
    metadata = found.root.mapping("metadata")
    generated = metadata.scalar("generateName") if metadata is not None else None
    return generated.value if generated is not None else ""


def _parent_routers(
    work: Work, found: KubernetesObject, spec: Element, matches: dict[tuple[str, str], list[str] | None]
) -> list[tuple[str, Value | Node]]:
    names: list[tuple[str, Value | Node]] = []
    if work.version < (3, 6, 0):
        return names
    for reference in spec.elements("parentRefs"):
        name = reference.value("name")
        namespace = reference.string("namespace") or found.namespace
        text = name.text if name is not None else ""
        if namespace != found.namespace and not work.options.allow_cross_namespace:
            refusal = f"cross-namespace reference to parent IngressRoute {namespace}/{text} not allowed"
            raise Refused("cross-namespace", refusal, reference.value("namespace"), "K-022")
        if (namespace, text) not in matches:
            matches[namespace, text] = _matches_of(work, namespace, text)
        parent = matches[namespace, text]
        if parent is None:
            refusal = f"parent IngressRoute {namespace}/{text} does not exist"
            raise Refused("parent-missing", refusal, name, "K-022")
        for index, match in enumerate(parent):
            names.append((router_id(work, namespace, text, index, match), name or reference.node))
    return names


def _matches_of(work: Work, namespace: str, name: str) -> list[str] | None:
    """The rules of an IngressRoute, whatever its class; None when there is no such object."""
    found = work.cluster.find(CRD_GROUP, "IngressRoute", namespace, name)
    if found is None or (work.select is not None and not work.select(found)):
        return None
    spec = decoded(found, work.version)
    return [route.string("match") for route in spec.elements("routes")]


def _build_route(
    work: Work,
    found: KubernetesObject,
    spec: Element,
    index: int,
    route: Element,
    parents: list[tuple[str, Value | Node]],
) -> None:
    subject = f"route {index + 1} of {subject_of(found)}"
    match = route.value("match")
    try:
        _check_route(work, route, match)
        if match is None:
            return
        id_ = router_id(work, found.namespace, route_name(found), index, match.text)
        element = Element(work.spec("http", "routers", "*"), {}, match.node)
        _put_middlewares(work, found, element, route)
        _put_service(work, found, element, route, id_)
        recast_into(element, "entryPoints", spec.get("entryPoints"), work.version)
        put(element, "rule", match.text, match)
        recast_into(element, "priority", route.get("priority"), work.version)
        syntax = route.value("syntax")
        if syntax is not None:
            put(element, "ruleSyntax", syntax.text, syntax)
        written = spec.get("parentRefs")
        put_texts(element, "parentRefs", parents, written.node if isinstance(written, Items) else match.node)
        _put_observability(work, element, route)
        put_tls(work, found, element, spec, "IngressRoute")
        note_router(work, element, found)
    except Refused as refused:
        work.drop(subject, refused, found, route.node)
        return
    keep_router(work, work.configuration.http.routers, Part(id_, element, found))


def _check_route(work: Work, route: Element, match: Value | None) -> None:
    kind = route.value("kind")
    text = kind.text if kind is not None else ""
    if text != "Rule" and (text or work.version < (3, 3, 0)):
        refusal = f'Unsupported match kind: {text}. Only "Rule" is supported for now.'
        raise Refused("bad-kind", refusal, kind, "K-023")
    if match is None or not match.text:
        raise Refused("empty-rule", "Empty match rule", match, "K-024")


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


def _put_service(work: Work, found: KubernetesObject, element: Element, route: Element, id_: str) -> None:
    services = route.elements("services")
    written = route.get("services")
    place = written.node if isinstance(written, Items) else element.node
    if len(services) > 1:
        service = Element(work.spec("http", "services", "*"), {}, place)
        build_weighted(work, found, service, Element(route.spec, {}, place), id_, services)
        name = service_id(work, id_, several=True)
        work.configuration.http.services[name] = Part(name, service, found, generated=True)
        put(element, "service", name, place)
    elif services:
        named = name_and_service(work, found, services[0], id_)
        name = named.name
        if named.element is not None:
            name = service_id(work, id_, several=False)
            work.configuration.http.services[name] = Part(name, named.element, found)
        put(element, "service", name, named.source)
    elif work.version < (3, 6, 0):
        # The router names a service that nothing defines (K-013, K-029).
        put(element, "service", id_, place)


def _put_observability(work: Work, element: Element, route: Element) -> None:
    written = route.element("observability")
    if written is None or work.version < (3, 3, 0):
        return
    recast_into(element, "observability", written, work.version)
    observability = element.element("observability")
    if observability is not None and work.version >= (3, 5, 0):
        unset(observability, "traceVerbosity", written.node)


def put_tls(work: Work, found: KubernetesObject, element: Element, spec: Element, owner: str) -> None:
    """Set a router's ``tls`` from the object's (K-060 … K-064); raises Refused."""
    written = spec.element("tls")
    if written is None:
        return
    tls = child(element, "tls", written.node, written.key)
    for name in ("passthrough", "certResolver", "domains"):
        if tls.spec.field(name) is not None:
            recast_into(tls, name, written.get(name), work.version)
    options = written.element("options")
    if options is None or not options.string("name"):
        return
    try:
        value = resolve(work, found.namespace, options, "TLSOption", owner)
    except Refused as refused:
        refused.kind = "tls-options" if refused.kind != "unknown" else refused.kind
        raise
    put(tls, "options", value.text, value)


def keep_router(work: Work, routers: dict[str, Part], part: Part) -> None:
    """Add a router; one of the same name is lost (K-011, K-012)."""
    before = routers.get(part.name)
    if before is not None:
        # From 3.7.11 on Traefik logs this, if the two differ.
        text = (
            f"Name collision: router {quote(part.name)} is defined more than once, "
            "the previous definition will be overridden"
        )
        refused = Refused("collision", text if work.since((3, 7, 11)) else "", before.element.node, "K-011")
        origin = before.origin
        if isinstance(origin, KubernetesObject):
            work.drop(f"router {quote(part.name)}", refused, origin)
            work.configuration.drops[-1].related.append((part.element.span, "this one takes its place"))
        del routers[part.name]
    routers[part.name] = part
