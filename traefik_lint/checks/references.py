"""Names that lead nowhere: how sure one can be, and what was meant.

"Does not exist" is only said when everything that could define the name was read; else a name that is almost the
same, or the same name in another provider, is evidence of a mistake (R-065 … R-067).
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple, cast

from traefik_lint.checks.names import nearest_name, quoted
from traefik_lint.findings.finding import Confidence
from traefik_lint.model.compose import ComposeService
from traefik_lint.model.deployment import World
from traefik_lint.runtime.types import Runtime

#: What the settings call the kinds that labels and files call otherwise.
_EXTERNAL_KINDS = {"options": "tls-options", "serversTransports": "servers-transports"}
_OWN_WORLDS = frozenset({"file", "docker", "swarm", "kubernetescrd", "kubernetes"})
_KNOWN_PROVIDERS = _OWN_WORLDS | {
    "internal", "rest", "http", "consulcatalog", "consul", "redis", "etcd", "zookeeper", "nomad", "ecs", "knative",
    "kubernetesgateway", "kubernetesingressnginx", "rancher", "marathon", "plugin",
}  # fmt: skip


class Missing(NamedTuple):
    """A name that is not defined: how sure that is, and the name that was meant (None when there is no guess)."""

    confidence: Confidence
    meant: str | None

    def hint(self, what: str) -> str:
        """What to do: write the name that was meant, or define this one."""
        return f"write {quoted(self.meant)}" if self.meant else f"define the {what}, or correct the name"


def missing(runtime: Runtime, name: str, kind: str, defined: Collection[str]) -> Missing | None:
    """What to make of a qualified ``name`` that is not among ``defined``; None when nothing can be said.

    ``kind`` is the plural in labels and files (``middlewares``, ``services``), also used for the user's ``externals``.
    """
    if name in defined or _is_external(runtime, name, kind) or _explained(runtime, name, kind):
        return None
    base, _, provider = name.rpartition("@")
    meant = _meant(name, base, provider, defined)
    if provider not in _KNOWN_PROVIDERS and not provider.startswith("plugin-"):
        return Missing("high", meant)
    world = cast(World, provider if provider in _OWN_WORLDS else "other-providers")
    if provider == "internal" or runtime.is_closed(world):
        return Missing("high", meant)
    return Missing("medium", meant) if meant is not None else None


def _meant(name: str, base: str, provider: str, defined: Collection[str]) -> str | None:
    """The same name in another provider, one that is near in the same provider, or near altogether."""
    elsewhere = sorted(other for other in defined if other.rpartition("@")[0] == base)
    if elsewhere:
        return elsewhere[0]
    if provider == "kubernetescrd":
        # The provider's names begin with the namespace (K-014).
        named = sorted(other for other in defined if other.endswith(f"-{name}"))
        if len(named) == 1:
            return named[0]
    same_provider = {other.rpartition("@")[0]: other for other in defined if other.endswith(f"@{provider}")}
    near = nearest_name(base, same_provider)
    if near is not None:
        return same_provider[near]
    near = nearest_name(name, defined)
    return near if near is not None and nearest_name(near, [name]) else None


def _is_external(runtime: Runtime, name: str, kind: str) -> bool:
    return runtime.deployment.is_external(_EXTERNAL_KINDS.get(kind, kind), name)


def _explained(runtime: Runtime, name: str, kind: str) -> bool:
    """Whether the name was defined by something that was dropped, which another rule reports."""
    base, _, provider = name.rpartition("@")
    if provider == "file" and any(drop.kind in ("syntax", "decoding", "template") for drop in runtime.drops):
        return True
    segment = f".{kind}.{base}.".lower()
    for drop in runtime.drops:
        if isinstance(drop.origin, ComposeService):
            labels = [*drop.origin.labels, *drop.origin.deploy_labels]
            if any(segment in label.key.value.lower() + "." for label in labels):
                return True
        if f'"{base}"' in drop.subject or f'"{name}"' in drop.subject:
            return True
    return False
