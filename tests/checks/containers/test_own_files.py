"""What Traefik's own container sees and how it is set up: TL046, TL120, TL217, TL615 to TL622."""

from __future__ import annotations

import pytest

from tests.checks.compose_files import ON, project, service, traefik
from tests.checks.lint import found_by

STATIC = 'entryPoints: {web: {address: ":80"}}\nproviders: {docker: {exposedByDefault: false}}\n'
ROUTER = (
    "http:\n  routers:\n    x: {rule: Host(`x.example.com`), service: x}\n  services:\n"
    '    x: {loadBalancer: {servers: [{url: "http://10.0.0.5"}]}}\n'
)


def mounted(*mounts: str, static: str = STATIC, rest: str = "", **others: str) -> dict[str, str]:
    """A Traefik with a static file and these mounts besides the socket."""
    lines = "".join(
        f"      - {mount}\n" for mount in ("/var/run/docker.sock:/var/run/docker.sock:ro", *mounts)
    )
    return {
        "compose.yml": "services:\n  traefik:\n    image: traefik:v3.7\n    ports: ['80:80']\n"
        f"{rest}    volumes:\n{lines}",
        "traefik.yml": static,
        **{name.replace("__", "/").replace("_", "."): text for name, text in others.items()},
    }


USUAL = "./traefik.yml:/etc/traefik/traefik.yml:ro"


@pytest.mark.parametrize(
    ("path", "mounts", "expected"),
    [
        ("directory: /conf", [], True),
        ("directory: /etc/traefik/conf", [], True),
        ("filename: /etc/traefik/dynamic.yml", [], True),
        ("directory: /conf", ["./conf:/conf"], False),
        ("directory: /conf", ["./site.yml:/conf/site.yml"], False),
        ("directory: /conf/sites", ["./conf:/conf"], False),
        ("directory: conf", ["./conf:/conf"], False),
        ("directory: /conf", ["data:/conf"], False),
        ("directory: /conf", ["./conf:${CONF}"], False),
        ("directory: /etc/traefik", [], False),
        ("directory: ${CONF}", [], False),
    ],
)
def test_paths_of_the_file_provider(path: str, mounts: list[str], expected: bool) -> None:
    static = f'entryPoints: {{web: {{address: ":80"}}}}\nproviders:\n  file:\n    {path}\n'
    assert bool(found_by("TL615", mounted(USUAL, *mounts, static=static))) is expected


@pytest.mark.parametrize(
    ("cert", "expected"),
    [
        ("/certs/a.crt", True),
        ("/etc/traefik/tls/a.crt", True),
        ("/conf/a.crt", False),
        ("/run/secrets/a", False),
    ],
)
def test_certificates_that_are_not_mounted(cert: str, expected: bool) -> None:
    static = 'entryPoints: {web: {address: ":80"}}\nproviders: {file: {directory: /conf}}\n'
    text = f"tls:\n  certificates:\n    - certFile: {cert}\n      keyFile: {cert}\n"
    files = mounted(USUAL, "./conf:/conf", static=static, conf__tls_yml=text)
    assert bool(found_by("TL615", files)) is expected


@pytest.mark.parametrize(
    ("target", "rest", "expected"),
    [
        ("/traefik/traefik.yml", "", True),
        ("/etc/traefik/config.yml", "", True),
        ("/etc/traefik/traefik.yml", "", False),
        ("/traefik.yml", "", False),
        ("/root/.config/traefik.yml", "", False),
        ("/traefik/traefik.yml", "    command: --configFile=/traefik/traefik.yml\n", False),
        ("/traefik/traefik.yml", "    environment: [XDG_CONFIG_HOME=/traefik]\n", False),
        ("/app/traefik.yml", "    working_dir: /app\n", False),
    ],
)
def test_places_of_the_static_file(target: str, rest: str, expected: bool) -> None:
    files = mounted(f"./traefik.yml:{target}:ro", rest=rest)
    assert bool(found_by("TL616", files)) is expected


