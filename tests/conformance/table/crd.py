"""K-001 to K-083: IngressRoutes and the other objects of Traefik's own."""

from __future__ import annotations

from tests.conformance.harness.case import Case
from tests.conformance.worlds import API, CRD, POINTS, kubernetes_case


def service(name: str = "pots", ports: str = "{port: 80}", namespace: str = "default", more: str = "") -> str:
    """Return a Service."""
    return (
        f"apiVersion: v1\nkind: Service\nmetadata: {{name: {name}, namespace: {namespace}}}\n"
        f"spec: {{ports: [{ports}]{more}}}\n"
    )


def thing(
    kind: str, name: str, spec: str, namespace: str = "default", group: str = "traefik.io", meta: str = ""
) -> str:
    """Return an object of Traefik's own."""
    return (
        f"apiVersion: {group}/v1alpha1\nkind: {kind}\nmetadata: {{name: {name}, namespace: {namespace}{meta}}}\n"
        f"spec: {spec}\n"
    )


def route(match: str = "Host(`a.shop`)", keys: str = "services: [{name: pots, port: 80}]") -> str:
    """Return a route of an IngressRoute."""
    return f"{{match: '{match}', {keys}}}"


def routes(*each: str, name: str = "shop", more: str = "", namespace: str = "default", meta: str = "") -> str:
    """Return an IngressRoute."""
    return thing("IngressRoute", name, f"{{routes: [{', '.join(each)}]{more}}}", namespace, meta=meta)


def provided(options: str) -> str:
    """Return the providers section with options of the provider."""
    return f"providers: {{kubernetesCRD: {{{options}}}}}\n"


CROSS = provided("allowCrossNamespace: true")
POTS = service()


def one(name: str, *objects: str, providers: str = CRD, points: str = POINTS + API) -> Case:
    """Return a case of objects beside the Service `pots`."""
    return kubernetes_case(name, POTS, *objects, providers=providers, points=points)


def uses(name: str, spec: str, *objects: str) -> Case:
    """Return a case of a route that uses the Middleware `m` with this spec."""
    return one(
        name,
        thing("Middleware", "m", spec),
        *objects,
        routes(route(keys="middlewares: [{name: m}], services: [{name: pots, port: 80}]")),
    )


def to(name: str, member: str, *objects: str, providers: str = CRD) -> Case:
    """Return a case of a route to one service member."""
    return one(name, *objects, routes(route(keys=f"services: [{member}]")), providers=providers)


def secured(name: str, tls: str, *objects: str, providers: str = CRD) -> Case:
    """Return a case of a route with tls."""
    return one(name, *objects, routes(route(), more=f", tls: {tls}"), providers=providers)


SECRET = "apiVersion: v1\nkind: Secret\nmetadata: {name: cert}\nstringData: {tls.crt: x, tls.key: y}\n"
MW = thing("Middleware", "m", "{addPrefix: {prefix: /x}}")
MW_OTHER = thing("Middleware", "m", "{addPrefix: {prefix: /x}}", "other")

