"""Values of the Traefik chart to Traefik's command line."""

from __future__ import annotations

import pytest

from traefik_lint.options.catalogue import static
from traefik_lint.options.decoder import decode
from traefik_lint.options.version import NEWEST
from traefik_lint.readers.flags import flags_tree
from traefik_lint.readers.helm import ChartValues, chart_releases, read_values, release_of_values
from traefik_lint.readers.kubernetes import read_manifests
from traefik_lint.source.span import SourceFile
from traefik_lint.source.tree import Mapping, Scalar
from traefik_lint.source.yaml import parse_yaml

DEFAULTS = [
    "--entryPoints.metrics.address=:9100/tcp",
    "--entryPoints.traefik.address=:8080/tcp",
    "--entryPoints.web.address=:8000/tcp",
    "--entryPoints.websecure.address=:8443/tcp",
    "--entryPoints.websecure.http.tls=true",
    "--api.dashboard=true",
    "--ping=true",
    "--metrics.prometheus=true",
    "--metrics.prometheus.entryPoint=metrics",
    "--providers.kubernetesCRD=true",
    "--providers.kubernetesCRD.allowEmptyServices=true",
    "--providers.kubernetesIngress=true",
    "--providers.kubernetesIngress.allowEmptyServices=true",
]


def values_of(text: str) -> ChartValues:
    documents = parse_yaml(SourceFile("values.yaml", text)).documents
    root = documents[0].root if documents else None
    file = SourceFile("values.yaml", text)
    return read_values(release_of_values(root if isinstance(root, Mapping) else Mapping(file, 0, 0, [])))


def words(values: ChartValues) -> list[str]:
    return [word.value for word in values.arguments]


def test_the_chart_s_defaults() -> None:
    assert words(values_of("")) == DEFAULTS


@pytest.mark.parametrize(
    ("text", "added", "gone"),
    [
        pytest.param("ports: {web: {port: 80}}", [":80/tcp"], [":8000/tcp"], id="port"),
        pytest.param("ports: {web: null}", [], ["--entryPoints.web.address=:8000/tcp"], id="port removed"),
        pytest.param(
            "ports: {dns: {port: 5353, protocol: UDP}}",
            ["--entryPoints.dns.address=:5353/udp"],
            [],
            id="port added",
        ),
        pytest.param(
            "ports: {websecure: {tls: {enabled: false}}}",
            [],
            ["--entryPoints.websecure.http.tls=true"],
            id="old tls",
        ),
        pytest.param(
            "ports: {websecure: {http: {tls: {enabled: false}}}}",
            [],
            ["--entryPoints.websecure.http.tls=true"],
            id="new tls",
        ),
        pytest.param(
            "ports: {websecure: {tls: {enabled: true, certResolver: le, domains: [{main: a.test, sans: [b, c]}]}}}",
            [
                "--entryPoints.websecure.http.tls.certResolver=le",
                "--entryPoints.websecure.http.tls.domains[0].main=a.test",
                "--entryPoints.websecure.http.tls.domains[0].sans=b,c",
            ],
            [],
            id="tls with a resolver",
        ),
        *(
            pytest.param(
                f"ports: {{web: {{{form}}}}}",
                [
                    "--entryPoints.web.http.redirections.entryPoint.to=:443",
                    "--entryPoints.web.http.redirections.entryPoint.scheme=https",
                ],
                [],
                id=f"redirection as {form.partition(':')[0]}",
            )
            for form in (
                "redirectTo: {port: websecure}",
                "redirectTo: websecure",
                "redirections: {entryPoint: {to: websecure, scheme: https}}",
                "http: {redirections: {entryPoint: {to: websecure, scheme: https}}}",
            )
        ),
        pytest.param(
            "ports: {web: {forwardedHeaders: {trustedIPs: [10.0.0.0/8, 192.168.0.0/16]}}}",
            ["--entryPoints.web.forwardedHeaders.trustedIPs=10.0.0.0/8,192.168.0.0/16"],
            [],
            id="options of an entry point",
        ),
        pytest.param(
            "ports: {web: {middlewares: [default-a@kubernetescrd]}}",
            ["--entryPoints.web.http.middlewares=default-a@kubernetescrd"],
            [],
            id="middlewares of an entry point",
        ),
        pytest.param(
            "providers: {kubernetesIngress: {enabled: false}}",
            [],
            [
                "--providers.kubernetesIngress=true",
                "--providers.kubernetesIngress.allowEmptyServices=true",
            ],
            id="provider off",
        ),
        pytest.param(
            "providers: {kubernetesCRD: {allowCrossNamespace: true, namespaces: [a, b], ingressClass: x}}",
            [
                "--providers.kubernetesCRD.allowCrossNamespace=true",
                "--providers.kubernetesCRD.namespaces=a,b",
                "--providers.kubernetesCRD.ingressClass=x",
            ],
            [],
            id="options of a provider",
        ),
        pytest.param("additionalArguments: [--log.level=DEBUG]", ["--log.level=DEBUG"], [], id="arguments"),
        pytest.param("globalArguments: [--a]", ["--a"], [], id="global arguments"),
        pytest.param(
            "certificatesResolvers: {le: {acme: {email: a@b.test, tlsChallenge: true}}}",
            [
                "--certificatesResolvers.le.acme.email=a@b.test",
                "--certificatesResolvers.le.acme.tlsChallenge=true",
            ],
            [],
            id="resolvers",
        ),
        pytest.param(
            "certResolvers: {le: {email: a@b.test}}",
            ["--certificatesResolvers.le.acme.email=a@b.test"],
            [],
            id="resolvers of old charts",
        ),
        pytest.param(
            "experimental: {plugins: {geo: {moduleName: github.com/a/b, version: v1}}}",
            [
                "--experimental.plugins.geo.moduleName=github.com/a/b",
                "--experimental.plugins.geo.version=v1",
            ],
            [],
            id="plugins",
        ),
        pytest.param("api: {insecure: true}", ["--api.insecure=true"], [], id="api"),
        pytest.param(
            "api: {dashboard: false}", ["--api.dashboard=false"], ["--api.dashboard=true"], id="no dashboard"
        ),
    ],
)
def test_what_values_add_and_take_away(text: str, added: list[str], gone: list[str]) -> None:
    found = words(values_of(text))
    for word in added:
        assert any(one == word or one.endswith(word) for one in found), word
    for word in gone:
        assert word not in found
    kept = [word for word in DEFAULTS if not any(word == one or word.endswith(one) for one in gone)]
    assert [word for word in kept if word not in found] == []


