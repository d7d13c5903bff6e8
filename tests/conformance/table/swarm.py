"""R-052 and R-053: the Swarm provider."""

from __future__ import annotations

from tests.conformance.harness.case import Case
from tests.conformance.worlds import container, swarm_case

RULE = "traefik.http.routers.pots.rule=Host(`pots.shop`)"
PORT = "traefik.http.services.pots.loadbalancer.server.port=9000"
NETWORKS = "networks:\n  front: {}\n  back: {}\n"


def stack(name: str, *labels: str, more: str = "", providers: str = "providers: {swarm: {}}\n") -> Case:
    """Return a case of a stack with one service."""
    return swarm_case(
        name, container("pots", labels, swarm=True, more=more), more=NETWORKS, providers=providers
    )


CASES: tuple[Case, ...] = (
    swarm_case("R-052a", container("pots", [RULE, PORT])),
    stack("R-052b", RULE, PORT),
    stack("R-052c", RULE),
    stack("R-052d", RULE, PORT, more="      replicas: 3\n"),
    stack("R-052e", RULE, PORT, "traefik.swarm.lbswarm=true"),
    stack("R-052f", PORT),
    stack("R-052g", RULE, PORT, "traefik.swarm.network=shop_back", more="    networks: [front, back]\n"),
    stack("R-052h", PORT, providers="providers: {swarm: {defaultRule: 'Host(`{{ .Name }}.shop`)'}}\n"),
    stack("R-052i", RULE, PORT, providers="providers: {swarm: {exposedByDefault: false}}\n"),
    stack(
        "R-052j",
        RULE,
        PORT,
        "traefik.enable=true",
        providers="providers: {swarm: {exposedByDefault: false}}\n",
    ),
    stack(
        "R-052k",
        PORT,
        "traefik.tcp.routers.db.rule=HostSNI(`*`)",
        "traefik.tcp.services.db.loadbalancer.server.port=5432",
    ),
    stack("R-053a", RULE, PORT, "traefik.docker.lbswarm=true"),
    stack("R-053b", RULE, PORT, "traefik.docker.network=shop_default", "traefik.swarm.lbswarm=true"),
    stack("R-053c", RULE, PORT, "traefik.swarm.netwrk=x"),
    stack(
        "R-053d",
        "traefik.http.routers.pots.rule=Host(`a.shop`)",
        "traefik.http.routers.pots.middlewares=m@swarm",
        PORT,
        "traefik.http.middlewares.m.addprefix.prefix=/x",
    ),
    swarm_case(
        "R-053e", container("one", [RULE, PORT], swarm=True), container("two", [RULE, PORT], swarm=True)
    ),
)
