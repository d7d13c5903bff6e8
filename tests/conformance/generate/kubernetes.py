"""Random Kubernetes objects: Services, IngressRoutes with what they refer to, Ingresses."""

from __future__ import annotations

from ..harness.jsontypes import Json, Object
from . import dynamic
from .dice import Dice
from .rules import http_rule, tcp_rule, v2_rule

_NAMESPACES = ("default", "default", "default", "other")
_NAMES = ("one", "two", "my.three")


def _object(kind: str, name: str, namespace: str, spec: Json, group: str = "traefik.io/v1alpha1",
            annotations: Object | None = None) -> Object:
    metadata: Object = {"name": name, "namespace": namespace}
    if annotations:
        metadata["annotations"] = annotations
    return {"apiVersion": group, "kind": kind, "metadata": metadata, "spec": spec}


def services(dice: Dice) -> list[Object]:
    """Return the Services that routes may name."""
    found = []
    for name in dice.some(_NAMES, 2, 3):
        spec: Object = {"ports": [dict(port) for port in dice.some(
            ({"name": "web", "port": 80, "targetPort": 8080}, {"name": "https", "port": 443}, {"name": "adm", "port": 9000}), 1, 2)]}
        if dice.chance(0.1):
            spec["clusterIP"] = "None"
        elif dice.chance(0.1):
            spec.update({"type": "ExternalName", "externalName": "ext.example.com"})
        item = _object("Service", name, dice.pick(_NAMESPACES), spec, "v1")
        if dice.chance(0.1):
            key, value = dice.pick((("serversscheme", "https"), ("passhostheader", "false"), ("sticky.cookie", "true"), ("foo", "x"),
                                    ("nativelb", "true"), ("serverstransport", "default-one@kubernetescrd")))
            metadata = item["metadata"]
            assert isinstance(metadata, dict)
            metadata["annotations"] = {f"traefik.ingress.kubernetes.io/service.{key}": value}
        found.append(item)
    return found


def _name(dice: Dice) -> Object:
    return dice.element((1, "name", lambda: dice.pick((*_NAMES, *_NAMES, *_NAMES, "gone", "one@file", "default-one@kubernetescrd"))),
                        (0.12, "namespace", lambda: dice.pick(("other", "default"))))


def member(dice: Dice) -> Object:
    """Return a service of a route."""
    found = {"name": dice.pick((*_NAMES, *_NAMES, "gone"))}
    rest = dice.element(
        (0.95, "port", lambda: dice.pick((80, 80, 80, 443, 9000, "web", "80" if dice.chance(0.2) else 80))), (0.1, "namespace", lambda: dice.pick(("other", "default"))),
        (0.1, "kind", lambda: dice.pick(("TraefikService", "Service"))), (0.1, "scheme", lambda: dice.pick(("https", "h2c", "foo"))),
        (0.15, "weight", lambda: dice.number(0, 3)), (0.1, "passHostHeader", lambda: False), (0.08, "nativeLB", lambda: True),
        (0.08, "strategy", lambda: dice.pick(("wrr", "RoundRobin", "foo", "p2c"))), (0.06, "serversTransport", lambda: dice.pick(("one", "gone", "x@file"))),
        (0.08, "sticky", lambda: {"cookie": {"name": "c"}}), (0.05, "healthCheck", lambda: {"path": "/up"}))
    return {**found, **rest}


def _route(dice: Dice) -> Object:
    old = dice.chance(0.05)
    return dice.element(
        (1, "match", lambda: v2_rule(dice) if old else http_rule(dice)), (0.3, "kind", lambda: dice.pick(("Rule", "Rule", "rule"))),
        (0.97, "services", lambda: [member(dice) for _ in range(1 if dice.chance(0.75) else dice.number(0, 3))]),
        (0.3, "middlewares", lambda: [_name(dice) for _ in range(dice.number(1, 2))]), (0.1, "priority", lambda: dice.pick((0, 5, -3))),
        (1 if old else 0, "syntax", lambda: "v2"))


def _tls(dice: Dice) -> Object:
    return dice.element((0.5, "options", lambda: _name(dice)), (0.2, "certResolver", lambda: "le"), (0.2, "secretName", lambda: "cert"))


def ingress_route(dice: Dice, name: str) -> Object:
    """Return an IngressRoute."""
    routes: list[Json] = [_route(dice) for _ in range(dice.number(1, 3))]
    rest = dice.element((0.4, "entryPoints", lambda: list(dice.some(dynamic.POINTS, 0, 2))), (0.3, "tls", lambda: _tls(dice)),
                        (0.06, "parentRefs", lambda: [{"name": dice.pick(_NAMES)}]), (0.06, "ingressClassName", lambda: dice.pick(("traefik", "shop", "x"))))
    return _object("IngressRoute", name, dice.pick(_NAMESPACES), {"routes": routes, **rest})


#: Middleware specs as CRDs have them: those of files that read the same, and the ones with secrets and services.
_SPECS: tuple[Object, ...] = (
    {"basicAuth": {"secret": "gone"}}, {"basicAuth": {}}, {"forwardAuth": {"address": "http://auth"}}, {"forwardAuth": {}},
    {"errors": {"status": ["500"], "query": "/e", "service": {"name": "one", "port": 80}}}, {}, {"rateLimit": {"average": 3, "period": "x"}},
    {"chain": {"middlewares": [{"name": "two"}]}}, {"chain": {"middlewares": [{"name": "one", "namespace": "other"}]}}, {"chain": {"middlewares": []}},
)
_UNLIKE = ("chain", "errors", "basicAuth", "digestAuth", "forwardAuth", "plugin")
#: Bodies that mean the same in a file and in an object. An API server lets no other types through than mappings.
_BODIES = [body for body in dynamic.MIDDLEWARES
           if all(isinstance(value, dict) and kind not in _UNLIKE for kind, value in body.items())]


