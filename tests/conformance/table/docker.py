"""R-030 to R-051: what the Docker provider makes of containers."""

from __future__ import annotations

from tests.conformance.harness.case import Case
from tests.conformance.worlds import API, POINTS, container, docker_case, labels_case

RULE = "traefik.http.routers.pots.rule=Host(`pots.shop`)"
PORT = "traefik.http.services.pots.loadbalancer.server.port=9000"


def provided(options: str) -> str:
    """Return the providers section with options of the Docker provider."""
    return f"providers: {{docker: {{{options}}}}}\n"


NETWORKS = "networks:\n  front: {}\n  back: {}\n  outside: {external: true}\n  named: {name: the-net}\n"

CASES: tuple[Case, ...] = (
    docker_case("R-030a", container("my_app.x")),
    docker_case("R-030b", container("pots", more="    container_name: Foo_Bar\n")),
    docker_case("R-030c", container("Pots-2")),
    docker_case("R-031a", container("pots"), providers=provided("defaultRule: 'Host(`{{ .Name }}.shop`)'")),
    docker_case(
        "R-031b", container("pots"), providers=provided("defaultRule: 'Host(`{{ .ContainerName }}.shop`)'")
    ),
    docker_case(
        "R-031c",
        container("pots", ["tenant=blue"]),
        providers=provided("defaultRule: 'Host(`{{ index .Labels \"tenant\" }}.shop`)'"),
    ),
    docker_case(
        "R-031d",
        container("pots"),
        providers=provided("defaultRule: 'Host(`{{ trimSuffix \"-shop\" .Name | upper }}.shop`)'"),
    ),
    docker_case("R-031e", container("pots"), providers=provided("defaultRule: ''")),
    docker_case("R-031f", container("pots"), providers=provided("defaultRule: '{{ .Nope }}'")),
    docker_case("R-031g", container("pots"), providers=provided("defaultRule: 'Host(`{{ .Name }'")),
    docker_case("R-031h", container("pots"), providers=provided("defaultRule: '{{ if false }}x{{ end }}'")),
    docker_case(
        "R-031i",
        container("pots", ["traefik.http.routers.a.priority=1"]),
        providers=provided("defaultRule: 'Host(`{{ .Name }}.shop`) && Path(`/{{ .Name | lower }}`)'"),
    ),
    docker_case(
        "R-031j",
        container("pots"),
        providers=provided("defaultRule: 'Host(`{{ index .Labels \"com.docker.compose.service\" }}.shop`)'"),
    ),
    docker_case(
        "R-031k",
        container("pots"),
        providers=provided(
            'defaultRule: \'Host(`{{ coalesce (index .Labels "none") .Name | replace "-" "" }}.shop`)\''
        ),
    ),
    docker_case(
        "R-031l",
        container("pots"),
        providers=provided(
            "defaultRule: '{{ range $i, $e := splitList \"-\" .Name }}{{ if $i }} || {{ end }}Host(`{{ $e }}`){{ end }}'"  # noqa: E501
        ),
    ),
    docker_case(
        "R-033a",
        container("pots", [RULE]),
        container("cups", ["traefik.enable=true"]),
        providers=provided("exposedByDefault: false"),
    ),
    docker_case(
        "R-033b",
        container("pots", [RULE, "traefik.enable=True"]),
        providers=provided("exposedByDefault: false"),
    ),
    docker_case(
        "R-034a",
        container("pots", ["zone=blue"]),
        container("cups", ["zone=red"]),
        providers=provided("constraints: 'Label(`zone`,`blue`)'"),
    ),
    docker_case(
        "R-034b",
        container("pots", ["zone=blue"]),
        container("cups", ["zone=red"]),
        providers=provided("constraints: '!LabelRegex(`zone`, `^b`)'"),
    ),
    docker_case(
        "R-034c",
        container("pots", ["zone=blue", "tier=1"]),
        container("cups", ["zone=blue"]),
        providers=provided("constraints: 'Label(`zone`,`blue`) && (Label(`tier`,`2`) || Label(`tier`,`1`))'"),
    ),
    docker_case(
        "R-034d", container("pots", ["zone=blue"]), providers=provided("constraints: 'Label(`zone`'")
    ),
    docker_case("R-034e", container("pots", ["zone=blue"]), providers=provided("constraints: 'Tag(`zone`)'")),
    docker_case("R-035", container("pots", [RULE])),
    docker_case("R-036a", container("pots")),
    docker_case("R-036b", container("pots", [PORT])),
    docker_case("R-036c", container("pots", ["traefik.http.middlewares.m.addprefix.prefix=/x"])),
    docker_case(
        "R-036d", container("pots", [PORT, "traefik.http.services.admin.loadbalancer.server.port=9001"])
    ),
    docker_case("R-037", container("pots", ["traefik.http.routers.pots.entrypoints=web"])),
    docker_case("R-038a", container("pots", [RULE, PORT])),
    docker_case(
        "R-038b", container("pots", [RULE, PORT, "traefik.http.services.b.loadbalancer.server.port=9001"])
    ),
    docker_case(
        "R-038c",
        container(
            "pots",
            [
                RULE,
                PORT,
                "traefik.http.services.b.loadbalancer.server.port=9001",
                "traefik.http.routers.pots.service=b",
            ],
        ),
    ),
    labels_case("R-039", RULE, "traefik.http.routers.pots.service=zz"),
    docker_case(
        "R-040a", container("pots", [RULE, "traefik.http.routers.pots.service=api@internal"], expose=())
    ),
    docker_case(
        "R-040b",
        container(
            "pots",
            [
                RULE,
                "traefik.http.routers.pots.service=api@internal",
                "traefik.http.services.dummy.loadbalancer.server.port=1",
            ],
            expose=(),
        ),
    ),
    docker_case("R-041a", container("pots", [RULE], expose=(9090, 8080, 443))),
    docker_case("R-041b", container("pots", [RULE], expose=())),
    docker_case(
        "R-041c", container("pots", [RULE], expose=(), more='    ports: ["8443:9443", "53:5353/udp"]\n')
    ),
    docker_case("R-041d", container("pots", [RULE], expose=(), more='    ports: ["127.0.0.1:8000:80"]\n')),
    docker_case("R-041e", container("pots", [RULE], expose=(), more='    ports: ["9000-9002:7000-7002"]\n')),
    docker_case(
        "R-041f",
        container(
            "pots",
            [RULE],
            expose=(),
            more='    ports:\n      - {target: 9100, published: "80", protocol: tcp}\n',
        ),
    ),
    docker_case("R-041g", container("pots", [RULE], expose=(100, 20))),
    labels_case("R-042a", RULE, "traefik.http.services.pots.loadbalancer.server.port=http"),
    labels_case("R-042b", RULE, "traefik.http.services.pots.loadbalancer.server.port=99999"),
    docker_case(
        "R-043a",
        container(
            "pots", [RULE, "traefik.http.services.pots.loadbalancer.server.url=http://10.1.1.1:7"], expose=()
        ),
    ),
    labels_case(
        "R-043b",
        RULE,
        "traefik.http.services.pots.loadbalancer.server.url=http://10.1.1.1:7",
        "traefik.http.services.pots.loadbalancer.server.port=80",
    ),
    labels_case(
        "R-043c",
        RULE,
        "traefik.http.services.pots.loadbalancer.server.url=http://10.1.1.1:7",
        "traefik.http.services.pots.loadbalancer.server.scheme=https",
    ),
    labels_case("R-044a", RULE, "traefik.http.services.pots.loadbalancer.server.scheme=h2c"),
    labels_case("R-044b", RULE, "traefik.http.services.pots.loadbalancer.server.scheme=ftp"),
    labels_case(
        "R-045",
        PORT,
        "traefik.http.services.b.loadbalancer.server.port=9001",
        "traefik.http.routers.a.rule=Host(`a.shop`)",
        "traefik.http.routers.a.service=pots",
        "traefik.http.routers.b.rule=Host(`b.shop`)",
        "traefik.http.routers.b.service=b",
    ),
    labels_case("R-046a", RULE, "traefik.http.services.w.weighted.services[0].name=x"),
    labels_case("R-046b", RULE, "traefik.http.services.w.mirroring.service=x"),
    docker_case(
        "R-047a",
        container("pots", [RULE, "traefik.docker.network=shop_back"], more="    networks: [front, back]\n"),
        more=NETWORKS,
    ),
    docker_case(
        "R-047b",
        container("pots", [RULE], more="    networks: [named]\n"),
        more=NETWORKS,
        providers=provided("network: the-net"),
    ),
    docker_case(
        "R-047c",
        container("pots", [RULE, "traefik.docker.network=front"], more="    networks: [front]\n"),
        more=NETWORKS,
    ),
    docker_case(
        "R-048f", container("pots", [RULE, PORT], expose=(), more="    network_mode: host\n    scale: 2\n")
    ),
    docker_case(
        "R-048g",
        container("vpn"),
        container("pots", [RULE, PORT], expose=(), more='    network_mode: "service:vpn"\n    scale: 2\n'),
    ),
    docker_case("R-048a", container("pots", [RULE, PORT], expose=(), more="    network_mode: host\n")),
    docker_case("R-048b", container("pots", [RULE], expose=(), more="    network_mode: host\n")),
    docker_case(
        "R-048c",
        container("vpn"),
        container("pots", [RULE, PORT], expose=(), more='    network_mode: "service:vpn"\n'),
    ),
    docker_case(
        "R-048d", container("vpn"), container("pots", [RULE], more='    network_mode: "service:vpn"\n')
    ),
    docker_case("R-048e", container("pots", [RULE, PORT], expose=(), more="    network_mode: none\n")),
    labels_case("R-049a", "traefik.tcp.routers.db.rule=HostSNI(`*`)"),
    labels_case("R-049b", "traefik.tcp.routers.db.entrypoints=web"),
    labels_case("R-049c", "traefik.tcp.services.db.loadbalancer.server.port=5432"),
    labels_case(
        "R-049d", "traefik.tcp.routers.db.rule=HostSNI(`*`)", "traefik.http.middlewares.m.addprefix.prefix=/x"
    ),
    labels_case(
        "R-049e",
        "traefik.tcp.routers.db.rule=HostSNI(`*`)",
        "traefik.tcp.services.a.loadbalancer.server.port=1",
        "traefik.tcp.services.b.loadbalancer.server.port=2",
    ),
    docker_case(
        "R-050a",
        container("pots", ["traefik.udp.routers.dns.entrypoints=dns"], expose=(80,)),
        points=POINTS + '  dns: {address: ":53/udp"}\n' + API,
    ),
    docker_case(
        "R-050b",
        container("pots", ["traefik.udp.services.dns.loadbalancer.server.port=53"], expose=()),
        points=POINTS + '  dns: {address: ":53/udp"}\n' + API,
    ),
    docker_case(
        "R-051a", container("pots", [RULE, PORT, "traefik.tcp.routers.db.rule=HostSNI(`*`)"], expose=())
    ),
    docker_case(
        "R-051b", container("pots", [RULE, PORT, "traefik.udp.routers.u.entrypoints=web"], expose=())
    ),
    docker_case(
        "R-041-bind",
        container("pots", [RULE], expose=(), more='    ports: ["8000:80"]\n'),
        providers=provided("useBindPortIP: true"),
    ),
    docker_case(
        "R-041-bind-ip",
        container("pots", [RULE], expose=(), more='    ports: ["10.1.2.3:8000:80"]\n'),
        providers=provided("useBindPortIP: true"),
    ),
    docker_case("R-035-replicas", container("pots", [RULE], more="    scale: 3\n")),
)
