"""Whether Traefik reads a container's labels at all: TL601 to TL604, TL608 to TL610."""

from __future__ import annotations

import pytest

from tests.checks.compose_files import ON, RULE, app, project, service, traefik
from tests.checks.lint import found_by, lint

FIRST = "traefik.http.routers.app.rule"


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ([RULE], [FIRST]),
        (["traefik.http.services.app.loadbalancer.server.port=80", RULE], [FIRST]),
        (["traefik.http.services.app.loadbalancer.server.port=80"],
         ["traefik.http.services.app.loadbalancer.server.port"]),
        ([ON, RULE], []),
        (["traefik.enable=false", RULE], []),
        (["traefik.enable=${ON}", RULE], []),
        (["traefik.enable=yes", RULE], []),  # another rule's: no boolean
        ([" traefik.enable=true", RULE], []),  # another rule's: not read
        (["traefik.docker.network=web"], []),
        (["traefik.http.middlewares.small.compress=true"], []),
        (["com.example.team=shop"], []),
    ],
)  # fmt: skip
def test_not_enabled(labels: list[str], expected: list[str]) -> None:
    assert [found[2] for found in found_by("TL601", project(traefik(), service(*labels)))] == expected


@pytest.mark.parametrize(
    "compose",
    [
        traefik("--providers.docker.exposedbydefault=true").replace("=false", "=true") + service(RULE),
        "services:\n" + service(RULE),  # nobody knows which Traefik reads it
    ],
)
def test_exposed_by_default_as_far_as_is_known(compose: str) -> None:
    assert found_by("TL601", {"compose.yml": compose}) == []


def under_deploy(*labels: str) -> str:
    return "deploy:\n  labels:\n" + "".join(f'    - "{label}"\n' for label in labels)


@pytest.mark.parametrize(
    ("flags", "labels", "rest", "expected"),
    [
        ([], [], under_deploy(ON, RULE), [FIRST]),
        ([], [ON, RULE], under_deploy(ON, RULE), []),
        ([], [ON, RULE], under_deploy("com.example.team=shop"), []),
        (["--providers.swarm.exposedbydefault=false"], [], under_deploy(ON, RULE), []),
        (
            [],
            [ON, RULE],
            'environment: ["traefik.http.routers.app.tls=true"]',
            ["traefik.http.routers.app.tls=true"],
        ),
        ([], [ON, RULE], 'environment: {traefik.enable: "true"}', ["traefik.enable"]),
        ([], [ON, RULE], 'environment: {TRAEFIK_URL: "http://traefik"}', []),
    ],
)
def test_misplaced(flags: list[str], labels: list[str], rest: str, expected: list[str]) -> None:
    files = project(traefik(*flags), service(*labels, rest=rest))
    assert [found[2].strip('"') for found in found_by("TL602", files)] == expected


def test_labels_of_containers_in_a_swarm() -> None:
    compose = traefik().replace("--providers.docker.", "--providers.swarm.") + service(ON, RULE)
    assert [found[2] for found in found_by("TL602", project(compose))] == [FIRST]
    two = compose.replace("swarm.exposedbydefault=false", "docker.swarmmode=true").replace(":v3.7", ":v2.11")
    assert [found[2] for found in found_by("TL602", project(two))] == [FIRST]


NO_PROVIDER = traefik().replace('      - "--providers.docker.exposedbydefault=false"\n', "")


@pytest.mark.parametrize(
    ("compose", "expected"),
    [
        (NO_PROVIDER + service(RULE), True),
        (NO_PROVIDER + service("com.example.team=shop"), False),
        (NO_PROVIDER + service(), False),
        (NO_PROVIDER.replace("--providers.file", "--providers.consulcatalog=true\"\n      - \"--providers.file")
         + service(RULE), False),
        (NO_PROVIDER.replace("    command:", "    env_file: gone.env\n    command:") + service(RULE), True),
        (NO_PROVIDER + service(RULE) + "  inner:\n    image: traefik:v3.7\n    command: --providers.docker\n", False),
        (NO_PROVIDER.replace("volumes:\n", "volumes:\n      - ./gone.yml:/etc/traefik/traefik.yml\n")
         + service(RULE), False),
        (NO_PROVIDER.replace("traefik:v3.7", "traefik:v3.7\n    entrypoint: /start.sh") + service(RULE), False),
        (traefik() + service(ON, RULE), False),
    ],
)  # fmt: skip
def test_no_provider_reads_labels(compose: str, expected: bool) -> None:
    assert bool(found_by("TL603", project(compose))) is expected


