"""Objects that replace one another, probes of Traefik itself, and annotations with another namespace's name."""

from __future__ import annotations

import pytest

from tests.checks.lint import found_by


def route(name: str, host: str, namespace: str = "shop", kind: str = "IngressRoute") -> str:
    return (
        f"---\napiVersion: traefik.io/v1alpha1\nkind: {kind}\nmetadata: {{name: {name}, namespace: {namespace}}}\n"
        f"spec: {{routes: [{{match: Host(`{host}`), kind: Rule, services: [{{name: s, port: 80}}]}}]}}\n"
    )


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({"a.yml": route("a", "a.test") + route("a", "b.test")}, 1),
        ({"a.yml": route("a", "a.test") + route("a", "a.test")}, 0),
        ({"a.yml": route("a", "a.test") + route("b", "b.test")}, 0),
        ({"a.yml": route("a", "a.test") + route("a", "b.test", "web")}, 0),
        ({"a.yml": route("a", "a.test") + route("a", "b.test", kind="IngressRouteTCP")}, 0),
        ({"a.yml": route("a", "a.test"), "b.yml": route("a", "b.test")}, 0),
        ({"a.yml": route("'${N}'", "a.test") + route("'${N}'", "b.test")}, 0),
    ],
)
def test_names(files: dict[str, str], found: int) -> None:
    assert len(found_by("TL746", files)) == found


def traefik(probe: str, args: str = "", image: str = "traefik:v3.7") -> str:
    return (
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: traefik, namespace: infra}\nspec:\n  template:\n"
        f"    spec:\n      containers:\n        - name: t\n          image: {image}\n          {probe}\n"
        f"          args:\n            - --providers.kubernetescrd\n{args}"
    )


PROBE = "readinessProbe: {httpGet: {path: /ping, port: 8080}}"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (traefik(PROBE), 1),
        (traefik(PROBE.replace("readiness", "liveness")), 1),
        (traefik(PROBE, "            - --ping\n"), 0),
        (traefik(PROBE, "            - --ping.entrypoint=web\n"), 0),
        (traefik(PROBE.replace("/ping", "/healthz")), 0),
        (traefik("readinessProbe: {tcpSocket: {port: 8080}}"), 0),
        (traefik(PROBE, image="nginx"), 0),
    ],
)
def test_probes(text: str, found: int) -> None:
    assert len(found_by("TL747", {"a.yml": text})) == found


def ingress(middleware: str) -> str:
    return (
        "---\napiVersion: networking.k8s.io/v1\nkind: Ingress\n"
        "metadata:\n  name: a\n  namespace: shop\n  annotations:\n"
        f"    traefik.ingress.kubernetes.io/router.middlewares: {middleware}@kubernetescrd\n"
        "spec: {ingressClassName: traefik, rules: [{host: a.test, http: {paths: [{path: /, pathType: Prefix, "
        "backend: {service: {name: s, port: {number: 80}}}}]}}]}\n"
    )


def middleware(name: str, namespace: str) -> str:
    return (
        "---\napiVersion: traefik.io/v1alpha1\nkind: Middleware\n"
        f"metadata: {{name: {name}, namespace: {namespace}}}\nspec: {{compress: {{}}}}\n"
    )


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({"a.yml": ingress("default-small") + middleware("small", "shop")}, 1),
        ({"a.yml": ingress("default-small") + middleware("small", "infra")}, 1),
        ({"a.yml": ingress("shop-small") + middleware("small", "shop")}, 0),
        ({"a.yml": ingress("infra-small") + middleware("small", "infra")}, 0),
        ({"a.yml": ingress("default-other") + middleware("small", "shop")}, 0),
        ({"a.yml": ingress("default-small"), "b.yml": middleware("small", "shop")}, 0),
        ({"a.yml": ingress("x-small") + middleware("small", "shop") + middleware("small", "web")}, 0),
    ],
)
def test_other_namespaces(files: dict[str, str], found: int) -> None:
    assert len(found_by("TL401", files)) == found
