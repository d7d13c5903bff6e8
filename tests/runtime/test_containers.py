"""What the docker provider makes of containers (R-030 … R-053, R-060 … R-063)."""

from __future__ import annotations

import pytest

from .worlds import world


def compose(labels: str, rest: str = "expose: ['8080', '443']") -> str:
    listed = "".join(f'      - "{label}"\n' for label in labels.split("\n") if label)
    return f"services:\n  my_app:\n    image: x\n    {rest}\n    labels:\n{listed or '      []'}"


def test_a_container_without_labels_gets_a_router_and_a_service() -> None:
    runtime = world(compose="services: {my_app: {image: x, expose: ['8080', '443']}}")
    router = runtime.routers["my-app-shop@docker"]
    assert router.config["rule"] == "Host(`my-app-shop`)"
    assert (router.generated, router.default_rule) == (True, True)
    assert runtime.services["my-app-shop@docker"].servers == ["http://my_app:443"]  # the lowest


@pytest.mark.parametrize(
    ("labels", "kind", "text"),
    [
        ("traefik.http.routers.r.rul=x", "decoding", "field not found, node: rul"),
        (
            "traefik.http.routers.r.priority=high",
            "decoding",
            'strconv.ParseInt: parsing "high": invalid syntax',
        ),
        (
            "traefik.docker.netwrk=x",
            "provider-labels",
            "decoding Docker labels: field not found, node: netwrk",
        ),
        ("traefik.enable=false", "not-enabled", ""),
        (
            (
                "traefik.http.services.s.loadbalancer.server.url=http://x\n"
                "traefik.http.services.s.loadbalancer.server.port=80"
            ),
            "url-with-port",
            'service "s" error: defining scheme or port is not allowed when URL is defined',
        ),
        ("traefik.tcp.routers.t.service=t", "no-rule", "Empty rule"),
        (
            (
                "traefik.http.routers.r.rule=Path(`/`)\n"
                "traefik.http.services.a.loadbalancer.server.port=1\n"
                "traefik.http.services.b.loadbalancer.server.port=2"
            ),
            "several-services",
            'Router r cannot be linked automatically with multiple Services: ["a" "b"]',
        ),
    ],
)
def test_what_a_container_loses(labels: str, kind: str, text: str) -> None:
    drops = world(compose=compose(labels)).drops
    assert [(drop.kind, drop.text) for drop in drops] == [(kind, text)]


def test_no_port_drops_the_container() -> None:
    runtime = world(compose=compose("traefik.http.routers.r.rule=Path(`/`)", "restart: always"))
    assert [drop.text for drop in runtime.drops] == ['service "my-app-shop" error: port is missing']
    assert "r@docker" not in runtime.routers


def test_replicas_share_a_service_and_two_services_conflict() -> None:
    text = """
services:
  a:
    image: x
    expose: ['80']
    deploy: {replicas: 3}
    labels: ["traefik.http.services.s.loadbalancer.server.port=80"]
  b:
    image: x
    labels:
      - traefik.http.routers.r.rule=Path(`/`)
      - traefik.http.services.b.loadbalancer.server.port=80
  c:
    image: x
    labels:
      - traefik.http.routers.r.rule=Path(`/`)
      - traefik.http.services.c.loadbalancer.server.port=80
"""
    runtime = world(compose=text)
    servers = runtime.services["s@docker"].config["loadBalancer"]["servers"]  # type: ignore[index]
    assert servers == [{"url": "http://a:80"}] * 3
    assert "r@docker" not in runtime.routers
    assert [drop.text for drop in runtime.drops] == [
        "HTTP router defined multiple times with different configurations"
    ]


@pytest.mark.parametrize(
    ("rest", "url"),
    [
        ("network_mode: host", "http://127.0.0.1:80"),
        ("network_mode: 'service:my_app'", ""),
        ("ports: ['10.0.0.1:81:80']", "http://my_app:80"),
    ],
)
def test_address_of_a_container(rest: str, url: str) -> None:
    labels = "traefik.http.services.s.loadbalancer.server.port=80"
    services = world(compose=compose(labels, rest)).services
    found = services.get("s@docker")
    assert (found.servers if found else []) == ([url] if url else [])


def test_constraints_and_default_rule_of_the_provider() -> None:
    static = """
entryPoints: {web: {address: ":80"}}
providers:
  docker:
    constraints: "Label(`group`, `a`)"
    defaultRule: "Host(`{{ .Name | upper }}.test`)"
"""
    text = """
services:
  in: {image: x, expose: ['80'], labels: [group=a]}
  out: {image: x, expose: ['80'], labels: [group=b]}
"""
    runtime = world(static=static, compose=text)
    rules = {name: router.config["rule"] for name, router in runtime.routers.items()}
    assert rules == {"in-shop@docker": "Host(`IN-SHOP.test`)"}
