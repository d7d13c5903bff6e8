"""What is said about certificate resolvers, beside what the rule pages show."""

from __future__ import annotations

import pytest

from tests.checks.lint import found_by

ACME = "--certificatesresolvers.le.acme"
HTTP = f"{ACME}.httpchallenge.entrypoint=web"
TLS = f"{ACME}.tlschallenge=true"
DNS = f"{ACME}.dnschallenge.provider=cloudflare"
STORED = f"{ACME}.storage=/acme/acme.json"
VOLUME = "./acme:/acme"


def project(
    flags: tuple[str, ...],
    labels: tuple[str, ...] = ("rule=Host(`a.test`)", "entrypoints=websecure", "tls.certresolver=le"),
    volumes: tuple[str, ...] = (VOLUME,),
    ports: tuple[str, ...] = ("80:80", "443:443"),
) -> dict[str, str]:
    """Traefik with a resolver called `le`, and one application whose router is called `app`."""
    given = (
        "--providers.docker",
        "--entrypoints.web.address=:80",
        "--entrypoints.web.http.redirections.entrypoint.to=websecure",
        "--entrypoints.websecure.address=:443",
        *flags,
    )
    mounts = ("/var/run/docker.sock:/var/run/docker.sock:ro", *volumes)
    return {
        "compose.yml": f"services:\n  traefik:\n    image: traefik:v3.7\n    ports: {list(ports)}\n"
        f"    volumes: {list(mounts)}\n    command:\n"
        + "".join(f"      - {flag}\n" for flag in given)
        + "  app:\n    image: example/app\n    labels:\n"
        + "".join(f"      - traefik.http.routers.app.{label}\n" for label in labels)
        + "      - traefik.http.services.app.loadbalancer.server.port=8080\n"
    }


def texts(rule: str, files: dict[str, str]) -> list[str]:
    return [text for _, _, text in found_by(rule, files)]


@pytest.mark.parametrize(
    ("resolver", "found"),
    [("lets", ["lets"]), ("LE", ["LE"]), ("le", []), ("${RESOLVER}", []), ("${RESOLVER:-le}", [])],
)
def test_undefined(resolver: str, found: list[str]) -> None:
    labels = ("rule=Host(`a.test`)", "entrypoints=websecure", f"tls.certresolver={resolver}")
    assert texts("TL302", project((DNS, STORED), labels)) == found


@pytest.mark.parametrize(
    ("labels", "found"),
    [
        (("rule=PathPrefix(`/`)", "tls.certresolver=le"), ["le"]),
        (("rule=HostRegexp(`.+`)", "tls.certresolver=le"), ["le"]),
        (("rule=PathPrefix(`/`)", "tls.certresolver=le", "tls.domains[0].main=a.test"), []),
        (("rule=Host(`a.test`)", "tls.certresolver=le"), []),
        (("rule=PathPrefix(`/`)", "tls=true"), []),
        (("rule=PathPrefix(`${PREFIX}`)", "tls.certresolver=le"), []),
    ],
)
def test_without_domain(labels: tuple[str, ...], found: list[str]) -> None:
    assert texts("TL312", project((DNS, STORED), ("entrypoints=websecure", *labels))) == found


@pytest.mark.parametrize(
    ("challenge", "domains", "found"),
    [
        (HTTP, ("tls.domains[0].main=*.a.test",), ["*.a.test"]),
        (TLS, ("tls.domains[0].main=a.test", "tls.domains[0].sans=*.a.test"), ["*.a.test"]),
        (DNS, ("tls.domains[0].main=*.a.test",), []),
        (HTTP, ("tls.domains[0].main=a.test",), []),
        (HTTP, (), []),
    ],
)
def test_wildcards(challenge: str, domains: tuple[str, ...], found: list[str]) -> None:
    labels = ("rule=Host(`a.test`)", "entrypoints=websecure", "tls.certresolver=le", *domains)
    assert texts("TL313", project((challenge, STORED), labels)) == found