def test_flags_point_at_the_values_they_were_made_of() -> None:
    text = """\
ports:
  web:
    port: 8081
    redirectTo:
      port: websecure
    forwardedHeaders:
      trustedIPs: [10.0.0.0/8]
"""
    source = flags_tree(list(values_of(text).arguments))
    decoded = decode(source.root, static(), "flag", NEWEST)
    assert decoded.error is None
    web = decoded.element.element("entryPoints", "web")
    assert web is not None
    assert web.span.text == "web"
    to = web.value("http", "redirections", "entryPoint", "to")
    assert to is not None
    assert (to.text, to.span.text) == (":443", "websecure")
    assert [value.span.text for value in web.values("forwardedHeaders", "trustedIPs")] == ["10.0.0.0/8"]


@pytest.mark.parametrize(
    ("text", "version", "names"),
    [
        ("ports: {web: {redirectTo: {port: websecure}}}", None, [("redirectTo", "refused", False)]),
        ("ports: {web: {redirectTo: {port: websecure}}}", "34.1.0", [("redirectTo", "refused", True)]),
        ("ports: {web: {redirectTo: {port: websecure}}}", "33.2.1", []),
        ("image: {tag: v2.11}\nports: {web: {redirectTo: {port: websecure}}}", None, []),
        ("ports: {web: {redirections: {entryPoint: {to: websecure}}}}", None, []),
        (
            "ports: {web: {redirections: {entryPoint: {to: websecure}}}}",
            "39.0.0",
            [("redirections", "ignored", True)],
        ),
        ("ports: {web: {http: {redirections: {entryPoint: {to: websecure}}}}}", "39.0.0", []),
        (
            "ports: {web: {http: {redirections: {entryPoint: {to: secure}}}}}",
            "39.0.0",
            [("secure", "refused", True)],
        ),
        ("forwardedHeaders: {enabled: true}", None, [("forwardedHeaders", "ignored", True)]),
        ("additionalArgument: [--a]", None, [("additionalArgument", "ignored", True)]),
        (
            "image: {}\nservice: {externalTrafficPolicy: Local}",
            None,
            [("externalTrafficPolicy", "ignored", True)],
        ),
        ("image: {}\nservice: {spec: {externalTrafficPolicy: Local}}", None, []),
        (
            "image: {}\nports: {web: {port: 80}, db: {port: 1, exposedPort: 1}}",
            None,
            [("exposedPort", "ignored", True)],
        ),
        ("image: {}\nports: {web: {port: 80}, db: {exposedPort: 1, expose: {default: true}}}", None, []),
        ("image: {}\nports: {web: {port: 80, exposedPort: 1}, db: {port: 1}}", None, []),
        ("image: {}\ndeployment: {replica: 2}", None, [("replica", "ignored", True)]),
        ("image: {}\ningressRoute: {dashboard: {enable: true}}", None, [("enable", "ignored", True)]),
        ("certResolvers: {}", "^33.0.0", [("certResolvers", "refused", True)]),
        ("logs: {general: {level: INFO}}", "41.0.0", [("logs", "ignored", True)]),
        ("logs: {general: {level: INFO}}", "40.0.0", []),
        ("logs: {general: {level: INFO}}", ">=28.0.0 <99", []),
    ],
)
def test_values_that_the_chart_does_not_read(
    text: str, version: str | None, names: list[tuple[str, str, bool]]
) -> None:
    root = parse_yaml(SourceFile("values.yaml", text)).documents[0].root
    assert isinstance(root, Mapping)
    release = release_of_values(root)
    if version is not None:
        place = parse_yaml(SourceFile("chart.yaml", f"'{version}'\n")).documents[0].root
        assert isinstance(place, Scalar)
        release = release._replace(version=place)
    problems = read_values(release).problems
    assert [(problem.name, problem.effect, problem.certain) for problem in problems] == names
    assert all(problem.span.text.strip("'\"") == problem.name for problem in problems)


