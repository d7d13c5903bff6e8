"""Random dynamic configuration, as one tree of http, tcp, udp and tls."""

from __future__ import annotations

import yaml

from tests.conformance.harness.jsontypes import Json, Object, mapping
from tests.conformance.table.middlewares import BODIES

from . import anything
from .dice import Dice
from .rules import HOSTS, http_rule, tcp_rule, v2_rule

#: Entry points that all random static configurations have, that some have, and one that none has.
POINTS = (*("web", "websecure") * 6, "admin", "Web", "dns", "nope")
NAMES = ("one", "two", "three", "Two")
_SUFFIXES = ("@file", "@docker", "@internal", "@kubernetescrd", "@swarm")
_OPTIONS = ("default", "strict", "loose", "broken", "strict@file", "none")

#: What a middleware may be: every body of the table with exactly one middleware in it.
MIDDLEWARES: tuple[Object, ...] = tuple(
    mapping(body["m"]) for _, flow in BODIES if len(body := mapping(yaml.safe_load("{m: " + flow + "}"))) == 1
)
_SOUND: tuple[Object, ...] = (
    {"addPrefix": {"prefix": "/p"}},
    {"stripPrefix": {"prefixes": ["/x", "/y"]}},
    {"compress": {}},
    {"redirectScheme": {"scheme": "https", "permanent": True}},
    {"headers": {"customRequestHeaders": {"X-A": "b"}}},
    {"ipAllowList": {"sourceRange": ["10.0.0.0/8"]}},
    {"rateLimit": {"average": 5}},
    {"retry": {"attempts": 2}},
)


def reference(dice: Dice, names: tuple[str, ...] = NAMES) -> str:
    """Return a reference to an element, which may not exist."""
    name = "gone" if dice.chance(0.05) else dice.pick(names)
    return name + dice.pick(_SUFFIXES) if dice.chance(0.1) else name


def service_reference(dice: Dice) -> str:
    """Return a reference to a service."""
    return (
        dice.pick(("api@internal", "noop@internal", "x@internal")) if dice.chance(0.05) else reference(dice)
    )


def tls(dice: Dice) -> Json:
    """Return a router's tls."""
    if dice.chance(0.4):
        return {}
    return dice.element(
        (0.6, "options", lambda: dice.pick(_OPTIONS)),
        (0.3, "certResolver", lambda: dice.pick(("le", "gone"))),
        (0.2, "domains", lambda: [{"main": dice.pick(HOSTS), "sans": ["z.shop"]}]),
    )


def http_router(dice: Dice) -> Object:
    """Return an http router."""
    old = dice.chance(0.06)
    router = dice.element(
        (0.97, "rule", lambda: v2_rule(dice) if old else http_rule(dice)),
        (0.95, "service", lambda: service_reference(dice)),
        (0.4, "entryPoints", lambda: list(dice.some(POINTS, 0, 3))),
        (0.3, "tls", lambda: tls(dice)),
        (0.35, "middlewares", lambda: [reference(dice) for _ in range(dice.number(1, 3))]),
        (0.15, "priority", lambda: dice.pick((0, 1, -7, 42, 9223372036854774808))),
        (0.06, "parentRefs", lambda: [reference(dice)]),
        (
            0.1,
            "observability",
            lambda: dice.element((0.5, "accessLogs", lambda: False), (0.9, "metrics", lambda: True)),
        ),
    )
    if old:
        router["ruleSyntax"] = "v2"
    return router


def middleware(dice: Dice) -> Object:
    """Return an http middleware."""
    if dice.chance(0.25):
        return anything.http_middleware(dice)
    if dice.chance(0.12):
        return {"chain": {"middlewares": [reference(dice) for _ in range(dice.number(0, 2))]}}
    if dice.chance(0.08):
        return {"errors": {"status": ["500"], "query": "/e", "service": reference(dice)}}
    body = dice.pick(_SOUND if dice.chance(0.8) else MIDDLEWARES)
    return {**body, **dice.pick(_SOUND)} if dice.chance(0.03) else dict(body)


_URLS = (
    "http://a:80",
    "https://b:8443",
    "h2c://c",
    "http://10.0.0.1:8080",
    "http://w:x",
    "b:80",
    "//w",
    "",
    "http://[::1]:80",
)


