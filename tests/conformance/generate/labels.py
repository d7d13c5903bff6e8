"""Random containers: elements of a dynamic configuration written as labels, with the mishaps of labels."""

from __future__ import annotations

from tests.conformance.harness.jsontypes import Object, mapping, sequence

from . import anything, dynamic
from .dice import Dice
from .world import flat

_STRAY = (
    "traefik.tags=x",
    "traefik.http.router.x.rule=Host(`x`)",
    "traefik.http.routers.x.rul=1",
    "Traefik.http.routers.x.priority=1",
    "traefik.http.routers.one.priority=high",
    "traefik.http.routers.one.tls=yes",
    "traefik.http.middlewares.m=x",
    "traefik.http.routers.one.entrypoints[0]=web",
    "traefik.http.services.w.weighted.services[0].name=one",
    "traefik.http.routers.one.tls.domains.main=a",
    "traefik.enable=maybe",
    "traefik.docker.netwrk=x",
    "com.example=1",
    "traefik.http.services.one.loadbalancer.sticky=true",
    "traefik.http.routers..rule=x",
    "traefik.http=x",
    "traefik.udp.routers.q=x",
    "traefik.http.middlewares.two.compress=true",
    "traefik.http.middlewares.three.stripprefix=true",
    "traefik.http.routers.one.rule=",
    "traefik.http.routers.one.entrypoints=",
    "traefik.http.routers.one.entrypoints=web, websecure",
    "traefik.http.routers.one.entrypoints=web,",
    "traefik.http.routers.ONE.entrypoints=web",
    "traefik.http.routers.one.middlewares=two@docker, ,three",
    "traefik.http.routers.one.service=",
    "traefik.http.routers.one.tls=TRUE",
    "traefik.http.routers.one.tls.domains[0].main=a.shop",
    "traefik.http.routers.one.tls.domains[10].sans=b.shop,c.shop",
    "traefik.http.routers.one.tls.options=strict@file",
    "traefik.http.routers.one.observability.tracing=false",
    "traefik.http.routers.one.parentrefs=two",
    "traefik.http.routers.one.rulesyntax=v2",
    "traefik.http.routers.one@docker.priority=3",
    "traefik.http.services.one.loadbalancer.servers[0].url=http://a",
    "traefik.http.services.one.loadbalancer.server.port=",
    "traefik.http.services.one.loadbalancer.server.weight=2",
    "traefik.http.services.one.loadbalancer.server.preservepath=true",
    "traefik.http.services.one.loadbalancer.healthcheck=true",
    "traefik.http.services.one.loadbalancer.healthcheck.headers.X-A=b",
    "traefik.http.services.one.loadbalancer.passhostheader=no",
    "traefik.http.services.one.loadbalancer.serverstransport=two@file",
    "traefik.http.services.one.failover.service=two",
    "traefik.http.services.one=x",
    "traefik.http.serverstransports.one.insecureskipverify=true",
    "traefik.http.middlewares.two.headers.customrequestheaders.X-A=",
    "traefik.http.middlewares.two.headers.customrequestheaders=x",
    "traefik.http.middlewares.two.headers.customRequestHeaders.x-a=1",
    "traefik.http.middlewares.two.plugin.foo.bar=1",
    "traefik.http.middlewares.two.chain.middlewares=one,three@file",
    "traefik.http.middlewares.two.ratelimit.average=x",
    "traefik.http.middlewares.two.errors.status[0]=500",
    "traefik.tcp=true",
    "traefik.tcp.services.one.loadbalancer.server.port=x",
    "traefik.tcp.services.one.loadbalancer.proxyprotocol=true",
    "traefik.tcp.services.one.loadbalancer.proxyprotocol.version=3",
    "traefik.tcp.routers.one.rule=HostSNI(`*`)",
    "traefik.tcp.routers.one.tls.passthrough=yes",
    "traefik.udp.services.one.loadbalancer.server.port=53",
    "traefik.tls.stores.default.defaultgeneratedcert.resolver=le",
    "traefik.tls.stores.defaultx.foo=1",
    "traefik.tls.options.strict.minversion=VersionTLS12",
    "traefik.httpx.routers.one.rule=x",
    "TRAEFIK.http.routers.one.rule=x",
    "traefik.http.routers.[w].rule=x",
    "traefik.http.routers.my.app.rule=x",
    "traefik.http.Routers.one.Rule=Path(`/z`)",
    "traefik.docker.network=front",
    "traefik.docker.network=shop_front",
    "traefik.docker.network=",
    "traefik.docker.lbswarm=true",
    "traefik.docker.allownonrunning=true",
    "traefik.docker=x",
    "traefik.enable=",
    "traefik.enable=1",
    "traefik.port=80",
    "traefik.frontend.rule=Host:a",
    "traefik.swarm.network=front",
    "traefik",
    "traefik.http.routers.one.rule",
)


