"""Whether requests get from clients to Traefik and on to containers: TL605 to TL607, TL611 to TL614."""

from __future__ import annotations

import pytest

from tests.checks.compose_files import ON, RULE, app, project, service, traefik
from tests.checks.lint import found_by, lint

NETWORKS = "networks:\n  front:\n  back:\n  named: {name: web}\n  far: {external: true}\n"


def networked(
    own: str, container: str, *labels: str, flags: tuple[str, ...] = (), name: str = "name: shop\n"
) -> dict[str, str]:
    keys = f"networks: {container}" if container else ""
    rest = f"networks: {own}" if own.startswith("[") else own
    return project(name, traefik(*flags, rest=rest), service(ON, RULE, *labels, rest=keys), NETWORKS)


@pytest.mark.parametrize(
    ("files", "severities"),
    [
        (networked("[front]", "[front, back]", "traefik.docker.network=front"), ["warning"]),
        (networked("[front]", "[front]", "traefik.docker.network=front"), ["info"]),
        (networked("[front]", "[front, back]", "traefik.docker.network=nope"), ["warning"]),
        (networked("[front]", "[front, back]", flags=("--providers.docker.network=front",)), ["warning"]),
        (networked("[front]", "[front]", flags=("--providers.docker.network=front",)), ["info"]),
        (networked("[front]", "[front, back]", "traefik.docker.network=shop_front"), []),
        (networked("[named]", "[named, back]", "traefik.docker.network=web"), []),
        (networked("[far]", "[far, back]", "traefik.docker.network=far"), []),
        (networked("[front]", "[front, back]", "traefik.docker.network=${NETWORK}"), []),
        (networked("[front]", "[front, back]", "traefik.docker.network=other_front", name=""), []),
        (networked("[front]", "[front, back]", flags=("--providers.docker.network=shop_front",)), []),
    ],
)
def test_names_of_networks(files: dict[str, str], severities: list[str]) -> None:
    assert [one.severity for one in lint(files) if one.rule == "TL605"] == severities


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (networked("[front]", "[back]"), ["back"]),
        (networked("[front]", ""), ["app"]),
        (networked("", "[back]"), ["back"]),
        (networked("[front]", "[back, front]"), []),
        (networked("", ""), []),
        (networked("network_mode: host", "[back]"), []),
        (networked("[front]", "[named]", name="").copy() | {"compose.yml": "services: {}\n"}, []),
    ],
)
def test_no_network_in_common(files: dict[str, str], expected: list[str]) -> None:
    assert [found[2] for found in found_by("TL606", files)] == expected


def test_a_container_in_the_network_of_another() -> None:
    port = "traefik.http.services.app.loadbalancer.server.port=8080"
    vpn = service(name="vpn", rest="networks: [%s]")
    inside = service(ON, RULE, port, rest="network_mode: service:vpn")
    for network, expected in (("back", ["app"]), ("front", [])):
        files = project(traefik(rest="networks: [front]"), vpn % network, inside, NETWORKS)
        assert [found[2] for found in found_by("TL606", files)] == expected


def test_when_traefik_is_in_the_wrong_network_it_is_said_once() -> None:
    apps = [
        service(ON, RULE.replace("app", name), name=name, rest="networks: [back]") for name in ("a", "b", "c")
    ]
    files = project(traefik(rest="networks: [front]"), *apps, NETWORKS)
    assert [(found[1], found[2]) for found in found_by("TL606", files)] == [(12, "front")]


def test_a_container_of_another_project() -> None:
    other = "services:\n" + service(ON, RULE, rest="networks: [%s]") + "networks:\n  %s: {external: true}\n"
    front = project("name: edge\n", traefik(rest="networks: [front]"), NETWORKS)
    assert [
        found[2] for found in found_by("TL606", front | {"app/compose.yml": other % ("front", "front")})
    ] == ["front"]
    assert found_by("TL606", front | {"app/compose.yml": other % ("elsewhere", "elsewhere")}) == []
    assert found_by("TL606", front | {"app/compose.yml": other % ("edge_front", "edge_front")}) == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (networked("[front]", "[front, back]"), ["back"]),
        (networked("[front]", "[front, back]", "traefik.docker.network=shop_front"), []),
        (networked("[front]", "[front, back]", flags=("--providers.docker.network=shop_front",)), []),
        (networked("[front]", "[front, back]", flags=("--providers.docker.network=${NETWORK}",)), []),
        (networked("[front, back]", "[front, back]"), []),
        (networked("[front]", "[front]"), []),
        (networked("network_mode: host", "[front, back]"), []),
    ],
)
def test_left_to_chance(files: dict[str, str], expected: list[str]) -> None:
    assert [found[2] for found in found_by("TL607", files)] == expected