def balancer(dice: Dice) -> Object:
    """Return an http load balancer."""
    return dice.element(
        (
            0.97,
            "servers",
            lambda: [
                dice.element(
                    (0.98, "url", lambda: dice.pick(_URLS[:4] if dice.chance(0.85) else _URLS)),
                    (0.1, "weight", lambda: dice.number(0, 3)),
                    (0.05, "preservePath", lambda: True),
                )
                or {"url": "http://a"}
                for _ in range(dice.number(0 if dice.chance(0.05) else 1, 3))
            ],
        ),
        (0.2, "passHostHeader", lambda: dice.chance(0.5)),
        (0.12, "strategy", lambda: dice.pick(("wrr", "p2c", "hrw", "foo", "leasttime"))),
        (
            0.25,
            "healthCheck",
            lambda: (
                dice.element(
                    (0.9, "path", lambda: "/up"),
                    (0.3, "interval", lambda: dice.pick((5, "1m", "0s"))),
                    (0.2, "mode", lambda: "grpc"),
                )
                or {"path": "/"}
            ),
        ),
        (
            0.15,
            "sticky",
            lambda: {"cookie": dice.element((0.5, "name", lambda: "c"), (0.3, "secure", lambda: True))},
        ),
        (0.06, "serversTransport", lambda: reference(dice)),
    )


def _member(dice: Dice) -> Object:
    return dice.element((1, "name", lambda: reference(dice)), (0.4, "weight", lambda: dice.number(0, 3)))


def http_service(dice: Dice) -> Object:
    """Return an http service."""
    if dice.chance(0.15):
        return anything.http_service(dice)
    kind = dice.number(0, 99)
    if kind < 80:
        service: Object = {"loadBalancer": balancer(dice) or {"servers": []}}
    elif kind < 88:
        service = {
            "weighted": dice.element(
                (1, "services", lambda: [_member(dice) for _ in range(dice.number(1, 3))]),
                (0.15, "healthCheck", dict),
                (0.1, "sticky", lambda: {"cookie": {}}),
            )
        }
    elif kind < 93:
        service = {
            "mirroring": dice.element(
                (1, "service", lambda: reference(dice)),
                (0.9, "mirrors", lambda: [{"name": reference(dice), "percent": dice.pick((10, 100, 101))}]),
            )
        }
    elif kind < 97:
        service = {
            "failover": dice.element(
                (1, "service", lambda: reference(dice)),
                (0.9, "fallback", lambda: reference(dice)),
                (0.3, "healthCheck", dict),
            )
        }
    else:
        service = {"highestRandomWeight": {"services": [_member(dice) for _ in range(2)]}}
    if dice.chance(0.03):
        service["loadBalancer"] = balancer(dice) or {"servers": []}
    if dice.chance(0.05):
        service["middlewares"] = [reference(dice)]
    return service


def tcp_router(dice: Dice) -> Object:
    """Return a tcp router."""
    return dice.element(
        (0.95, "rule", lambda: tcp_rule(dice)),
        (0.95, "service", lambda: reference(dice)),
        (0.4, "entryPoints", lambda: list(dice.some(POINTS, 0, 2))),
        (0.2, "middlewares", lambda: [reference(dice)]),
        (0.1, "priority", lambda: dice.pick((0, -1, 5, 9223372036854775807))),
        (
            0.5,
            "tls",
            lambda: dice.element(
                (0.4, "passthrough", lambda: dice.chance(0.5)), (0.4, "options", lambda: dice.pick(_OPTIONS))
            ),
        ),
    )


def tcp_service(dice: Dice) -> Object:
    """Return a tcp service; none that leads back to itself, which ends the real Traefik."""
    if dice.chance(0.15):
        return {"loadBalancer": anything.tcp_balancer(dice)}
    if dice.chance(0.15):
        return {
            "weighted": {
                "services": [{"name": dice.pick(("base", "gone", "base@file")), "weight": dice.number(0, 2)}]
            }
        }
    return {
        "loadBalancer": dice.element(
            (0.98, "servers", lambda: [{"address": dice.pick(("db:5432", "10.0.0.1:1", "db", ""))}]),
            (0.1, "serversTransport", lambda: reference(dice)),
            (0.1, "terminationDelay", lambda: 5),
        )
        or {"servers": []}
    }


_TCP_MIDDLEWARES: tuple[Object, ...] = (
    {"inFlightConn": {"amount": 3}},
    {"ipAllowList": {"sourceRange": ["10.0.0.0/8"]}},
    {"ipAllowList": {"sourceRange": ["x"]}},
    {"ipWhiteList": {"sourceRange": ["10.0.0.1"]}},
    {"ipAllowList": {"sourceRange": []}},
)
_TLS_OPTIONS: tuple[Object, ...] = (
    {"minVersion": "VersionTLS13"},
    {"sniStrict": True},
    {"cipherSuites": ["FOO"]},
    {"minVersion": "TLS12"},
    {"clientAuth": {"clientAuthType": "RequireAndVerifyClientCert"}},
    {"clientAuth": {"clientAuthType": "RequestClientCert"}},
    {"curvePreferences": ["X25519", "BAR"]},
    {"alpnProtocols": ["h2"]},
)


