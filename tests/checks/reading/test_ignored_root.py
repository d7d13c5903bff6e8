from __future__ import annotations

import pytest

from tests.checks.lint import found_by

PROVIDERS = "providers:\n  file:\n    directory: /dynamic\n"
ENTRY_POINTS = 'entryPoints:\n  web:\n    address: ":80"\n'
SERVICE = """\
services:
  api:
    image: registry.example.com/api:1.4
    labels:
      - {}
      - traefik.docker.network=edge
"""
ROUTER = "http:\n  routers:\n    api:\n      rule: Host(`a.example.com`)\n      service: noop@internal\n"


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("traefik.yml", "entryPoint:\n  web:\n    address: ':80'\n" + PROVIDERS, [("traefik.yml", 1, "entryPoint")]),
        ("traefik.yml", ENTRY_POINTS + "provider:\n  docker: {}\n", [("traefik.yml", 4, "provider")]),
        ("traefik.yml", ENTRY_POINTS + PROVIDERS + "certificateResolvers:\n  le: {}\n",
         [("traefik.yml", 7, "certificateResolvers")]),
        ("traefik.toml", '[entryPoint.web]\naddress = ":80"\n[providers.docker]\n',
         [("traefik.toml", 1, "entryPoint")]),
        ("dynamic.yml", ROUTER + "tsl:\n  options: {}\n", [("dynamic.yml", 6, "tsl")]),
        ("traefik.yml", ENTRY_POINTS + PROVIDERS, []),
        ("traefik.yml", "ENTRYPOINTS:\n  web:\n    address: ':80'\n" + PROVIDERS, []),
        ("traefik.yml", "x-web: &web\n  address: ':80'\n" + PROVIDERS + "entryPoints:\n  web: *web\n", []),
        ("traefik.yml", "common: &web\n  address: ':80'\n" + PROVIDERS + "entryPoints:\n  web: *web\n", []),
        ("compose.yml", SERVICE.format("traefik.htp.routers.a.rule=Host(`a.example.com`)"),
         [("compose.yml", 5, "htp")]),
        ("compose.yml", SERVICE.format("traefick.http.routers.a.rule=Host(`a.example.com`)"),
         [("compose.yml", 5, "traefick")]),
        ("compose.yml", SERVICE.format("treafik.enable=true"), [("compose.yml", 5, "treafik")]),
        ("compose.yml", SERVICE.format("traefik.tags=public"), []),
        ("compose.yml", SERVICE.format("traefik.constraint-label=traefik-public"), []),
        ("compose.yml", SERVICE.format("traefik.network.group=public"), []),
        ("compose.yml", SERVICE.format("com.example.http.routers.a.rule=x"), []),
        ("compose.yml", SERVICE.format("homepage.href=http://a.example.com"), []),
    ],
)  # fmt: skip
def test_sections_that_are_never_read(name: str, text: str, expected: list[tuple[str, int, str]]) -> None:
    assert found_by("TL011", {name: text}) == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"traefik.yml": ENTRY_POINTS + PROVIDERS + ROUTER}, [("traefik.yml", 7, "http")]),
        ({"traefik.toml": '[entryPoints.web]\naddress = ":80"\n[providers.docker]\n[tls.options.default]\n'},
         [("traefik.toml", 4, "tls")]),
        ({"dynamic.yml": ROUTER + "log:\n  level: INFO\n"}, [("dynamic.yml", 6, "log")]),
        ({"dynamic.yml": ROUTER}, []),
        # One folder for both: the static file is read by the file provider too, and means nothing there.
        ({"compose.yml": "services:\n  traefik:\n    image: traefik:v3.7\n    volumes:\n      - ./t:/etc/traefik:ro\n",
          "t/traefik.yml": ENTRY_POINTS + "providers:\n  file:\n    directory: /etc/traefik\n",
          "t/routes.yml": ROUTER}, []),
    ],
)  # fmt: skip
def test_sections_of_the_other_configuration(
    files: dict[str, str], expected: list[tuple[str, int, str]]
) -> None:
    assert found_by("TL012", files) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("routers:\n  a: {rule: Host(`a.example.com`), service: a}\n", [1]),
        ("middlewares:\n  small:\n    headers: {frameDeny: true}\n", [1]),
        ("services:\n  a:\n    loadBalancer: {servers: [{url: 'http://a'}]}\n", [1]),
        ("services:\n  a:\n    image: nginx\n", []),
        ("http:\n  middlewares:\n    small:\n      headers: {frameDeny: true}\n", []),
        ("routers: &all\n  a: {rule: Host(`a.example.com`), service: a}\n", []),
    ],
)
def test_sections_that_stand_too_high(text: str, expected: list[int]) -> None:
    files = {
        "traefik.yml": 'entryPoints: {web: {address: ":80"}}\nproviders: {file: {directory: conf}}\n',
        "conf/a.yml": text,
    }
    assert [line for path, line, _ in found_by("TL011", files) if path == "conf/a.yml"] == expected


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("traefik.routers.a.rule=Host(`a.example.com`)", ["routers"]),
        ("traefik.services.a.loadbalancer.server.port=80", ["services"]),
        ("traefik.middlewares.a.compress=true", ["middlewares"]),
        ("traefik.http.routers.a.rule=Host(`a.example.com`)", []),
        ("traefik.tags=routers", []),
    ],
)
def test_labels_without_their_protocol(label: str, expected: list[str]) -> None:
    files = {"compose.yml": f'services:\n  a:\n    image: nginx\n    labels:\n      - "{label}"\n'}
    assert [text for _, _, text in found_by("TL011", files)] == expected
