"""TL733: annotations and labels that are no text: Kubernetes refuses the whole object.

Values of `metadata.annotations` and `metadata.labels` are texts; `true`, `on` and `10` without quotes are not.
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.kubernetes.objects import INGRESS_GROUP, TRAEFIK_GROUPS
from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.runtime.types import Runtime
from traefik_lint.source.scalars import kind_of
from traefik_lint.source.tree import Scalar

#: What Kubernetes' YAML library takes for a boolean beside `true` and `false`.
_SWITCHES = frozenset(
    f"{form}" for word in ("yes", "no", "on", "off") for form in (word, word.title(), word.upper())
)
_KINDS = {"bool": "a boolean", "int": "a number", "float": "a number"}


@check("TL733", "unquoted-annotation", severity="error")
def unquoted_annotation(runtime: Runtime) -> Iterator[Draft]:
    for found in runtime.deployment.objects:
        if not _is_ours(found):
            continue
        for what, labels in (("annotation", found.annotations), ("label", found.labels)):
            for label in labels:
                kind = _kind(label.value)
                if kind is not None:
                    yield finding(
                        label.value,
                        f"the {what} {quoted(label.key.value)} is {kind}, not a text: Kubernetes refuses this "
                        f"{found.kind}",
                        hint=f'write "{label.value.value}" in quotes',
                    )


def _is_ours(found: KubernetesObject) -> bool:
    if found.group in TRAEFIK_GROUPS:
        return True
    return (found.kind == "Ingress" and found.group == INGRESS_GROUP) or (
        found.kind == "Service" and not found.group
    )


def _kind(value: Scalar) -> str | None:
    """What a value is when it is no text; None for texts, for null, and for what is filled in later."""
    if value.unknown or value.style != "plain" or value.tag:
        return None
    if value.value in _SWITCHES:
        return "a boolean"
    return _KINDS.get(kind_of(value))
