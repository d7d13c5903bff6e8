"""What is said about entry points and redirections, beside what the rule pages show."""

from __future__ import annotations

import pytest

from tests.checks.lint import found_by, lint

WEB = "--entrypoints.web.address=:80"
SECURE = "--entrypoints.websecure.address=:443"
REDIRECT = "--entrypoints.web.http.redirections.entrypoint.to=websecure"
APP = "traefik.http.routers.app.rule=Host(`a.test`)"
PORTS = ("80:80", "443:443")


def project(
    flags: tuple[str, ...], labels: tuple[str, ...], ports: tuple[str, ...] = PORTS
) -> dict[str, str]:
    """A compose project with Traefik and one application; labels without a root are those of the router `app`."""
    return {
        "compose.yml": "services:\n  traefik:\n    image: traefik:v3.7\n"
        "    volumes: [/var/run/docker.sock:/var/run/docker.sock:ro]\n"
        f"    ports: {list(ports)}\n    command:\n"
        + "".join(f"      - {flag}\n" for flag in ("--providers.docker", *flags))
        + "  app:\n    image: example/app\n    labels:\n"
        + "".join(
            f"      - {label if label.startswith('traefik.') else 'traefik.http.routers.app.' + label}\n"
            for label in (APP, "traefik.http.services.app.loadbalancer.server.port=8080", *labels)
        )
    }


def static(text: str, dynamic: str = "") -> dict[str, str]:
    files = {"traefik.yml": text}
    return {**files, "dynamic.yml": dynamic} if dynamic else files


@pytest.mark.parametrize(
    ("flags", "labels", "found"),
    [
        ((WEB, SECURE), ("entrypoints=web,websecure", "tls=true"), ["web,websecure"[:3]]),
        ((WEB, SECURE, REDIRECT), ("entrypoints=web,websecure", "tls=true"), []),
        ((WEB, SECURE), ("entrypoints=websecure", "tls=true"), []),
        ((WEB, SECURE), ("entrypoints=web",), []),
        (
            (WEB, SECURE),
            (
                "entrypoints=web,websecure", "tls=true", "service=app",
                "traefik.http.routers.plain.rule=Host(`a.test`)",
                "traefik.http.routers.plain.entrypoints=web", "traefik.http.routers.plain.service=app",
            ),
            [],
        ),
        (("--entrypoints.web.address=:443",), ("entrypoints=web", "tls=true"), []),
    ],
)  # fmt: skip
def test_tls_routers_on_plain_entry_points(
    flags: tuple[str, ...], labels: tuple[str, ...], found: list[str]
) -> None:
    assert [text for _, _, text in found_by("TL203", project(flags, labels))] == found


def ingress_route(name: str, points: str, tls: bool, host: str = "a.test") -> str:
    return f"""
apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata: {{name: {name}, namespace: app}}
spec:
  entryPoints: {points}
  routes:
    - match: Host(`{host}`)
      kind: Rule
      services: [{{name: app, port: 80}}]
{"  tls: {}" if tls else ""}
---
"""


@pytest.mark.parametrize(
    ("manifests", "found"),
    [
        (ingress_route("a", "[web, websecure]", True), True),
        (ingress_route("a", "[web, websecure]", False), False),
        (ingress_route("a", "[websecure]", True), False),
        (ingress_route("a", "[public, private]", True), False),
        (ingress_route("a", "[web, websecure]", True) + ingress_route("b", "[web]", False), False),
        (ingress_route("a", "[web, websecure]", True) + ingress_route("b", "[web]", False, "b.test"), True),
    ],
)
def test_manifests_without_static_configuration(manifests: str, found: bool) -> None:
    assert bool(found_by("TL203", {"routes.yml": manifests})) is found


def test_labels_without_static_configuration_are_left_alone() -> None:
    files = {
        "compose.yml": f"services:\n  app:\n    image: example/app\n    labels:\n      - {APP}\n"
        "      - traefik.http.routers.app.entrypoints=web,websecure\n"
        "      - traefik.http.routers.app.tls=true\n"
    }
    assert found_by("TL203", files) == []


