"""Ways past authentication and things believed without looking: TL801 to TL809."""

from __future__ import annotations

import pytest

from tests.checks.compose_files import ON, RULE, project, service, traefik
from tests.checks.lint import found_by, lint

USERS = "traefik.http.middlewares.admin.basicauth.users=admin:$$apr1$$kq3Rb1xZ$$znLCR6UWDU1UdyQinECDt/"
API = [
    ON, "traefik.http.routers.api.rule=Host(`traefik.example.com`)", "traefik.http.routers.api.service=api@internal",
]  # fmt: skip
GUARDED = [*API, "traefik.http.routers.api.middlewares=admin", USERS]


def labels(*texts: str) -> str:
    return "labels:\n" + "".join(f"  - {text}\n" for text in texts)


@pytest.mark.parametrize(
    ("ports", "own", "expected"),
    [
        ('["80:80", "8080:8080"]', labels(*GUARDED), ["warning"]),
        ('["80:80", "8080:8080"]', "", ["info"]),
        ('["80:80", "9000:8080"]', "", ["info"]),
        ('["80:80", "127.0.0.1:8080:8080"]', labels(*GUARDED), []),
        ('["80:80"]', labels(*GUARDED), []),
        ("", "network_mode: host", ["info"]),
    ],
)
def test_the_insecure_api(ports: str, own: str, expected: list[str]) -> None:
    files = project(traefik("--api.insecure=true", ports=ports, rest=own))
    assert [one.severity for one in lint(files) if one.rule == "TL801"] == expected
    safe = project(traefik("--api=true", ports=ports, rest=own))
    assert found_by("TL801", safe) == []


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (API, True),
        (GUARDED, False),
        ([*API, "traefik.http.routers.api.middlewares=login@file"], False),  # who knows what it is
        ([text.replace("traefik.example.com", "traefik.localhost") for text in API], False),
        ([text.replace("traefik.example.com", "traefik.home.example.com") for text in API], False),
        ([text.replace("traefik.example.com", "traefik.${DOMAIN}") for text in API], False),
        ([text.replace("`)", "`) && ClientIP(`10.0.0.0/8`)") for text in API], False),
        ([*API, "traefik.http.routers.api.middlewares=small", "traefik.http.middlewares.small.compress=true"], True),
        ([*API, "traefik.http.routers.api.middlewares=all", "traefik.http.middlewares.all.chain.middlewares=admin",
          USERS], False),
    ],
)  # fmt: skip
def test_the_api_under_a_public_name(texts: list[str], expected: bool) -> None:
    assert bool(found_by("TL802", project(traefik("--api=true", rest=labels(*texts))))) is expected


def test_a_password_asked_for_by_the_entry_point() -> None:
    flags = ("--api=true", "--entrypoints.web.http.middlewares=admin@docker")
    assert found_by("TL802", project(traefik(*flags, rest=labels(*API, USERS)))) == []


@pytest.mark.parametrize(
    ("ranges", "expected"),
    [
        ("0.0.0.0/0", ["0.0.0.0/0"]),
        ("10.0.0.0/8, ::/0", ["::/0"]),
        ("10.0.0.0/8,192.168.0.0/16", []),
        ("0.0.0.0/1", []),
    ],
)
def test_lists_that_allow_all(ranges: str, expected: list[str]) -> None:
    files = project(
        traefik(), service(ON, RULE, f"traefik.http.middlewares.m.ipallowlist.sourcerange={ranges}")
    )
    assert [found[2].strip() for found in found_by("TL803", files)] == expected


@pytest.mark.parametrize(
    ("flags", "middlewares", "expected"),
    [
        (["--entrypoints.web.forwardedheaders.insecure=true"], [], ["info"]),
        (["--entrypoints.web.proxyprotocol.insecure=true"], [], ["info"]),
        (
            ["--entrypoints.web.forwardedheaders.insecure=true"],
            [
                "traefik.http.routers.app.middlewares=m",
                "traefik.http.middlewares.m.ipallowlist.sourcerange=10.0.0.0/8",
                "traefik.http.middlewares.m.ipallowlist.ipstrategy.depth=1",
            ],
            ["warning"],
        ),
        (["--entrypoints.web.forwardedheaders.insecure=false"], [], []),
        (["--entrypoints.web.forwardedheaders.trustedips=10.0.0.7"], [], []),
    ],
)
def test_believed_headers(flags: list[str], middlewares: list[str], expected: list[str]) -> None:
    files = project(traefik(*flags), service(ON, RULE, *middlewares))
    assert [one.severity for one in lint(files) if one.rule == "TL804"] == expected


@pytest.mark.parametrize(
    ("version", "expected"), [("VersionTLS10", 1), ("VersionTLS11", 1), ("VersionTLS13", 0)]
)
def test_outdated_versions(version: str, expected: int) -> None:
    files = {"dynamic.yml": f"tls:\n  options:\n    old:\n      minVersion: {version}\n"}
    assert len(found_by("TL810", files)) == expected


def test_certificates() -> None:
    assert len(found_by("TL805", project(traefik("--serverstransport.insecureskipverify=true")))) == 1
    assert found_by("TL805", project(traefik("--serverstransport.insecureskipverify=false"))) == []


AUTH = ["traefik.http.routers.app.middlewares=admin", USERS]


@pytest.mark.parametrize(
    ("compose", "texts", "expected"),
    [
        (traefik(), AUTH, ["traefik.http.routers.app.rule"]),
        (traefik(), [], []),
        (traefik("--entrypoints.websecure.address=:443", "--entrypoints.web.http.redirections.entrypoint.to=websecure"),
         AUTH, []),
        (traefik(), [*AUTH, "traefik.http.routers.app.tls=true"], []),
    ],
)  # fmt: skip
def test_passwords_over_plain_http(compose: str, texts: list[str], expected: list[str]) -> None:
    assert [found[2] for found in found_by("TL806", project(compose, service(ON, RULE, *texts)))] == expected


@pytest.mark.parametrize(
    ("texts", "rest", "expected"),
    [
        (AUTH, 'ports: ["8080:8080"]', ['"8080:8080"']),
        (AUTH, 'ports: ["127.0.0.1:8080:8080"]', []),
        (AUTH, 'ports: ["8080"]', []),
        (AUTH, 'expose: ["8080"]', []),
        (["traefik.http.services.app.loadbalancer.server.port=80", *AUTH], 'ports: ["8443:8443"]', []),
        ([], 'ports: ["8080:8080"]', []),
    ],
)
def test_ports_past_authentication(texts: list[str], rest: str, expected: list[str]) -> None:
    files = project(traefik(), service(ON, RULE, *texts, rest=rest))
    assert [found[2] for found in found_by("TL807", files)] == expected


def test_the_rest_provider() -> None:
    assert len(found_by("TL808", project(traefik("--providers.rest.insecure=true")))) == 1
    assert found_by("TL808", project(traefik("--providers.rest=true"))) == []


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        ("traefik", True),
        ("docker.io/library/traefik:latest", True),
        ("traefik:v3.7", False),
        ("traefik:latest@sha256:0000", False),
        ("traefik:${VERSION}", False),
    ],
)
def test_images(image: str, expected: bool) -> None:
    assert bool(found_by("TL809", project(traefik(image=image)))) is expected