def test_labels_of_another_project_may_be_for_another_traefik() -> None:
    files = project(NO_PROVIDER) | {"other/compose.yml": "services:\n" + service(RULE)}
    assert found_by("TL603", files) == []


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("traefik.swarm.network=web", True),
        ("traefik.docker.lbswarm=true", True),
        ("traefik.docker.network=web", False),
        ("com.example.swarm.network=web", False),
    ],
)
def test_labels_of_the_other_provider(label: str, expected: bool) -> None:
    assert bool(found_by("TL604", app(label))) is expected


@pytest.mark.parametrize(
    ("constraint", "labels", "rules"),
    [
        ("Label(`edge`,`public`)", [ON, RULE], [("TL608", "warning")]),
        ("LabelRegex(`edge`,`pub.*`)", [ON, RULE], [("TL608", "warning")]),
        ("Label(`edge`)", [ON, RULE], [("TL608", "error")]),
        ("Label(`edge`,`public`)", [ON, RULE, "edge=public"], []),
        ("Label(`edge`,`public`)", [ON, RULE, "edge=inside"], []),
        ("Label(`edge`,`public`)", [RULE], []),  # not enabled, which is another rule's
        ("!Label(`edge`,`inside`)", [ON, RULE], []),
    ],
)
def test_constraints(constraint: str, labels: list[str], rules: list[tuple[str, str]]) -> None:
    files = project(traefik(f"--providers.docker.constraints={constraint}"), service(*labels))
    assert [(one.rule, one.severity) for one in lint(files) if one.rule == "TL608"] == rules


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["traefik.http.routers.front.rule=Host(`a.example.com`)", "traefik.http.routers.front2.entrypoints=web"],
         ["front2"]),
        (["traefik.http.routers.front.entrypoints=web"], ["front"]),
        (["traefik.tcp.routers.db.tls=true", "traefik.tcp.services.db.loadbalancer.server.port=5432"], ["db"]),
        (["traefik.http.routers.front.rule=Host(`a.example.com`)", "traefik.http.routers.front.entrypoints=web"], []),
        (["traefik.http.services.front.loadbalancer.server.port=8080"], []),
        (["traefik.http.routers.tls=true"], []),
        (["traefik.udp.routers.dns.entrypoints=dns", "traefik.udp.services.dns.loadbalancer.server.port=53"], []),
    ],
)  # fmt: skip
def test_routers_without_a_rule(labels: list[str], expected: list[str]) -> None:
    assert [found[2] for found in found_by("TL609", project(traefik(), service(ON, *labels)))] == expected


def test_a_default_rule_of_the_users_own() -> None:
    files = project(
        traefik("--providers.docker.defaultrule=Host(`{{ .Name }}.example.com`)"),
        service(ON, "traefik.http.routers.front.entrypoints=web"),
    )
    assert found_by("TL609", files) == []


SOCKET = "      - /var/run/docker.sock:/var/run/docker.sock:ro\n"


@pytest.mark.parametrize(
    ("compose", "expected"),
    [
        (traefik().replace(SOCKET, ""), True),
        (traefik(), False),
        (traefik().replace(SOCKET, "      - /run:/var/run\n"), False),
        (traefik().replace(SOCKET, "      - /run/user/1000/docker.sock:/run/docker.sock\n"), False),
        (traefik().replace(SOCKET, "      - ${SOCKET}\n"), False),
        (traefik("--providers.docker.endpoint=tcp://proxy:2375").replace(SOCKET, ""), False),
        (traefik("--providers.docker.endpoint=${ENDPOINT}").replace(SOCKET, ""), False),
        (traefik(rest="use_api_socket: true").replace(SOCKET, ""), False),
        (NO_PROVIDER.replace(SOCKET, ""), False),
    ],
)
def test_the_socket(compose: str, expected: bool) -> None:
    assert bool(found_by("TL610", project(compose))) is expected
