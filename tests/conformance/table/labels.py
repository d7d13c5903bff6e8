"""R-001 to R-029: how labels are decoded."""

from __future__ import annotations

from tests.conformance.harness.case import Case
from tests.conformance.worlds import compose, container, docker_case, labels_case

RULE = "traefik.http.routers.pots.rule=Host(`pots.shop`)"

CASES: tuple[Case, ...] = (
    labels_case("R-001a", RULE, "traefik.foo.bar=1", "traefik.tags=web", "traefik.port=81"),
    labels_case("R-001b", "traefik.frontend.rule=Host:pots.shop", "traefik.backend=pots"),
    labels_case("R-001c", RULE, "traefik.tls.options.strict.minversion=VersionTLS13"),
    labels_case("R-001d", RULE, "traefik.tls.stores.other.defaultgeneratedcert.resolver=le"),
    labels_case("R-001e", RULE, "traefik.tls.stores.default.defaultgeneratedcert.resolver=le"),
    labels_case("R-002a", RULE, "traefik.httpx.routers.pots.rule=Host(`x.shop`)"),
    labels_case("R-002b", RULE, "traefik.tls.stores.defaultx.foo=1"),
    labels_case("R-003a", RULE, "TRAEFIK.http.routers.other.rule=Host(`x.shop`)"),
    labels_case("R-003b", RULE, "Traefik.tcp.routers.other.rule=HostSNI(`*`)"),
    labels_case(
        "R-004", "traefik.http.Routers.pots.RULE=Host(`pots.shop`)", "traefik.HTTP.routers.pots.PRIORITY=7"
    ),
    labels_case(
        "R-005a", "traefik.http.routers.Pots.rule=Host(`a.shop`)", "traefik.http.routers.pots.priority=3"
    ),
    labels_case(
        "R-005b",
        "traefik.http.routers.pots.rule=Host(`upper.shop`)",
        "traefik.http.routers.POTS.rule=Host(`lower.shop`)",
    ),
    docker_case(
        "R-005c",
        container("one", ["traefik.http.routers.R.rule=Host(`one.shop`)"]),
        container("two", ["traefik.http.routers.r.rule=Host(`two.shop`)"]),
    ),
    labels_case(
        "R-005d",
        RULE,
        "traefik.http.middlewares.Auth.addprefix.prefix=/x",
        "traefik.http.routers.pots.middlewares=auth",
    ),
    labels_case(
        "R-005e",
        RULE,
        "traefik.http.middlewares.h.headers.customrequestheaders.X-One=1",
        "traefik.http.middlewares.h.headers.customrequestheaders.x-one=2",
        "traefik.http.routers.pots.middlewares=h",
    ),
    labels_case(
        "R-006", RULE, "traefik.http.routers.pots.priority=1", "traefik.http.routers.pots.priority=2"
    ),
    labels_case(
        "R-007a",
        RULE,
        "traefik.http.routers.pots.priority=high",
        "traefik.tcp.routers.db.rule=HostSNI(`*`)",
        "traefik.udp.services.u.loadbalancer.server.port=1",
    ),
    docker_case(
        "R-007b", container("bad", ["traefik.http.routers.bad.priority=high"]), container("good", [RULE])
    ),
    labels_case("R-008a", "traefik.http.router.pots.rule=Host(`pots.shop`)"),
    labels_case("R-008b", RULE, "traefik.http.routers.pots.rul=x"),
    labels_case("R-008c", RULE, "traefik.http.services.pots.loadbalancer.servers.port=80"),
    labels_case("R-009a", RULE, "traefik.http.middlewares.m.stripprefix=true"),
    labels_case("R-009b", RULE, "traefik.http=x"),
    labels_case("R-009c", RULE, "traefik.http.middlewares.m.stripprefix="),
    labels_case("R-010a", RULE, "traefik.http.routers.pots.tls=true"),
    labels_case("R-010b", RULE, "traefik.http.routers.pots.tls=TRUE"),
    labels_case("R-010c", RULE, "traefik.http.routers.pots.tls="),
    labels_case("R-010d", RULE, "traefik.http.routers.pots.tls=false"),
    labels_case("R-010e", RULE, "traefik.http.routers.pots.tls=yes"),
    labels_case(
        "R-010f", RULE, "traefik.http.routers.pots.middlewares=z", "traefik.http.middlewares.z.compress=true"
    ),
    labels_case(
        "R-010g", RULE, "traefik.http.routers.pots.middlewares=z", "traefik.http.middlewares.z.compress=no"
    ),
    labels_case(
        "R-010h",
        RULE,
        "traefik.http.routers.pots.middlewares=z",
        "traefik.http.middlewares.z.contenttype=true",
    ),
    labels_case("R-010i", RULE, "traefik.http.services.pots.loadbalancer.sticky.cookie=true"),
    labels_case(
        "R-010j",
        RULE,
        "traefik.http.services.pots.loadbalancer.sticky.cookie=false",
        "traefik.http.services.pots.loadbalancer.sticky.cookie.name=c",
    ),
    labels_case(
        "R-010k",
        RULE,
        "traefik.http.routers.pots.middlewares=z",
        "traefik.http.middlewares.z.ipallowlist.sourcerange=10.0.0.0/8",
        "traefik.http.middlewares.z.ipallowlist.ipstrategy=true",
    ),
    labels_case("R-011a", "traefik.http.routers.pots=x"),
    labels_case("R-011b", RULE, "traefik.http.middlewares.m=x", "traefik.http.routers.pots.middlewares=m"),
    labels_case("R-011c", RULE, "traefik.http.services.pots=x"),
    labels_case(
        "R-012a", RULE, "traefik.http.routers.pots.tls=true", "traefik.http.routers.pots.tls.certresolver=le"
    ),
    labels_case(
        "R-012b", RULE, "traefik.http.routers.pots.tls=false", "traefik.http.routers.pots.tls.certresolver=le"
    ),
    *(
        labels_case(f"R-013{letter}", RULE, f"traefik.http.services.pots.loadbalancer.passhostheader={value}")
        for letter, value in zip(
            "abcdefgh", ("1", "t", "False", "F", "yes", "", " true", "tRUE"), strict=True
        )
    ),
    labels_case("R-014a", RULE, "traefik.http.routers.pots.priority="),
    labels_case("R-014b", RULE, "traefik.http.routers.pots.priority=+5"),
    labels_case("R-014c", RULE, "traefik.http.routers.pots.priority=99999999999999999999"),
    *(
        labels_case(
            f"R-015{letter}",
            RULE,
            f"traefik.http.services.pots.loadbalancer.healthcheck.interval={value}",
            "traefik.http.services.pots.loadbalancer.healthcheck.path=/up",
        )
        for letter, value in zip("abcdef", ("10", "1m30s", "10x", "abc", "-5s", ""), strict=True)
    ),
    labels_case("R-016a", RULE, "traefik.http.routers.pots.entrypoints= web , websecure "),
    labels_case("R-016b", RULE, "traefik.http.routers.pots.entrypoints=web,"),
    labels_case("R-016c", RULE, "traefik.http.routers.pots.entrypoints="),
    labels_case(
        "R-017a", RULE, *(f"traefik.http.routers.pots.tls.domains[{n}].main=d{n}.shop" for n in (0, 1, 2, 10))
    ),
    labels_case(
        "R-017b",
        RULE,
        "traefik.http.routers.pots.tls.domains[3].main=a.shop",
        "traefik.http.routers.pots.tls.domains[7].sans=b.shop,c.shop",
    ),
    labels_case("R-018a", RULE, "traefik.http.routers.pots.entrypoints[0]=web"),
    labels_case("R-018b", RULE, "traefik.http.routers.pots.tls.domains.main=a.shop"),
    labels_case(
        "R-019a",
        RULE,
        "traefik.http.services.pots.loadbalancer.server.port=9000",
        "traefik.http.services.pots.loadbalancer.server.scheme=https",
    ),
    labels_case(
        "R-019b",
        "traefik.tcp.routers.db.rule=HostSNI(`*`)",
        "traefik.tcp.services.db.loadbalancer.server.port=5432",
    ),
    labels_case("R-020a", "traefik.http.routers.my.app.rule=Host(`pots.shop`)"),
    labels_case("R-020b", "traefik.http.routers..rule=Host(`pots.shop`)"),
    labels_case("R-020c", "traefik.http.routers.[w].rule=Host(`pots.shop`)"),
    labels_case("R-020d", 'traefik.http.routers."my.app".rule=Host(`pots.shop`)'),
    labels_case("R-021a", "traefik.http.routers.pots.rule =Host(`pots.shop`)"),
    labels_case("R-021b", "traefik.http.routers.my pots.rule=Host(`pots.shop`)"),
    labels_case("R-022", "traefik.http.routers.pots@docker.rule=Host(`pots.shop`)"),
    labels_case("R-023a", RULE, "traefik.http.services.w.weighted.services[0].name=pots"),
    labels_case("R-023b", RULE, "traefik.http.routers.pots.parentrefs=other"),
    labels_case("R-023c", RULE, "traefik.http.serverstransports.t.insecureskipverify=true"),
    labels_case("R-023d", RULE, "traefik.http.services.pots.loadbalancer.serverstransport=t@file"),
    labels_case("R-023e", RULE, "traefik.http.services.w.failover.service=pots"),
    labels_case(
        "R-024",
        RULE,
        "traefik.http.middlewares.m.plugin.demo.list=a,b",
        "traefik.http.middlewares.m.plugin.demo.deep.X=1",
    ),
    labels_case("R-025a", RULE, "traefik.enable=yes"),
    labels_case("R-025b", RULE, "traefik.enable=false"),
    labels_case("R-025c", RULE, "traefik.docker.netwrk=x"),
    labels_case("R-025d", RULE, "traefik.docker=x"),
    labels_case("R-025e", RULE, "traefik.swarm.network=x"),
    labels_case("R-025f", RULE, "TRAEFIK.enable=true"),
    labels_case("R-025g", RULE, "traefik.docker.lbswarm=true"),
    labels_case("R-026", 'traefik.http.routers.pots.rule="Host(`pots.shop`)"'),
    labels_case("R-027a", "traefik.http.routers.pots.rule="),
    labels_case("R-027b", "traefik.http.routers.pots.rule=  "),
    labels_case("R-027c", RULE, "traefik.http.routers.pots.service="),
    labels_case("R-027d", RULE, "traefik.http.services.pots.loadbalancer.server.port="),
    labels_case("R-027e", RULE, "traefik.http.services.pots.loadbalancer.server.port= 80"),
    labels_case(
        "R-028",
        RULE,
        "traefik.http.routers.pots.middlewares=a",
        "traefik.http.middlewares.a.basicauth.users=ann:$apr1$H6uskkkW$IgXLP6ewTrSuBkTrqE8wj/",
    ),
    labels_case("R-029a", RULE, "traefik.http.services.pots.loadbalancer=true"),
    labels_case("R-029b", RULE, "traefik.http.services.pots.loadbalancer.healthcheck=true"),
    labels_case("R-029c", RULE, "traefik.http.services.pots.loadbalancer.sticky=true"),
    Case(
        "R-006-map",
        static='entryPoints: {web: {address: ":80"}}\napi: {}\nproviders: {docker: {}}\n',
        compose=compose(
            "  pots:\n    image: example/pots\n    expose: [80]\n    labels:\n"
            '      traefik.enable: "true"\n      traefik.http.routers.pots.rule: Host(`pots.shop`)\n'
            '      traefik.http.routers.pots.priority: "10"\n'
        ),
    ),
)
