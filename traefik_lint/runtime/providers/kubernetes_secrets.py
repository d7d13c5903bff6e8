"""What Traefik takes out of Secrets and ConfigMaps: certificates, authorities, credentials (K-005, K-035, K-038)."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha1
from typing import NamedTuple

from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.model.values import Value
from traefik_lint.runtime.providers.kubernetes_cluster import content_of, data_of, text_of
from traefik_lint.runtime.providers.kubernetes_elements import Refused
from traefik_lint.runtime.providers.kubernetes_work import Work, subject_of
from traefik_lint.source.tree import Scalar

_BASIC_AUTH = "kubernetes.io/basic-auth"


class Pair(NamedTuple):
    """A certificate and its key."""

    certificate: Value
    key: Value


def find_secret(
    work: Work, owner: KubernetesObject, name: Value, missing: Refused
) -> KubernetesObject | None:
    """A Secret of the owner's namespace; None when it is taken to exist elsewhere. Raises ``missing``."""
    secret = work.cluster.secret(owner.namespace, name.text)
    if secret is None:
        if "secrets" not in work.generous and name.known:
            raise missing
        work.miss(subject_of(owner), missing, owner)
    return secret


def certificate_pair(work: Work, owner: KubernetesObject, name: Value, missing: Refused) -> Pair:
    """The ``tls.crt`` and ``tls.key`` of a Secret; raises Refused when one is not there or empty (K-021)."""
    secret = find_secret(work, owner, name, missing)
    if secret is None:
        unknown = Value(name.spec, name.text, name.node, name.key, known=False)
        return Pair(unknown, unknown)
    full = f"{owner.namespace}/{name.text}"
    data = data_of(secret)
    keys = ("tls.crt", "tls.key")
    absent = [key for key in keys if key not in data]
    if absent:
        text = f"secret {full} is missing the following TLS data entries: {', '.join(absent)}"
        raise Refused("secret-key-missing", text, name, "K-021")
    empty = [key for key in keys if not content_of(secret, key)]
    if empty:
        text = f"secret {full} contains the following empty TLS data entries: {', '.join(empty)}"
        raise Refused("secret-key-missing", text, name, "K-021")
    return Pair(
        _content(secret, keys[0], data[keys[0]], name), _content(secret, keys[1], data[keys[1]], name)
    )


def certificate_authority(
    work: Work, holder: KubernetesObject, full: str, name: Value, *, any_key: bool
) -> Value:
    """The authority in a Secret or ConfigMap: ``tls.ca``, else ``ca.crt``, else (``any_key``) the only key (K-038).

    Raises Refused.
    """
    data = data_of(holder)
    for key in ("tls.ca", "ca.crt"):
        if key in data:
            return _content(holder, key, data[key], name)
    if any_key and holder.kind == "Secret" and len(data) == 1:
        [(key, node)] = data.items()
        return _content(holder, key, node, name)
    word = "secret" if holder.kind == "Secret" else "config map"
    text = f"{word} {full} contains neither tls.ca nor ca.crt"
    if any_key:
        wrapped = f"{'secret' if holder.kind == 'Secret' else 'configMap'} '{full}' has no CA block: "
        text = (wrapped if work.version >= (3, 4, 0) else "could not find CA block: ") + text
    raise Refused("secret-key-missing", text, name, "K-038")


def load_authority(work: Work, owner: KubernetesObject, name: Value) -> Value:
    """The authority in a Secret of the owner's namespace; raises Refused."""
    full = f"{owner.namespace}/{name.text}"
    missing = Refused("secret-missing", f"secret '{full}' not found", name, "K-038")
    secret = find_secret(work, owner, name, missing)
    if secret is None:
        return Value(name.spec, name.text, name.node, name.key, known=False)
    return certificate_authority(work, secret, full, name, any_key=True)


def load_map_authority(work: Work, owner: KubernetesObject, name: Value) -> Value:
    """The authority in a ConfigMap of the owner's namespace; raises Refused."""
    full = f"{owner.namespace}/{name.text}"
    config_map = work.cluster.config_map(owner.namespace, name.text)
    if config_map is None:
        raise Refused("config-map-missing", f"configMap '{full}' not found", name, "K-038")
    return certificate_authority(work, config_map, full, name, any_key=True)


def load_client_pair(work: Work, owner: KubernetesObject, name: Value) -> Pair:
    """The certificate that Traefik shows as a client; raises Refused."""
    full = f"{owner.namespace}/{name.text}"
    missing = Refused("secret-missing", f"secret '{full}' does not exist", name, "K-035")
    return certificate_pair(work, owner, name, missing)


def load_credentials(
    work: Work, owner: KubernetesObject, name: Value, *, basic: bool
) -> list[tuple[str, Value]]:
    """The users of a basic or digest auth Secret (K-035); empty and unknown ones for a Secret that is elsewhere.

    Raises Refused.
    """
    full = f"{owner.namespace}/{name.text}"
    missing = Refused("secret-missing", f"secret '{full}' not found", name, "K-035")
    secret = find_secret(work, owner, name, missing)
    if secret is None:
        return [("", Value(name.spec, name.text, name.node, name.key, known=False))]
    prefix = f"failed to load {'basic' if basic else 'digest'} auth credentials: "
    data = data_of(secret)
    if basic and text_of(secret.root.get("type")) == _BASIC_AUTH:
        if "username" not in data or "password" not in data:
            text = f"{prefix}secret '{full}' must contain both username and password keys"
            raise Refused("secret-key-missing", text, name, "K-035")
        digest = sha1(content_of(secret, "password").encode(), usedforsecurity=False).digest()
        user = f"{content_of(secret, 'username')}:{{SHA}}{b64encode(digest).decode()}"
        return [(user, _content(secret, "username", data["username"], name))]
    if len(data) != 1:
        text = f"{prefix}found {len(data)} elements for secret '{full}', must be single element exactly"
        raise Refused("secret-key-missing", text, name, "K-035")
    [(key, node)] = data.items()
    source = _content(secret, key, node, name)
    users = [line.removesuffix("\r") for line in content_of(secret, key).split("\n")]
    found = [(line, source) for line in users if line]
    if not found:
        text = f"{prefix}secret '{full}' does not contain any credentials"
        raise Refused("secret-key-missing", text, name, "K-035")
    return found


def load_user(work: Work, owner: KubernetesObject, name: Value) -> tuple[Value, Value]:
    """User name and password for Redis; raises Refused."""
    full = f"{owner.namespace}/{name.text}"
    secret = find_secret(
        work, owner, name, Refused("secret-missing", f"secret '{full}' not found", name, "K-035")
    )
    if secret is None:
        unknown = Value(name.spec, name.text, name.node, name.key, known=False)
        return unknown, unknown
    data = data_of(secret)
    if "username" not in data or "password" not in data:
        text = f"secret '{full}' must contain both username and password keys"
        raise Refused("secret-key-missing", text, name, "K-035")
    return (
        _content(secret, "username", data["username"], name),
        _content(secret, "password", data["password"], name),
    )


def _content(holder: KubernetesObject, key: str, scalar: Scalar, name: Value) -> Value:
    return Value(name.spec, content_of(holder, key), scalar, None, not scalar.unknown)
