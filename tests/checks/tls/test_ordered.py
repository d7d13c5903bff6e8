"""Certificates that nobody orders, or that can't be ordered: TL331 to TL333, and TL315's folders."""

from __future__ import annotations

import pytest

from tests.checks.compose_files import ON, project, service, traefik
from tests.checks.lint import found_by

RESOLVER = (
    "--entrypoints.websecure.address=:443",
    "--certificatesresolvers.le.acme.storage=/le/acme.json",
)
TLS = "--certificatesresolvers.le.acme.tlschallenge=true"
DNS = "--certificatesresolvers.le.acme.dnschallenge.provider="
CERTIFICATES = "tls:\n  certificates:\n    - {certFile: /dynamic/a.crt, keyFile: /dynamic/a.key}\n"
DEFAULT = "--entrypoints.websecure.http.tls.certresolver=le"


def host(name: str, *labels: str, app: str = "app") -> str:
    own = [
        f"traefik.http.routers.{app}.{label}"
        for label in (f"rule=Host(`{name}`)", "entrypoints=websecure", *labels)
    ]
    return service(ON, *own, name=app)


@pytest.mark.parametrize(
    ("parts", "dynamic", "expected"),
    [
        ([traefik(*RESOLVER, TLS), host("a.example.com", "tls=true")], "", True),
        ([traefik(*RESOLVER, TLS), host("a.example.com", "tls.domains[0].main=a.example.com")], "", True),
        ([traefik(*RESOLVER, TLS), host("a.example.com", "tls.certresolver=le")], "", False),
        ([traefik(*RESOLVER, TLS), host("a.example.com", "tls=true")], CERTIFICATES, False),
        ([traefik(*RESOLVER, TLS), host("a.localhost", "tls=true")], "", False),
        ([traefik(*RESOLVER, TLS), host("nas.lan", "tls=true")], "", False),
        ([traefik(*RESOLVER, TLS), host("${HOST}", "tls=true")], "", False),
        ([traefik("--entrypoints.websecure.address=:443"), host("a.example.com", "tls=true")], "", False),
        ([traefik(*RESOLVER, TLS, DEFAULT), host("a.example.com", "tls=true")], "", False),
        (
            [
                traefik(*RESOLVER, DNS + "cloudflare"),
                host("a.example.com", "tls=true"),
                host("b.example.com", "tls.certresolver=le", "tls.domains[0].main=*.example.com", app="b"),
            ],
            "",
            False,
        ),
    ],
)
def test_tls_without_a_resolver(parts: list[str], dynamic: str, expected: bool) -> None:
    assert bool(found_by("TL331", project(*parts, dynamic=dynamic))) is expected


@pytest.mark.parametrize(
    ("name", "domains", "expected"),
    [
        ("a.b.example.com", ["main=*.example.com"], ["*.example.com"]),
        ("example.com", ["main=*.example.com"], ["*.example.com"]),
        ("a.example.org", ["main=example.com", "sans=*.example.com"], ["example.com"]),
        ("example.com", ["main=*.example.com", "sans=example.com"], []),
        ("a.example.com", ["main=example.com", "sans=*.example.com"], []),
        ("a.example.com", ["main=a.example.com"], []),
        ("a.example.com", ["main=${DOMAIN}"], []),
        ("${HOST}", ["main=example.com"], []),
        ("nas.local", ["main=example.com"], []),
    ],
)
def test_domains_and_hosts(name: str, domains: list[str], expected: list[str]) -> None:
    labels = ["tls.certresolver=le", *(f"tls.domains[0].{domain}" for domain in domains)]
    files = project(traefik(*RESOLVER, DNS + "cloudflare"), host(name, *labels))
    assert [text for _, _, text in found_by("TL332", files)] == expected
    assert found_by("TL332", {**files, "dynamic/tls.yml": CERTIFICATES}) == []


@pytest.mark.parametrize(
    ("provider", "environment", "expected"),
    [
        ("cloudflare", "", ["cloudflare"]),
        ("cloudflare", "environment: [TZ=UTC]", ["cloudflare"]),
        ("cloudflare", "environment: [CF_API_TOKEN=x]", ["CF_API_TOKEN"]),
        ("cloudflare", "environment: [CF_API_EMAIL=x]", ["CF_API_EMAIL"]),
        ("duckdns", "environment: {DUCKDNS_KEY: x}", ["DUCKDNS_KEY"]),
        ("namecheap", "environment: {NAMECHEAP_API_USER: x}", ["NAMECHEAP_API_USER"]),
        ("cloudflare", "environment: [CF_DNS_API_TOKEN]", []),
        ("cloudflare", "environment: [CF_DNS_API_TOKEN_FILE=/run/secrets/t]", []),
        ("cloudflare", "environment: {CLOUDFLARE_EMAIL: x, CLOUDFLARE_API_KEY: x}", []),
        ("cloudflare", "environment: {CF_API_EMAIL: x, CF_API_KEY: x}", []),
        ("cloudflare", "entrypoint: /with-secrets.sh", []),
        ("route53", "", []),
        ("unheard-of", "", []),
        ("${PROVIDER}", "", []),
    ],
)
def test_credentials(provider: str, environment: str, expected: list[str]) -> None:
    files = project(traefik(*RESOLVER, DNS + provider, rest=environment))
    assert [text.rpartition("=")[2].strip('"') for _, _, text in found_by("TL333", files)] == expected


@pytest.mark.parametrize(
    ("storage", "expected"),
    [("/le", True), ("/le/", True), ("/le/acme.json", False), ("/le/a/acme.json", False)],
)
def test_storage_at_a_volume(storage: str, expected: bool) -> None:
    text = traefik(f"--certificatesresolvers.le.acme.storage={storage}", TLS) + "      - le:/le\n"
    assert bool(found_by("TL315", project(text, "volumes: {le: {}}\n"))) is expected
