"""Servers in files, and what Traefik makes of their URLs: TL508 to TL513, TL517 to TL523."""

from __future__ import annotations

import pytest

from tests.checks.compose_files import ON, RULE, app, project, service, traefik
from tests.checks.lint import found_by


def dynamic(url: str, more: str = "") -> str:
    return (
        "http:\n  routers:\n    x:\n      rule: Host(`x.example.com`)\n      service: x\n  services:\n    x:\n"
        f'      loadBalancer:\n        servers:\n          - url: "{url}"\n{more}'
    )


@pytest.mark.parametrize(
    ("url", "rules"),
    [
        ("app:8080", ["TL508"]),
        ("10.0.0.5:8080", ["TL508"]),
        ("//app:8080", ["TL508"]),
        ("ftp://app", ["TL508"]),
        ("http://app:http", ["TL508"]),
        ("http://", ["TL508"]),
        ("http://app:8080/base", ["TL509"]),
        ("http://app:443", ["TL518"]),
        ("https://app:80", ["TL518"]),
        ("http://app:8080", []),
        ("https://app", []),
        ("h2c://app:50051", []),
        ("http://[fd00::5]:8080", []),
        ("http://app:8080/", []),
        ("http://app:8443", []),
        ("http://${HOST}:8080", []),
        ("{{ backend }}", []),
    ],
)
def test_urls(url: str, rules: list[str]) -> None:
    files = {"dynamic.yml": dynamic(url)}
    assert [rule for rule in ("TL508", "TL509", "TL518") if found_by(rule, files)] == rules


def test_only_the_path_is_pointed_at() -> None:
    assert found_by("TL509", {"dynamic.yml": dynamic("http://app/a/b")}) == [("dynamic.yml", 10, "/a/b")]


def test_a_path_that_is_kept() -> None:
    assert (
        found_by("TL509", {"dynamic.yml": dynamic("http://app/a", "            preservePath: true\n")}) == []
    )


@pytest.mark.parametrize(
    ("url", "compose", "expected"),
    [
        ("http://localhost:3000", traefik(), True),
        ("http://127.0.0.1", traefik(ports='["8080:8080"]').replace(":80\"", ":8080\""), True),
        ("http://localhost:3000", traefik(rest="network_mode: host", ports=""), False),
        ("http://localhost:80", traefik(), False),  # one of Traefik's own entry points
        ("http://localhost:3000", traefik() + service(rest="network_mode: service:traefik"), False),
        ("http://app:3000", traefik() + service(), False),
    ],
)  # fmt: skip
def test_localhost_is_traefik_itself(url: str, compose: str, expected: bool) -> None:
    assert bool(found_by("TL517", project(compose, dynamic=dynamic(url)))) is expected


@pytest.mark.parametrize(
    ("url", "rest", "rules"),
    [
        ("http://app:9090", 'ports: ["9090:8080"]', ["TL522"]),
        ("http://app:8080", 'ports: ["9090:8080"]', []),
        ("http://app:9090", 'ports: ["9090:8080"]\nexpose: [9090]', []),
        ("http://other:9090", 'ports: ["9090:8080"]', []),
        ("http://app:8080", "networks: [own]", ["TL523"]),
        ("http://app:8080", "network_mode: host", ["TL523"]),
        ("http://app:8080", "networks: [own, default]", []),
        ("http://app.example.com:8080", "networks: [own]", []),
    ],
)
def test_urls_with_the_name_of_a_compose_service(url: str, rest: str, rules: list[str]) -> None:
    files = project(traefik(), service(rest=rest), "networks:\n  own:\n", dynamic=dynamic(url))
    assert [rule for rule in ("TL522", "TL523") if found_by(rule, files)] == rules


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("own", True),
        ("own@docker", True),
        ("own@file", True),
        ("tls@file", False),
        ("own@consulcatalog", True),
    ],
)
def test_transports_in_labels(label: str, expected: bool) -> None:
    files = app(f"traefik.http.services.app.loadbalancer.serverstransport={label}")
    files["dynamic/app.yml"] = "http:\n  serversTransports:\n    tls:\n      serverName: a\n"
    assert bool(found_by("TL510", files)) is expected


