"""What a file is, told by its content and not by its name."""

from __future__ import annotations

import re
from typing import Literal

from traefik_lint.source.tree import Mapping, Node, Scalar, Sequence

FileKind = Literal["compose", "static", "dynamic", "kubernetes", "helm-values", "other"]

#: Text that a file about Traefik has somewhere. Kubernetes objects count, for Services and Secrets are context.
_MENTIONS = re.compile(
    r"traefik|entry_?points?|certificates?resolvers?|ingress|middlewares|^\s*\[?providers\b"
    r"|^\s*(?:http|tcp|udp|tls)\s*:|^\s*\[+\s*[\"']?(?:http|tcp|udp|tls)\b|apiVersion[\"']?\s*:",
    re.IGNORECASE | re.MULTILINE,
)
#: What only a file about Traefik says, even when it can't be parsed.
_CLEARLY = re.compile(
    r"traefik\.(?:enable|http|tcp|udp|docker|frontend|port)\b|^\s*entrypoints\s*:|traefik\.(?:io|containo\.us)/v1alpha1"
    r"|^\s*(?:routers|middlewares|certificatesresolvers)\s*:|^\s*\[(?:http|tcp|entrypoints|providers|certificatesresolvers)\b"
    r"|image\s*:\s*[\"']?(?:[\w./-]+/)?traefik\b",
    re.IGNORECASE | re.MULTILINE,
)
_COMPOSE_TOP = re.compile(r"^[\"']?services[\"']?\s*:", re.MULTILINE)
_TEMPLATE = re.compile(r"\{\{|\{%|<%")

_STATIC_STRONG = frozenset({"entrypoints", "providers", "certificatesresolvers", "defaultentrypoints"})
_STATIC_WEAK = frozenset({
    "global", "log", "accesslog", "api", "metrics", "ping", "tracing", "experimental", "serverstransport",
    "tcpserverstransport", "core", "spiffe", "ocsp", "hostresolver", "pilot", "hub", "providersthrottleduration",
})  # fmt: skip
_DYNAMIC_TOP = frozenset({"http", "tcp", "udp", "tls"})
_DYNAMIC_BELOW = re.compile(
    r"router|service|middleware|serverstransport|certificate|option|store|model", re.IGNORECASE
)
_V1_DYNAMIC = frozenset({"frontends", "backends"})


def mentions_traefik(text: str) -> bool:
    """Whether a file may be about Traefik at all: a quick look at the text, without parsing."""
    return _MENTIONS.search(text) is not None


def clearly_traefik(text: str) -> bool:
    """Whether a text that can't be parsed is Traefik's beyond doubt, so that its syntax error is worth a finding."""
    return _CLEARLY.search(text) is not None


def may_be_compose(text: str) -> bool:
    """Whether the text has a top-level ``services`` key, as compose files have."""
    return _COMPOSE_TOP.search(text) is not None


def looks_templated(text: str) -> bool:
    """Whether the text holds template actions (Helm, Jinja, ERB), so that it need not be YAML as it stands."""
    return _TEMPLATE.search(text) is not None


def kind_of_documents(roots: list[Node]) -> FileKind:
    """The kind of a YAML, JSON or TOML file from its documents' roots."""
    for root in roots:
        if isinstance(root, Mapping):
            kind = kind_of(root)
            if kind != "other":
                return kind
        elif isinstance(root, Sequence):
            # a JSON or YAML list of Kubernetes objects
            objects = [item for item in root.items if isinstance(item, Mapping)]
            if objects and all(_is_kubernetes_object(item) for item in objects):
                return "kubernetes"
    return "other"


def kind_of(root: Mapping) -> FileKind:
    """The kind of one document."""
    if _is_kubernetes_object(root):
        return "kubernetes"
    if _is_compose(root):
        return "compose"
    keys = {entry.key.value.lower(): entry.value for entry in root.entries}
    if _is_chart_values(root, keys):
        return "helm-values"
    if _STATIC_STRONG & keys.keys() and _is_static(keys):
        return "static"
    if any(_is_dynamic_section(keys[name]) for name in _DYNAMIC_TOP & keys.keys()):
        return "dynamic"
    if len(_V1_DYNAMIC & keys.keys()) == 2:
        return "dynamic"
    return "other"


def could_be_static(root: Mapping, name: str) -> bool:
    """Whether a file whose name speaks of Traefik is its static configuration, though it has no telling key."""
    keys = {entry.key.value.lower() for entry in root.entries}
    return "traefik" in name.lower() and bool(keys) and keys <= _STATIC_WEAK | _STATIC_STRONG


def _is_kubernetes_object(root: Mapping) -> bool:
    return root.scalar("kind") is not None and root.scalar("apiVersion") is not None


def _is_compose(root: Mapping) -> bool:
    services = root.mapping("services")
    if services is None:
        return root.get("include") is not None and not isinstance(root.get("include"), Scalar)
    if root.get("http") is not None or root.get("tcp") is not None:
        return False
    members = [entry.value for entry in services.entries if isinstance(entry.value, Mapping)]
    return bool(members) and any(
        member.get(key) is not None
        for member in members
        for key in ("image", "build", "labels", "extends", "deploy", "container_name", "command", "environment",
                    "ports", "networks", "volumes", "depends_on", "restart", "profiles")
    )  # fmt: skip


def _is_static(keys: dict[str, Node]) -> bool:
    providers = keys.get("providers")
    if "entrypoints" in keys or "certificatesresolvers" in keys or "defaultentrypoints" in keys:
        return True
    if isinstance(providers, Mapping):
        known = {"docker", "swarm", "file", "kubernetescrd", "kubernetesingress", "kubernetesgateway", "rest", "http",
                 "redis", "consul", "consulcatalog", "etcd", "zookeeper", "nomad", "ecs", "knative", "rancher",
                 "marathon", "kubernetesingressnginx"}  # fmt: skip
        return any(entry.key.value.lower() in known for entry in providers.entries)
    return False


def _is_dynamic_section(section: Node) -> bool:
    return isinstance(section, Mapping) and any(
        _DYNAMIC_BELOW.search(entry.key.value) for entry in section.entries
    )


def _is_chart_values(root: Mapping, keys: dict[str, Node]) -> bool:
    """Values of the Traefik chart: several of its own keys, in the shapes the chart gives them."""
    if "entrypoints" in keys:
        return False
    ports = root.mapping("ports")
    marks = 0
    if ports is not None and any(
        isinstance(entry.value, Mapping)
        and any(
            entry.value.get(key) is not None
            for key in ("exposedPort", "expose", "redirectTo", "redirections", "nodePort", "tls", "port")
        )
        for entry in ports.entries
        if entry.key.value in ("web", "websecure", "traefik", "metrics")
    ):
        marks += 2
    providers = root.mapping("providers")
    if providers is not None and (
        providers.get("kubernetesCRD") is not None or providers.get("kubernetesIngress") is not None
    ):
        marks += 1
    ingress_route = root.mapping("ingressRoute")
    if ingress_route is not None and ingress_route.get("dashboard") is not None:
        marks += 1
    for key in ("additionalArguments", "globalArguments", "ingressClass", "certResolvers", "persistence", "deployment",
                "service", "rbac", "tlsOptions", "tlsStore", "experimental", "logs"):  # fmt: skip
        marks += root.get(key) is not None
    return marks >= 3 or (root.get("additionalArguments") is not None and marks >= 2)
