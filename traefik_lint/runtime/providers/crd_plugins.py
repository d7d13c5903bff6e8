"""Plugin middlewares of the CRD provider: free bodies with values out of Secrets (K-037)."""

from __future__ import annotations

from traefik_lint.golang.text import quote
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.model.values import Decodable, Element, Items, Value
from traefik_lint.options.spec import Spec
from traefik_lint.runtime.providers.kubernetes_cluster import content_of, data_of
from traefik_lint.runtime.providers.kubernetes_elements import Refused
from traefik_lint.runtime.providers.kubernetes_secrets import find_secret
from traefik_lint.runtime.providers.kubernetes_work import Work
from traefik_lint.source.scalars import value_of
from traefik_lint.source.tree import Mapping, Node, Scalar, Sequence

_PREFIX = "urn:k8s:secret:"


def plugin_body(
    work: Work, owner: KubernetesObject, spec: Spec, node: Node, key: Scalar | None = None
) -> Decodable:
    """A body of any shape with JSON's types, each ``urn:k8s:secret:NAME:KEY`` replaced by what the Secret holds.

    Raises Refused.
    """
    if isinstance(node, Mapping):
        fields = {entry.key.value: plugin_body(work, owner, spec, entry.value, entry.key) for entry in node}
        return Element(spec, fields, node, key)
    if isinstance(node, Sequence):
        members = [plugin_body(work, owner, spec, item) for item in node]
        return Items(spec, members, node, key)  # type: ignore[arg-type]  # free bodies mix what a schema would not
    if not isinstance(node, Scalar) or node.unknown:
        return Value(spec, node.value if isinstance(node, Scalar) else "", node, key, known=False)
    resolved = value_of(node)
    value = Value(spec, node.value if resolved.kind == "timestamp" else resolved.value, node, key)
    return _secret_value(work, owner, value) if value.text.startswith(_PREFIX) else value


def _secret_value(work: Work, owner: KubernetesObject, value: Value) -> Value:
    parts = value.text.split(":")
    if len(parts) != 5:
        raise Refused("decoding", f"malformed secret URN {quote(value.text)}", value, "K-037")
    name, key = parts[3], parts[4]
    full = f"{owner.namespace}/{name}"
    named = Value(value.spec, name, value.node, value.key, value.known)
    missing = Refused("secret-missing", f"secret {full} is not found", value, "K-037")
    secret = find_secret(work, owner, named, missing)
    if secret is None:
        return Value(value.spec, value.data, value.node, value.key, known=False)
    if key not in data_of(secret):
        text = f"key {quote(key)} not found in secret {full}"
        raise Refused("secret-key-missing", text, value, "K-037")
    return Value(value.spec, content_of(secret, key), value.node, value.key)
