"""What the hint of an unknown option proposes."""

from __future__ import annotations

import pytest

from tests.checks.lint import lint

SERVICE = (
    "services:\n  api:\n    image: registry.example.com/api:1.4\n    labels:\n      - traefik.http.{}=x\n"
)


@pytest.mark.parametrize(
    ("label", "hint"),
    [
        ("routers.a.services", 'write "service"'),
        ("routers.a.middleware", 'write "middlewares"'),
        ("routers.a.certresolver", 'write "tls.certresolver"'),
        ("routers.a.tls.resolver", 'write "certresolver"'),
        ("routers.a.host", 'write "rule"'),
        ("routers.a.loadbalancer.server.port", '"loadbalancer" belongs under http.services.<name>'),
        ("services.a.server.port", 'write "loadbalancer.server"'),
        ("services.a.port", 'write "loadbalancer.server.port" or "loadbalancer.healthcheck.port"'),
        ("services.a.loadbalancer.port", 'write "server.port" or "healthcheck.port"'),
        ("services.a.loadbalancer.servers.port", 'write "server"'),
        ("middlewares.a.users", 'write "basicauth.users" or "digestauth.users"'),
        ("middlewares.a.stripprefix.prefix", 'write "prefixes"'),
        ("middlewares.a.headers.accessControlAllowOrigins", 'write "accesscontrolalloworiginlist"'),
        ("middlewares.a.allowlist.sourcerange", 'write "ipallowlist"'),
        ("routers.a.prefixes", '"prefixes" belongs under http.middlewares.<name>.stripprefix'),
    ],
)
def test_labels(label: str, hint: str) -> None:
    found = [one.hint for one in lint({"compose.yml": SERVICE.format(label)}) if one.rule == "TL010"]
    assert found == [hint]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("http: {routers: {a: {entryPoint: web}}}", 'write "entryPoints"'),
        ("http: {routers: {a: {certResolver: le}}}", 'put "certResolver" under "tls"'),
        ("http: {routers: {a: {compress: true}}}", '"compress" belongs under http.middlewares.<name>'),
        ("http: {services: {a: {servers: []}}}", 'put "servers" under "loadBalancer"'),
        (
            "http: {routers: {a: {dashboard: true}}}",
            '"dashboard" belongs into the static configuration, under api',
        ),
    ],
)
def test_files(text: str, hint: str) -> None:
    found = [one.hint for one in lint({"dynamic.yml": text + "\n"}) if one.rule == "TL010"]
    assert [one[: len(hint)] for one in found] == [hint]


@pytest.mark.parametrize("name", ["prot", "portt", "pot", "Prt"])
def test_the_port_of_a_label_is_proposed(name: str) -> None:
    label = f"services.a.loadbalancer.server.{name}"
    assert [one.hint for one in lint({"compose.yml": SERVICE.format(label)}) if one.rule == "TL010"] == [
        'write "port"'
    ]