@pytest.mark.parametrize(
    ("flags", "labels", "lines"),
    [
        ((WEB, SECURE), ("entrypoints=websecure", "tls=true"), [8]),
        ((WEB, SECURE), ("tls=true",), [8]),
        ((WEB, SECURE, "--entrypoints.websecure.http.tls=true"), ("entrypoints=websecure",), [8]),
        ((WEB, SECURE, REDIRECT), ("entrypoints=websecure", "tls=true"), []),
        ((SECURE,), ("entrypoints=websecure", "tls=true"), []),
        ((WEB, SECURE), ("entrypoints=web",), []),
        (
            (WEB, SECURE),
            (
                "entrypoints=websecure", "tls=true", "service=app",
                "traefik.http.routers.all.rule=HostRegexp(`.+`)", "traefik.http.routers.all.entrypoints=web",
                "traefik.http.routers.all.middlewares=r", "traefik.http.routers.all.service=noop@internal",
                "traefik.http.middlewares.r.redirectscheme.scheme=https",
            ),
            [],
        ),
        # the challenge router takes its own path only
        (
            (
                WEB, SECURE, "--certificatesresolvers.le.acme.httpchallenge.entrypoint=web",
                "--certificatesresolvers.le.acme.email=ops@example.com",
            ),
            ("entrypoints=websecure", "tls.certresolver=le"),
            [8],
        ),
    ],
)  # fmt: skip
def test_missing_redirect(flags: tuple[str, ...], labels: tuple[str, ...], lines: list[int]) -> None:
    assert [line for _, line, _ in found_by("TL204", project(flags, labels))] == lines


def test_a_traefik_with_an_external_network_may_serve_a_redirect_of_others() -> None:
    files = project((WEB, SECURE), ("entrypoints=websecure", "tls=true"))
    text = files["compose.yml"].replace("    ports:", "    networks: [edge]\n    ports:")
    assert found_by("TL204", {"compose.yml": text + "networks:\n  edge:\n    external: true\n"}) == []


@pytest.mark.parametrize(
    ("labels", "severities"),
    [
        (("entrypoints=web,websecure", "tls=true", "middlewares=r"), ["warning"]),
        (("tls=true", "middlewares=r"), ["warning"]),
        (("entrypoints=websecure", "tls=true", "middlewares=r"), ["info"]),
        (("entrypoints=web", "middlewares=r"), []),
    ],
)
def test_redirects_on_tls_routers(labels: tuple[str, ...], severities: list[str]) -> None:
    scheme = "traefik.http.middlewares.r.redirectscheme.scheme=https"
    found = lint(project((WEB, SECURE), (*labels, scheme)))
    assert [one.severity for one in found if one.rule == "TL205"] == severities
    assert not any(one.rule == "TL203" for one in found)


@pytest.mark.parametrize(
    ("flags", "labels", "found"),
    [
        ((SECURE,), ("entrypoints=websecure",), True),
        ((WEB, SECURE), ("entrypoints=web,websecure",), True),
        ((SECURE,), ("entrypoints=websecure", "tls=true"), False),
        ((SECURE, "--entrypoints.websecure.http.tls=true"), ("entrypoints=websecure",), False),
        ((WEB, SECURE), ("entrypoints=web",), False),
        ((WEB, SECURE), (), False),
    ],
)
def test_plain_routers_on_tls_entry_points(
    flags: tuple[str, ...], labels: tuple[str, ...], found: bool
) -> None:
    assert bool(found_by("TL206", project(flags, labels))) is found


@pytest.mark.parametrize(
    ("address", "to", "ports", "marked"),
    [
        (":8443", "websecure", ("80:80", "443:8443"), ["websecure"]),
        (":8443", ":8443", ("80:80", "443:8443"), [":8443"]),
        (":8443", ":443", ("80:80", "443:8443"), []),
        (":8443", "websecure", ("80:80", "8443:8443"), []),
        (":443", "websecure", ("80:80", "443:443"), []),
        (":443", "websecure", ("80:80", "8443:443"), []),
        (":8443", "websecure", ("80:80",), []),
    ],
)
def test_redirects_to_inner_ports(address: str, to: str, ports: tuple[str, ...], marked: list[str]) -> None:
    flags = (WEB, f"--entrypoints.websecure.address={address}", REDIRECT.replace("=websecure", f"={to}"))
    assert [text for _, _, text in found_by("TL207", project(flags, (), ports))] == marked


@pytest.mark.parametrize(
    ("flags", "labels", "found"),
    [
        ((WEB, SECURE, REDIRECT), ("entrypoints=web",), True),
        ((WEB, SECURE, REDIRECT), ("entrypoints=web,websecure",), False),
        ((WEB, SECURE, REDIRECT), ("entrypoints=websecure", "tls=true"), False),
        ((WEB, SECURE), ("entrypoints=web",), False),
        (
            (WEB, SECURE, REDIRECT, "--entrypoints.web.http.redirections.entrypoint.priority=1"),
            ("entrypoints=web",),
            False,
        ),
        (
            (WEB, SECURE, REDIRECT),
            (
                "entrypoints=web", "service=app", "traefik.http.routers.s.rule=Host(`a.test`)",
                "traefik.http.routers.s.entrypoints=websecure", "traefik.http.routers.s.tls=true",
                "traefik.http.routers.s.service=app",
            ),
            False,
        ),
    ],
)  # fmt: skip
def test_routers_behind_redirections(flags: tuple[str, ...], labels: tuple[str, ...], found: bool) -> None:
    assert bool(found_by("TL212", project(flags, labels))) is found


