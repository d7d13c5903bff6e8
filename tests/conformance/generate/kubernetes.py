"""Random Kubernetes objects: Services, IngressRoutes with what they refer to, Ingresses."""

from __future__ import annotations

from pathlib import Path

from tests.conformance.harness.jsontypes import Json, Object, mapping, text

from . import anything, dynamic
from .dice import Dice
from .rules import http_rule, tcp_rule, v2_rule

NAMESPACES = ("default", "default", "default", "other")
NAMES = ("one", "two", "my.three")
#: Names of references: mostly sound ones, some of other providers and namespaces, some of nothing.
_REFERENCES = (
    *NAMES, *NAMES, *NAMES, *NAMES, "gone", "one@file", "default-one@kubernetescrd", "other-two@kubernetescrd",
    "default", "One", "api@internal", "one@", "@file",
)  # fmt: skip
_CERTIFICATE = Path(__file__).parent.parent.joinpath("harness", "certificate.pem").read_text(encoding="utf-8")


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
    for name in dice.some(NAMES, 2 if dice.chance(0.2) else 3, 3):
        ports: tuple[Object, ...] = (
            {"name": "web", "port": 80, "targetPort": 8080},
            {"name": "https", "port": 443},
            {"name": "adm", "port": 9000},
        )
        chosen = list(ports) if dice.chance(0.6) else dice.some(ports, 1, 2)
        spec: Object = {"ports": [dict(port) for port in chosen]}
        if dice.chance(0.1):
            spec["clusterIP"] = "None"
        elif dice.chance(0.1):
            spec.update({"type": "ExternalName", "externalName": "ext.example.com"})
        elif dice.chance(0.06):
            spec.update({"type": "NodePort", "ports": [{**port, "nodePort": 30080} for port in chosen]})
        item = new_object("Service", name, "default" if dice.chance(0.9) else "other", spec, "v1")
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
        if dice.chance(0.4):
            found.append({**item, "metadata": {"name": name, "namespace": dice.pick(("default", "other"))}})
    return list(
        {
            (text(mapping(each["metadata"])["namespace"]), text(mapping(each["metadata"])["name"])): each
            for each in found
        }.values()
    )