@pytest.mark.parametrize(
    ("providers", "text", "expected"),
    [
        ("{docker: {}}", ROUTER, True),
        ("{docker: {}}", "tls:\n  certificates: []\n", True),
        ("{docker: {}}", "just: text\n", False),
        ("{docker: {}, file: {filename: /etc/traefik/site.yml}}", ROUTER, False),
        ("{docker: {}, http: {endpoint: http://conf}}", ROUTER, False),
        ("{docker: {}}", STATIC + ROUTER, False),
    ],
)
def test_the_file_provider_is_off(providers: str, text: str, expected: bool) -> None:
    static = f'entryPoints: {{web: {{address: ":80"}}}}\nproviders: {providers}\n'
    files = mounted(USUAL, "./site.yml:/etc/traefik/site.yml", static=static, site_yml=text)
    assert bool(found_by("TL617", files)) is expected


@pytest.mark.parametrize(
    ("static", "dynamic", "expected"),
    [
        ("network: ${NET}", "", [("traefik.yml", "${NET}")]),
        ("network: '{{ env `NET` }}'", "", [("traefik.yml", "{{ env `NET` }}")]),
        ("network: proxy", "Host(`${NAME:-x}.example.com`)", [("conf/a.yml", "${NAME:-x}")]),
        ("network: proxy", "Host(`x.example.com`)", []),
        ("network: proxy", "Host(`{{ env `NAME` }}`)", []),
        ("network: proxy", "HostRegexp(`^x$`)", []),
        ("defaultRule: 'Host(`{{ .Name }}.example.com`)'", "", []),
    ],
)
def test_placeholders(static: str, dynamic: str, expected: list[tuple[str, str]]) -> None:
    text = 'entryPoints: {web: {address: ":80"}}\nproviders:\n  file: {directory: /conf}\n'
    text += f"  docker:\n    {static}\n"
    router = ROUTER.replace("Host(`x.example.com`)", f'"{dynamic or "Host(`x.example.com`)"}"')
    files = mounted(USUAL, "./conf:/conf", static=text, conf__a_yml=router)
    assert [(path, shown) for path, _, shown in found_by("TL046", files)] == expected
    wrapped = mounted(
        USUAL, "./conf:/conf", static=text, conf__a_yml=router, rest="    entrypoint: /fill-in.sh\n"
    )
    assert found_by("TL046", wrapped) == []


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["routers.d.rule=Host(`t.example.com`)"], True),
        (["routers.d.rule=Host(`t.example.com`)", "services.d.loadbalancer.server.port=80"], True),
        (["routers.d.rule=Host(`t.example.com`)", "routers.d.service=api@internal"], False),
        (["routers.d.rule=Host(`t.example.com`)", "services.d.loadbalancer.server.port=8080"], False),
        (
            [
                "routers.d.rule=HostRegexp(`.+`)",
                "routers.d.middlewares=to",
                "middlewares.to.redirectscheme.scheme=https",
            ],
            False,
        ),
        (["middlewares.small.compress=true"], False),
        (["routers.d.rule=Host(`t.example.com`)", "routers.d.middlewares=lost@file"], False),
    ],
)
def test_routers_of_its_own_container(labels: list[str], expected: bool) -> None:
    lines = "".join(f'  - "traefik.http.{label}"\n' for label in labels)
    files = project(traefik("--api.insecure=true", rest=f'labels:\n  - "{ON}"\n{lines}'))
    assert bool(found_by("TL120", files)) is expected


@pytest.mark.parametrize(
    ("address", "ports", "expected"),
    [
        ("127.0.0.1:8000", '["80:8000"]', True),
        ("localhost:8000", '["80:8000"]', True),
        (":8000", '["80:8000"]', False),
        ("0.0.0.0:8000", '["80:8000"]', False),
        ("127.0.0.1:8082", '["80:8000"]', False),
    ],
)
def test_entry_points_on_the_loopback(address: str, ports: str, expected: bool) -> None:
    files = project(traefik(f"--entrypoints.own.address={address}", ports=ports))
    assert bool(found_by("TL217", files)) is expected