SERVICES = "http:\n  routers:\n    x:\n      rule: Host(`x.example.com`)\n      service: x\n  services:\n"
BALANCER = "    %s: {loadBalancer: {%sservers: [{url: 'http://app'}]}}\n"


@pytest.mark.parametrize(
    ("services", "rules"),
    [
        ("    x: {failover: {service: a, fallback: b}}\n" + BALANCER % ("a", "") + BALANCER % ("b", ""), ["TL511"]),
        ("    x: {failover: {service: a, fallback: b}}\n" + BALANCER % ("a", "healthCheck: {path: /}, ")
         + BALANCER % ("b", ""), []),
        ("    x: {weighted: {healthCheck: {}, services: [{name: a}]}}\n" + BALANCER % ("a", ""), ["TL511"]),
        ("    x: {weighted: {services: [{name: a}]}}\n" + BALANCER % ("a", ""), []),
        ("    x: {weighted: {services: [{name: y}]}}\n    y: {weighted: {services: [{name: x}]}}\n", ["TL512"]),
        ("    x: {weighted: {services: [{name: a}]}, loadBalancer: {servers: [{url: 'http://a'}]}}\n"
         + BALANCER % ("a", ""), ["TL512"]),
        ("    x: {weighted: {services: [{name: a, weight: 0}]}}\n" + BALANCER % ("a", ""), ["TL513"]),
        ("    x: {weighted: {services: [{name: a, weight: 0}, {name: a}]}}\n" + BALANCER % ("a", ""), []),
        ("    x: {loadBalancer: {servers: []}}\n", ["TL513"]),
        ("    x: {loadBalancer: {sticky: {}, servers: [{url: 'http://a'}]}}\n", ["TL520"]),
        ("    x: {loadBalancer: {sticky: {cookie: {}}, servers: [{url: 'http://a'}]}}\n", []),
    ],
)  # fmt: skip
def test_services_that_can_not_answer(services: str, rules: list[str]) -> None:
    files = {"dynamic.yml": SERVICES + services}
    assert [rule for rule in ("TL511", "TL512", "TL513", "TL520") if found_by(rule, files)] == rules


@pytest.mark.parametrize(
    ("address", "expected"),
    [("db", True), ("tcp://db", True), ("db:5432", False), ("[fd00::1]:5432", False), (":5432", False)],
)
def test_addresses_of_streams(address: str, expected: bool) -> None:
    text = (
        "tcp:\n  routers:\n    d: {rule: HostSNI(`*`), service: d}\n  services:\n"
        f'    d: {{loadBalancer: {{servers: [{{address: "{address}"}}]}}}}\n'
    )
    assert bool(found_by("TL521", {"dynamic.yml": text})) is expected


@pytest.mark.parametrize(
    ("flags", "labels", "url", "expected"),
    [
        ([], ["server.scheme=https", "server.port=8443"], "http://10.0.0.5", ["https"]),
        ([], [], "https://10.0.0.5:8443", ["https://10.0.0.5:8443"]),
        ([], [], "https://[fd00::5]", ["https://[fd00::5]"]),
        (["--serverstransport.insecureskipverify=true"], ["server.scheme=https"], "https://10.0.0.5", []),
        ([], ["server.scheme=https", "serverstransport=inside@file"], "https://nas.example.com", []),
        ([], ["server.scheme=${SCHEME}"], "https://1.1.1.1", []),
        ([], ["server.scheme=http"], "http://10.0.0.5", []),
    ],
)
def test_certificates_for_addresses(
    flags: list[str], labels: list[str], url: str, expected: list[str]
) -> None:
    own = [f"traefik.http.services.app.loadbalancer.{label}" for label in labels]
    files = project(traefik(*flags), service(ON, RULE, *own), dynamic=dynamic(url))
    assert [found[2].strip('"') for found in found_by("TL525", files)] == expected