CASES: tuple[Case, ...] = (
    one("K-001", thing("IngressRoute", "old", f"{{routes: [{route()}]}}", group="traefik.containo.us")),
    one("K-010", routes(route("Host(`a.example.com`)"), name="r")),
    one("K-010b", routes(route("Host(`a.example.com`) "), route("Host(`a.example.com`)"), name="r")),
    one("K-011", routes(route(), route("Host(`b.shop`)"))),
    one("K-012", routes(route(), name="a.b")),
    one(
        "K-013a",
        service("cups"),
        routes(route(keys="services: [{name: pots, port: 80}, {name: cups, port: 80, weight: 3}]")),
    ),
    one(
        "K-013b",
        thing("TraefikService", "ts", "{weighted: {services: [{name: pots, port: 80}]}}"),
        routes(route(keys="services: [{name: ts, kind: TraefikService}]")),
    ),
    one("K-013c", routes(route(keys="priority: 3"))),
    one(
        "K-013d",
        thing("TraefikService", "ts", "{weighted: {services: [{name: pots, port: 80}]}}"),
        routes(route(keys="services: [{name: ts, kind: TraefikService, weight: 2}, {name: pots, port: 80}]")),
    ),
    one(
        "K-014a",
        thing("Middleware", "my.mw_x", "{addPrefix: {prefix: /x}}"),
        routes(route(keys="middlewares: [{name: my.mw_x}], services: [{name: pots, port: 80}]")),
    ),
    uses("K-014b", "{errors: {status: ['500'], query: /x, service: {name: pots, port: 80}}}"),
    one(
        "K-015a",
        thing(
            "IngressRouteTCP", "db.x", "{routes: [{match: HostSNI(`*`), services: [{name: pots, port: 80}]}]}"
        ),
    ),
    one(
        "K-015b",
        service("cups"),
        thing(
            "IngressRouteTCP",
            "db",
            "{routes: [{match: HostSNI(`*`), services: "
            "[{name: pots, port: 80}, {name: cups, port: 80, weight: 2}]}]}",
        ),
    ),
    kubernetes_case(
        "K-015c",
        POTS,
        thing(
            "IngressRouteUDP",
            "dns",
            "{routes: [{services: [{name: pots, port: 80}]}, "
            "{services: [{name: pots, port: 80}, {name: none, port: 1}]}]}",
        ),
        points=POINTS + '  dns: {address: ":53/udp"}\n' + API,
    ),
    one("K-016", routes(route()), MW, providers=provided("safeNaming: true")),
    one(
        "K-016b",
        thing(
            "IngressRouteTCP", "t", "{routes: [{match: HostSNI(`*`), services: [{name: gone, port: 80}]}]}"
        ),
        thing(
            "IngressRouteTCP",
            "u",
            "{routes: [{match: HostSNI(`*`), services: [{name: pots, port: 80}, {name: gone, port: 80}]}]}",
        ),
        thing("IngressRouteUDP", "v", "{routes: [{services: [{name: gone, port: 80}]}]}"),
        providers=provided("safeNaming: true"),
        points=POINTS + '  dns: {address: ":53/udp"}\n' + API,
    ),
    one(
        "K-020a",
        routes(route()),
        routes(route(), name="x", more=", ingressClassName: nginx"),
        providers=provided(""),
    ),
    one(
        "K-020b",
        routes(route()),
        routes(route("Path(`/x`)"), name="x", meta=", annotations: {kubernetes.io/ingress.class: foo}"),
        providers=provided("ingressClass: foo"),
    ),
    one("K-020c", routes(route(), meta=", annotations: {kubernetes.io/ingress.class: traefik}")),
    one("K-020d", routes(route(), meta=", annotations: {kubernetes.io/ingress.class: nginx}")),
    one(
        "K-020e",
        routes(
            route(),
            more=", ingressClassName: traefik",
            meta=", annotations: {kubernetes.io/ingress.class: nginx}",
        ),
    ),
    one(
        "K-006a",
        routes(route(), meta=", labels: {team: blue}"),
        routes(route(), name="x"),
        providers=provided("labelSelector: 'team=blue'"),
    ),
    one(
        "K-006b",
        routes(route(keys="services: [{name: pots, namespace: other, port: 80}]")),
        service(namespace="other"),
        providers=provided("namespaces: [default], allowCrossNamespace: true"),
    ),
    one(
        "K-006c",
        routes(route(), namespace="other"),
        service(namespace="other"),
        providers=provided("namespaces: [other]"),
    ),
    secured("K-021a", "{secretName: gone}"),
    secured("K-021b", "{secretName: cert}", SECRET),
    secured("K-021c", "{}"),
    one(
        "K-022a",
        routes(route(keys="priority: 1"), name="top"),
        routes(route("Path(`/x`)"), name="low", more=", parentRefs: [{name: top}]"),
    ),
    one("K-022b", routes(route(), name="low", more=", parentRefs: [{name: gone}]")),
    one(
        "K-022c",
        routes(route(), name="top", namespace="other"),
        routes(route(), name="low", more=", parentRefs: [{name: top, namespace: other}]"),
    ),
    one("K-023a", routes(route(keys="kind: Rule, services: [{name: pots, port: 80}]"))),
    one(
        "K-023b",
        routes(route(keys="kind: rule, services: [{name: pots, port: 80}]"), route("Host(`b.shop`)")),
    ),
    one(
        "K-024a",
        routes(route("")),
    ),
    one("K-024b", routes(route("Host(`a`,`b`)"))),
    one("K-024c", routes(route("Hosts(`a`)"))),
    one("K-025a", routes(route("Host(`a`,`b`)", "syntax: v2, services: [{name: pots, port: 80}]"))),
    one("K-025b", routes(route("Host(`a`)", "syntax: v9, services: [{name: pots, port: 80}]"))),
    one("K-026a", routes(route(keys="priority: -4, services: [{name: pots, port: 80}]"))),
    one("K-026b", routes(route(keys="priority: 9223372036854774900, services: [{name: pots, port: 80}]"))),
    one("K-027a", routes(route(), more=", entryPoints: [nope]")),
    one("K-027b", routes(route(), more=", entryPoints: [web, nope]")),
    one("K-029", routes(route(keys="services: []"))),
    one(
        "K-030a",
        MW_OTHER,
        routes(route(keys="middlewares: [{name: m, namespace: other}], services: [{name: pots, port: 80}]")),
    ),
    one(
        "K-030b",
        MW_OTHER,
        routes(route(keys="middlewares: [{name: m, namespace: other}], services: [{name: pots, port: 80}]")),
        providers=CROSS,
    ),
    one(
        "K-031a", MW_OTHER, routes(route(keys="middlewares: [{name: m}], services: [{name: pots, port: 80}]"))
    ),
    one(
        "K-031b",
        thing("MiddlewareTCP", "m", "{inFlightConn: {amount: 3}}"),
        routes(route(keys="middlewares: [{name: m}], services: [{name: pots, port: 80}]")),
    ),
    one(
        "K-032a",
        routes(
            route(keys="middlewares: [{name: m@file, namespace: zz}], services: [{name: pots, port: 80}]")
        ),
    ),
    one(
        "K-032b",
        MW,
        routes(
            route(keys="middlewares: [{name: default-m@kubernetescrd}], services: [{name: pots, port: 80}]")
        ),
    ),
    one(
        "K-032c",
        MW,
        routes(
            route(keys="middlewares: [{name: default-m@kubernetescrd}], services: [{name: pots, port: 80}]")
        ),
        providers=CROSS,
    ),
    one(
        "K-033",
        routes(route(keys="middlewares: [{name: m@file}], services: [{name: pots, port: 80}]")),
        providers=provided("crossProviderNamespaces: [infra]"),
    ),
    uses("K-034a", "{}"),
    uses("K-034b", "{stripprefix: {prefixes: [/x]}}"),
    uses("K-034c", "{addPrefix: {prefix: /x}, stripPrefix: {prefixes: [/y]}}"),
    uses("K-035a", "{basicAuth: {realm: x}}"),
    uses("K-035b", "{basicAuth: {secret: gone}}"),
    uses(
        "K-035c",
        "{basicAuth: {secret: s}}",
        "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {users: 'ann:x'}\n",
    ),
    uses(
        "K-035d",
        "{basicAuth: {secret: s}}",
        "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {a: 'ann:x', b: y}\n",
    ),
    uses("K-035e", "{forwardAuth: {trustForwardHeader: true}}"),
    uses("K-035f", "{errors: {status: ['500'], service: {name: gone, port: 80}}}"),
    uses("K-035g", "{circuitBreaker: {expression: 'Foo('}}"),
    uses("K-035h", "{rateLimit: {average: 5, period: abc}}"),
    uses(
        "K-035i",
        "{basicAuth: {secret: s}}",
        "apiVersion: v1\nkind: Secret\ntype: kubernetes.io/basic-auth\nmetadata: {name: s}\n"
        "stringData: {username: ann, password: pw}\n",
    ),
    uses("K-035j", "{chain: {middlewares: [{name: n, namespace: other}]}}"),
    uses("K-035k", "{digestAuth: {}}"),
    uses("K-035l", "{retry: {attempts: 3, initialInterval: foo}}"),
    uses("K-035m", "{forwardAuth: {address: 'http://auth', tls: {caSecret: gone}}}"),
    uses("K-036", "{chain: {middlewares: [{name: gone}]}}"),
    uses(
        "K-036b", "{chain: {middlewares: [{name: n}]}}", thing("Middleware", "n", "{addPrefix: {prefix: /x}}")
    ),
    uses("K-037", "{basicAuth: {users: ['ann:x']}}"),
    uses("K-039", "{ipWhiteList: {sourceRange: [10.0.0.0/8]}}"),
    uses("K-037b", "{headers: {customRequestHeaders: {X-A: b}, stsSeconds: 5}}"),
    uses("K-037c", "{compress: {}}"),
    uses("K-037d", "{rateLimit: {average: 5, burst: 3, period: 10}}"),
    uses("K-037e", "{stripPrefixRegex: {regex: ['(']}}"),
    uses("K-037f", "{redirectScheme: {scheme: https, permanent: true}}"),
    uses("K-037g", "{inFlightReq: {amount: 3}}"),
    uses("K-037h", "{buffering: {maxRequestBodyBytes: 5}}"),
    uses("K-037i", "{plugin: {demo: {a: 1, b: [x]}}}"),
    to("K-040", "{name: pots, port: 80, kind: Foo}"),
    to("K-041a", "{name: gone, port: 80}"),
    to("K-041b", "{name: pots}"),
    to("K-041c", "{name: pots, port: 81}"),
    to("K-041d", "{name: pots, port: '80'}"),
    to(
        "K-041e",
        "{name: named, port: http}",
        service("named", "{name: http, port: 80, targetPort: 8080}, {name: adm, port: 81}"),
    ),
    to("K-041f", "{name: named, port: 8080}", service("named", "{name: http, port: 80, targetPort: 8080}")),
    to("K-043a", "{name: pots, port: 80, scheme: h2c}"),
    to("K-043b", "{name: pots, port: 80, scheme: foo}"),
    to("K-043c", "{name: tls, port: 443}", service("tls", "{port: 443, targetPort: 8443}")),
    to("K-043d", "{name: tls, port: https-x}", service("tls", "{name: https-x, port: 8443}")),
    to(
        "K-044a",
        "{name: ext, port: 80}",
        service("ext", "", more=", type: ExternalName, externalName: ext.example.com"),
    ),
    to(
        "K-044b",
        "{name: ext, port: 80}",
        service("ext", "", more=", type: ExternalName, externalName: ext.example.com"),
        providers=provided("allowExternalNameServices: true"),
    ),
    to(
        "K-044c",
        "{name: ext, port: http}",
        service("ext", "", more=", type: ExternalName, externalName: ext.example.com"),
        providers=provided("allowExternalNameServices: true"),
    ),
    to("K-045a", "{name: pots, port: 80, nativeLB: true}"),
    to("K-045b", "{name: headless, port: 80, nativeLB: true}", service("headless", more=", clusterIP: None")),
    to("K-046", "{name: pots, port: 80, healthCheck: {path: /up}}"),
    to("K-047a", "{name: pots, port: 80, strategy: RoundRobin}"),
    to("K-047b", "{name: pots, port: 80, strategy: foo}"),
    to("K-047c", "{name: pots, port: 80, strategy: p2c}"),
    to("K-047d", "{name: pots, port: 80, strategy: hrw}"),
    to("K-048a", "{name: pots, namespace: other, port: 80}", service(namespace="other")),
    to("K-048b", "{name: pots, namespace: other, port: 80}", service(namespace="other"), providers=CROSS),
    to("K-049a", "{name: gone, kind: TraefikService}"),
    to("K-049b", "{name: api@internal, kind: TraefikService}"),
    to("K-049c", "{name: api@internal}"),
    to("K-049d", "{name: x@file, kind: TraefikService}"),
    one("K-050a", thing("TraefikService", "ts", "{}")),
    one("K-050b", thing("TraefikService", "ts", "{weighted: {services: [{name: gone, port: 80}]}}")),
    one(
        "K-050c",
        thing(
            "TraefikService",
            "ts",
            "{mirroring: {name: pots, port: 80, mirrors: [{name: pots, port: 80, percent: 20}]}}",
        ),
    ),
    one(
        "K-050d",
        thing(
            "TraefikService",
            "ts",
            "{weighted: {sticky: {cookie: {name: c}}, services: [{name: pots, port: 80, weight: 2}]}, "
            "mirroring: {name: pots, port: 80}}",
        ),
    ),
    one(
        "K-050e",
        thing(
            "TraefikService", "ts", "{highestRandomWeight: {services: [{name: pots, port: 80, weight: 2}]}}"
        ),
    ),
    one("K-051a", routes(route(keys="services: [{name: pots, port: 80}, {name: gone, port: 80}]"))),
    one(
        "K-051b",
        thing(
            "IngressRouteTCP", "db", "{routes: [{match: HostSNI(`*`), services: [{name: gone, port: 80}]}]}"
        ),
    ),
    one(
        "K-051c",
        thing(
            "IngressRouteTCP",
            "db",
            "{routes: [{match: HostSNI(`*`), services: [{name: gone, port: 80}, {name: pots, port: 80}]}]}",
        ),
    ),
    to("K-052a", "{name: pots, port: 80, serversTransport: gone}"),
    to(
        "K-052b",
        "{name: pots, port: 80, serversTransport: t}",
        thing("ServersTransport", "t", "{insecureSkipVerify: true}"),
    ),
    to("K-052c", "{name: pots, port: 80, serversTransport: default-t@kubernetescrd}"),
    to(
        "K-053",
        "{name: pots, port: 80, passHostHeader: false, sticky: {cookie: {}}, responseForwarding: {flushInterval: 5ms}}",
    ),
    secured("K-061a", "{options: {name: gone}}"),
    secured("K-061b", "{options: {name: o}}", thing("TLSOption", "o", "{minVersion: VersionTLS12}")),
    secured(
        "K-062", "{options: {name: default}}", thing("TLSOption", "default", "{minVersion: VersionTLS12}")
    ),
    secured("K-063", "{options: {name: o.x}}", thing("TLSOption", "o.x", "{minVersion: VersionTLS12}")),
    secured(
        "K-064",
        "{options: {name: o, namespace: other}}",
        thing("TLSOption", "o", "{minVersion: VersionTLS12}", "other"),
    ),
    secured(
        "K-064b",
        "{options: {name: o, namespace: other}}",
        thing("TLSOption", "o", "{minVersion: VersionTLS12}", "other"),
        providers=CROSS,
    ),
    secured(
        "K-065",
        "{}",
        thing("TLSOption", "default", "{minVersion: VersionTLS12}"),
        thing("TLSOption", "default", "{minVersion: VersionTLS13}", "other"),
    ),
    secured("K-066", "{}", thing("TLSStore", "default", "{defaultCertificate: {secretName: gone}}")),
    secured("K-067", "{options: {name: o}}", thing("TLSOption", "o", "{clientAuth: {clientAuthType: Foo}}")),
    secured(
        "K-068",
        "{options: {name: o}}",
        thing(
            "TLSOption",
            "o",
            "{clientAuth: {secretNames: [gone], clientAuthType: RequireAndVerifyClientCert}}",
        ),
    ),
    secured("K-069a", "{options: {name: o}}", thing("TLSOption", "o", "{cipherSuites: [FOO]}")),
    secured("K-069b", "{options: {name: o}}", thing("TLSOption", "o", "{minVersion: TLS12}")),
    secured("K-069c", "{}", thing("TLSOption", "default", "{cipherSuites: [FOO]}")),
    one(
        "K-071",
        thing("TLSOption", "o", "{minVersion: VersionTLS12}"),
        routes(route(), more=", tls: {options: {name: o}}"),
        routes(route("Host(`a.shop`) && Path(`/x`)"), name="two", more=", tls: {}"),
    ),
    one(
        "K-072",
        thing("TLSOption", "o", "{minVersion: VersionTLS12}"),
        routes(route("PathPrefix(`/`)"), more=", tls: {options: {name: o}}"),
    ),
    secured("K-073", "{certResolver: nope}"),
    kubernetes_case(
        "K-074",
        POTS,
        MW,
        routes(route()),
        points='entryPoints: {web: {address: ":80", http: {middlewares: [default-m]}}, '
        'websecure: {address: ":443", http: {tls: {}}}}\n' + API,
    ),
    one(
        "K-080a",
        thing("IngressRouteTCP", "db", "{routes: [{match: Host(`a`), services: [{name: pots, port: 80}]}]}"),
    ),
    one(
        "K-080b",
        thing(
            "IngressRouteTCP",
            "db",
            "{routes: [{match: HostSNI(`a.shop`), services: [{name: pots, port: 80}]}]}",
        ),
    ),
    one(
        "K-080c",
        thing(
            "IngressRouteTCP",
            "db",
            "{entryPoints: [websecure], routes: [{match: HostSNI(`a.shop`), services: [{name: pots, port: 80}]}], "
            "tls: {passthrough: true}}",
        ),
    ),
    one(
        "K-080d",
        thing("MiddlewareTCP", "m", "{ipAllowList: {sourceRange: [10.0.0.0/8]}}"),
        thing(
            "IngressRouteTCP",
            "db",
            "{routes: [{match: HostSNI(`*`), priority: 5, middlewares: [{name: m}], services: [{name: pots, port: 80, "
            "proxyProtocol: {version: 2}}]}]}",
        ),
    ),
    one(
        "K-083",
        thing(
            "IngressRouteTCP",
            "db",
            "{routes: [{match: HostSNI(`a.shop`), services: [{name: pots, port: 80}]}], tls: {options: {name: o}}}",
        ),
    ),
    one("K-070", routes("{match: Host(`a.shop`), path: /x, services: [{name: pots, port: 80, unknown: 1}]}")),
    one(
        "K-010c",
        "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: traefik.io/v1alpha1, kind: IngressRoute, metadata: {name: l}, spec: {routes: "  # noqa: E501
        "[{match: Path(`/l`), services: [{name: pots, port: 80}]}]}}\n",
    ),
)
