"""Which port Traefik asks, against what the files say about ports: TL503 to TL507."""

from __future__ import annotations

import pytest

from tests.checks.compose_files import ON, RULE, app, project, service, traefik
from tests.checks.lint import found_by, lint

PORT = "traefik.http.services.app.loadbalancer.server.port"


@pytest.mark.parametrize(
    ("files", "text"),
    [
        (app(image="gitea/gitea:1.24", rest='ports: ["2222:22"]'), "traefik.http.routers.app.rule"),
        (app(image="docker.io/gitea/gitea", rest=""), "traefik.http.routers.app.rule"),
        (app(image="pihole/pihole:2025.08.0", rest=""), "traefik.http.routers.app.rule"),
        (app(rest='expose: ["22", "9000"]'), "traefik.http.routers.app.rule"),
        (app(rest='expose: ["5005", "8080"]\nenvironment: {PORT: "8080"}'), "traefik.http.routers.app.rule"),
    ],
)
def test_the_lowest_port_is_known_to_be_wrong(files: dict[str, str], text: str) -> None:
    assert [found[2] for found in found_by("TL504", files)] == [text]


@pytest.mark.parametrize(
    "files",
    [
        app(f"{PORT}=3000", image="gitea/gitea:1.24", rest='ports: ["2222:22"]'),
        app(image="registry.example.com/team/gitea:1", rest=""),  # another image of that name
        app(image="jenkins/jenkins:lts", rest='ports: ["50000:50000"]'),
        app(rest='expose: ["3000", "9229"]'),
        app(rest='expose: ["3306", "8080"]'),  # an unknown image may well expose 80
        app(image="${IMAGE}", rest='ports: ["2222:2222"]'),
        project(traefik(), service("traefik.enable=false", RULE, image="gitea/gitea:1.24", rest="")),
        project(traefik(), service(image="gitea/gitea:1.24", rest="")),
    ],
)
def test_nothing_is_known_against_the_lowest_port(files: dict[str, str]) -> None:
    assert found_by("TL504", files) == []


@pytest.mark.parametrize(
    ("labels", "rest", "expected"),
    [
        ([f"{PORT}=9090"], 'ports: ["9090:8080"]', ["9090"]),
        ([f"{PORT}=9090"], 'ports: ["127.0.0.1:9090:8080"]', ["9090"]),
        ([f"{PORT}=8080"], 'ports: ["9090:8080"]', []),
        ([f"{PORT}=9090"], 'ports: ["9090:8080", "9091:9090"]', []),
        ([f"{PORT}=9090"], 'ports: ["9090:8080"]\nexpose: ["9090"]', []),
        ([f"{PORT}=9090"], 'ports: ["9090:8080"]\nenvironment: {PORT: "9090"}', []),
        ([f"{PORT}=${{PORT}}"], 'ports: ["9090:8080"]', []),
    ],
)
def test_the_port_on_the_host(labels: list[str], rest: str, expected: list[str]) -> None:
    assert [found[2] for found in found_by("TL505", app(*labels, rest=rest))] == expected


@pytest.mark.parametrize(
    ("port", "says"),
    [
        ("8080/tcp", "can't build"),
        ("80:8080", "can't build"),
        ("http", "can't build"),
        (" 8080", "can't build"),
        ("99999", "never reaches"),
        ("8080", None),
        ("${APP_PORT}", None),
        ("", None),  # the automatic port
    ],
)
def test_what_is_no_port(port: str, says: str | None) -> None:
    messages = [one.message for one in lint(app(f"{PORT}={port}")) if one.rule == "TL506"]
    assert [(says or "?") in message for message in messages] == ([] if says is None else [True])


@pytest.mark.parametrize(
    ("port", "image", "rest", "expected"),
    [
        ("3000", "", 'environment: {PORT: "8080"}', ["3000"]),
        ("3000", "", 'command: ["serve", "--port", "8080"]', ["3000"]),
        ("3000", "", "command: serve --port=8080", ["3000"]),
        ("3000", "", 'environment: {ASPNETCORE_URLS: "http://+:8080"}', ["3000"]),
        ("8080", "nginx:1.29", "", ["8080"]),
        ("8080", "", 'environment: {PORT: "8080"}', []),
        ("3000", "", 'environment: {PORT: "${PORT}"}', []),
        ("3000", "", 'environment: {DB_PORT: "5432"}', []),
        ("3000", "", 'environment: {PORT: "8080"}\nexpose: ["3000"]', []),
        ("3000", "", "", []),
        ("8080", "nginx:1.29", 'volumes: ["./nginx.conf:/etc/nginx/nginx.conf"]', []),
        ("8083", "sonatype/nexus3:3.80.0", "", []),  # its ports are set at run time
        ("80", "traefik/whoami:v1.11", "", []),
    ],
)
def test_a_port_nobody_listens_on(port: str, image: str, rest: str, expected: list[str]) -> None:
    files = app(f"{PORT}={port}", rest=rest, **({"image": image} if image else {}))
    assert [found[2] for found in found_by("TL507", files)] == expected


SWARM = (
    "services:\n  traefik:\n    image: traefik:v3.7\n    command: --providers.swarm --entrypoints.web.address=:80\n"
    '    ports: ["80:80"]\n    volumes: ["/var/run/docker.sock:/var/run/docker.sock"]\n'
    '  app:\n    image: app\n    expose: ["8080"]\n    deploy:\n      labels:\n        - %s\n        - %s\n'
)


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"stack.yml": SWARM % (ON, RULE)}, ["traefik.http.routers.app.rule"]),
        ({"stack.yml": SWARM % (RULE, f"{PORT}=8080")}, []),
        (app(rest="network_mode: host"), ["traefik.http.routers.app.rule"]),
        (app(rest="network_mode: service:traefik"), ["traefik.http.routers.app.rule"]),
        (app(f"{PORT}=8080", rest="network_mode: host"), []),
        (app(image="python:3.13", rest=""), ["traefik.http.routers.app.rule"]),
        (app(image="nginx:1.29", rest=""), []),
        (app(rest=""), []),
        (app(rest="build: ./app"), []),  # its Dockerfile is not there
        (app(rest="build: ./app") | {"app/Dockerfile": "FROM node:22\nCMD node ."}, ["traefik.http.routers.app.rule"]),
        (app(rest="build: ./app") | {"app/Dockerfile": "FROM node:22\nEXPOSE 3000\n"}, []),
        (app(rest="build: ./app") | {"app/Dockerfile": "FROM company/base\nCMD node ."}, []),
        (app(rest="build: ./app") | {"app/Dockerfile": "FROM golang AS b\nFROM scratch\nCOPY --from=b / /"},
         ["traefik.http.routers.app.rule"]),
        (app(rest="build: {context: ., dockerfile: D}") | {"D": "FROM $BASE\n"}, []),
    ],
)  # fmt: skip
def test_no_port_at_all(files: dict[str, str], expected: list[str]) -> None:
    assert [found[2] for found in found_by("TL503", files)] == expected


@pytest.mark.parametrize("port", ["9" * 5000, "²", "٣", "-1", "0x50", "1_0"])
def test_odd_numbers_break_nothing(port: str) -> None:
    files = app(f"{PORT}={port}", rest='ports: ["9090:8080"]')
    files["dynamic/app.yml"] = (
        "http:\n  routers: {x: {rule: Host(`x.example.com`), service: x}}\n"
        f'  services: {{x: {{loadBalancer: {{servers: [{{url: "http://app:{port}"}}, {{url: "http://localhost:{port}"}}]}}}}}}\n'
    )
    assert [found[2] for found in found_by("TL506", files)] == [port]
