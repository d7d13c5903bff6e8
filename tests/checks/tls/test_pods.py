"""Certificates that Traefik's own pods keep, and those that a passthrough makes useless."""

from __future__ import annotations

import pytest

from tests.checks.lint import found_by


def traefik(mounts: str = "[]", volumes: str = "[]", spec: str = "", storage: str = "/data/acme.json") -> str:
    return (
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: traefik, namespace: infra}\n"
        f"spec:\n  {spec or 'replicas: 1'}\n  template:\n    metadata: {{labels: {{app: a}}}}\n    spec:\n"
        f"      volumes: {volumes}\n      containers:\n        - name: traefik\n          image: traefik:v3.7\n"
        f"          volumeMounts: {mounts}\n          args:\n            - --entrypoints.websecure.address=:8443\n"
        "            - --providers.kubernetescrd\n            - --certificatesresolvers.le.acme.tlschallenge=true\n"
        f"            - --certificatesresolvers.le.acme.storage={storage}\n"
    )


DATA = "[{name: data, mountPath: /data}]"
CLAIM = "[{name: data, persistentVolumeClaim: {claimName: a}}]"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (traefik(), ["/data/acme.json"]),
        (traefik(DATA, CLAIM, storage="acme.json"), ["acme.json"]),
        (traefik(DATA, "[{name: data, emptyDir: {}}]"), ["/data/acme.json"]),
        (traefik(DATA, "[{name: data, configMap: {name: a}}]"), ["/data/acme.json"]),
        (traefik(DATA, CLAIM), []),
        (traefik(DATA, "[{name: data, hostPath: {path: /x}}]"), []),
        (traefik("[{name: data, mountPath: /data/acme.json, subPath: acme.json}]", CLAIM), []),
        (traefik(DATA), []),
        (traefik("[{name: data, mountPath: '${FOLDER}'}]", CLAIM), []),
        (traefik(storage="'${STORAGE}'"), []),
    ],
)
def test_storage(text: str, found: list[str]) -> None:
    assert [text for _, _, text in found_by("TL315", {"a.yml": text})] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (traefik(DATA, CLAIM, "replicas: 2"), 1),
        (traefik(DATA, CLAIM), 0),
        (traefik(DATA, CLAIM, "replicas: '${REPLICAS}'"), 0),
        (traefik(DATA, CLAIM, "revisionHistoryLimit: 3"), 0),
        (traefik(DATA, CLAIM, "replicas: 3").replace("certificatesresolvers", "x"), 0),
    ],
)
def test_instances(text: str, found: int) -> None:
    assert len(found_by("TL327", {"a.yml": text})) == found


def route(tls: str, kind: str = "IngressRouteTCP") -> str:
    return (
        f"apiVersion: traefik.io/v1alpha1\nkind: {kind}\nmetadata: {{name: a, namespace: b}}\n"
        f"spec: {{routes: [{{match: HostSNI(`a.example.com`), services: [{{name: a, port: 1}}]}}], tls: {tls}}}\n"
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (route("{passthrough: true, secretName: a}"), 1),
        (route("{passthrough: true}"), 0),
        (route("{secretName: a}"), 0),
        (route("{passthrough: false, secretName: a}"), 0),
        (route("{passthrough: '${PASS}', secretName: a}"), 0),
    ],
)
def test_passthrough(text: str, found: int) -> None:
    assert len(found_by("TL326", {"a.yml": text})) == found


def chart(values: str, storage: str = "/data/acme.json") -> str:
    return (
        "apiVersion: helm.cattle.io/v1\nkind: HelmChartConfig\nmetadata: {name: traefik, namespace: kube-system}\n"
        "spec:\n  valuesContent: |-\n    additionalArguments:\n"
        "      - --certificatesresolvers.le.acme.tlschallenge=true\n"
        f"      - --certificatesresolvers.le.acme.storage={storage}\n    {values}\n"
    )


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        (chart("deployment: {replicas: 1}"), ["TL315"]),
        (chart("persistence: {enabled: false}"), ["TL315"]),
        (chart("persistence: {enabled: true}", "/tmp/acme.json"), ["TL315"]),
        (chart("persistence: {enabled: true}"), []),
        (chart("persistence: {enabled: true, path: /certs}", "/certs/acme.json"), []),
        (chart("deployment: {additionalVolumes: [{name: a}]}"), []),
        (chart("persistence: {enabled: true}\n    deployment: {replicas: 2}"), ["TL327"]),
    ],
)
def test_chart(text: str, rules: list[str]) -> None:
    files = {"a.yml": text}
    assert [rule for rule in ("TL315", "TL327") if found_by(rule, files)] == rules