CONFIG = """\
apiVersion: helm.cattle.io/v1
kind: HelmChartConfig
metadata: {name: traefik, namespace: kube-system}
spec:
  valuesContent: |-
    image: {tag: v3.5.1}
    ports:
      web:
        port: 80
"""
FLUX = """\
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: edge, namespace: flux}
spec:
  targetNamespace: traefik
  chart: {spec: {chart: traefik, version: 36.3.0}}
  values: {ports: {web: {port: 80}}}
"""
ARGO = """\
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: traefik, namespace: argocd}
spec:
  destination: {namespace: edge}
  sources:
  - {repoURL: x, path: y}
  - chart: traefik
    targetRevision: 41.1.0
    helm:
      releaseName: front
      valueFiles: [$values/a.yaml]
      parameters: [{name: ports.web.port, value: "80"}]
      values: |
        ports:
          web: {expose: {default: true}}
"""


@pytest.mark.parametrize(
    ("text", "name", "namespace", "version", "files"),
    [
        (CONFIG, "traefik", "kube-system", "3.5.1", []),
        (FLUX, "edge", "traefik", "3.4.5", []),
        (ARGO, "front", "edge", "3.7.15", ["$values/a.yaml"]),
    ],
)
def test_releases(text: str, name: str, namespace: str, version: str, files: list[str]) -> None:
    [release] = chart_releases(read_manifests(SourceFile("release.yml", text)).objects)
    assert (release.name, release.namespace) == (name, namespace)
    assert [file.value for file in release.value_files] == files
    values = read_values(release)
    assert str(values.version) == version
    assert "--entryPoints.web.address=:80/tcp" in words(values)
    assert values.ingress_class == name
    assert all(text[word.start : word.end] == word.span.text for word in values.arguments)


@pytest.mark.parametrize(
    "text",
    [
        CONFIG.replace("name: traefik", "name: rke2-ingress-nginx"),
        FLUX.replace("chart: traefik", "chart: traefik-forward-auth"),
        ARGO.replace("chart: traefik", "chart: podinfo"),
    ],
)
def test_other_charts_are_left_alone(text: str) -> None:
    assert chart_releases(read_manifests(SourceFile("release.yml", text)).objects) == []


def test_placeholders_leave_the_release_open() -> None:
    assert values_of("ports: {web: {port: '${PORT}'}}").is_open
    assert not values_of("ports: {web: {port: 80}}").is_open


def test_extra_objects_are_objects() -> None:
    values = values_of(
        "extraObjects:\n- {apiVersion: traefik.io/v1alpha1, kind: Middleware, metadata: {name: m}}\n"
    )
    assert [repr(found) for found in values.objects] == ["Middleware(default/m)"]


def test_a_broken_text_of_values_is_told() -> None:
    [release] = chart_releases(
        read_manifests(SourceFile("r.yml", CONFIG.replace("ports:\n", "ports: [\n"))).objects
    )
    assert release.error is not None
    assert release.error.span.first.line >= 6
