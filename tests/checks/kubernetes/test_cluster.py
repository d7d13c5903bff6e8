"""What surrounds Traefik in its cluster: its roles, its chart, and what Kubernetes itself refuses."""

from __future__ import annotations

import pytest

from tests.checks.kubernetes.manifests import ANNOTATION, custom, ingress, route, service
from tests.checks.lint import found_by, lint

TRAEFIK = """---
apiVersion: apps/v1
kind: Deployment
metadata: {name: traefik, namespace: traefik}
spec:
  selector: {matchLabels: {app: traefik}}
  template:
    metadata: {labels: {app: traefik}}
    spec:
      serviceAccountName: traefik
      containers:
        - {name: traefik, image: "traefik:VERSION", args: [--providers.kubernetescrd, "--entrypoints.web.address=:80"]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: traefik}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: traefik}
subjects: [{kind: ServiceAccount, name: traefik, namespace: traefik}]
"""


def role(*rules: str, name: str = "traefik") -> str:
    """A ClusterRole with rules of the form ``group/resource,resource``."""
    lines = [
        f"- {{apiGroups: ['{group}'], resources: [{resources}], verbs: [get, list, watch]}}\n"
        for group, _, resources in (rule.partition("/") for rule in rules)
    ]
    head = f"---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {{name: {name}}}\nrules:\n"
    return head + "".join(lines)


OWN = "traefik.io/'*'"
SLICES = "discovery.k8s.io/endpointslices"


@pytest.mark.parametrize(
    ("version", "rules", "lost"),
    [
        ("v3.0.4", ("/services,secrets,endpoints", OWN), None),
        ("v3.1.7", ("/services,secrets,endpoints", OWN), "endpointslices (discovery.k8s.io), nodes"),
        ("v3.1.7", ("/services,secrets,nodes", SLICES, OWN), None),
        ("v3.4.5", ("/services,secrets,nodes", SLICES, OWN), "configmaps"),
        ("v3.7.9", ("/services,secrets,nodes,configmaps", SLICES, OWN), None),
        ("v3.7.9", ("*/'*'",), None),
        ("v3.7.9", ("/'*'", SLICES, "traefik.containo.us/'*'"), "ingressroutes (traefik.io)"),
        ("v2.11.0", ("/services",), None),
    ],
)
def test_permissions(version: str, rules: tuple[str, ...], lost: str | None) -> None:
    files = {"a.yml": TRAEFIK.replace("VERSION", version) + role(*rules)}
    messages = [one.message for one in lint(files) if one.rule == "TL732"]
    if lost is None:
        assert messages == []
    else:
        [message] = messages
        assert message.startswith(f"Traefik may not list and watch {lost}")


@pytest.mark.parametrize(
    ("part", "other"),
    [
        ("kind: ClusterRoleBinding", "kind: RoleBinding"),
        ("{kind: ServiceAccount, name: traefik,", "{kind: ServiceAccount, name: other,"),
        ("kind: ClusterRole, name: traefik", "kind: ClusterRole, name: elsewhere"),
        ("serviceAccountName: traefik", "serviceAccountName: other"),
    ],
)
def test_permissions_are_not_judged_by_half_of_the_files(part: str, other: str) -> None:
    text = TRAEFIK.replace("VERSION", "v3.7.9") + role("/services")
    assert part in text
    assert found_by("TL732", {"a.yml": text}) != []
    assert found_by("TL732", {"a.yml": text.replace(part, other)}) == []


@pytest.mark.parametrize(
    ("objects", "found"),
    [
        ((), ["infra"]),
        (("---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: traefik, namespace: infra}\n",), []),
    ],
)
def test_permissions_given_elsewhere(objects: tuple[str, ...], found: list[str]) -> None:
    binding = TRAEFIK.replace("VERSION", "v3.7.9").replace(
        "ServiceAccount, name: traefik, namespace: traefik", "ServiceAccount, name: traefik, namespace: infra"
    )
    text = binding + role("/services", OWN) + "".join(objects)
    assert [text for _, _, text in found_by("TL732", {"a.yml": text})] == found


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("true", 1), ("on", 1), ("10", 1), ("1.5", 1), ("'true'", 0), ('"10"', 0), ("web", 0), ("", 0), ("1.2.3", 0),
        ("'{{ value }}'", 0),
    ],
)  # fmt: skip
def test_annotations_are_texts(value: str, found: int) -> None:
    manifest = service() + ingress(f"\n    {ANNOTATION}router.entrypoints: {value}")
    assert len(found_by("TL733", {"a.yml": manifest})) == found


def test_annotations_of_others_are_none_of_ours() -> None:
    text = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a, annotations: {a: true}}\nspec: {}\n"
    assert lint({"a.yml": text + service()}) == []


@pytest.mark.parametrize(
    ("namespace", "values", "found"),
    [
        ("namespace: kube-system", "|-\n    deployment: {replicas: 2}", []),
        ("namespace: traefik", "|-\n    deployment: {replicas: 2}", ["traefik"]),
        ("labels: {}", "|-\n    deployment: {replicas: 2}", ["traefik"]),
        ("namespace: kube-system", "{deployment: {replicas: 2}}", ["valuesContent"]),
        ("name: traefik-config", "|-\n    deployment: {replicas: 2}", ["traefik-config"]),
        ("name: rke2-traefik", "|-\n    deployment: {replicas: 2}", []),
        ("name: nginx", "|-\n    deployment: {replicas: 2}", []),
    ],
)
def test_helm_chart_config(namespace: str, values: str, found: list[str]) -> None:
    text = (
        "apiVersion: helm.cattle.io/v1\nkind: HelmChartConfig\nmetadata:\n  name: traefik\n"
        f"  {namespace}\nspec:\n  valuesContent: {values}\n"
    )
    assert [text for _, _, text in found_by("TL734", {"a.yml": text})] == found


@pytest.mark.parametrize(
    ("services", "hint"),
    [
        ("[{name: split, port: 80}]", "add kind: TraefikService"),
        ("[{name: split, kind: TraefikService}]", None),
        ("[{name: shop, kind: TraefikService}]", "take kind: TraefikService out, or write kind: Service"),
        ("[{name: elsewhere, kind: TraefikService}]", None),
    ],
)
def test_kind_of_a_service(services: str, hint: str | None) -> None:
    split = custom("TraefikService", "split", "weighted: {services: [{name: shop, port: 80}]}")
    found = [one.hint for one in lint({"a.yml": service() + split + route(services)}) if one.rule == "TL702"]
    assert found == ([] if hint is None else [hint])