def http(dice: Dice) -> Object:
    """Return the http section."""
    return _section(
        dice,
        {
            "routers": {dice.pick(NAMES): http_router(dice) for _ in range(dice.number(1, 4))},
            "services": {name: http_service(dice) for name in dice.some(NAMES, 2, 4)},
            "middlewares": {name: middleware(dice) for name in dice.some(NAMES, 1, 4)},
            "serversTransports": {
                name: anything.servers_transport(dice) if dice.chance(0.3) else {"insecureSkipVerify": True}
                for name in dice.some(NAMES, 0, 1)
            },
        },
    )


def tcp(dice: Dice) -> Object:
    """Return the tcp section."""
    services: Object = {name: tcp_service(dice) for name in dice.some(NAMES, 1, 3)}
    return _section(
        dice,
        {
            "routers": {dice.pick(NAMES): tcp_router(dice) for _ in range(dice.number(1, 3))},
            "services": {**services, "base": {"loadBalancer": {"servers": [{"address": "base:1"}]}}},
            "middlewares": {
                name: anything.tcp_middleware(dice) if dice.chance(0.2) else dict(dice.pick(_TCP_MIDDLEWARES))
                for name in dice.some(NAMES, 0, 2)
            },
            "serversTransports": {
                name: anything.servers_transport(dice, "tcp") for name in dice.some(NAMES, 0, 1)
            },
        },
    )


def udp(dice: Dice) -> Object:
    """Return the udp section."""
    routers: Object = {
        dice.pick(NAMES): dice.element(
            (0.9, "service", lambda: reference(dice)),
            (0.6, "entryPoints", lambda: list(dice.some(("dns", "web", "nope"), 0, 2))),
        )
        for _ in range(dice.number(1, 2))
    }
    services: Object = {
        name: {"loadBalancer": {"servers": [{"address": "dns:53"}]}} for name in dice.some(NAMES, 1, 2)
    }
    return _section(dice, {"routers": routers, "services": services})


def tls_section(dice: Dice) -> Object:
    """Return the tls section."""
    names = ("strict", "loose", "broken", "default") if dice.chance(0.2) else ("strict", "loose", "broken")
    options: Object = {
        name: anything.tls_options(dice)
        if dice.chance(0.2)
        else dict(dice.pick(_TLS_OPTIONS[:2] if dice.chance(0.7) else _TLS_OPTIONS))
        for name in dice.some(names, 1, 3)
    }
    return {
        "options": options,
        **dice.element(
            (0.08, "stores", lambda: {dice.pick(("default", "other")): anything.tls_store(dice)}),
            (0.08, "certificates", lambda: [{"certFile": "/none/a.pem", "keyFile": "/none/a.key"}]),
        ),
    }


def _section(dice: Dice, parts: dict[str, Object]) -> Object:
    """Return the parts that hold something; seldom one that is there without content."""
    return {
        key: {name: each or None for name, each in part.items()} if not dice.chance(0.02) else part
        for key, part in parts.items()
        if part or dice.chance(0.02)
    }


def document(dice: Dice) -> Object:
    """Return a whole dynamic file."""
    sections = dice.element(
        (0.95, "http", lambda: http(dice)),
        (0.25, "tcp", lambda: tcp(dice)),
        (0.15, "udp", lambda: udp(dice)),
        (0.35, "tls", lambda: tls_section(dice)),
    )
    if dice.chance(0.03):
        sections["htpp"] = {"routers": {}}
    return _spoilt(dice, sections)


#: Values of every shape, one of which is not what its place wants.
_WRONG: tuple[Json, ...] = (None, "text", "", 7, 1.5, True, [], ["a"], {"a": "b"}, {})


def _spoilt(dice: Dice, tree: Object) -> Object:
    """Return the tree, seldom with one value of another type or one key misspelt."""
    if not dice.chance(0.06):
        return tree
    places = [(parent, key) for parent in _mappings(tree) for key in parent]
    if places:
        parent, key = dice.pick(places)
        if dice.chance(0.5):
            parent[key] = dice.pick(_WRONG)
        else:
            parent[dice.pick((key.upper(), key + "s", key[:-1], key.capitalize()))] = parent.pop(key)
    return tree


def _mappings(tree: Json) -> list[Object]:
    if isinstance(tree, list):
        return [found for each in tree for found in _mappings(each)]
    if isinstance(tree, dict):
        return [tree, *(found for each in tree.values() for found in _mappings(each))]
    return []
