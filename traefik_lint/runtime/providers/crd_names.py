"""The names of the CRD provider, and the references it allows (K-010 … K-016, K-030 … K-033, K-064)."""

from __future__ import annotations

from hashlib import sha256

from traefik_lint.golang.text import quote
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.model.values import Element, Value
from traefik_lint.runtime.names import normalize
from traefik_lint.runtime.providers.kubernetes_elements import Refused
from traefik_lint.runtime.providers.kubernetes_options import KubernetesOptions
from traefik_lint.runtime.providers.kubernetes_work import Work

PROVIDER = "kubernetescrd"
_SUFFIX = "@" + PROVIDER
_CLASS_ANNOTATION = "kubernetes.io/ingress.class"


def make_id(namespace: str, name: str) -> str:
    """``namespace-name``, or the name alone."""
    return f"{namespace}-{name}" if namespace else name


def hashed(name: str, text: str) -> str:
    """``name-`` and the first 20 hexadecimal digits of the text's SHA-256 (K-010)."""
    return f"{name}-{sha256(text.encode(errors='surrogatepass')).hexdigest()[:20]}"


def is_safe(work: Work) -> bool:
    """Whether names are made of parts joined with ``_`` (K-016)."""
    return work.options.safe_naming and work.since((3, 7, 11))


def object_id(work: Work, namespace: str, name: str) -> str:
    """The name of a middleware, TraefikService or servers transport (K-014)."""
    return f"{namespace}_{name}" if is_safe(work) else normalize(make_id(namespace, name))


def tls_id(work: Work, namespace: str, name: str) -> str:
    """The name of TLS options or a TLS store, never normalised (K-014, K-063)."""
    return f"{namespace}_{name}" if is_safe(work) else make_id(namespace, name)


def router_id(work: Work, namespace: str, name: str, index: int, match: str) -> str:
    """The name of an HTTP router: by the text of its rule, or by its place (K-010, K-016)."""
    if is_safe(work):
        return f"{namespace}_{name}_{index}"
    return normalize(make_id(namespace, hashed(name, match)))


def stream_id(work: Work, namespace: str, name: str, index: int, match: str) -> str:
    """The name of a TCP router (by its rule) or a UDP router (by its place, no rule), K-015."""
    if is_safe(work):
        return f"{namespace}_{name}_{index}"
    return make_id(namespace, hashed(name, match) if match else f"{name}-{index}")


def service_id(work: Work, router: str, *, several: bool) -> str:
    """The name of a router's own service."""
    return f"{router}_{'wrr' if several else 'lb'}" if is_safe(work) else router


def class_of(found: KubernetesObject, spec: Element, work: Work) -> str:
    """The class that a route object asks for (K-020)."""
    value = spec.value("ingressClassName")
    if value is not None and work.version >= (3, 7, 0):
        return value.text
    annotation = found.annotation(_CLASS_ANNOTATION)
    if annotation is None or not annotation.value:
        return ""
    if work.version >= (3, 7, 0):
        work.log(
            f"'{_CLASS_ANNOTATION}' is a deprecated annotation, please use spec.ingressClassName instead.",
            annotation.span,
        )
    return annotation.value


def takes_class(options: KubernetesOptions, name: str) -> bool:
    """Whether the provider takes an object of this class (K-020)."""
    return options.ingress_class == name or (not options.ingress_class and name == "traefik")


def resolve(work: Work, parent: str, reference: Element, what: str, owner: str) -> Value:
    """The name that a reference (``name`` and ``namespace``) of an object in ``parent`` means; ``value.data`` is it.

    ``what`` and ``owner`` are the words of older error texts (``middleware``, ``IngressRoute``). Raises Refused.
    """
    name = reference.value("name")
    if name is None:
        name = Value(reference.spec.fields["name"], "", reference.node)
    namespace = reference.value("namespace")
    if work.since((2, 11, 46), (3, 6, 17), (3, 7, 1)):
        text = _resolve(work, parent, namespace, name)
    else:
        text = _resolve_before(work, parent, namespace, name, what, owner)
    known = name.known and (namespace is None or namespace.known)
    return Value(name.spec, text, name.node, name.key, known)


