"""R-060 to R-069: names, and definitions that meet."""

from __future__ import annotations

from tests.conformance.harness.case import Case
from tests.conformance.worlds import (
    API,
    DOCKER_AND_FILE,
    POINTS,
    SERVICE,
    compose,
    container,
    docker_case,
    file_case,
    files_case,
)

RULE = "traefik.http.routers.pots.rule=Host(`pots.shop`)"
PORT = "traefik.http.services.pots.loadbalancer.server.port=9000"


def both(name: str, text: str, *services: str) -> Case:
    """Return a case that Docker and a file provide together."""
    return Case(
        name, static=POINTS + API + DOCKER_AND_FILE, files={"shop.yml": text}, compose=compose(*services)
    )


CASES: tuple[Case, ...] = (
    docker_case("R-060a", container("one", [RULE, PORT]), container("two", [RULE, PORT])),
    docker_case(
        "R-060b",
        container("one", [RULE, PORT]),
        container("two", [RULE, PORT, "traefik.http.services.pots.loadbalancer.passhostheader=false"]),
    ),
    docker_case(
        "R-060c",
        container("one", [RULE, PORT, "traefik.http.middlewares.m.addprefix.prefix=/x"]),
        container("two", [RULE, PORT, "traefik.http.middlewares.m.addprefix.prefix=/x"]),
    ),
    docker_case(
        "R-060d",
        container("one", ["traefik.http.middlewares.m.addprefix.prefix=/x"]),
        container("two", ["traefik.http.middlewares.m.addprefix.prefix=/y"]),
    ),
    docker_case(
        "R-060e",
        container("one", [RULE, PORT]),
        container("two", [RULE, "traefik.http.services.pots.loadbalancer.server.port=9001"]),
    ),
    docker_case(
        "R-060f",
        container("one", [RULE, PORT]),
        container("two", [RULE, PORT, "traefik.http.services.pots.loadbalancer.sticky.cookie=true"]),
        container("three", [RULE, PORT]),
    ),
    docker_case(
        "R-061a",
        container("one", [PORT, "traefik.http.routers.r.rule=Host(`one.shop`)"]),
        container("two", [PORT, "traefik.http.routers.r.rule=Host(`two.shop`)"]),
    ),
    docker_case(
        "R-061b",
        container("one", ["traefik.tcp.routers.r.rule=HostSNI(`*`)"]),
        container("two", ["traefik.tcp.routers.r.rule=HostSNI(`*`)"]),
    ),
    docker_case(
        "R-061c",
        container("one", ["traefik.udp.routers.u.entrypoints=dns"]),
        container("two", ["traefik.udp.routers.u.entrypoints=dns"]),
        points=POINTS + '  dns: {address: ":53/udp"}\n' + API,
    ),
    docker_case("R-062a", container("one", [RULE]), container("two", [RULE])),
    docker_case("R-062b", container("one", [RULE], more="    scale: 2\n")),
    docker_case(
        "R-063",
        container("one", [PORT, "traefik.http.routers.a.rule=Host(`a.shop`)"]),
        container(
            "two",
            [
                PORT,
                "traefik.http.services.pots.loadbalancer.server.scheme=https",
                "traefik.http.services.pots.loadbalancer.passhostheader=false",
                "traefik.http.routers.b.rule=Host(`b.shop`)",
            ],
        ),
    ),
    files_case(
        "R-064a",
        {
            "a.yml": f"http: {{routers: {{r: {{rule: Host(`a.shop`), service: pots}}}}, {SERVICE}}}\n",
            "b.yml": "http: {routers: {r: {rule: Host(`b.shop`), service: pots}}}\n",
        },
    ),
    files_case(
        "R-064b",
        {
            "a.yml": f"http: {{routers: {{r: {{rule: Host(`a.shop`), service: pots}}}}, {SERVICE}}}\n",
            "sub/b.yml": "http: {routers: {b: {rule: Host(`b.shop`), service: pots}}}\n",
        },
    ),
    files_case(
        "R-064c",
        {
            "z.yml": f"http: {{routers: {{r: {{rule: Host(`z.shop`), service: pots}}}}, {SERVICE}}}\n",
            "sub/b.yml": "http: {routers: {r: {rule: Host(`b.shop`), service: pots}}}\n",
        },
    ),
    files_case(
        "R-064d",
        {
            "a.yml": f"http: {{{SERVICE}}}\n",
            "b.yml": "http: {services: {pots: {loadBalancer: {servers: [{url: 'http://other'}]}}}}\n",
        },
    ),
    files_case(
        "R-064e",
        {
            "a.yml": "http: {middlewares: {m: {addPrefix: {prefix: /a}}}}\n",
            "b.yaml": "http: {middlewares: {m: {addPrefix: {prefix: /b}}}}\n",
            "C.toml": "[http.middlewares.m.addPrefix]\nprefix = '/c'\n",
        },
    ),
    both(
        "R-065a",
        "http: {routers: {f: {rule: Host(`f.shop`), service: pots-shop@docker}}}",
        container("pots", [RULE]),
    ),
    both(
        "R-065b",
        "http: {middlewares: {m: {addPrefix: {prefix: /x}}}}",
        container("pots", [RULE, "traefik.http.routers.pots.middlewares=m@file"]),
    ),
    both(
        "R-065c",
        "http: {middlewares: {m: {addPrefix: {prefix: /x}}}}",
        container("pots", [RULE, "traefik.http.routers.pots.middlewares=m"]),
    ),
    both(
        "R-065d",
        "http: {middlewares: {c: {chain: {middlewares: [m]}}, m: {addPrefix: {prefix: /x}}}}",
        container("pots", [RULE, "traefik.http.routers.pots.middlewares=c@file"]),
    ),
    both(
        "R-065e",
        "http: {services: {w: {weighted: {services: [{name: pots-shop}]}}, "
        "v: {weighted: {services: [{name: pots-shop@docker, weight: 2}]}}}, routers: "
        "{w: {rule: Path(`/w`), service: w}, v: {rule: Path(`/v`), service: v}}}",
        container("pots", [RULE]),
    ),
    both(
        "R-066a",
        f"http: {{{SERVICE}}}",
        container(
            "cups", ["traefik.http.routers.c.rule=Host(`c.shop`)", "traefik.http.routers.c.service=pots@file"]
        ),
    ),
    both(
        "R-066b",
        "tls: {options: {strict: {minVersion: VersionTLS13}}}",
        container("pots", [RULE, "traefik.http.routers.pots.tls.options=strict@file"]),
    ),
    both(
        "R-066c",
        "http: {serversTransports: {t: {insecureSkipVerify: true}}}",
        container("pots", [RULE, "traefik.http.services.p.loadbalancer.serverstransport=t@file"]),
    ),
    file_case("R-067a", f"http: {{routers: {{r: {{rule: Host(`a.shop`), service: Pots}}}}, {SERVICE}}}"),
    file_case("R-067b", f"http: {{routers: {{r: {{rule: Host(`a.shop`), service: pots@File}}}}, {SERVICE}}}"),
    file_case(
        "R-068a",
        f"http: {{routers: {{r: {{rule: Host(`a.shop`), service: pots, tls: {{options: default}}}}}}, {SERVICE}}}",
    ),
    file_case(
        "R-068b",
        f"http: {{routers: {{r: {{rule: Host(`a.shop`), service: pots, tls: {{options: default@file}}}}}}, {SERVICE}}}"
        "\ntls: {options: {default: {minVersion: VersionTLS12}}}",
    ),
    both(
        "R-069",
        "tls: {stores: {default: {defaultGeneratedCert: {resolver: le}}}}",
        container(
            "pots",
            [
                RULE,
                "traefik.http.routers.pots.tls=true",
                "traefik.tls.stores.default.defaultgeneratedcert.resolver=le",
            ],
        ),
    ),
)
