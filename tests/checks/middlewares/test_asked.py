"""Middlewares that ask or match in vain: TL411 on its own portal, TL421 to TL426."""

from __future__ import annotations

import pytest

from tests.checks.compose_files import ON, RULE, project, service, traefik
from tests.checks.lint import found_by

SSO = "traefik.http.middlewares.sso.forwardauth.address="
USE = "traefik.http.routers.app.middlewares="
OPEN = "traefik.http.routers.open.rule=Host(`login.example.com`) && Path(`/`)"
TLS = ("--entrypoints.websecure.address=:443",)
SECURE = ("traefik.http.routers.app.entrypoints=websecure", "traefik.http.routers.app.tls=true")


def guarded(
    address: str, rest: str = "", image: str = "authelia/authelia:4.38", flags: str = ""
) -> dict[str, str]:
    """An application behind forwardAuth, and a server called login."""
    return project(
        traefik(*([flags] if flags else [])),
        service(ON, RULE, f"{USE}sso", SSO + address),
        service(name="login", image=image, rest=rest),
        "networks: {apart: {}}\n",
    )


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (guarded("http://localhost:9091/api"), True),
        (guarded("http://127.0.0.1:9091/api"), True),
        (guarded("http://logn:9091/api"), True),
        (guarded("http://login:9092/api"), True),
        (guarded("http://login:9091/api", "networks: [apart]"), True),
        (guarded("http://login:9091/api", "network_mode: host"), True),
        (guarded("http://login:9000", 'ports: ["9000:8080"]', "registry.example.com/auth:1"), True),
        (guarded("http://login:9091/api"), False),
        (guarded("http://login:9092/api", "volumes: [./conf:/config]"), False),
        (guarded("http://login:8080", 'ports: ["9000:8080"]', "registry.example.com/auth:1"), False),
        (guarded("http://login:7000", "", "registry.example.com/auth:1"), False),
        (guarded("http://sso:9091/api", "networks: {default: {aliases: [sso]}}"), False),
        (guarded("http://sso.example.com/api"), False),
        (guarded("http://elsewhere:9091/api"), False),
        (guarded("http://localhost:8080/auth", flags="--entrypoints.inner.address=:8080"), False),
        (guarded("http://${SSO}:9091/api"), False),
    ],
)
def test_servers_of_authentication(files: dict[str, str], expected: bool) -> None:
    assert bool(found_by("TL421", files)) is expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/outpost.goauthentik.io/auth/nginx", True),
        ("/outpost.goauthentik.io/auth/caddy", True),
        ("/api/authz/auth-request", True),
        ("/api/authz/ext-authz/", True),
        ("/outpost.goauthentik.io/auth/traefik", False),
        ("/api/authz/forward-auth", False),
        ("/api/verify?rd=https://login.example.com/", False),
        ("", False),
    ],
)
def test_paths_for_other_proxies(path: str, expected: bool) -> None:
    assert bool(found_by("TL422", guarded(f"http://login:9091{path}"))) is expected


@pytest.mark.parametrize(
    ("address", "more", "expected"),
    [
        ("http://login:9091/api/authz/forward-auth", [], True),
        ("http://login:9091/api/verify", [], True),
        ("http://login:9091/oauth2/auth", [], False),
        ("http://other:9091/api/verify", [], False),
        (
            "http://login:9091/api/verify",
            [OPEN],
            False,
        ),
    ],
)
def test_the_portal_guarded_by_itself(address: str, more: list[str], expected: bool) -> None:
    files = project(
        traefik(),
        service(
            ON,
            "traefik.http.routers.login.rule=Host(`login.example.com`)",
            "traefik.http.routers.login.middlewares=sso",
            SSO + address, *more, name="login", image="authelia/authelia:4.38", rest="",
        ),
    )  # fmt: skip
    assert bool(found_by("TL411", files)) is expected