def proxied(
    endpoint: str, environment: str = "{CONTAINERS: 1}", networks: str = "", image: str = ""
) -> dict[str, str]:
    """A Traefik that asks for containers at an endpoint, with a proxy for the socket beside it."""
    rest = f"environment: {environment}\n" + (f"networks: {networks}\n" if networks else "")
    image = image or "tecnativa/docker-socket-proxy:0.3"
    return project(
        traefik(f"--providers.docker.endpoint={endpoint}"),
        service(name="socket", image=image, rest=rest),
        "networks: {apart: {}}\n",
    )


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (proxied("socket:2375"), ["socket:2375"]),
        (proxied("tcp://socket:2376"), ["tcp://socket:2376"]),
        (proxied("tcp://localhost:2375"), ["tcp://localhost:2375"]),
        (proxied("tcp://sokcet:2375"), ["tcp://sokcet:2375"]),
        (proxied("tcp://socket:2375", networks="[apart]"), ["tcp://socket:2375"]),
        (proxied("tcp://socket:2375", "{CONTAINERS: 0}"), ["CONTAINERS"]),
        (proxied("tcp://socket:2375", "{NETWORKS: 1}"), ["NETWORKS"]),
        (proxied("tcp://socket:2375"), []),
        (proxied("tcp://socket:2375", '{CONTAINERS: "${ALLOW}"}'), []),
        (proxied("tcp://socket:2999", "{}", image="registry.example.com/proxy"), []),
        (proxied("tcp://docker.example.com:2376"), []),
        (proxied("unix:///var/run/docker.sock"), []),
        (proxied("ssh://docker.example.com"), []),
    ],
)
def test_endpoints(files: dict[str, str], expected: list[str]) -> None:
    assert [
        text.strip('"').partition("endpoint=")[2] or text for _, _, text in found_by("TL618", files)
    ] == expected


@pytest.mark.parametrize(
    ("flags", "check", "expected"),
    [
        ([], '["CMD", "traefik", "healthcheck"]', True),
        ([], '["CMD", "traefik", "healthcheck", "--ping"]', True),
        ([], "wget --spider http://localhost:8080/ping", True),
        (["--ping=true"], '["CMD", "traefik", "healthcheck"]', False),
        (["--ping.entrypoint=web"], "wget --spider http://localhost:80/ping", False),
        ([], '["CMD", "true"]', False),
        ([], "NONE", False),
    ],
)
def test_its_own_health_check(flags: list[str], check: str, expected: bool) -> None:
    files = project(traefik(*flags, rest=f"healthcheck: {{test: {check}}}"))
    assert bool(found_by("TL619", files)) is expected


@pytest.mark.parametrize(
    ("constraint", "endpoint", "expected"),
    [
        ("node.role == worker", "", True),
        ("node.role!=manager", "", True),
        ("node.role == manager", "", False),
        ("node.labels.edge == true", "", False),
        ("node.role == worker", "tcp://socket.example.com:2375", False),
        ("${WHERE}", "", False),
    ],
)
def test_placements(constraint: str, endpoint: str, expected: bool) -> None:
    flags = ["--providers.swarm=true", *([f"--providers.swarm.endpoint={endpoint}"] if endpoint else [])]
    deploy = f'deploy: {{placement: {{constraints: ["{constraint}"]}}}}'
    assert bool(found_by("TL620", project(traefik(*flags, rest=deploy)))) is expected


@pytest.mark.parametrize(
    ("networks", "expected"),
    [
        ("  proxy:\n    internal: true\n", True),
        ("  proxy:\n    name: proxy\n    internal: true  # closed\n", True),
        ("  proxy:\n", False),
        ("  proxy:\n    internal: false\n", False),
        ("  proxy:\n  other:\n    internal: true\n", False),
        ("  proxy:\n    external: true\n", False),
    ],
)
def test_internal_networks(networks: str, expected: bool) -> None:
    files = project(traefik(rest="networks: [proxy]"), f"networks:\n{networks}")
    assert bool(found_by("TL621", files)) is expected
    both = project(traefik(rest="networks: [proxy, out]"), f"networks:\n{networks}  out:\n")
    assert found_by("TL621", both) == []


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("Host(`{{ normalise .Name }}`)", True),
        ("Host(`{{ index .Labels a.b }}`)", True),
        ("Host(`{{ .Name `)", True),
        ("Host(`{{ normalize .Name }}.example.com`)", False),
        ("Host(`{{ trimPrefix `/` .Name }}`)", False),
        ("Host(`example.com`)", False),
    ],
)
def test_default_rules(rule: str, expected: bool) -> None:
    files = project(traefik(f"--providers.docker.defaultrule={rule}"))
    assert bool(found_by("TL622", files)) is expected