SECURE = "--entrypoints.websecure.address=:443"
TLS = ["traefik.http.routers.app.entrypoints=websecure", "traefik.http.routers.app.tls=true"]


@pytest.mark.parametrize(
    ("compose", "labels", "expected"),
    [
        (traefik(SECURE), TLS, [":443"]),
        (traefik(SECURE.replace("443", "8443"), ports='["80:80", "443:443"]'), TLS, ['"443:443"']),
        (traefik(SECURE, ports='["80:80", "443:443"]'), TLS, []),
        (traefik(SECURE, ports='["443:443", "80:80"]'), [], []),
        (traefik(SECURE.replace("443", "8443"), ports='["443:8443"]'), TLS, []),
        (traefik(SECURE.replace("443", "9443")), TLS, []),  # not a port for the public
        (traefik(SECURE, ports=""), TLS, []),  # something else brings the requests
        (traefik(SECURE, ports="", rest="network_mode: host"), TLS, []),
        (traefik(SECURE), ["traefik.http.routers.app.entrypoints=web,websecure"], []),
        (traefik(SECURE), [], []),
    ],
)
def test_published_entry_points(compose: str, labels: list[str], expected: list[str]) -> None:
    files = project(compose, service(ON, RULE, *labels))
    assert [found[2].rpartition("=")[2] for found in found_by("TL611", files)] == expected


@pytest.mark.parametrize(
    ("ports", "expected"),
    [
        ('["443:443"]', True),
        ('["443:443/tcp"]', True),
        ('["443:443", "443:443/udp"]', False),
        ("", False),
    ],
)
def test_http3(ports: str, expected: bool) -> None:
    compose = traefik(SECURE, "--entrypoints.websecure.http3=true", ports=ports)
    assert bool(found_by("TL612", project(compose))) is expected
    assert found_by("TL612", project(traefik(SECURE, ports=ports))) == []


@pytest.mark.parametrize(
    ("image", "test", "expected"),
    [
        ("traefik/whoami:v1.11", '["CMD", "curl", "-f", "http://localhost"]', True),
        ("python:3.13-slim", '["CMD-SHELL", "curl -f http://localhost:8080 || exit 1"]', True),
        ("node:22-alpine", "curl -f http://localhost:8080", True),
        ("nginx:1.29-alpine", '["CMD", "curl", "-f", "http://localhost:8080/"]', True),
        ("nginx:1.29-alpine", '["CMD", "curl", "-f", "http://localhost/"]', False),
        ("node:22", '["CMD", "curl", "-f", "http://localhost:8080"]', False),
        ("node:22-alpine", '["CMD", "wget", "-q", "--spider", "http://localhost:8080"]', False),
        ("python:3.13-slim", '["CMD", "python", "-c", "import app"]', False),
        ("registry.example.com/nginx:1", '["CMD", "curl", "-f", "http://localhost:8080/"]', False),
        ("nginx:1.29", '["CMD", "curl", "-f", "http://other:8080/"]', False),
        ("${IMAGE}", '["CMD", "curl", "-f", "http://localhost:8080/"]', False),
    ],
)
def test_health_checks(image: str, test: str, expected: bool) -> None:
    rest = f'expose: ["80"]\nhealthcheck:\n  test: {test}'
    assert bool(found_by("TL613", app(image=image, rest=rest))) is expected


PORT = "traefik.http.services.app.loadbalancer.server.port=8123"


@pytest.mark.parametrize(
    ("own", "rest", "expected"),
    [
        ("", "network_mode: host", True),
        ('extra_hosts: ["host.docker.internal:host-gateway"]', "network_mode: host", False),
        ("extra_hosts: {host.docker.internal: host-gateway}", "network_mode: host", False),
        ("network_mode: host", "network_mode: host", False),
        ("", "", False),
    ],
)
def test_the_hosts_network(own: str, rest: str, expected: bool) -> None:
    files = project(traefik(rest=own, ports=""), service(ON, RULE, PORT, rest=rest))
    assert bool(found_by("TL614", files)) is expected


@pytest.mark.parametrize(
    ("ports", "expected"),
    [
        ('["80:80", "53:53"]', ['"53:53"']),
        ('["80:80", "5353:53/tcp"]', ['"5353:53/tcp"']),
        ('["80:80", "53:53/udp"]', []),
        ('["80:80", "53:53", "53:53/udp"]', []),
    ],
)
def test_entry_points_for_udp(ports: str, expected: list[str]) -> None:
    labels = [
        "traefik.udp.routers.dns.entrypoints=dns",
        "traefik.udp.services.dns.loadbalancer.server.port=53",
    ]
    files = project(traefik("--entrypoints.dns.address=:53/udp", ports=ports), service(ON, *labels))
    assert [found[2] for found in found_by("TL611", files)] == expected
