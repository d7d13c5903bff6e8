"""Manifests, kustomizations and the workload that runs Traefik."""

from __future__ import annotations

import pytest

from traefik_lint.readers.kubernetes import (
    Manifests,
    apply_kustomization,
    find_workloads,
    read_manifests,
)
from traefik_lint.source.span import SourceFile


def read(text: str) -> Manifests:
    return read_manifests(SourceFile("manifests.yml", text))


SERVICE = "apiVersion: v1\nkind: Service\nmetadata: {name: api}\n"


@pytest.mark.parametrize(
    ("text", "objects"),
    [
        pytest.param(SERVICE, ["Service(default/api)"], id="missing namespace is default"),
        pytest.param(SERVICE + "---\n" + SERVICE, ["Service(default/api)"] * 2, id="two documents"),
        pytest.param("---\n---\n# nothing\n---\n" + SERVICE, ["Service(default/api)"], id="empty documents"),
        pytest.param(
            "apiVersion: v1\nkind: Service\nmetadata: {name: api, namespace: null}\n",
            ["Service(default/api)"],
            id="null namespace",
        ),
        pytest.param(
            "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Secret, metadata: {name: s, namespace: n}}\n"
            "- {apiVersion: v1, kind: List, items: [{apiVersion: v1, kind: Service, metadata: {name: a}}]}\n",
            ["Secret(n/s)", "Service(default/a)"],
            id="lists, also in lists",
        ),
        pytest.param(
            '{"apiVersion": "v1", "kind": "SecretList", "items": [{"apiVersion": "v1", "kind": "Secret",\n'
            '\t"metadata": {"name": "s"}}]}',
            ["Secret(default/s)"],
            id="a JSON list of one kind",
        ),
        pytest.param(
            '[{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s"}}]',
            ["Secret(default/s)"],
            id="array",
        ),
        pytest.param("services:\n  web:\n    image: nginx\n", [], id="not an object"),
        pytest.param("apiVersion: v1\nmetadata: {name: x}\n", [], id="no kind"),
        pytest.param(
            "apiVersion: v1\nkind: Service\nmetadata: 5\n", ["Service(default/)"], id="odd metadata"
        ),
        pytest.param("apiVersion: [v1]\nkind: Service\n", [], id="odd apiVersion"),
    ],
)
def test_objects_are_found_with_name_and_namespace(text: str, objects: list[str]) -> None:
    manifests = read(text)
    assert [repr(found) for found in manifests.objects] == objects
    assert not manifests.is_open
    assert manifests.error is None


@pytest.mark.parametrize(
    "text",
    [
        "metadata:\n  name: {{ .Release.Name }}\n",
        '{{- if .Values.x }}\napiVersion: v1\nkind: Service\nmetadata: {name: "a"}\n{{- end }}\n',
        "apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ name }}\n{% if x %}\n{% endif %}\n",
        SERVICE + "---\nkind: {{ kind }}\n",
    ],
)
def test_an_unrendered_template_yields_nothing_and_is_open(text: str) -> None:
    assert read(text) == Manifests([], [], is_open=True)


def test_what_cannot_be_read_is_told_beside_what_can() -> None:
    manifests = read(SERVICE + "---\nkind: [\n")
    assert [repr(found) for found in manifests.objects] == ["Service(default/api)"]
    assert manifests.error is not None


def test_placeholders_make_a_value_unknown_but_groups_of_an_expression_do_not() -> None:
    manifests = read(
        "apiVersion: traefik.io/v1alpha1\nkind: Middleware\nmetadata:\n  name: m\nspec:\n  redirectRegex:\n"
        '    regex: "^(?P<host>.*)"\n    replacement: https://${host}/${1}\n    permanent: ${PERMANENT}\n'
    )
    spec = manifests.objects[0].spec
    redirect = spec.mapping("redirectRegex") if spec else None
    assert redirect is not None
    unknown = [entry.key.value for entry in redirect if entry.value.unknown]  # type: ignore[attr-defined]
    assert unknown == ["permanent"]
    assert not manifests.is_open


def test_an_object_whose_name_is_filled_in_later_opens_the_world() -> None:
    assert read("apiVersion: v1\nkind: Service\nmetadata: {name: 'app-${ENVIRONMENT}'}\n").is_open


def test_annotations_and_labels_keep_their_places() -> None:
    text = (
        "apiVersion: v1\nkind: Service\nmetadata:\n  name: a\n  annotations:\n    x/y: 'on'\n    list: [1]\n"
        "  labels:\n    app: web\n"
    )
    found = read(text).objects[0]
    assert [(one.key.span.text, one.value.span.text) for one in found.annotations] == [("x/y", "'on'")]
    assert [(one.key.value, one.value.value) for one in found.labels] == [("app", "web")]
    annotation = found.annotation("x/y")
    assert annotation is not None
    assert annotation.value == "on"