def _name(dice: Dice) -> Object:
    return dice.element(
        (
            1,
            "name",
            lambda: dice.pick(_REFERENCES),
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
        (0.06, "serversTransport", lambda: dice.pick(_REFERENCES)),
        (0.08, "sticky", lambda: {"cookie": {"name": "c"}}),
        (0.05, "healthCheck", lambda: {"path": "/up"}),
        (0.03, "responseForwarding", lambda: {"flushInterval": dice.pick(("10ms", "x", "5"))}),
        (0.03, "nodePortLB", lambda: True),
        (0.03, "middlewares", lambda: [_name(dice)]),
        (0.03, "passiveHealthCheck", lambda: {"failureWindow": "10s", "maxFailedAttempts": 3}),
    )
    if dice.chance(0.03):
        found["name"] = dice.pick(_REFERENCES)
    return {**found, **rest}


def _route(dice: Dice) -> Object:
    old = dice.chance(0.05)
    return dice.element(
        (1, "match", lambda: v2_rule(dice) if old else http_rule(dice)),
        (0.3, "kind", lambda: dice.pick(("Rule", "Rule", "Rule", "Rule", "rule"))),
        (
            0.97,
            "services",
            lambda: [member(dice) for _ in range(1 if dice.chance(0.75) else dice.number(0, 3))],
        ),
        (0.3, "middlewares", lambda: [_name(dice) for _ in range(dice.number(1, 2))]),
        (0.1, "priority", lambda: dice.pick((0, 5, -3, 9223372036854775000))),
        (0.05, "observability", lambda: {"accessLogs": False, "traceVerbosity": dice.pick(("minimal", "x"))}),
        (1 if old else 0, "syntax", lambda: "v2"),
    )


def _tls(dice: Dice) -> Object:
    return dice.element(
        (0.5, "options", lambda: _name(dice)),
        (0.2, "certResolver", lambda: "le"),
        (0.2, "secretName", lambda: dice.pick(("cert", "cert", "users", "gone"))),
        (0.05, "store", lambda: {"name": "default"}),
        (0.1, "domains", lambda: [{"main": "a.shop", "sans": ["b.shop"]}]),
    )


def ingress_route(dice: Dice, name: str) -> Object:
    """Return an IngressRoute."""
    routes: list[Json] = [_route(dice) for _ in range(dice.number(1, 3))]
    rest = dice.element(
        (0.4, "entryPoints", lambda: list(dice.some(dynamic.POINTS, 0, 2))),
        (0.3, "tls", lambda: _tls(dice)),
        (0.06, "parentRefs", lambda: [_name(dice) for _ in range(dice.number(1, 2))]),
        (0.06, "ingressClassName", lambda: dice.pick(("traefik", "shop", "x"))),
    )
    annotations: Object = (
        {"kubernetes.io/ingress.class": dice.pick(("traefik", "shop", ""))} if dice.chance(0.05) else {}
    )
    return new_object(
        "IngressRoute", name, dice.pick(NAMESPACES), {"routes": routes, **rest}, annotations=annotations
    )


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
    if dice.chance(0.25):
        return _sound(dice, "Middleware")
    if dice.chance(0.35):
        return dict(dice.pick(_SPECS))
    return dict(dice.pick(_BODIES))


_TLS_OPTIONS: tuple[Object, ...] = (
    {"minVersion": "VersionTLS12"},
    {"cipherSuites": ["FOO"]},
    {"sniStrict": True},
)


def _sound(dice: Dice, kind: str) -> Object:
    """Return any spec of a kind, with Services and references that may exist."""
    spec = anything.object_spec(dice, kind)
    _settle(dice, spec)
    return spec


def _settle(dice: Dice, tree: Json) -> None:
    """Put names of this world where an object names others, and ports where it wants ports."""
    if isinstance(tree, list):
        for each in tree:
            _settle(dice, each)
    if not isinstance(tree, dict):
        return
    for key, value in tree.items():
        if key in ("name", "fallback") and isinstance(value, str):
            tree[key] = dice.pick(_REFERENCES if dice.chance(0.2) else NAMES)
        elif key == "port" and "name" in tree:
            tree[key] = dice.pick((80, 80, 9000, "web"))
        elif key == "namespace":
            tree[key] = dice.pick(NAMESPACES)
        elif key == "kind":
            tree[key] = dice.pick(("Service", "TraefikService"))
        elif key == "scheme" and "port" in tree and "name" in tree:
            tree[key] = dice.pick(("http", "https", "h2c"))
        elif key in ("secret", "caSecret", "certSecret", "configMap"):
            tree[key] = dice.pick(("users", "cert", "ca", "gone"))
        elif key in ("secretNames", "rootCAsSecrets", "certificatesSecrets"):
            tree[key] = [dice.pick(("cert", "ca", "gone"))]
        else:
            _settle(dice, value)


def secrets(dice: Dice) -> list[Object]:
    """Return Secrets and ConfigMaps that others name."""
    contents: tuple[tuple[str, str, Object], ...] = (
        ("cert", "kubernetes.io/tls", {"tls.crt": _CERTIFICATE, "tls.key": _CERTIFICATE}),
        ("cert", "Opaque", {"tls.crt": "x"}),
        ("cert", "kubernetes.io/tls", {"tls.crt": "", "tls.key": "y"}),
        ("users", "Opaque", {"users": "ann:$2y$05$abc\nbob:x\n\n"}),
        ("users", "Opaque", {"users": "ann"}),
        ("users", "Opaque", {"a": "ann:x", "b": "y"}),
        ("users", "kubernetes.io/basic-auth", {"username": "ann", "password": "x"}),
        ("users", "kubernetes.io/basic-auth", {"username": "ann"}),
        ("ca", "Opaque", {"ca.crt": _CERTIFICATE}),
        ("ca", "Opaque", {"tls.ca": "x", "ca.crt": _CERTIFICATE}),
        ("ca", "Opaque", {"x": _CERTIFICATE}),
    )
    found: list[Object] = []
    for name, kind, data in dice.some(contents, 0, 3):
        if any(mapping(each["metadata"])["name"] == name for each in found):
            continue
        metadata: Object = {"name": name, "namespace": dice.pick(NAMESPACES)}
        if dice.chance(0.05):
            metadata["labels"] = {"owner": "helm"}
        found.append(
            {"apiVersion": "v1", "kind": "Secret", "type": kind, "metadata": metadata, "stringData": data}
        )
    return found


def _traefik_service(dice: Dice) -> Object:
    if dice.chance(0.3):
        return new_object(
            "TraefikService", dice.pick(NAMES), dice.pick(NAMESPACES), _sound(dice, "TraefikService")
        )
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
    return {
        "name": dice.pick((*NAMES, "gone")),
        "port": dice.pick((80, 80, 9000, "web")),
        **dice.element(
            (0.1, "namespace", lambda: dice.pick(NAMESPACES)),
            (0.2, "weight", lambda: dice.number(0, 3)),
            (0.06, "serversTransport", lambda: dice.pick(_REFERENCES)),
            (0.05, "nativeLB", lambda: True),
            (0.05, "nodePortLB", lambda: True),
            (0.05, "tls", lambda: True),
            (0.05, "terminationDelay", lambda: 5),
            (0.05, "proxyProtocol", lambda: {"version": dice.number(0, 3)}),
        ),
    }


def _tcp_route(dice: Dice) -> Object:
    return dice.element(
        (1, "match", lambda: tcp_rule(dice)),
        (0.2, "middlewares", lambda: [_name(dice)]),
        (0.95, "services", lambda: [_tcp_member(dice) for _ in range(dice.number(1, 2))]),
        (0.1, "priority", lambda: dice.pick((0, 7, -2))),
        (0.05, "syntax", lambda: dice.pick(("v2", "v3"))),
    )


def _tcp(dice: Dice) -> Object:
    routes: list[Json] = [_tcp_route(dice) for _ in range(dice.number(1, 2))]
    spec = dice.element(
        (1, "routes", lambda: routes),
        (0.5, "tls", lambda: {**_tls(dice), **dice.element((0.3, "passthrough", lambda: True))}),
        (0.3, "entryPoints", lambda: list(dice.some(dynamic.POINTS, 0, 2))),
    )
    return new_object("IngressRouteTCP", dice.pick(NAMES), dice.pick(NAMESPACES), spec)


def _udp(dice: Dice) -> Object:
    routes: list[Json] = [
        {
            "services": [
                dice.element(
                    (1, "name", lambda: dice.pick((*NAMES, "gone"))),
                    (1, "port", lambda: dice.pick((80, 9000, "web"))),
                    (0.2, "weight", lambda: dice.number(0, 2)),
                    (0.05, "nativeLB", lambda: True),
                )
                for _ in range(dice.number(0 if dice.chance(0.1) else 1, 2))
            ]
        }
        for _ in range(dice.number(1, 2))
    ]
    spec = dice.element(
        (1, "routes", lambda: routes),
        (0.4, "entryPoints", lambda: list(dice.some(("dns", "web", "x"), 0, 2))),
    )
    return new_object("IngressRouteUDP", dice.pick(NAMES), dice.pick(NAMESPACES), spec)


def crd_objects(dice: Dice) -> list[Json]:
    """Return objects for the CRD provider."""
    found: list[Json] = [*services(dice)]
    found += [ingress_route(dice, name) for name in dice.some(NAMES, 1, 3)]
    for name in dice.some(NAMES, 0, 3):
        found.append(new_object("Middleware", name, dice.pick(NAMESPACES), _middleware(dice)))
    if dice.chance(0.3):
        name = dice.pick((*NAMES, "default"))
        body = _sound(dice, "TLSOption") if dice.chance(0.3) else dict(dice.pick(_TLS_OPTIONS))
        found.append(new_object("TLSOption", name, dice.pick(NAMESPACES), body))
    if dice.chance(0.25):
        found.append(_traefik_service(dice))
    if dice.chance(0.15):
        body = _sound(dice, "ServersTransport") if dice.chance(0.4) else {"insecureSkipVerify": True}
        found.append(new_object("ServersTransport", "one", dice.pick(NAMESPACES), body))
    if dice.chance(0.06):
        found.append(new_object("ServersTransportTCP", "one", "default", _sound(dice, "ServersTransportTCP")))
    if dice.chance(0.06):
        found.append(new_object("TLSStore", "default", dice.pick(NAMESPACES), _sound(dice, "TLSStore")))
    found += secrets(dice)
    if dice.chance(0.2):
        found.append(_tcp(dice))
    if dice.chance(0.1):
        found.append(_udp(dice))
    if dice.chance(0.1):
        body = _sound(dice, "MiddlewareTCP") if dice.chance(0.5) else {"inFlightConn": {"amount": 2}}
        found.append(new_object("MiddlewareTCP", "one", dice.pick(NAMESPACES), body))
    for each in found:
        if dice.chance(0.04):
            mapping(mapping(each)["metadata"])["labels"] = {"app": "shop"}
    return found