@pytest.mark.parametrize(
    ("body", "rules"),
    [
        ("to: websecure", []),
        ("to: ':443'", []),
        ("to: secure", ["TL201"]),
        ("to: web", ["TL210"]),
        ("to: ':80'", ["TL210"]),
        ("to: quic", ["TL202"]),
        ("scheme: https", ["TL213"]),
        ("to: ''", ["TL213"]),
    ],
)
def test_targets_of_redirections(body: str, rules: list[str]) -> None:
    text = (
        "entryPoints:\n  web:\n    address: ':80'\n    http:\n      redirections:\n        entryPoint:\n"
        f"          {body}\n  websecure:\n    address: ':443'\n  quic:\n    address: ':4433/udp'\n"
    )
    assert [one.rule for one in lint(static(text)) if one.rule.startswith("TL2")] == rules


@pytest.mark.parametrize(
    ("http", "rule"),
    [
        ("tls: {}", "TL208"),
        ("middlewares: [m]", "TL209"),
        ("middlewares: [m@file]", None),
    ],
)
def test_what_spoils_a_redirection(http: str, rule: str | None) -> None:
    text = (
        f"entryPoints:\n  web:\n    address: ':80'\n    http:\n      {http}\n      redirections:\n"
        "        entryPoint:\n          to: websecure\n  websecure:\n    address: ':443'\n"
        "providers:\n  file:\n    filename: dynamic.yml\n"
    )
    dynamic = "http:\n  middlewares:\n    m:\n      compress: {}\n"
    found = [one.rule for one in lint(static(text, dynamic)) if one.rule in ("TL208", "TL209")]
    assert found == ([rule] if rule else [])


@pytest.mark.parametrize(
    ("name", "found"),
    [("web", False), ("Web", True), ("webb", True), ("${ENTRY_POINT}", False)],
)
def test_undefined_entry_points(name: str, found: bool) -> None:
    assert bool(found_by("TL201", project((WEB,), (f"entrypoints={name}",)))) is found


@pytest.mark.parametrize(
    ("flags", "labels", "severities"),
    [
        (("--api", WEB, SECURE), ("service=api@internal",), ["warning"]),
        (("--api", WEB, SECURE), ("service=api@internal", "tls=true"), []),
        (("--api", WEB, SECURE), ("service=api@internal", "entrypoints=web"), []),
        (("--api", WEB, SECURE, REDIRECT), ("service=api@internal",), []),
        ((WEB, SECURE), (), []),
        ((WEB, SECURE, "--entrypoints.admin.address=:9000"), (), ["info"]),
        ((WEB, SECURE, "--entrypoints.admin.address=:9000"), ("entrypoints=web",), []),
        (
            (WEB, SECURE, "--entrypoints.admin.address=:9000", "--entrypoints.web.asdefault=true"),
            (),
            [],
        ),
    ],
)
def test_routers_on_every_entry_point(
    flags: tuple[str, ...], labels: tuple[str, ...], severities: list[str]
) -> None:
    found = lint(project(flags, labels))
    assert [one.severity for one in found if one.rule == "TL214"] == severities


@pytest.mark.parametrize(
    ("point", "rules"),
    [
        ("{}", ["TL215"]),
        ("{http: {tls: {}}}", ["TL215"]),
        ("{address: ':9000'}", []),
        ("{address: ':9000', asDefault: true}", []),
        ("{address: ':9000/udp', asDefault: true}", ["TL216"]),
    ],
)
def test_definitions(point: str, rules: list[str]) -> None:
    found = lint(static(f"entryPoints:\n  web: {{address: ':80'}}\n  other: {point}\n"))
    assert [one.rule for one in found if one.rule in ("TL215", "TL216")] == rules


@pytest.mark.parametrize(
    ("to", "marked"),
    [("websecure", ["websecure"]), (":8443", [":8443"]), (":443", [])],
)
def test_redirects_to_inner_ports_of_the_chart(to: str, marked: list[str]) -> None:
    values = (
        f"additionalArguments:\n  - --entryPoints.web.http.redirections.entryPoint.to={to}\n"
        "ports:\n  web:\n    port: 8000\n    exposedPort: 80\n"
        "  websecure:\n    port: 8443\n    exposedPort: 443\n"
        "providers:\n  kubernetesCRD:\n    enabled: true\n"
    )
    found = [one for one in lint({"values.yaml": values}) if one.rule == "TL207"]
    assert [one.text for one in found] == marked
    assert all(one.confidence == "medium" for one in found)
