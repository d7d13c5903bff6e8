"""Sections without options, sections that are switched off, values of another shape, indices and broken keys."""

from __future__ import annotations

import pytest

from tests.checks.lint import lint

SERVICE = "services:\n  api:\n    image: registry.example.com/api:1.4\n    expose: ['8080']\n    labels:\n      - {}\n"
RULES = ("TL015", "TL016", "TL017", "TL018", "TL020", "TL021", "TL022", "TL023")
R = "traefik.http.routers.a"


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        (f"{R}.tls=yes", [("TL016", "yes")]),
        (f"{R}.tls=web", [("TL016", "web")]),
        (f"{R}.tls=false", []),
        (f"{R}.tls=true", []),
        (f"{R}.tls=TRUE", []),
        (f"{R}.tls=${{TLS}}", []),
        (f"{R}.tls=${{TLS:-yes}}", [("TL016", "yes")]),
        (f"{R}.priority=high", [("TL018", "high")]),
        (f"{R}.priority=", [("TL018", "priority")]),
        (f"{R}.priority=10", []),
        (f"{R}.entrypoints[0]=web", [("TL020", "[0]")]),
        (f"{R}.tls.domains.main=a.example.com", [("TL020", "main")]),
        (f"{R}.tls.domains[0].main=a.example.com", []),
        (f"{R}..rule=Host(`a.example.com`)", [("TL021", f"{R}..rule")]),
        (f"{R}.rule.=Host(`a.example.com`)", [("TL021", f"{R}.rule.")]),
        ("traefik.http.routers.tls=true", [("TL017", "tls")]),
        ("traefik.http.middlewares.m.compress=true", []),
        ("traefik.http.middlewares.m.stripprefix=true", [("TL015", "stripprefix")]),
        ("traefik.http.middlewares.m.basicauth=", [("TL015", "basicauth")]),
        ("traefik.http.services.s.loadbalancer=true", [("TL015", "loadbalancer")]),
        ("traefik.http.middlewares.m.plugin.geo.anything.goes=here", []),
        ("traefik.http.services.s.loadbalancer.healthcheck.interval=10x", [("TL018", "10x")]),
        ("traefik.http.services.s.loadbalancer.healthcheck.interval=1d", [("TL018", "1d")]),
        ("traefik.http.services.s.loadbalancer.healthcheck.interval=10", []),
        ("traefik.enable=yes", [("TL018", "yes")]),
        ("traefik.enable=${ENABLED}", []),
        ("traefik.enable=1", []),
    ],
)  # fmt: skip
def test_labels(label: str, expected: list[tuple[str, str]]) -> None:
    found = lint({"compose.yml": SERVICE.format(label)})
    assert [(one.rule, one.text) for one in found if one.rule in RULES] == expected


FILE = "http:\n  routers:\n    a:\n      rule: Host(`a.example.com`)\n      service: noop@internal\n"


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("      tls: {}\n", []),
        ("      tls: true\n", []),
        ("      tls: yes\n", [("TL016", "yes")]),
        ("      tls:\n", [("TL023", "tls")]),
        ("      tls: ~\n", [("TL023", "tls")]),
        ("      priority: '7'\n", []),
        ("      priority: 7.5\n", [("TL018", "7.5")]),
        ("      entryPoints: web\n", []),
        ("      entryPoints: {web: true}\n", [("TL017", "web")]),
        ("      Rule: Host(`b.example.com`)\n", [("TL022", "Rule")]),
        ("      tls:\n        domains: [a.example.com]\n", [("TL017", "a.example.com")]),
        ("  middlewares:\n    m:\n      stripPrefix: {}\n", [("TL015", "stripPrefix")]),
        ("  middlewares:\n    m:\n      compress: {}\n", []),
        ("  middlewares: {}\n", [("TL015", "middlewares")]),
        ("  middlewares:\n", []),
        ("    b:\n", [("TL023", "b")]),
        ("      observability:\n        tracing: {{ .Values.tracing }}\n", []),
    ],
)  # fmt: skip
def test_dynamic_files(more: str, expected: list[tuple[str, str]]) -> None:
    found = lint({"dynamic.yml": FILE + more})
    assert [(one.rule, one.text) for one in found if one.rule in RULES] == expected


@pytest.mark.parametrize(
    ("flag", "expected"),
    [
        ("--api", []),
        ("--api=true", []),
        ("--api=yes", [("TL016", "yes")]),
        ("--api.insecure=yes", [("TL018", "yes")]),
        ("--providers.file=true", [("TL015", "file")]),
        ("--ping=1", [("TL016", "1")]),
        ("--entrypoints.web.transport.lifecycle.gracetimeout=10", []),
        ("--entrypoints.web.transport.lifecycle.gracetimeout=ten", [("TL018", "ten")]),
    ],
)
def test_flags(flag: str, expected: list[tuple[str, str]]) -> None:
    compose = f"services:\n  traefik:\n    image: traefik:v3.7\n    command:\n      - {flag}\n"
    found = lint({"compose.yml": compose})
    assert [(one.rule, one.text) for one in found if one.rule in RULES] == expected