def _middleware(dice: Dice) -> Object:
    if dice.chance(0.35):
        return dict(dice.pick(_SPECS))
    return dict(dice.pick(_BODIES))


def crd_objects(dice: Dice) -> list[Json]:
    """Return objects for the CRD provider."""
    found: list[Json] = [*services(dice)]
    found += [ingress_route(dice, name) for name in dice.some(_NAMES, 1, 3)]
    found += [_object("Middleware", name, dice.pick(_NAMESPACES), _middleware(dice)) for name in dice.some(_NAMES, 0, 3)]
    if dice.chance(0.3):
        found += [_object("TLSOption", dice.pick((*_NAMES, "default")), dice.pick(_NAMESPACES),
                          dice.pick(({"minVersion": "VersionTLS12"}, {"cipherSuites": ["FOO"]}, {"sniStrict": True})))]
    if dice.chance(0.25):
        weighted: Json = {"services": [member(dice) for _ in range(dice.number(1, 2))]}
        found.append(_object("TraefikService", dice.pick(_NAMES), "default", dice.pick((
            {"weighted": weighted}, {"weighted": weighted}, {"mirroring": {**member(dice), "mirrors": [{**member(dice), "percent": 10}]}}, {}))))
    if dice.chance(0.15):
        found.append(_object("ServersTransport", "one", "default", {"insecureSkipVerify": True}))
    if dice.chance(0.2):
        routes: Json = [dice.element((1, "match", lambda: tcp_rule(dice)), (0.2, "middlewares", lambda: [_name(dice)]),
                                     (0.95, "services", lambda: [{"name": dice.pick((*_NAMES, "gone")), "port": dice.pick((80, 9000))}
                                                                 for _ in range(dice.number(1, 2))])) for _ in range(dice.number(1, 2))]
        tcp = _object("IngressRouteTCP", dice.pick(_NAMES), "default", {"routes": routes, **dice.element((0.5, "tls", lambda: _tls(dice)))})
        found.append(tcp)
    if dice.chance(0.1):
        found.append(_object("IngressRouteUDP", "one", "default", {"routes": [{"services": [{"name": "one", "port": 80}]}]}))
    if dice.chance(0.1):
        found.append(_object("MiddlewareTCP", "one", "default", {"inFlightConn": {"amount": 2}}))
    return found


_ANNOTATIONS = (("router.entrypoints", ("web", "websecure,web", "nope")), ("router.middlewares", ("default-one@kubernetescrd", "one", "one@file")),
                ("router.priority", ("5", "x", "-2")), ("router.tls", ("true", "false", "yes")), ("router.tls.options", ("default-one@kubernetescrd", "default")),
                ("router.pathmatcher", ("Path", "PathRegexp", "Foo")), ("router.rulesyntax", ("v2", "v3")), ("router.foo", ("x",)),
                ("router.tls.certresolver", ("le",)), ("service.serversscheme", ("https",)), ("router.tls.domains.0.main", ("a.shop",)))


def _path(dice: Dice) -> Object:
    backend: Json = {"service": {"name": dice.pick((*_NAMES, *_NAMES, "gone")),
                                 "port": dice.pick(({"number": 80}, {"number": 80}, {"name": "web"}, {"number": 443}, {"number": 81}))}}
    return dice.element((0.95, "path", lambda: dice.pick(("/", "/x", "/x/", "/x/y", "/a.b", "/ä"))),
                        (0.95, "pathType", lambda: dice.pick(("Prefix", "Prefix", "Exact", "ImplementationSpecific"))), (1, "backend", lambda: backend))


def ingresses(dice: Dice) -> list[Json]:
    """Return objects for the Ingress provider."""
    found: list[Json] = [*services(dice)]
    if dice.chance(0.3):
        found.append({"apiVersion": "networking.k8s.io/v1", "kind": "IngressClass", "metadata": {"name": "shop"},
                      "spec": {"controller": dice.pick(("traefik.io/ingress-controller", "k8s.io/ingress-nginx"))}})
    for name in dice.some(_NAMES, 1, 3):
        annotations: Object = {f"traefik.ingress.kubernetes.io/{key}": dice.pick(values)
                               for key, values in dice.some(_ANNOTATIONS, 0, 3)} if dice.chance(0.6) else {}
        if dice.chance(0.1):
            annotations["kubernetes.io/ingress.class"] = dice.pick(("traefik", "nginx", "shop"))
        spec = dice.element(
            (0.96, "rules", lambda: [dice.element((0.9, "host", lambda: dice.pick(("a.shop", "b.shop", "*.c.shop"))),
                                                  (0.97, "http", lambda: {"paths": [_path(dice) for _ in range(dice.number(1, 3))]}))
                                     for _ in range(dice.number(1, 2))]),
            (0.15, "ingressClassName", lambda: dice.pick(("shop", "traefik"))), (0.15, "tls", lambda: [{"hosts": ["a.shop"], "secretName": "cert"}]))
        if "rules" not in spec:
            spec["defaultBackend"] = {"service": {"name": "one", "port": {"number": 80}}}
        found.append(_object("Ingress", name, dice.pick(_NAMESPACES), spec, "networking.k8s.io/v1", annotations))
    defaults = [each for each in found if isinstance(each, dict) and "defaultBackend" in (each["spec"] or {})]  # type: ignore[operator]
    return [each for each in found if each not in defaults[1:]]  # which of two default backends wins is left to chance (K-110)