def _spelt(dice: Dice, label: str) -> str:
    """Return a label in the letter case that people use, or in another."""
    key, _, value = label.partition("=")
    if dice.chance(0.85):
        parts = key.split(".")
        key = ".".join(
            [*parts[:2], *(part if number == 1 else part.lower() for number, part in enumerate(parts[2:]))]
        )
    return f"{key}={value}"


def _service(dice: Dice) -> Object:
    server = dice.element(
        (0.9, "port", lambda: dice.pick(("8080", "80", "9000", "http" if dice.chance(0.1) else "81"))),
        (0.1, "scheme", lambda: dice.pick(("https", "h2c"))),
        (0.04, "url", lambda: "http://10.9.9.9:1"),
    )
    rest = dice.element(
        (0.1, "passhostheader", lambda: dice.pick(("false", "no"))),
        (0.1, "sticky", lambda: {"cookie": True}),
        (
            0.1,
            "healthcheck",
            lambda: {"path": "/up", "interval": dice.pick(("10s", "5", "x" if dice.chance(0.2) else "1m"))},
        ),
    )
    if dice.chance(0.15):
        rest.update(anything.balancer(dice))
        rest.pop("servers", None)
    return {"loadbalancer": {"server": server or {"port": "80"}, **rest}}


def labels(dice: Dice, swarm: bool = False) -> list[str]:
    """Return the labels of one container."""
    http: Object = {}
    if dice.chance(0.8):
        http["routers"] = {dice.pick(dynamic.NAMES): _router(dice) for _ in range(dice.number(1, 2))}
    if dice.chance(0.9 if swarm else 0.45):
        http["services"] = {
            name: _service(dice) for name in dice.some(dynamic.NAMES, 1, 2 if dice.chance(0.2) else 1)
        }
    if dice.chance(0.35):
        http["middlewares"] = {name: dynamic.middleware(dice) for name in dice.some(dynamic.NAMES, 1, 2)}
    found = flat(http, "traefik.http") if http else []
    if dice.chance(0.15):
        router = dynamic.tcp_router(dice)
        router.pop("service", None)
        found += flat({"routers": {dice.pick(dynamic.NAMES): router}}, "traefik.tcp")
        if dice.chance(0.4) or swarm:
            found += flat(
                {"services": {dice.pick(dynamic.NAMES): {"loadbalancer": {"server": {"port": "5432"}}}}},
                "traefik.tcp",
            )
    if dice.chance(0.07):
        found += flat({"routers": {"u": {"entrypoints": dice.pick(("dns", "web"))}}}, "traefik.udp")
    if dice.chance(0.5):
        found.append("traefik.enable=" + dice.pick(("true", "true", "true", "True", "false")))
    while dice.chance(0.2):
        found.append(dice.pick(_STRAY))
    return [_spelt(dice, label) for label in found]


def _router(dice: Dice) -> Object:
    router = dynamic.http_router(dice)
    router.pop("parentRefs", None)
    if not dice.chance(0.4):
        router.pop("service", None)
    if dice.chance(0.15):
        router.pop("rule", None)
    return router or {"priority": 1}


def containers(dice: Dice) -> Object:
    """Return compose services for the Docker provider."""
    services: Object = {}
    for name in dice.some(("pots", "cups", "my_app.x", "Pans"), 1, 3):
        service = dice.element(
            (0.85, "expose", lambda: [str(port) for port in dice.some((80, 443, 8080, 9090), 1, 2)]),
            (
                0.15,
                "ports",
                lambda: [dice.pick(("8080:80", "127.0.0.1:9443:8443", "53:53/udp", "9000-9001:7000-7001"))],
            ),
            (0.9, "labels", lambda: list(labels(dice))),
            (0.1, "scale", lambda: "2"),
            (0.1, "networks", lambda: list(dice.some(("front", "back"), 1, 2))),
        )
        if dice.chance(0.05) and name != "pots":  # whose network others may share
            service["container_name"] = f"The_{name}"
        if dice.chance(0.06):
            service.pop("networks", None)
            service["network_mode"] = dice.pick(
                ("host", "none", "bridge", "host" if name == "pots" else "service:pots")
            )
        services[name] = service
    return services


def stack(dice: Dice) -> Object:
    """Return compose services for the Swarm provider."""
    services: Object = {}
    for name in dice.some(("pots", "cups", "my_app"), 1, 3):
        deploy: Object = {"labels": list(labels(dice, swarm=True))}
        if dice.chance(0.3):
            deploy["replicas"] = "2"
        if dice.chance(0.1):
            sequence_of = deploy["labels"]
            assert isinstance(sequence_of, list)
            sequence_of.append(
                dice.pick(
                    (
                        "traefik.swarm.lbswarm=true",
                        "traefik.docker.lbswarm=true",
                        "traefik.swarm.network=shop_default",
                    )
                )
            )
        services[name] = {"deploy": deploy}
    return services


def networks(services: Object) -> Object:
    """Return the networks that services name."""
    used = {str(name) for service in services.values() for name in sequence(mapping(service).get("networks"))}
    return {name: {} for name in sorted(used)}
