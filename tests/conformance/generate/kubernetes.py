"""Random Kubernetes objects: Services, IngressRoutes with what they refer to, Ingresses."""

from __future__ import annotations

from tests.conformance.harness.jsontypes import Json, Object

from . import dynamic
from .dice import Dice
from .rules import http_rule, tcp_rule, v2_rule

NAMESPACES = ("default", "default", "default", "other")
NAMES = ("one", "two", "my.three")


def new_object(
    kind: str,
    name: str,
    namespace: str,
    spec: Json,
    group: str = "traefik.io/v1alpha1",
    annotations: Object | None = None,
) -> Object:
    """Return a Kubernetes object."""
    metadata: Object = {"name": name, "namespace": namespace}
    if annotations:
        metadata["annotations"] = annotations
    return {"apiVersion": group, "kind": kind, "metadata": metadata, "spec": spec}


def services(dice: Dice) -> list[Object]:
    """Return the Services that routes may name."""
    found = []
    for name in dice.some(NAMES, 2, 3):
        spec: Object = {
            "ports": [
                dict(port)
                for port in dice.some(
                    (
                        {"name": "web", "port": 80, "targetPort": 8080},
                        {"name": "https", "port": 443},
                        {"name": "adm", "port": 9000},
                    ),
                    1,
                    2,
                )
            ]
        }
        if dice.chance(0.1):
            spec["clusterIP"] = "None"
        elif dice.chance(0.1):
            spec.update({"type": "ExternalName", "externalName": "ext.example.com"})
        item = new_object("Service", name, dice.pick(NAMESPACES), spec, "v1")
        if dice.chance(0.1):
            key, value = dice.pick(
                (
                    ("serversscheme", "https"),
                    ("passhostheader", "false"),
                    ("sticky.cookie", "true"),
                    ("foo", "x"),
                    ("nativelb", "true"),
                    ("serverstransport", "default-one@kubernetescrd"),
                )
            )
            metadata = item["metadata"]
            assert isinstance(metadata, dict)
            metadata["annotations"] = {f"traefik.ingress.kubernetes.io/service.{key}": value}
        found.append(item)
    return found


def _name(dice: Dice) -> Object:
    return dice.element(
        (
            1,
            "name",
            lambda: dice.pick((*NAMES, *NAMES, *NAMES, "gone", "one@file", "default-one@kubernetescrd")),
        ),
        (0.12, "namespace", lambda: dice.pick(("other", "default"))),
    )


def member(dice: Dice) -> Object:
    """Return a service of a route."""
    found = {"name": dice.pick((*NAMES, *NAMES, "gone"))}
    rest = dice.element(
        (0.95, "port", lambda: dice.pick((80, 80, 80, 443, 9000, "web", "80" if dice.chance(0.2) else 80))),
        (0.1, "namespace", lambda: dice.pick(("other", "default"))),
        (0.1, "kind", lambda: dice.pick(("TraefikService", "Service"))),
        (0.1, "scheme", lambda: dice.pick(("https", "h2c", "foo"))),
        (0.15, "weight", lambda: dice.number(0, 3)),
        (0.1, "passHostHeader", lambda: False),
        (0.08, "nativeLB", lambda: True),
        (0.08, "strategy", lambda: dice.pick(("wrr", "RoundRobin", "foo", "p2c"))),
        (0.06, "serversTransport", lambda: dice.pick(("one", "gone", "x@file"))),
        (0.08, "sticky", lambda: {"cookie": {"name": "c"}}),
        (0.05, "healthCheck", lambda: {"path": "/up"}),
    )
    return {**found, **rest}


def _route(dice: Dice) -> Object:
    old = dice.chance(0.05)
    return dice.element(
        (1, "match", lambda: v2_rule(dice) if old else http_rule(dice)),
        (0.3, "kind", lambda: dice.pick(("Rule", "Rule", "rule"))),
        (
            0.97,
            "services",
            lambda: [member(dice) for _ in range(1 if dice.chance(0.75) else dice.number(0, 3))],
        ),
        (0.3, "middlewares", lambda: [_name(dice) for _ in range(dice.number(1, 2))]),
        (0.1, "priority", lambda: dice.pick((0, 5, -3))),
        (1 if old else 0, "syntax", lambda: "v2"),
    )


def _tls(dice: Dice) -> Object:
    return dice.element(
        (0.5, "options", lambda: _name(dice)),
        (0.2, "certResolver", lambda: "le"),
        (0.2, "secretName", lambda: "cert"),
    )