@pytest.mark.parametrize(
    ("regex", "labels", "expected"),
    [
        ("^https://app.example.com/(.*)", (), True),
        ("^http://app.example.com/(.*)", SECURE, True),
        ("^https?://www.example.com/(.*)", (), True),
        ("^https?://www\\\\.(.*)", SECURE, True),
        ("^https?://app.example.com/(.*)", (), False),
        ("^https://app.example.com/(.*)", SECURE, False),
        ("^http://app.example.com(.+)", (), False),
        ("^https?://(www|app)\\\\.example\\\\.com/(.*)", (), False),
        ("app.example.com/old", (), False),
        ("^https?://[^/]+/old", (), False),
        ("^https?://app.example.com:8443/(.*)", (), False),
        ("${REGEX}", (), False),
    ],
)
def test_patterns_of_redirects(regex: str, labels: tuple[str, ...], expected: bool) -> None:
    to = "traefik.http.middlewares.to.redirectregex."
    files = project(
        traefik(*TLS),
        service(ON, RULE, f"{USE}to", f"{to}regex={regex}", f"{to}replacement=https://b.test/", *labels),
    )
    assert bool(found_by("TL423", files)) is expected


def test_a_proxy_in_front_may_tell_the_scheme() -> None:
    to = "traefik.http.middlewares.to.redirectregex."
    labels = (f"{USE}to", f"{to}regex=^https://app.example.com/(.*)", f"{to}replacement=https://b.test/")
    trusting = traefik("--entrypoints.web.forwardedheaders.trustedips=10.0.0.0/8")
    assert found_by("TL423", project(trusting, service(ON, RULE, *labels))) == []


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        ("ui.example.com", True),
        ("https://ui.example.com/", True),
        ("https://ui.example.com/app", True),
        ("https://*.example.com", True),
        ("https://UI.example.com", True),
        ("https://ui.example.com:443", True),
        ("https://ui.example.com", False),
        ("https://ui.example.com:8443", False),
        ("http://localhost:3000", False),
        ("capacitor://localhost", False),
        ("*", False),
        ("null", False),
        ("https://${UI}/", False),
    ],
)
def test_origins(origin: str, expected: bool) -> None:
    label = f"traefik.http.middlewares.cors.headers.accesscontrolalloworiginlist={origin}"
    assert bool(found_by("TL424", project(traefik(), service(ON, RULE, f"{USE}cors", label)))) is expected


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("sso,cors", ["sso,cors"]),
        ("small@file,sso,cors", ["cors"]),
        ("cors,sso", []),
        ("sso", []),
        ("cors", []),
        ("small@file,cors,sso", []),
        ("sso,plain", []),
    ],
)
def test_preflights(order: str, expected: list[str]) -> None:
    files = project(
        traefik(),
        service(
            ON, RULE, f"{USE}{order}", f"{SSO}http://sso.example.com/",
            "traefik.http.middlewares.cors.headers.accesscontrolalloworiginlist=https://ui.example.com",
            "traefik.http.middlewares.plain.headers.framedeny=true",
        ),
    )  # fmt: skip
    assert bool(found_by("TL425", files)) is bool(expected)


@pytest.mark.parametrize(
    ("header", "labels", "expected"),
    [
        ("customrequestheaders.X-Forwarded-Proto=http", SECURE, True),
        ("customrequestheaders.x-forwarded-proto=http", SECURE, True),
        ("customrequestheaders.X-Forwarded-Ssl=off", SECURE, True),
        ("customrequestheaders.X-Forwarded-Proto=https", SECURE, False),
        ("customrequestheaders.X-Forwarded-Proto=http", (), False),
        ("customresponseheaders.X-Forwarded-Proto=http", SECURE, False),
        ("customrequestheaders.X-Forwarded-Proto=${PROTO}", SECURE, False),
    ],
)
def test_the_scheme_that_is_told(header: str, labels: tuple[str, ...], expected: bool) -> None:
    label = f"traefik.http.middlewares.h.headers.{header}"
    files = project(traefik(*TLS), service(ON, RULE, f"{USE}h", label, *labels))
    assert bool(found_by("TL426", files)) is expected


@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        (["modulename=github.com/a/b"], True),
        (["version=v1.0.0"], True),
        (["modulename=github.com/a/b", "version="], True),
        (["modulename=github.com/a/b", "version=v1.0.0"], False),
        (["modulename=${MODULE}", "version=${VERSION}"], False),
        ([], False),
    ],
)
def test_plugins_without_a_part(flags: list[str], expected: bool) -> None:
    words = [f"--experimental.plugins.geo.{flag}" for flag in flags]
    assert bool(found_by("TL430", project(traefik(*words)))) is expected