KUSTOMIZATION = "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n"


@pytest.mark.parametrize(
    ("text", "resources", "namespace", "is_open"),
    [
        (
            KUSTOMIZATION + "resources: [a.yaml, ../base]\nnamespace: web\n",
            ["a.yaml", "../base"],
            "web",
            False,
        ),
        ("resources:\n- a.yaml\n", ["a.yaml"], None, False),
        (KUSTOMIZATION + "namePrefix: dev-\nresources: [a.yaml]\n", ["a.yaml"], None, True),
        (KUSTOMIZATION + "patches:\n- path: p.yaml\nresources: [a.yaml]\n", ["a.yaml"], None, True),
        (KUSTOMIZATION + "resources: [a.yaml]\nnamespace: ${NS}\n", ["a.yaml"], "${NS}", True),
    ],
)
def test_kustomizations(text: str, resources: list[str], namespace: str | None, is_open: bool) -> None:
    manifests = read(text)
    assert manifests.objects == []
    [found] = manifests.kustomizations
    assert [one.value for one in found.resources] == resources
    assert (found.namespace.value if found.namespace else None) == namespace
    assert found.is_open is is_open


def test_the_kustomization_of_flux_is_an_object() -> None:
    manifests = read(
        "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps}\n"
    )
    assert manifests.kustomizations == []
    assert [repr(found) for found in manifests.objects] == ["Kustomization(default/apps)"]


def test_a_kustomization_moves_all_but_what_has_no_namespace() -> None:
    objects = read(
        "apiVersion: v1\nkind: Service\nmetadata: {name: a, namespace: old}\n---\n"
        "apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {name: traefik}\n"
    ).objects
    [kustomization] = read(KUSTOMIZATION + "namespace: new\n").kustomizations
    assert [repr(found) for found in apply_kustomization(objects, kustomization)] == [
        "Service(new/a)",
        "IngressClass(default/traefik)",
    ]
    assert repr(objects[0]) == "Service(old/a)"


DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: traefik, namespace: ingress}
spec:
  template:
    spec:
      containers:
      - name: sidecar
        image: busybox
      - name: traefik
        image: traefik:v3.6
        args:
        - --entrypoints.web.address=:8000
        - --api.host=$(HOST)
        - --x=$(POD)
        env:
        - {name: HOST, value: traefik.example.com}
        - {name: POD, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
        volumeMounts:
        - {name: config, mountPath: /etc/traefik}
        - {name: one, mountPath: /dynamic/tls.yml, subPath: tls.yml}
        - {name: acme, mountPath: /acme}
      volumes:
      - name: config
        configMap: {name: traefik}
      - name: one
        projected: {sources: [{configMap: {name: dynamic, items: [{key: a, path: tls.yml}]}}]}
      - name: acme
        persistentVolumeClaim: {claimName: acme}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: traefik, namespace: ingress}
data:
  traefik.yml: |
    api: {}
  other.toml: ""
---
apiVersion: v1
kind: ConfigMap
metadata: {name: dynamic, namespace: ingress}
data: {a: "tls: {}", b: ""}
"""


def test_a_workload_tells_arguments_variables_and_mounted_files() -> None:
    [workload] = find_workloads(read(DEPLOYMENT).objects)
    assert workload.image.value == "traefik:v3.6"
    assert [(word.value, word.unknown) for word in workload.arguments] == [
        ("--entrypoints.web.address=:8000", False),
        ("--api.host=traefik.example.com", False),
        ("--x=$(POD)", True),
    ]
    assert [(one.key.value, one.value.value if one.value else None) for one in workload.environment] == [
        ("HOST", "traefik.example.com"),
        ("POD", None),
    ]
    assert [(one.path, one.content.value) for one in workload.files] == [
        ("/etc/traefik/traefik.yml", "api: {}\n"),
        ("/etc/traefik/other.toml", ""),
        ("/dynamic/tls.yml", "tls: {}"),
    ]
    assert workload.opaque_mounts == ("/acme",)
    assert not workload.is_open


@pytest.mark.parametrize(
    ("container", "arguments", "is_open"),
    [
        ("command: [traefik, --a], args: [--b]", ["--a", "--b"], False),
        ("command: [/usr/local/bin/traefik], args: [--b]", ["--b"], False),
        ("command: [sh, -c], args: [traefik --b]", [], True),
        ("args: [--b], envFrom: [{secretRef: {name: s}}]", ["--b"], True),
        ("args: --b", [], False),
    ],
)
def test_the_words_that_traefik_gets(container: str, arguments: list[str], is_open: bool) -> None:
    [workload] = find_workloads(
        read(
            "apiVersion: v1\nkind: Pod\nmetadata: {name: t}\n"
            f"spec: {{containers: [{{image: traefik, {container}}}]}}\n"
        ).objects
    )
    assert [word.value for word in workload.arguments] == arguments
    assert workload.is_open is is_open
