"""Allow lists behind the Services of a cluster."""

from __future__ import annotations

import pytest

from tests.checks.lint import found_by

LIST = "ipAllowList: {sourceRange: [203.0.113.0/24]}"


def cluster(
    service: str,
    *,
    middleware: str = LIST,
    pod: str = "",
    args: str = "",
    selector: str = "a",
    more: str = "{}",
) -> dict[str, str]:
    text = (
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: traefik, namespace: infra}\nspec:\n  template:\n"
        f"    metadata: {{labels: {{app: a}}}}\n    spec:\n{pod}      containers:\n        - name: traefik\n"
        "          image: traefik:v3.7\n          args:\n            - --entrypoints.web.address=:8000\n"
        f"            - --providers.kubernetescrd\n{args}"
        f"---\napiVersion: v1\nkind: Service\nmetadata: {{name: lb, namespace: infra, annotations: {more}}}\n"
        f"spec: {{{service}, selector: {{app: {selector}}}, ports: [{{port: 80, targetPort: 8000}}]}}\n"
        "---\napiVersion: traefik.io/v1alpha1\nkind: Middleware\nmetadata: {name: m, namespace: shop}\n"
        f"spec: {{{middleware}}}\n"
        "---\napiVersion: traefik.io/v1alpha1\nkind: IngressRoute\nmetadata: {name: r, namespace: shop}\nspec:\n"
        "  routes:\n    - {match: Host(`a.example.com`), kind: Rule, middlewares: [{name: m}], "
        "services: [{name: s, port: 80}]}\n"
    )
    return {"a.yml": text}


TRUSTED = "            - --entrypoints.web.proxyprotocol.trustedips=192.0.2.0/24\n"
STRATEGY = "ipAllowList: {sourceRange: [203.0.113.0/24], ipStrategy: {depth: 1}}"


@pytest.mark.parametrize(
    ("files", "found"),
    [
        (cluster("type: LoadBalancer"), ["LoadBalancer"]),
        (cluster("type: NodePort, externalTrafficPolicy: Cluster"), ["Cluster"]),
        (cluster("type: LoadBalancer, externalTrafficPolicy: Local"), []),
        (cluster("type: LoadBalancer, externalTrafficPolicy: '${POLICY}'"), []),
        (cluster("type: ClusterIP"), []),
        (cluster("type: LoadBalancer", middleware=STRATEGY), []),
        (cluster("type: LoadBalancer", middleware="compress: {}"), []),
        (cluster("type: LoadBalancer", pod="      hostNetwork: true\n"), []),
        (cluster("type: LoadBalancer", args=TRUSTED), []),
        (cluster("type: LoadBalancer", selector="b"), []),
        (cluster("type: LoadBalancer", more="{example.com/proxy-protocol: v2}"), []),
    ],
)
def test_allow_lists(files: dict[str, str], found: list[str]) -> None:
    assert [text for _, _, text in found_by("TL427", files)] == found
