"""TL720 and TL721: Secrets that Traefik can't use, and middlewares that it leaves out for want of something.

A middleware that can't be built is left out as if it did not exist, and every router that uses it is disabled
(K-035). Secrets often come from elsewhere, so a missing one is told of only where the files show what was meant.
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.kubernetes.objects import dropped, is_certain
from traefik_lint.checks.names import nearest_name, quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.runtime.types import Runtime
from traefik_lint.source.span import Span
from traefik_lint.source.tree import Scalar

_CERTIFICATES = frozenset({"IngressRoute", "IngressRouteTCP", "Ingress", "TLSStore"})


@check("TL720", "unusable-secret", severity="error")
def unusable_secret(runtime: Runtime) -> Iterator[Draft]:
    """Wrong keys in a Secret, one that the label of Helm hides, and names that are slightly wrong (K-005, K-038)."""
    seen: set[Span] = set()
    for drop in (*runtime.drops, *runtime.missing):
        origin = drop.origin
        if drop.span is None or drop.span in seen or not isinstance(origin, KubernetesObject):
            continue
        if drop.kind == "secret-key-missing":
            if "empty TLS data" in drop.text:
                continue  # what a later step fills in
            seen.add(drop.span)
            text = drop.text.replace(f"{origin.namespace}/", "")
            keys = _content(runtime, origin, drop.span)
            yield finding(
                keys or drop.span,
                f"{text}: {_effect(origin)}",
                hint=_keys(drop.text),
                related=[(drop.span, "named here")] if keys is not None else (),
            )
        elif drop.kind == "secret-missing" and drop.span.text.strip("\"'"):
            draft = _missing(runtime, origin, drop.span)
            if draft is not None:
                seen.add(drop.span)
                yield draft


def _content(runtime: Runtime, origin: KubernetesObject, span: Span) -> Scalar | None:
    """The key above what a Secret of the files holds: its `data` or `stringData`."""
    name = span.text.strip("\"'")
    for found in runtime.deployment.objects:
        if found.kind == "Secret" and found.name == name and found.namespace == origin.namespace:
            entry = found.root.entry("stringData") or found.root.entry("data")
            return entry.key if entry is not None else None
    return None


def _effect(origin: KubernetesObject) -> str:
    if origin.kind == "Middleware":
        return "Traefik leaves the Middleware out, and every router that uses it is disabled"
    if origin.kind in _CERTIFICATES:
        return "Traefik serves its default certificate instead"
    return "Traefik goes on without it"


def _keys(text: str) -> str:
    if "TLS data" in text:
        return "a Secret of type kubernetes.io/tls has the keys tls.crt and tls.key"
    if "single element" in text:
        return "keep one key with the users (as htpasswd prints them) in it"
    if "username" in text:
        return "a Secret of type kubernetes.io/basic-auth has the keys username and password"
    if "tls.ca" in text:
        return "give it the key tls.ca or ca.crt"
    return "correct the keys of the Secret"


def _missing(runtime: Runtime, origin: KubernetesObject, span: Span) -> Draft | None:
    name = span.text.strip("\"'")
    secrets = [found for found in runtime.deployment.objects if found.kind == "Secret" and found.group == ""]
    own = {found.name: found for found in secrets if found.namespace == origin.namespace and found.name}
    hidden = own.get(name)
    if hidden is not None:
        owner = next((label for label in hidden.labels if label.key.value == "owner"), None)
        if owner is None or owner.value.value != "helm":
            return None
        return finding(
            span,
            f"Traefik never sees Secrets with the label owner: helm, so {quoted(name)} does not exist: "
            f"{_effect(origin)}",
            hint="take the label out, or give the Secret another",
            related=[(owner.key, "the label")],
        )
    if origin.kind not in _CERTIFICATES:
        elsewhere = [found for found in secrets if found.name == name and is_certain(found)]
        if len(elsewhere) == 1 and is_certain(origin):
            other = elsewhere[0]
            return finding(
                span,
                f"secret {quoted(name)} is looked up in namespace {quoted(origin.namespace)}, and is in "
                f"{quoted(other.namespace)}: {_effect(origin)}",
                hint=f"make it in namespace {quoted(origin.namespace)}",
                related=[(other.name_node, "made here")],
                severity="warning",
                confidence="medium",
            )
    near = nearest_name(name, own)
    named = _named(runtime)
    if near is None or near in named:
        return None
    return finding(
        span,
        f"there is no secret {quoted(name)} in namespace {quoted(origin.namespace)}: {_effect(origin)}",
        hint=f"write {quoted(near)}",
        related=[(own[near].name_node, "made here")],
        severity="warning",
        confidence="medium",
    )


def _named(runtime: Runtime) -> set[str]:
    """Names of Secrets that something misses or uses as they are: those are not what another name means."""
    return {
        drop.span.text.strip("\"'")
        for drop in runtime.missing
        if drop.kind == "secret-missing" and drop.span is not None
    }


@check("TL721", "middleware-left-out", severity="error")
def middleware_left_out(runtime: Runtime) -> Iterator[Draft]:
    """An authentication without a Secret, a forwardAuth without an address, a duration that is none (K-035)."""
    for drop, origin, span in dropped(runtime, "secret-missing", "address-missing", "bad-duration"):
        if origin.kind != "Middleware":
            continue
        lost = "Traefik leaves the Middleware out, and every router that uses it is disabled"
        if drop.kind == "address-missing":
            message, hint = (
                "forwardAuth has no address",
                "add address: http://<service>.<namespace>.svc:<port>/<path>",
            )
        elif "must be set" in drop.text:
            if _has_users(origin):
                continue  # that users can't be written here is told of itself
            message = "there is no secret with the users"
            hint = "add secret: <name>, a Secret with the users in one key"
        elif drop.kind == "bad-duration":
            message, hint = f"a duration can't be read ({drop.text})", "write a number with ms, s, m or h"
        else:
            continue
        yield finding(span, f"{message}: {lost}", hint=hint)


def _has_users(found: KubernetesObject) -> bool:
    for name in ("basicAuth", "digestAuth"):
        body = found.spec.mapping(name) if found.spec is not None else None
        if body is not None and any(body.get(key) is not None for key in ("users", "usersFile")):
            return True
    return False
