"""The harness itself, held against facts that do not come from our model."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from .compare import compare
from .generate import PROVIDERS, case_of, random_cases, shrink, world_of
from .generate.world import as_toml
from .harness.ask import Traefiks
from .harness.binary import binary_for, installed_version
from .harness.case import Case, readable, user_files, write
from .harness.compose import containers_of
from .harness.jsontypes import Json, Object, mapping
from .harness.kubernetes_api import _selected
from .harness.normalise import normalise
from .harness.process import HarnessError, Traefik
from .table.crd import POTS, route, routes
from .worlds import (
    API,
    POINTS,
    SERVICE,
    container,
    docker_case,
    file_case,
    kubernetes_case,
    rule_case,
    swarm_case,
)

RULE = "traefik.http.routers.pots.rule=Host(`pots.shop`)"


@pytest.fixture(scope="module")
def traefiks() -> Iterator[Traefiks]:
    with Traefiks() as running:
        yield running


def ask(traefiks: Traefiks, case: Case) -> Object:
    """Return the rawdata of a case that starts."""
    rawdata = traefiks.ask(case).rawdata
    assert rawdata is not None
    return rawdata


def at(value: Json | Object, *keys: str) -> Json:
    """Return what lies below keys."""
    for key in keys:
        value = mapping(value)[key]
    return value


def test_lowest_exposed_port_is_taken(traefiks: Traefiks) -> None:
    found = ask(traefiks, docker_case("lowest", container("pots", [RULE], expose=(9090, 8080))))
    assert at(found, "services", "pots-shop@docker", "loadBalancer", "servers") == [
        {"url": "http://pots:8080"}
    ]


def test_conflicting_routers_are_lost(traefiks: Traefiks) -> None:
    case = docker_case("conflict", container("one", [RULE]), container("two", [RULE]))
    answer = traefiks.ask(case)
    assert at(answer.rawdata or {}, "routers") == {}
    assert any("HTTP router defined multiple times" in message for message in answer.log_errors)


def test_router_id_of_an_ingress_route(traefiks: Traefiks) -> None:  # K-010
    found = ask(traefiks, kubernetes_case("id", POTS, routes(route("Host(`a.example.com`)"), name="r")))
    assert list(mapping(found["routers"])) == ["default-r-629990b524bf9a1a8d27@kubernetescrd"]


def test_swarm_reads_service_labels(traefiks: Traefiks) -> None:
    labels = [RULE, "traefik.http.services.pots.loadbalancer.server.port=9000"]
    found = ask(traefiks, swarm_case("swarm", container("pots", labels, swarm=True)))
    assert at(found, "services", "pots@swarm", "loadBalancer", "servers") == [{"url": "http://pots:9000"}]


def test_broken_rule_disables_its_router(traefiks: Traefiks) -> None:
    router = mapping(at(ask(traefiks, rule_case("broken", "Host(`a.shop`")), "routers", "r@file"))
    assert router["status"] == "disabled"
    assert router["error"] == [
        (
            "error while parsing rule Host(`a.shop`: parsing rule Host(`a.shop`: "
            "1:14: missing ',' before newline in argument list"
        )
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (POINTS + "api: {insecur: true}\n", "field not found, node: insecur"),  # S-011
        ("foo: bar\n", "no valid configuration found in file"),  # S-011
        ("entryPoints: {web: }\n" + API, "entryPoints cannot be a standalone element"),  # S-013
        (
            'entryPoints: {a: {address: ":80"}, b: {address: ":80"}}\n' + API,
            "address already in use",
        ),  # S-034
        ("api: {}\nproviders: {file: {}}\n", "file cannot be a standalone element"),
    ],
)
def test_static_configuration_is_refused(traefiks: Traefiks, text: str, reason: str) -> None:
    answer = traefiks.ask(Case("refused", static=text))
    assert answer.rawdata is None
    assert reason in answer.static_error


def test_redirection_has_the_users_port(traefiks: Traefiks) -> None:
    points = (
        'entryPoints: {web: {address: ":80", http: {redirections: {entryPoint: {to: s}}}}, '
        's: {address: ":8443"}}\n' + API
    )
    found = ask(traefiks, rule_case("redirect", "Host(`a.shop`)", points=points))
    assert at(found, "middlewares", "redirect-web-to-s@internal", "redirectScheme", "port") == "8443"


def test_nothing_of_the_last_case_stays(traefiks: Traefiks) -> None:
    good = rule_case("good", "Host(`a.shop`)")
    broken = file_case("broken", f"http: {{routers: {{x: {{rul: y}}}}, {SERVICE}}}\n")
    empty = file_case("empty", "# nothing\n")
    for case in (broken, empty):
        assert list(mapping(ask(traefiks, good)["routers"])) == ["r@file"]
        assert ask(traefiks, case)["routers"] == {}
    dropped = docker_case("dropped", container("pots", ["traefik.http.routers.x.rul=y"]))
    kept = docker_case("kept", container("pots", [RULE]))
    assert list(mapping(ask(traefiks, kept)["routers"])) == ["pots@docker"]
    assert ask(traefiks, dropped)["routers"] == {}


def test_helpers_do_not_show(traefiks: Traefiks) -> None:
    found = ask(traefiks, file_case("bare", "# nothing\n"))
    assert sorted(mapping(found["services"])) == ["api@internal", "dashboard@internal", "noop@internal"]
    assert not any(mapping(found[section]) for section in found if section != "services")


def test_process_ends_when_its_case_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[Traefik] = []
    close = Traefik.close

    def close_and_note(self: Traefik) -> None:
        close(self)
        ended.append(self)

    def fail(self: Traefik, method: str, path: str, body: Json = None) -> tuple[int, bytes]:
        if method == "GET":
            raise HarnessError("no answer")
        return request(self, method, path, body)

    request = Traefik.request
    monkeypatch.setattr(Traefik, "close", close_and_note)
    monkeypatch.setattr(Traefik, "request", fail)
    with Traefiks() as failing, pytest.raises(HarnessError, match="case bare: no answer"):
        failing.ask(file_case("bare", "# nothing\n"))
    assert [each.ended for each in ended] == [True]


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_swapped_case_answers_as_a_fresh_one(provider: str) -> None:
    cases = list(random_cases(7, 6, provider))
    with Traefiks() as swapped:
        for case in cases:
            with Traefiks() as fresh:
                difference = compare(fresh.ask(case).rawdata, swapped.ask(case).rawdata)
            assert not [each for each in difference if each.kind in ("start", "names", "status")], readable(
                case
            )


def test_random_cases_do_not_depend_on_their_count() -> None:
    assert list(random_cases(3, 5, "docker")) == list(random_cases(3, 9, "docker"))[:5]


def test_shrinking_drops_what_does_not_matter() -> None:
    world = world_of(5, 3, "directory")
    files = mapping(world["files"])
    wanted = sorted(files)[0]
    small = shrink(world, lambda each: wanted in mapping(each.get("files")))
    assert small["files"] == {wanted: {}}
    assert mapping(small["static"]).get("entryPoints") is None
    assert "--- dynamic/" + wanted in readable(case_of("small", small))


def test_case_is_written_as_its_user_has_it(tmp_path: Path) -> None:
    case = docker_case("written", container("pots", [RULE]))._replace(files={"a.yml": "http:\n"})
    write(case, tmp_path)
    assert sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.yml")) == [
        "compose.yml",
        "dynamic/a.yml",
        "traefik.yml",
    ]
    assert "./dynamic:/etc/traefik/dynamic:ro" in (tmp_path / "compose.yml").read_text()
    flags = Case("flags", flags=("--api=true", "--x=Host(`a`) $1"), manifests=POTS)
    assert "traefik-deployment.yml" in user_files(flags)
    assert '- "--x=Host(`a`) $$1"' in user_files(flags._replace(manifests=""))["compose.yml"]


def test_published_ports_are_read() -> None:
    project = containers_of(
        "name: p\nservices:\n  a:\n    ports: ['127.0.0.1:8000:80', '7000-7001:70-71/udp', '9']\n"
    )
    ports = at(project.containers.containers[0], "NetworkSettings", "Ports")
    assert ports == {
        "80/tcp": [{"HostIp": "127.0.0.1", "HostPort": "8000"}],
        "70/udp": [{"HostIp": "0.0.0.0", "HostPort": "7000"}],
        "71/udp": [{"HostIp": "0.0.0.0", "HostPort": "7001"}],
        "9/tcp": [{"HostIp": "0.0.0.0", "HostPort": "32768"}],
    }


@pytest.mark.parametrize(
    ("selector", "fits"),
    [
        ("", True),
        ("team=blue", True),
        ("team==blue,tier=1", True),
        ("team!=blue", False),
        ("team", True),
        ("!team", False),
        ("team in (red, blue)", True),
        ("team notin (red)", True),
        ("none notin (x)", True),
        ("none", False),
    ],
)
def test_label_selector(selector: str, fits: bool) -> None:
    assert _selected(selector, {"team": "blue", "tier": "1"}) is fits


def test_addresses_become_names_wherever_they_stand() -> None:
    raw: Object = {
        "services": {
            "a@docker": {
                "error": ["dial 172.28.1.11:80", "dial 172.28.1.11:80"],
                "loadBalancer": {
                    "servers": [{"url": "http://172.28.1.110:80"}, {"url": "http://172.28.1.11:80"}]
                },
                "serverStatus": {"http://172.28.1.11:80": "DOWN"},
            }
        }
    }
    found = normalise(raw, {"172.28.1.11": "pots"}, {}, True)
    assert at(found, "services", "a@docker") == {
        "error": ["dial pots:80"],
        "serverStatus": {"http://pots:80": "UP"},
        "loadBalancer": {"servers": [{"url": "http://172.28.1.110:80"}, {"url": "http://pots:80"}]},
    }


def test_differences_are_told_apart() -> None:
    real: Object = {
        "routers": {
            "a": {"status": "enabled", "priority": 1, "using": ["b", "a"]},
            "b": {"status": "disabled", "error": ["x"]},
        }
    }
    ours: Object = {
        "routers": {
            "a": {"status": "warning", "priority": 2, "using": ["a", "b"]},
            "b": {"status": "disabled", "error": ["y"]},
            "c": {},
        }
    }
    assert [(each.kind, each.place) for each in compare(real, ours)] == [
        ("status", "routers[a].status"),
        ("content", "routers[a].priority"),
        ("error", "routers[b].error"),
        ("names", "routers[c]"),
    ]
    assert [each.kind for each in compare(None, ours)] == ["start"]
    assert compare(None, None) == []


def test_toml_has_inline_values() -> None:
    assert as_toml(
        {"http": {"routers": {"a.b": {"rule": "Path(`/`)", "priority": 3, "tls": None, "x": [True]}}}}
    ) == ('"http" = {"routers" = {"a.b" = {"rule" = "Path(`/`)", "priority" = 3, "x" = [true]}}}\n')


def test_installed_binary_is_found() -> None:
    assert binary_for(installed_version()).is_file()
