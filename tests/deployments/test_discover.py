"""Which files make one Traefik's world."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from traefik_lint.deployments.discover import discover
from traefik_lint.deployments.options import Discovery, DiscoveryOptions
from traefik_lint.model.deployment import Deployment

TRAEFIK = """\
    services:
      traefik:
        image: traefik:v3.4
        command:
          - --entrypoints.web.address=:80
          - --providers.docker=true
    """
APP = """\
    services:
      app:
        image: nginx
        labels:
          - traefik.http.routers.app.rule=Host(`app.example.com`)
    """
STATIC = """\
    entryPoints:
      web:
        address: ":80"
    providers:
      file:
        directory: /etc/traefik/conf.d
    """
DYNAMIC = """\
    http:
      middlewares:
        auth:
          basicAuth:
            users: ["a:b"]
    """
INGRESS_ROUTE = """\
    apiVersion: traefik.io/v1alpha1
    kind: IngressRoute
    metadata: {name: app}
    spec:
      routes:
        - match: Host(`a.example.com`)
          kind: Rule
    """


def find(folder: Path, files: dict[str, str], *paths: str, strict: bool = False) -> Discovery:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")
    named = [str(folder / path) for path in paths] or [str(folder)]
    return discover(named, DiscoveryOptions(base=str(folder), strict=strict))


def files_of(deployment: Deployment) -> set[str]:
    return {file.path for file in deployment.files}


@pytest.mark.parametrize(
    ("files", "worlds"),
    [
        ({"compose.yml": TRAEFIK}, [{"compose.yml"}]),
        ({"compose.yml": TRAEFIK, "README.yml": "hello: world"}, [{"compose.yml"}]),
        ({"traefik/compose.yml": TRAEFIK, "app/compose.yml": APP}, [{"traefik/compose.yml", "app/compose.yml"}]),
        (
            {"one/compose.yml": TRAEFIK, "two/compose.yml": TRAEFIK, "app/compose.yml": APP},
            [{"one/compose.yml"}, {"two/compose.yml"}, {"app/compose.yml"}],
        ),
        ({"traefik.yml": STATIC, "conf.d/app.yml": DYNAMIC}, [{"traefik.yml", "conf.d/app.yml"}]),
        ({"traefik.yml": STATIC, "other/app.yml": DYNAMIC}, [{"traefik.yml"}, {"other/app.yml"}]),
        ({"a.yml": DYNAMIC, "b.yml": DYNAMIC}, [{"a.yml", "b.yml"}]),
        ({"app/ingress.yml": INGRESS_ROUTE, "lib/more.yml": INGRESS_ROUTE.replace("app", "more")},
         [{"app/ingress.yml", "lib/more.yml"}]),
        ({"prod/ingress.yml": INGRESS_ROUTE, "test/ingress.yml": INGRESS_ROUTE},
         [{"prod/ingress.yml"}, {"test/ingress.yml"}]),
    ],
)  # fmt: skip
def test_files_of_each_deployment(tmp_path: Path, files: dict[str, str], worlds: list[set[str]]) -> None:
    assert [files_of(deployment) for deployment in find(tmp_path, files).deployments] == worlds


def test_a_mounted_static_file_beats_the_flags_and_leads_to_the_dynamic_files(tmp_path: Path) -> None:
    compose = """\
        services:
          proxy:
            image: traefik:v3.2
            command: ["--providers.docker"]
            volumes:
              - ./static.yml:/etc/traefik/traefik.yml
              - ./rules:/etc/traefik/conf.d
        """
    files = {"compose.yml": compose, "static.yml": STATIC, "rules/a.yml": DYNAMIC, "rules/more/b.toml": ""}
    (deployment,) = find(tmp_path, files).deployments
    assert deployment.static is not None
    assert deployment.static.source.kind == "file"
    assert [source.kind for source in deployment.static.shadowed] == ["flags"]
    assert [found.file.path for found in deployment.dynamic_files] == ["rules/a.yml", "rules/more/b.toml"]
    assert str(deployment.version) == "3.2.5"


def test_a_mounted_static_file_that_is_not_there_leaves_everything_open(tmp_path: Path) -> None:
    compose = """\
        services:
          proxy:
            image: traefik:v3.2
            volumes: ["./traefik.yml:/etc/traefik/traefik.yml"]
        """
    (deployment,) = find(tmp_path, {"compose.yml": compose}).deployments
    assert not deployment.is_closed("entry-points")


def test_a_static_file_beside_a_container_without_configuration_is_taken_to_be_its(tmp_path: Path) -> None:
    compose = """\
        services:
          proxy:
            build: .
            image: example/traefik:1
            volumes: ["config:/etc/traefik"]
        """
    (deployment,) = find(tmp_path, {"compose.yml": compose, "config/traefik.yml": STATIC}).deployments
    assert files_of(deployment) == {"compose.yml", "config/traefik.yml"}
    assert deployment.is_closed("entry-points")


@pytest.mark.parametrize(
    ("networks", "is_closed"), [("default: {}", True), ("default: {external: true, name: proxy}", False)]
)
def test_a_shared_network_opens_the_world_of_containers(
    tmp_path: Path, networks: str, is_closed: bool
) -> None:
    compose = dedent(TRAEFIK) + f"networks:\n  {networks}\n"
    (deployment,) = find(tmp_path, {"compose.yml": compose}).deployments
    assert deployment.is_closed("docker") is is_closed
    assert deployment.is_closed("entry-points", "file")


def test_a_named_file_is_reported_and_its_project_is_context(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    files = {"traefik/compose.yml": TRAEFIK, "app/compose.yml": APP}
    found = find(tmp_path, files, "app/compose.yml")
    assert found.requested == {"app/compose.yml"}
    (deployment,) = [one for one in found.deployments if one.static is not None]
    assert files_of(deployment) == {"traefik/compose.yml", "app/compose.yml"}


def test_strict_takes_the_files_as_the_whole_world(tmp_path: Path) -> None:
    files = {"traefik.yml": STATIC, "other/app.yml": DYNAMIC, "compose.yml": APP}
    (deployment,) = find(tmp_path, files, strict=True).deployments
    assert deployment.dynamic_files == []


def test_strict_without_static_configuration_is_one_deployment(tmp_path: Path) -> None:
    files = {"dynamic.yml": DYNAMIC, "compose.yml": APP, "k8s.yml": INGRESS_ROUTE}
    (deployment,) = find(tmp_path, files, strict=True).deployments
    assert files_of(deployment) == {"dynamic.yml", "compose.yml", "k8s.yml"}


def test_missing_paths_are_told(tmp_path: Path) -> None:
    assert find(tmp_path, {}, "nope.yml").missing == [str(tmp_path / "nope.yml")]


def test_files_that_break_are_only_ours_when_they_are_about_traefik(tmp_path: Path) -> None:
    files = {
        "compose.yml": "services: {a: [labels: traefik.enable=true\n",
        "chart.yml": "kind: {{ .Values.kind }}\nx: {{ traefik.enable }}\n",
        "other.yml": "a: [",
    }
    found = find(tmp_path, files)
    assert [(file.shown, file.error is not None) for file in found.files] == [("compose.yml", True)]


@pytest.mark.parametrize(
    "target", ["/traefik.yml", "/etc/traefik/traefik.toml", "/root/.config/traefik.yaml"]
)
def test_every_default_place_of_the_static_file_is_known(tmp_path: Path, target: str) -> None:
    compose = f"""\
        services:
          proxy:
            image: traefik:v3.2
            volumes: ["../elsewhere/static.yml:{target}"]
        """
    (deployment,) = find(tmp_path, {"compose.yml": compose}).deployments
    assert not deployment.is_closed("entry-points")


WORKLOAD = """\
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: traefik, namespace: kube-system}
    spec:
      template:
        spec:
          containers:
            - name: traefik
              image: traefik:v3.5
              args: [--entrypoints.web.address=:8000, --providers.kubernetescrd]
    """
CHART_CONFIG = """\
    apiVersion: helm.cattle.io/v1
    kind: HelmChartConfig
    metadata: {name: traefik, namespace: kube-system}
    spec:
      valuesContent: |-
        additionalArguments: ["--entrypoints.metrics.address=:9100"]
    """


@pytest.mark.parametrize(
    ("files", "entry_points"),
    [
        ({"traefik.yml": WORKLOAD, "app.yml": INGRESS_ROUTE}, {"web"}),
        ({"config.yml": CHART_CONFIG, "app.yml": INGRESS_ROUTE}, {"metrics", "traefik", "web", "websecure"}),
    ],
)
def test_traefik_in_the_cluster_gives_the_static_configuration(
    tmp_path: Path, files: dict[str, str], entry_points: set[str]
) -> None:
    (deployment,) = find(tmp_path, files).deployments
    assert deployment.static is not None
    found = deployment.static.element.element("entryPoints")
    assert found is not None
    assert set(found.fields) == entry_points
    assert deployment.is_closed("entry-points")


def test_a_static_file_from_a_config_map_stands_in_the_manifest(tmp_path: Path) -> None:
    manifest = """\
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: traefik}
        data:
          traefik.yml: |
            entryPoints:
              inner: {address: ":80"}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: traefik}
        spec:
          template:
            spec:
              volumes: [{name: config, configMap: {name: traefik}}]
              containers:
                - name: traefik
                  image: traefik:v3.5
                  volumeMounts: [{name: config, mountPath: /etc/traefik}]
        """
    (deployment,) = find(tmp_path, {"traefik.yml": manifest}).deployments
    assert deployment.static is not None
    point = deployment.static.element.element("entryPoints", "inner")
    assert point is not None
    assert (point.span.text, point.span.first.line) == ("inner", 7)


def test_a_file_that_a_provider_reads_is_dynamic_whatever_is_in_it(tmp_path: Path) -> None:
    files = {"traefik.yml": STATIC, "conf.d/app.yml": STATIC + dedent(DYNAMIC)}
    (deployment,) = find(tmp_path, files).deployments
    assert [found.file.path for found in deployment.dynamic_files] == ["conf.d/app.yml"]