def ingress_route(dice: Dice, name: str) -> Object:
    """Return an IngressRoute."""
    routes: list[Json] = [_route(dice) for _ in range(dice.number(1, 3))]
    rest = dice.element(
        (0.4, "entryPoints", lambda: list(dice.some(dynamic.POINTS, 0, 2))),
        (0.3, "tls", lambda: _tls(dice)),
        (0.06, "parentRefs", lambda: [{"name": dice.pick(NAMES)}]),
        (0.06, "ingressClassName", lambda: dice.pick(("traefik", "shop", "x"))),
    )
    return new_object("IngressRoute", name, dice.pick(NAMESPACES), {"routes": routes, **rest})


#: Middleware specs as CRDs have them: those of files that read the same, and the ones with secrets and services.
_SPECS: tuple[Object, ...] = (
    {"basicAuth": {"secret": "gone"}},
    {"basicAuth": {}},
    {"forwardAuth": {"address": "http://auth"}},
    {"forwardAuth": {}},
    {"errors": {"status": ["500"], "query": "/e", "service": {"name": "one", "port": 80}}},
    {},
    {"rateLimit": {"average": 3, "period": "x"}},
    {"chain": {"middlewares": [{"name": "two"}]}},
    {"chain": {"middlewares": [{"name": "one", "namespace": "other"}]}},
    {"chain": {"middlewares": []}},
)
_UNLIKE = ("chain", "errors", "basicAuth", "digestAuth", "forwardAuth", "plugin")
#: Bodies that mean the same in a file and in an object. An API server lets no other types through than mappings.
_BODIES = [
    body
    for body in dynamic.MIDDLEWARES
    if all(isinstance(value, dict) and kind not in _UNLIKE for kind, value in body.items())
]


def _middleware(dice: Dice) -> Object:
    if dice.chance(0.35):
        return dict(dice.pick(_SPECS))
    return dict(dice.pick(_BODIES))


_TLS_OPTIONS: tuple[Object, ...] = (
    {"minVersion": "VersionTLS12"},
    {"cipherSuites": ["FOO"]},
    {"sniStrict": True},
)


def _traefik_service(dice: Dice) -> Object:
    members: list[Json] = [member(dice) for _ in range(dice.number(1, 2))]
    mirrors: list[Json] = [{**member(dice), "percent": 10}]
    specs: tuple[Object, ...] = (
        {"weighted": {"services": members}},
        {"weighted": {"services": members}},
        {"mirroring": {**member(dice), "mirrors": mirrors}},
        {},
    )
    return new_object("TraefikService", dice.pick(NAMES), "default", dice.pick(specs))


def _tcp_member(dice: Dice) -> Object:
    return {"name": dice.pick((*NAMES, "gone")), "port": dice.pick((80, 9000))}


def _tcp_route(dice: Dice) -> Object:
    return dice.element(
        (1, "match", lambda: tcp_rule(dice)),
        (0.2, "middlewares", lambda: [_name(dice)]),
        (0.95, "services", lambda: [_tcp_member(dice) for _ in range(dice.number(1, 2))]),
    )


def _tcp(dice: Dice) -> Object:
    routes: list[Json] = [_tcp_route(dice) for _ in range(dice.number(1, 2))]
    spec = dice.element((1, "routes", lambda: routes), (0.5, "tls", lambda: _tls(dice)))
    return new_object("IngressRouteTCP", dice.pick(NAMES), "default", spec)


def _udp() -> Object:
    member: Object = {"name": "one", "port": 80}
    return new_object("IngressRouteUDP", "one", "default", {"routes": [{"services": [member]}]})


def crd_objects(dice: Dice) -> list[Json]:
    """Return objects for the CRD provider."""
    found: list[Json] = [*services(dice)]
    found += [ingress_route(dice, name) for name in dice.some(NAMES, 1, 3)]
    for name in dice.some(NAMES, 0, 3):
        found.append(new_object("Middleware", name, dice.pick(NAMESPACES), _middleware(dice)))
    if dice.chance(0.3):
        name = dice.pick((*NAMES, "default"))
        found.append(new_object("TLSOption", name, dice.pick(NAMESPACES), dice.pick(_TLS_OPTIONS)))
    if dice.chance(0.25):
        found.append(_traefik_service(dice))
    if dice.chance(0.15):
        found.append(new_object("ServersTransport", "one", "default", {"insecureSkipVerify": True}))
    if dice.chance(0.2):
        found.append(_tcp(dice))
    if dice.chance(0.1):
        found.append(_udp())
    if dice.chance(0.1):
        found.append(new_object("MiddlewareTCP", "one", "default", {"inFlightConn": {"amount": 2}}))
    return found
