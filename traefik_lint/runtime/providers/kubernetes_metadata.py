"""What newer releases note about the Kubernetes object behind a router or a service (`observability.metadata`)."""

from __future__ import annotations

from functools import cache

from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.model.values import Element
from traefik_lint.options.spec import Spec
from traefik_lint.runtime.providers.kubernetes_elements import child, put, unset
from traefik_lint.runtime.providers.kubernetes_work import Work

#: The first release that notes routes as well, and the Services behind load balancers.
_IN_FULL = (3, 7, 14)


def note_router(
    work: Work, router: Element, found: KubernetesObject, service: str = "", port: str = ""
) -> None:
    """Note the object behind a router; up to 3.7.13 only Ingresses, with the Service of the path."""
    if work.version < (3, 7, 0) or (found.kind != "Ingress" and work.version < _IN_FULL):
        return
    observability = router.element("observability")
    if observability is None:
        observability = child(router, "observability", router.node)
        unset(observability, "traceVerbosity", router.node)
    if work.version >= _IN_FULL:
        texts = {"namespace": found.namespace, "name": found.name, "kind": found.kind}
    else:
        texts = {
            "namespace": found.namespace,
            "ingressName": found.name,
            "serviceName": service,
            "servicePort": port,
        }
    _note(observability, "ingress", texts)


def note_service(work: Work, service: Element, namespace: str, name: str, port: str) -> None:
    """Note the Service behind a load balancer."""
    if work.version < _IN_FULL:
        return
    # Thousands of routes may lead to one Service: what is noted about it is the same thing.
    observability = work.notes.get((namespace, name, port))
    if observability is None:
        observability = Element(_spec(("observability",)), {}, service.node)
        _note(observability, "kubernetes", {"namespace": namespace, "name": name, "port": port})
        work.notes[namespace, name, port] = observability
    service.fields["observability"] = observability


def _note(observability: Element, kind: str, texts: dict[str, str]) -> None:
    metadata = Element(_spec(("observability", "metadata")), {}, observability.node)
    about = Element(_spec(("observability", "metadata", kind)), {}, observability.node)
    for name, text in texts.items():
        put(about, name, text, observability.node)
    metadata.fields[kind] = about
    observability.fields["metadata"] = metadata


@cache
def _spec(path: tuple[str, ...]) -> Spec:
    """No option of people's: the schemas don't have it."""
    spec = Spec(path[-1], ".".join(path), "struct")
    spec.internal = True
    for name in ("namespace", "name", "kind", "port", "ingressName", "serviceName", "servicePort"):
        field = Spec(name, f"{spec.path}.{name}", "string")
        field.internal = True
        spec.fields[name.lower()] = field
    return spec