def _resolve(work: Work, parent: str, namespace: Value | None, name: Value) -> str:
    options = work.options
    if "@" in name.text:
        if not options.allow_cross_namespace and name.text.endswith(_SUFFIX):
            text = "when allowCrossNamespace is disabled, @kubernetescrd references are disallowed"
            raise Refused("cross-namespace", text, name, "K-032")
        if not may_cross_provider(options, parent):
            raise Refused(
                "cross-provider",
                f"namespace {quote(parent)} is not in crossProviderNamespaces",
                name,
                "K-033",
            )
        if namespace is not None and namespace.text:
            text = f"Namespace {quote(namespace.text)} is ignored in cross-provider context"
            work.log(text, namespace.span)
        return name.text
    where = namespace.text if namespace is not None and namespace.text else parent
    if not options.allow_cross_namespace and where != parent:
        text = "allowCrossNamespace is disabled, cross-namespace are disallowed"
        raise Refused("cross-namespace", text, namespace, "K-030")
    return object_id(work, where, name.text)


def _resolve_before(
    work: Work, parent: str, namespace: Value | None, name: Value, what: str, owner: str
) -> str:
    """References before they were resolved in one place (K-030, K-032, K-064); each kind had its own rules."""
    allowed = work.options.allow_cross_namespace
    written = namespace.text if namespace is not None else ""
    checks_suffix = (what == "middleware" and owner == "IngressRoute") or (
        owner == "chain" and work.since((2, 11, 43), (3, 6, 14))
    )
    if checks_suffix and not allowed and name.text.endswith(_SUFFIX):
        reason = "with crossnamespace disallowed, the namespace field needs to be explicitly specified"
        if work.since((2, 11, 43), (3, 6, 14)):
            reason = "when allowCrossNamespace is disabled @kubernetescrd provider references are disallowed"
        raise Refused("cross-namespace", reason, name, "K-032")
    if "@" in name.text:
        if written:
            text = f"namespace {quote(written)} is ignored in cross-provider context"
            work.log(text, namespace.span if namespace is not None else None)
        if what == "TLSOption" and not allowed and written != parent:
            raise Refused("cross-namespace", _outside(what, written, name.text, owner, parent), name, "K-064")
        return name.text
    where = written or parent
    is_checked = owner != "chain" or work.since((2, 11, 43), (3, 6, 14))
    if is_checked and not allowed and where != parent:
        raise Refused("cross-namespace", _outside(what, where, name.text, owner, parent), namespace, "K-030")
    if what == "TLSOption" or owner == "chain":
        return make_id(where, name.text)
    return normalize(make_id(where, name.text))


def _outside(what: str, namespace: str, name: str, owner: str, parent: str) -> str:
    return f"{what} {namespace}/{name} is not in the {owner} namespace {parent}"


def wraps_reference(work: Work, refused: Refused, what: str, name: str) -> Refused:
    """The error with the words that stand before it: old texts about a namespace stand alone."""
    if not work.since((2, 11, 46), (3, 6, 17), (3, 7, 1)) and " is not in the " in refused.text:
        return refused
    return refused.within(f"invalid reference to {what} {name}: ")


def transport_key(work: Work, parent: str, value: Value) -> str:
    """The name of the servers transport that a service of ``parent`` names (K-052); raises Refused."""
    name = value.text
    if not name:
        return ""
    if "@" in name:
        if not work.options.allow_cross_namespace and name.endswith(_SUFFIX):
            text = (
                f"invalid reference to serversTransport {name}: namespace-name@kubernetescrd format is not allowed "
                "when crossnamespace is disallowed"
            )
            raise Refused("cross-namespace", text, value, "K-052")
        if not may_cross_provider(work.options, parent):
            text = (
                f"serversTransport {quote(name)} reference is not allowed: namespace {quote(parent)} is not in "
                "crossProviderNamespaces"
            )
            raise Refused("cross-provider", text, value, "K-033")
        return name
    return object_id(work, parent, name)


def may_cross_provider(options: KubernetesOptions, namespace: str) -> bool:
    """Whether objects of a namespace may name elements of other providers (K-033)."""
    allowed = options.cross_provider_namespaces
    return allowed is None or namespace in allowed