@pytest.mark.parametrize(
    ("flags", "found"),
    [
        ((STORED,), 1),
        ((STORED, f"{ACME}.httpchallenge=true"), 1),
        ((STORED, f"{ACME}.dnschallenge=true"), 1),
        ((STORED, HTTP), 0),
        ((STORED, TLS), 0),
        ((STORED, DNS), 0),
        ((STORED, f"{ACME}.dnschallenge.provider=${{PROVIDER}}"), 0),
        (("--certificatesresolvers.le.tailscale=true",), 0),
    ],
)
def test_without_challenge(flags: tuple[str, ...], found: int) -> None:
    assert len(found_by("TL314", project(flags))) == found


@pytest.mark.parametrize(
    ("storage", "volumes", "found"),
    [
        ("acme.json", (VOLUME,), ["acme.json"]),
        ("/etc/traefik/acme.json", (VOLUME,), ["/etc/traefik/acme.json"]),
        ("/acme/acme.json", (f"{VOLUME}:ro",), ["/acme/acme.json"]),
        ("/acme/acme.json", (), ["/acme/acme.json"]),
        ("/acme/acme.json", (VOLUME,), []),
        ("acme.json", ("./acme.json:/acme.json",), []),
        ("acme/acme.json", (VOLUME,), []),
        ("/acme/acme.json", ("certificates:/acme",), []),
        ("/acme/deep/acme.json", ("./a:/acme:ro", "./b:/acme/deep"), []),
        ("${STORAGE}", (), []),
        ("/acme/acme.json", ("${FOLDER}:/acme",), []),
    ],
)
def test_storage(storage: str, volumes: tuple[str, ...], found: list[str]) -> None:
    assert texts("TL315", project((TLS, f"{ACME}.storage={storage}"), volumes=volumes)) == found


def test_storage_of_a_part_of_a_service() -> None:
    """An override file without an image shows a part of the service only."""
    files = project((TLS, STORED), volumes=())
    files["compose.yml"] = files["compose.yml"].replace("    image: traefik:v3.7\n", "")
    assert texts("TL315", files) == []


def test_storage_without_a_container() -> None:
    files = {
        "traefik.yml": "entryPoints: {websecure: {address: ':443'}}\n"
        "certificatesResolvers: {le: {acme: {storage: acme.json, tlsChallenge: {}}}}\n"
    }
    assert texts("TL315", files) == []


@pytest.mark.parametrize(
    ("challenge", "ports", "found"),
    [
        (HTTP, ("8080:80", "443:443"), ["web"]),
        (f"{ACME}.httpchallenge.entrypoint=websecure", ("80:80", "443:443"), ["websecure"]),
        (HTTP, ("443:443",), ["web"]),
        (TLS, ("80:80", "8443:443"), ["tlschallenge"]),
        (HTTP, ("80:80", "443:443"), []),
        (TLS, ("80:80", "443:443"), []),
        (DNS, ("8080:80",), []),
        # Nothing is known of what publishes them.
        (HTTP, (), []),
        (HTTP, ("${PORT}:80", "443:443"), []),
    ],
)
def test_challenge_ports(challenge: str, ports: tuple[str, ...], found: list[str]) -> None:
    assert texts("TL316", project((challenge, STORED), ports=ports)) == found


ENTRY_POINT = "--entrypoints.websecure.http.tls.certresolver=le"


@pytest.mark.parametrize(
    ("flags", "labels", "found"),
    [
        ((ENTRY_POINT,), ("rule=Host(`a.test`)", "tls=true"), 1),
        ((ENTRY_POINT,), ("rule=Host(`a.test`)", "tls.domains[0].main=a.test"), 1),
        ((ENTRY_POINT,), ("rule=Host(`a.test`)",), 0),
        ((ENTRY_POINT,), ("rule=Host(`a.test`)", "tls.certresolver=le"), 0),
        ((), ("rule=Host(`a.test`)", "tls=true"), 0),
        # What the entry point orders for all covers the host.
        (
            (ENTRY_POINT, "--entrypoints.websecure.http.tls.domains[0].main=*.test"),
            ("rule=Host(`a.test`)", "tls=true"),
            0,
        ),
        ((ENTRY_POINT,), ("rule=PathPrefix(`/`)", "tls=true"), 0),
    ],
)
def test_replaced_tls(flags: tuple[str, ...], labels: tuple[str, ...], found: int) -> None:
    files = project((DNS, STORED, *flags), ("entrypoints=websecure", *labels))
    assert len(found_by("TL317", files)) == found
