"""Servers that are asked by another name or protocol, and cookies that are not kept: TL526 to TL529."""

from __future__ import annotations

import pytest

from tests.checks.compose_files import ON, RULE, app, project, service, traefik
from tests.checks.lint import found_by

PORT = "traefik.http.services.app.loadbalancer.server."
COOKIE = "traefik.http.services.app.loadbalancer.sticky.cookie."


def served(url: str) -> str:
    return (
        "http:\n  routers:\n    x: {rule: Host(`x.example.com`), service: x}\n  services:\n"
        f'    x: {{loadBalancer: {{servers: [{{url: "{url}"}}]}}}}\n'
    )


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://whoamy:80", True),
        ("http://who-ami:80", True),
        ("http://whoami:80", False),
        ("http://grafana:3000", False),
        ("http://whoamy.example.com", False),
        ("http://10.0.0.5", False),
        ("http://seen:80", False),
        ("http://echo:80", False),
        ("${URL}", False),
    ],
)
def test_names_of_servers(url: str, expected: bool) -> None:
    other = service(name="whoami", image="traefik/whoami", rest="container_name: seen\nhostname: echo")
    assert bool(found_by("TL526", project(traefik(), other, dynamic=served(url)))) is expected


@pytest.mark.parametrize(
    ("image", "labels", "expected"),
    [
        ("postgres:16", [], True),
        ("postgres:16", ["port=5432"], True),
        ("bitnami/redis:7", ["port=6379"], True),
        ("eclipse-mosquitto:2", ["port=1883"], True),
        ("eclipse-mosquitto:2", ["port=9001"], False),
        ("nginx:1.27", ["port=5432"], False),
        ("postgrest/postgrest", ["port=3000"], False),
        ("${IMAGE}", ["port=5432"], False),
    ],
)
def test_protocols(image: str, labels: list[str], expected: bool) -> None:
    files = app(*(PORT + label for label in labels), image=image, rest="")
    assert bool(found_by("TL527", files)) is expected


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["port=50051"], True),
        (["port=50051", "scheme=http"], True),
        (["port=50051", "scheme=h2c"], False),
        (["port=50051", "scheme=https"], False),
        (["port=50051", "scheme=${SCHEME}"], False),
        (["port=8080"], False),
    ],
)
def test_grpc(labels: list[str], expected: bool) -> None:
    assert bool(found_by("TL528", app(*(PORT + label for label in labels)))) is expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [("http://10.0.0.5:50051", True), ("h2c://10.0.0.5:50051", False), ("http://10.0.0.5:5005", False)],
)
def test_grpc_in_files(url: str, expected: bool) -> None:
    assert bool(found_by("TL528", project(traefik(), dynamic=served(url)))) is expected


@pytest.mark.parametrize(
    ("flags", "labels", "expected"),
    [
        ([], [COOKIE + "samesite=none"], True),
        ([], [COOKIE + "secure=true"], True),
        ([], [COOKIE + "samesite=lax"], False),
        ([], [COOKIE + "secure=false"], False),
        ([], [COOKIE + "secure=true", "traefik.http.routers.app.tls=true"], False),
        ([], [COOKIE + "secure=true", COOKIE + "samesite=none", "traefik.http.routers.app.tls=true"], False),
        (["--entrypoints.web.forwardedheaders.insecure=true"], [COOKIE + "secure=true"], False),
        ([], [COOKIE + "secure=${SECURE}"], False),
    ],
)
def test_cookies(flags: list[str], labels: list[str], expected: bool) -> None:
    files = project(traefik(*flags), service(ON, RULE, *labels))
    assert bool(found_by("TL529", files)) is expected
