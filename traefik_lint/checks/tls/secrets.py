"""TL318: a Secret that is in another namespace than the object that names it.

Secrets are looked up in the object's own namespace only (K-021, K-035, K-066, K-068, K-112): without it Traefik
serves the default certificate, leaves the middleware out, or asks for no client certificate. Secrets often come from
elsewhere, so we speak only where the files show that very name in another namespace: as a Secret, or as what a
cert-manager Certificate writes.
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.runtime.types import Runtime
from traefik_lint.source.tree import Mapping, Node, Scalar

_ROUTES = frozenset({"IngressRoute", "IngressRouteTCP"})
_DEFAULT_SERVED = "the default certificate is served"
_COPIERS = (
    "reflector.v1.k8s.emberstack.com/", "replicator.v1.mittwald.de/", "kubed.appscode.com/", "kubernetes-replicator",
)  # fmt: skip


@check("TL318", "secret-in-other-namespace", severity="warning", confidence="medium")
def secret_in_other_namespace(runtime: Runtime) -> Iterator[Draft]:
    objects = runtime.deployment.objects
    if not objects or any(found.kind in ("ClusterSecret", "ClusterExternalSecret") for found in objects):
        return
    written = _written(objects)
    for found in objects:
        for name, effect in _named(found):
            namespaces = written.get(name.value, {})
            if name.unknown or not namespaces or found.namespace in namespaces or not _is_certain(found):
                continue
            other, place = next(iter(namespaces.items()))
            yield finding(
                name,
                f"secret {quoted(name.value)} is looked up in namespace {quoted(found.namespace)}, "
                f"and is made in {quoted(other)}: {effect}",
                hint=f"make it in namespace {quoted(found.namespace)}",
                related=[(place, f"made in {quoted(other)}")],
            )


def _is_certain(found: KubernetesObject) -> bool:
    return found.namespace_node is not None and not found.namespace_node.unknown


def _written(objects: list[KubernetesObject]) -> dict[str, dict[str, Scalar]]:
    """Secret names to the namespaces where they are made; those that something copies around are left out."""
    written: dict[str, dict[str, Scalar]] = {}
    for found in objects:
        if found.namespace_node is None or found.namespace_node.unknown or _is_copied(found):
            continue
        name = found.name_node if found.kind == "Secret" else None
        if found.kind in ("Certificate", "ExternalSecret", "SealedSecret"):
            name = _target(found)
        if name is not None and not name.unknown:
            written.setdefault(name.value, {})[found.namespace] = name
    return written


def _target(found: KubernetesObject) -> Scalar | None:
    """The Secret that an object of another controller writes."""
    spec = found.spec
    if spec is None:
        return None
    if found.kind == "Certificate":
        return spec.scalar("secretName")
    target = spec.mapping("target") if found.kind == "ExternalSecret" else None
    return (target.scalar("name") if target is not None else None) or found.name_node


def _is_copied(found: KubernetesObject) -> bool:
    text = found.root.file.text[found.root.start : found.root.end]
    return any(copier in text for copier in _COPIERS)


def _named(found: KubernetesObject) -> Iterator[tuple[Scalar, str]]:
    """The Secrets that an object names, and what comes of it when one is not there."""
    spec = found.spec
    if spec is None:
        return
    if found.kind in _ROUTES:
        yield from _secrets(spec.get("tls"), "secretName", _DEFAULT_SERVED)
    elif found.kind == "TLSStore":
        yield from _secrets(spec.get("defaultCertificate"), "secretName", _DEFAULT_SERVED)
        for item in spec.sequence("certificates") or ():
            yield from _secrets(item, "secretName", _DEFAULT_SERVED)
    elif found.kind == "Ingress":
        for item in spec.sequence("tls") or ():
            yield from _secrets(item, "secretName", _DEFAULT_SERVED)
    elif found.kind == "Middleware":
        for kind in ("basicAuth", "digestAuth"):
            yield from _secrets(
                spec.get(kind), "secret", "the middleware is left out and its routers are disabled"
            )
    elif found.kind == "TLSOption":
        auth = spec.mapping("clientAuth")
        for item in (auth.sequence("secretNames") if auth is not None else None) or ():
            if isinstance(item, Scalar) and item.value:
                yield item, "client certificates are not verified with it"


def _secrets(node: Node | None, key: str, effect: str) -> Iterator[tuple[Scalar, str]]:
    name = node.scalar(key) if isinstance(node, Mapping) else None
    if name is not None and name.value:
        yield name, effect
