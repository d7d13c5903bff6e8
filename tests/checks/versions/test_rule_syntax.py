from __future__ import annotations

import pytest

from tests.checks.lint import lint

FILE = "http:\n  routers:\n    a:\n      rule: '{}'\n      service: noop@internal\n"


@pytest.mark.parametrize(
    ("rule", "matcher", "hint"),
    [
        ("Host(`a.test`, `b.test`)", "Host(`a.test`, `b.test`)", "Host(`a.test`) || Host(`b.test`)"),
        ("Host(`a.test`,`b.test`) && Path(`/x`)", "Host(`a.test`,`b.test`)", "(Host(`a.test`) || Host(`b.test`))"),
        ("!PathPrefix(`/a`,`/b`)", "PathPrefix(`/a`,`/b`)", "(PathPrefix(`/a`) || PathPrefix(`/b`))"),
        ("HostHeader(`a.test`)", "HostHeader(`a.test`)", "Host(`a.test`)"),
        ("Headers(`X-A`, `1`)", "Headers(`X-A`, `1`)", "Header(`X-A`, `1`)"),
        ("HeadersRegexp(`X-A`, `^1`)", "HeadersRegexp(`X-A`, `^1`)", "HeaderRegexp(`X-A`, `^1`)"),
        ("Path(`/o/{id}`)", "Path(`/o/{id}`)", "PathRegexp(`^/o/[^/]+$`)"),
        ("PathPrefix(`/v{n:[0-9]+}/x.y`)", "PathPrefix(`/v{n:[0-9]+}/x.y`)", "PathRegexp(`^/v[0-9]+/x\\.y`)"),
        ("PathPrefix(`/{a:(x|y)}`)", "PathPrefix(`/{a:(x|y)}`)", "PathRegexp(`^/(?:(x|y))`)"),
        ("HostRegexp(`{s:[a-z]+}.a.test`)", "HostRegexp(`{s:[a-z]+}.a.test`)", "HostRegexp(`^[a-z]+\\.a\\.test$`)"),
        ("HostRegexp(`{s:[a-z]{2,3}}.a.test`)", "HostRegexp(`{s:[a-z]{2,3}}.a.test`)",
         "HostRegexp(`^[a-z]{2,3}\\.a\\.test$`)"),
        ("HostRegexp(`{any:.*}`)", "HostRegexp(`{any:.*}`)", "HostRegexp(`^.*$`)"),
        ("Query(`a=1`)", "Query(`a=1`)", "Query(`a`, `1`)"),
        ("Query(`a=1`, `b=2`)", "Query(`a=1`, `b=2`)", "Query(`a`, `1`) && Query(`b`, `2`)"),
        ("Method(`GET`, `POST`)", "Method(`GET`, `POST`)", "Method(`GET`) || Method(`POST`)"),
    ],
)  # fmt: skip
def test_the_new_syntax_is_told(rule: str, matcher: str, hint: str) -> None:
    found = [one for one in lint({"dynamic.yml": FILE.format(rule)}) if one.rule == "TL910"]
    assert [(one.text, one.hint, one.severity) for one in found] == [(matcher, f"write {hint}", "error")]


@pytest.mark.parametrize(
    ("rule", "version"),
    [
        ("Host(`a.test`) || Host(`b.test`)", "3.7"),
        ("PathRegexp(`^/x/[0-9]{2,3}$`)", "3.7"),
        ("HostRegexp(`^[a-z]{1,5}\\.a\\.test$`)", "3.7"),
        ("Header(`X-A`, `1`)", "3.7"),
        ("Query(`a`, `b=c`)", "3.7"),
        ("Query(`a`)", "3.7"),
        ("Host(`a.test`, `b.test`)", "2.11"),
        ("PathPrefix(`/v{n:[0-9]+}`)", "2.11"),
        ("Host(`{{ env \"NAME\" }}`, `b.test`)", "3.7"),
        ("Hots(`a.test`)", "3.7"),
        ("Host(a.test)", "3.7"),
    ],
)  # fmt: skip
def test_rules_of_the_version_and_broken_ones_are_silent(rule: str, version: str) -> None:
    assert [
        one for one in lint({"dynamic.yml": FILE.format(rule)}, version=version) if one.rule == "TL910"
    ] == []


def test_a_router_that_asks_for_the_old_syntax_is_silent() -> None:
    text = FILE.format("Host(`a.test`, `b.test`)") + "      ruleSyntax: v2\n"
    assert [one for one in lint({"dynamic.yml": text}) if one.rule == "TL910"] == []


LABELS = "services:\n  api:\n    image: registry.example.com/api:1.4\n    expose: ['80']\n    labels:\n      - '{}'\n"


def test_the_matcher_is_marked_inside_a_label() -> None:
    label = "traefik.http.routers.a.rule=Host(`a.test`) && Path(`/o/{id}`)"
    found = [one for one in lint({"compose.yml": LABELS.replace("{}", label)}) if one.rule == "TL910"]
    assert [(one.line, one.text) for one in found] == [(6, "Path(`/o/{id}`)")]


INGRESS = """\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: api
  annotations: {{{annotation}}}
spec:
  ingressClassName: {name}
  rules:
    - host: a.test
      http:
        paths:
          - path: {path}
            pathType: ImplementationSpecific
            backend: {{service: {{name: api, port: {{number: 80}}}}}}
"""
PATTERN = "traefik.ingress.kubernetes.io/router.pathmatcher: PathRegexp"


@pytest.mark.parametrize(
    ("path", "name", "annotation", "expected"),
    [
        ("/o/{id:[0-9]+}", "traefik", "", ["/o/{id:[0-9]+}"]),
        ("'/o/{id}'", "traefik-internal", "", ["/o/{id}"]),
        ("/o/{id:[0-9]+}", "traefik", PATTERN, []),
        ("/o/{id:[0-9]+}", "nginx", "", []),
        ("/o/[0-9]{2}", "traefik", "", []),
        ("/o", "traefik", "", []),
    ],
)
def test_ingress_paths(path: str, name: str, annotation: str, expected: list[str]) -> None:
    text = INGRESS.format(path=path, name=name, annotation=annotation)
    found = [one for one in lint({"ingress.yml": text}) if one.rule in ("TL910", "TL911")]
    assert [one.text.strip("'") for one in found] == expected
