"""``traefik-lint routes``: what belongs together, what is answered, and how it is written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import pytest
from jsonschema import Draft202012Validator

from tests.cli.program import Program
from traefik_lint.options.catalogue import load_schema

STATIC = "entryPoints: {web: {address: ':80'}}\nproviders: {%s}\n"
DYNAMIC = """
http:
  routers: {shop: {rule: Host(`shop.example.com`), service: shop}}
  services: {shop: {loadBalancer: {servers: [{url: 'http://shop:8080'}]}}}
"""
COMPOSE = """
services:
  shop:
    image: example/shop:1
    expose: [8080]
    labels: ["traefik.http.routers.shop.rule=Host(`shop.example.com`)"]
"""
TRAEFIK = """
services:
  traefik:
    image: traefik:%s
    command: [%s]
    volumes: [%s]
"""
SECTIONS = [
    "middlewares", "routers", "services", "tcpMiddlewares", "tcpRouters", "tcpServices", "udpRouters", "udpServices",
]  # fmt: skip


def place(project: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def asked(traefik_lint: Program, *arguments: str) -> list[dict[str, Any]]:
    ran = traefik_lint("routes", "--format", "json", *arguments)
    assert (ran.code, ran.err) == (0, "")
    document = json.loads(ran.out)
    Draft202012Validator(load_schema("routes.json")).validate(document)
    return cast("list[dict[str, Any]]", document["deployments"])


def routers(deployment: Mapping[str, Any]) -> list[str]:
    return [name for name in deployment["rawdata"]["routers"] if not name.endswith("@internal")]


def test_the_shape_is_that_of_rawdata(project: Path, traefik_lint: Program) -> None:
    place(project, {"traefik.yml": STATIC % "file: {filename: shop.yml}", "shop.yml": DYNAMIC})
    (deployment,) = asked(traefik_lint)
    assert sorted(deployment) == ["files", "name", "rawdata", "traefik_version"]
    assert sorted(deployment["rawdata"]) == SECTIONS
    assert deployment["rawdata"]["routers"]["shop@file"] == {
        "entryPoints": ["web"],
        "service": "shop",
        "rule": "Host(`shop.example.com`)",
        "priority": 24,
        "observability": {"accessLogs": True, "metrics": True, "tracing": True, "traceVerbosity": "minimal"},
        "status": "enabled",
        "using": ["web"],
    }
    assert deployment["rawdata"]["services"]["shop@file"] == {
        "loadBalancer": {
            "servers": [{"url": "http://shop:8080"}],
            "strategy": "wrr",
            "passHostHeader": True,
            "responseForwarding": {"flushInterval": "100ms"},
        },
        "status": "enabled",
        "usedBy": ["shop@file"],
        "serverStatus": {"http://shop:8080": "UP"},
    }


@pytest.mark.parametrize(
    ("static", "starts"),
    [
        (STATIC % "file: {filename: shop.yml}", True),
        ("entryPoints: {web: {adress: ':80'}}\n", False),
        ("entryPoints: {web: {address: ':80'}, other: {address: ':80'}}\n", False),
        ("entryPoints: {web: {address: ':80'}}\nproviders: {file: {}}\n", False),
        ("entryPoints: {web: {address: ':80'\n", False),
    ],
)
def test_rawdata_is_null_where_traefik_would_not_start(
    static: str, starts: bool, project: Path, traefik_lint: Program
) -> None:
    place(project, {"traefik.yml": static, "shop.yml": DYNAMIC})
    (deployment,) = asked(traefik_lint, "--static", "traefik.yml")
    assert (deployment["rawdata"] is not None) == starts
    assert "traefik.yml" in deployment["files"]
    assert ("Traefik does not start" in traefik_lint("routes", "--static", "traefik.yml").out) != starts


@pytest.mark.parametrize(
    ("files", "names"),
    [
        # Without any static configuration all files form one deployment.
        ({"shop.yml": DYNAMIC, "compose.yml": COMPOSE}, [["shop@docker", "shop@file"]]),
        # Labels count only where the static configuration has their provider on.
        ({"traefik.yml": STATIC % "docker: {}", "compose.yml": COMPOSE}, [["shop@docker"]]),
        ({"traefik.yml": STATIC % "swarm: {}", "compose.yml": COMPOSE}, [[]]),
        (
            {
                "traefik.yml": STATIC % "file: {filename: shop.yml}", "shop.yml": DYNAMIC,
                "compose.yml": COMPOSE,
            },
            [["shop@file"]],
        ),
        # What no static configuration reaches is in no deployment.
        ({"traefik.yml": STATIC % "docker: {}", "shop.yml": DYNAMIC}, [[]]),
        # Each static configuration is a deployment of its own.
        (
            {
                "a/traefik.yml": STATIC % "file: {filename: shop.yml}", "a/shop.yml": DYNAMIC,
                "b/traefik.yml": STATIC % "file: {directory: dynamic}",
                "b/dynamic/x.yml": DYNAMIC.replace("shop:", "cafe:", 1),
            },
            [["shop@file"], ["cafe@file"]],
        ),
        # Without a mount, /etc/traefik is the static file's folder, and a relative path starts there too.
        (
            {"traefik.yml": STATIC % "file: {directory: /etc/traefik/dynamic}", "dynamic/x.yml": DYNAMIC},
            [["shop@file"]],
        ),
        ({"conf/traefik.yml": STATIC % "file: {filename: ../shop.yml}", "shop.yml": DYNAMIC}, [["shop@file"]]),
        # What is missing is nothing.
        ({"traefik.yml": STATIC % "file: {directory: /etc/traefik/gone}", "dynamic/x.yml": DYNAMIC}, [[]]),
        # A broken file takes the others of its provider with it.
        (
            {
                "traefik.yml": STATIC % "file: {directory: dynamic}", "dynamic/x.yml": DYNAMIC,
                "dynamic/y.yml": "http: {routers: {r: {rul: x}}}\n",
            },
            [[]],
        ),
        ({"notes.yml": "colour: blue\n"}, []),
    ],
)  # fmt: skip
def test_what_belongs_together(
    files: dict[str, str], names: list[list[str]], project: Path, traefik_lint: Program
) -> None:
    place(project, files)
    assert [routers(deployment) for deployment in asked(traefik_lint)] == names


def test_mounts_lead_to_the_files(project: Path, traefik_lint: Program) -> None:
    flags = '"--providers.file.directory=/conf", "--entrypoints.web.address=:80"'
    place(
        project,
        {
            "compose.yml": TRAEFIK % ("v3.6.7", flags, '"./routes:/conf:ro"'),
            "routes/shop.yml": DYNAMIC.replace("service: shop", "service: shop, middlewares: [in, out]")
            + "  middlewares:\n"
            "    in: {basicAuth: {usersFile: /conf/users}}\n"
            "    out: {basicAuth: {usersFile: /srv/users}}\n",
            "routes/users": "ann:x\n",
        },
    )
    (deployment,) = asked(traefik_lint)
    assert deployment["traefik_version"] == "3.6"
    assert deployment["files"] == ["compose.yml", "routes/shop.yml"]
    statuses = {name: found["status"] for name, found in deployment["rawdata"]["middlewares"].items()}
    assert statuses == {"in@file": "enabled", "out@file": "disabled"}
    assert deployment["rawdata"]["routers"]["shop@file"]["error"] == [
        "open /srv/users: no such file or directory"
    ]


def test_the_given_version_decides(project: Path, traefik_lint: Program) -> None:
    place(project, {"shop.yml": DYNAMIC.replace("service: shop}}", "service: shop, parentRefs: [r]}}")})
    for version, names in (("3.5.6", []), ("3.6.0", ["shop@file"]), ("3.7", ["shop@file"])):
        (deployment,) = asked(traefik_lint, "--traefik-version", version)
        assert deployment["traefik_version"] == version[:3]
        assert routers(deployment) == names


def test_containers_are_written_as_their_services(project: Path, traefik_lint: Program) -> None:
    place(
        project,
        {
            "traefik.yml": STATIC % "docker: {}",
            "compose.yml": COMPOSE.replace("expose: [8080]", "expose: [9090, 8081/tcp]\n    scale: 2"),
        },
    )
    (deployment,) = asked(traefik_lint)
    (service,) = (found for name, found in deployment["rawdata"]["services"].items() if "docker" in name)
    assert service["loadBalancer"]["servers"] == [{"url": "http://shop:8081"}] * 2
    assert service["serverStatus"] == {"http://shop:8081": "UP"}


def test_images_expose_what_the_files_say(project: Path, traefik_lint: Program) -> None:
    place(
        project,
        {
            "traefik.yml": STATIC % "docker: {}",
            "compose.yml": COMPOSE.replace("example/shop:1", "nginx").replace("    expose: [8080]\n", ""),
        },
    )
    (deployment,) = asked(traefik_lint)
    assert routers(deployment) == []
    assert 'container "shop": service "shop-' in traefik_lint("routes").out


@pytest.mark.parametrize(
    "path",
    ["missing.yml", "missing/"],
)
def test_a_missing_path_is_an_error(path: str, project: Path, traefik_lint: Program) -> None:
    ran = traefik_lint("routes", "--format", "json", path)
    assert ran.code == 2
    assert json.loads(ran.out) == {"version": 1, "deployments": []}
    ran = traefik_lint("routes", path)
    assert (ran.code, ran.out) == (2, "")


def test_standard_input(project: Path, traefik_lint: Program) -> None:
    ran = traefik_lint(
        "routes", "--format", "json", "--stdin-filename", "shop.yml", "-", stdin=DYNAMIC.encode()
    )
    (deployment,) = json.loads(ran.out)["deployments"]
    assert (ran.code, deployment["files"]) == (0, ["shop.yml"])
    assert routers(deployment) == ["shop@file"]


def test_the_text_says_what_is_left_to_chance(project: Path, traefik_lint: Program) -> None:
    twice = DYNAMIC.replace(
        "routers: {", "routers: {other: {rule: Host(`shop.example.com`), service: shop}, "
    )
    place(project, {"traefik.yml": STATIC % "file: {filename: shop.yml}", "shop.yml": twice})
    out = traefik_lint("routes").out
    assert "left to chance\n  other@file, shop@file: any of them may answer" in out
    assert "left to chance" not in traefik_lint("routes", "--format", "json").out


def test_the_answer_is_always_the_same(project: Path, traefik_lint: Program) -> None:
    place(project, {"traefik.yml": STATIC % "docker: {}, file: {filename: shop.yml}", "shop.yml": DYNAMIC})
    place(project, {"compose.yml": COMPOSE})
    assert len({traefik_lint("routes", "--format", "json").out for _ in range(3)}) == 1
