"""The provider `kubernetescrd`: names, drops and references, as the real Traefik answered for the same objects."""

from __future__ import annotations

import pytest

from traefik_lint.model.values import Element, Items
from traefik_lint.runtime.configuration import ProviderConfiguration
from traefik_lint.runtime.defaults import json_form
from traefik_lint.runtime.providers.kubernetes_crd import build

from .kubernetes_world import API, custom, deployment_of, ingress_route, route, secret

CROSS = "providers: {kubernetesCRD: {allowCrossNamespace: true}}"
OTHER = "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: other}\nspec: {ports: [{port: 81}]}\n---\n"
HOST_A = "Host(`a`)"
ID_A = "default-r-4f4040cc3a4464633346"


def provided(manifests: str, options: str = "", version: str = "3.7") -> ProviderConfiguration:
    configuration = build(deployment_of(manifests, options, version))
    assert configuration is not None
    return configuration


def services_of(configuration: ProviderConfiguration) -> dict[str, str]:
    return {name: part.element.string("service") for name, part in configuration.http.routers.items()}


def test_the_name_of_a_router_is_a_hash_of_its_rule() -> None:
    """K-010"""
    configuration = provided(API + ingress_route(route("Host(`a.example.com`)"), "r"))
    assert list(configuration.http.routers) == ["default-r-629990b524bf9a1a8d27"]


@pytest.mark.parametrize(
    ("name", "namespace", "expected"),
    [
        ("a.b", "default", "default-a-b-4f4040cc3a4464633346"),
        ("a--b", "default", "default-a-b-4f4040cc3a4464633346"),
        ("b-c", "a", "a-b-c-4f4040cc3a4464633346"),
    ],
)
def test_names_are_normalised(name: str, namespace: str, expected: str) -> None:
    """K-010, K-012"""
    service = API.replace("{name: api}", f"{{name: api, namespace: {namespace}}}")
    configuration = provided(service + ingress_route(route(HOST_A), name, namespace))
    assert list(configuration.http.routers) == [expected]


@pytest.mark.parametrize(
    ("services", "service", "others"),
    [
        pytest.param("{name: api, port: 80}", ID_A, [ID_A], id="one service has the router's name"),
        pytest.param("{name: ts, kind: TraefikService}", "default-ts", [], id="a TraefikService has its own"),
        pytest.param(
            "{name: api, port: 80}, {name: api, port: tls}",
            ID_A,
            ["default-api-80", "default-api-tls", ID_A],
            id="several are weighted",
        ),
        pytest.param("", "", [], id="none"),
    ],
)
def test_the_service_of_a_route(services: str, service: str, others: list[str]) -> None:
    """K-013"""
    configuration = provided(API + ingress_route(route(HOST_A, services)))
    assert services_of(configuration) == {ID_A: service}
    assert list(configuration.http.services) == others


def test_before_3_6_a_route_without_service_names_one_that_does_not_exist() -> None:
    """K-013, K-029"""
    assert services_of(provided(ingress_route(route(HOST_A, "")), version="3.5")) == {ID_A: ID_A}


def test_the_same_rule_twice_leaves_the_later_route() -> None:
    """K-011"""
    text = API + ingress_route(f"{route(HOST_A)}, {route(HOST_A, '{name: api, port: 443}')}")
    configuration = provided(text)
    [service] = configuration.http.services.values()
    assert urls(service.element) == ["https://api:443"]
    [drop] = configuration.drops
    assert drop.kind == "collision"
    assert drop.span is not None
    assert drop.span.text == HOST_A
    assert [text for _, text in drop.related] == ["this one takes its place"]


def urls(element: Element) -> list[str]:
    servers = element.get("loadBalancer", "servers")
    assert isinstance(servers, Items)
    return [server.string("url") for server in servers.items if isinstance(server, Element)]


@pytest.mark.parametrize(
    ("route_text", "error", "version"),
    [
        (route(HOST_A, "{name: nope, port: 80}"), "kubernetes service not found: default/nope", "3.7"),
        (route(HOST_A, "{name: api}"), "ingressRoute service port not defined", "3.7"),
        (route(HOST_A, "{name: api, port: 81}"), "service port not found: 81", "3.7"),
        (route(HOST_A, '{name: api, port: "80"}'), "service port not found: 80", "3.7"),
        (route(HOST_A, "{name: api, port: 80, scheme: foo}"), 'invalid scheme "foo" specified', "3.7"),
        (
            route(HOST_A, "{name: api, port: 80, strategy: foo}"),
            "load-balancer strategy foo is not supported",
            "3.7",
        ),
        (
            route(HOST_A, "{name: api, port: 80, strategy: hrw}"),
            "load-balancer strategy hrw is not supported",
            "3.5",
        ),
        (
            route(HOST_A, "{name: api, port: 80, strategy: wrr}"),
            "load balancing strategy wrr is not supported",
            "3.3",
        ),
        (
            route(HOST_A, "{name: api, port: 80, healthCheck: {path: /}}"),
            "healthCheck allowed only for ExternalName services: default/api",
            "3.7",
        ),
        (
            route(HOST_A, "{name: web, namespace: other, port: 81}"),
            "service other/web not in the parent resource namespace default",
            "3.7",
        ),
        (route(HOST_A, "{name: api@internal}"), "kubernetes service not found: /api@internal", "3.7"),
        (route(HOST_A, "{name: api@internal}"), "kubernetes service not found: default/api@internal", "3.0"),
        (
            route(HOST_A, more="middlewares: [{name: m, namespace: other}]"),
            "invalid reference to middleware m: allowCrossNamespace is disabled, cross-namespace are disallowed",
            "3.7",
        ),
        (
            route(HOST_A, more="middlewares: [{name: m, namespace: other}]"),
            "middleware other/m is not in the IngressRoute namespace default",
            "3.6.16",
        ),
        (
            route(HOST_A, more="middlewares: [{name: default-m@kubernetescrd}]"),
            (
                "invalid reference to middleware default-m@kubernetescrd: when allowCrossNamespace is disabled, "
                "@kubernetescrd references are disallowed"
            ),
            "3.7",
        ),
        (
            route(HOST_A, more="middlewares: [{name: default-m@kubernetescrd}]"),
            (
                "invalid reference to middleware default-m@kubernetescrd: with crossnamespace disallowed, the "
                "namespace field needs to be explicitly specified"
            ),
            "3.0",
        ),
        (
            route(HOST_A, "{name: default-ts@kubernetescrd, kind: TraefikService}"),
            (
                "invalid reference to service default-ts@kubernetescrd: namespace-name@kubernetescrd format is not "
                "allowed when crossnamespace is disallowed"
            ),
            "3.7",
        ),
        (
            route(HOST_A, "{name: api, port: 80, serversTransport: default-x@kubernetescrd}"),
            (
                "invalid reference to serversTransport default-x@kubernetescrd: namespace-name@kubernetescrd format is "
                "not allowed when crossnamespace is disallowed"
            ),
            "3.7",
        ),
        ('{match: "", kind: Rule, services: [{name: api, port: 80}]}', "Empty match rule", "3.7"),
        (
            f"{{match: {HOST_A}, kind: rule}}",
            'Unsupported match kind: rule. Only "Rule" is supported for now.',
            "3.7",
        ),
        (f"{{match: {HOST_A}}}", 'Unsupported match kind: . Only "Rule" is supported for now.', "3.2"),
        (route(HOST_A, "{name: api, kind: Foo, port: 80}"), "unsupported service kind Foo", "3.7"),
        (
            route(HOST_A, "{name: api, port: 80, responseForwarding: {flushInterval: zz}}"),
            'unable to parse flushInterval: time: invalid duration "zz"',
            "3.7",
        ),
        (
            route(HOST_A, "{name: api, port: 80}, {name: nope, port: 80}"),
            "kubernetes service not found: default/nope",
            "3.7",
        ),
    ],
)
def test_one_mistake_loses_one_route(route_text: str, error: str, version: str) -> None:
    """K-023, K-024, K-030, K-032, K-040 … K-052"""
    text = API + OTHER + ingress_route(f"{route_text}, {route('Host(`z`)')}")
    configuration = provided(text, version=version)
    assert [drop.text for drop in configuration.drops] == [error]
    assert all(drop.span is not None for drop in configuration.drops)
    assert [part.element.string("rule") for part in configuration.http.routers.values()] == ["Host(`z`)"]


def test_a_drop_points_at_what_is_wrong() -> None:
    configuration = provided(API + ingress_route(route(HOST_A, "{name: api, port: 81}")))
    [drop] = configuration.drops
    assert drop.span is not None
    assert drop.span.text == "81"
    assert drop.subject == 'route 1 of IngressRoute "default/r"'
    assert drop.fact == "K-041"


@pytest.mark.parametrize(
    ("reference", "name"),
    [
        ("{name: m}", "default-m"),
        ("{name: m.x}", "default-m-x"),
        ("{name: m, namespace: other}", "other-m"),
        ("{name: m@file}", "m@file"),
        ("{name: other-m@kubernetescrd}", "other-m@kubernetescrd"),
    ],
)
def test_names_of_middlewares_and_tls_options(reference: str, name: str) -> None:
    """K-030, K-032, K-061, K-063"""
    text = API + ingress_route(
        route(HOST_A, more=f"middlewares: [{reference}]"), more=f"tls: {{options: {reference}}}"
    )
    [router] = provided(text, CROSS).http.routers.values()
    assert [value.text for value in router.element.values("middlewares")] == [name]
    assert router.element.string("tls", "options") == name


def test_older_releases_do_not_normalise_references_to_tls_options() -> None:
    """K-063"""
    text = API + ingress_route(route(HOST_A), more="tls: {options: {name: o.x}}")
    [router] = provided(text, version="3.0").http.routers.values()
    assert router.element.string("tls", "options") == "default-o.x"


@pytest.mark.parametrize(
    ("metadata", "spec", "options", "version", "taken"),
    [
        ("{name: r}", "", "", "3.7", True),
        ("{name: r}", "", "ingressClass: foo", "3.7", False),
        ("{name: r, annotations: {kubernetes.io/ingress.class: traefik}}", "", "", "3.7", True),
        ("{name: r, annotations: {kubernetes.io/ingress.class: nginx}}", "", "", "3.7", False),
        ("{name: r, annotations: {kubernetes.io/ingress.class: foo}}", "", "ingressClass: foo", "3.7", True),
        ("{name: r}", "ingressClassName: foo, ", "ingressClass: foo", "3.7", True),
        ("{name: r}", "ingressClassName: foo, ", "ingressClass: foo", "3.6", False),
        ("{name: r}", "ingressClassName: nginx, ", "", "3.6", True),
    ],
)
def test_which_class_is_taken(metadata: str, spec: str, options: str, version: str, taken: bool) -> None:
    """K-020"""
    text = (
        f"{API}apiVersion: traefik.io/v1alpha1\nkind: IngressRoute\nmetadata: {metadata}\n"
        f"spec: {{{spec}routes: [{route(HOST_A)}]}}\n"
    )
    configuration = provided(text, f"providers: {{kubernetesCRD: {{{options}}}}}" if options else "", version)
    assert bool(configuration.http.routers) is taken


@pytest.mark.parametrize(
    ("version", "group", "read"),
    [
        ("3.7", "traefik.containo.us", False),
        ("2.11", "traefik.containo.us", True),
        ("2.11", "traefik.io", True),
    ],
)
def test_which_group_is_read(version: str, group: str, read: bool) -> None:
    """K-001, K-002"""
    text = custom("Middleware", "m", "addPrefix: {prefix: /x}", group=group)
    assert bool(provided(text, version=version).http.middlewares) is read


def test_parents() -> None:
    """K-022"""
    text = (
        API
        + ingress_route(route(HOST_A, ""), "p")
        + ingress_route(route("Path(`/a`)"), "c", more="parentRefs: [{name: p}]")
        + ingress_route(route("Path(`/a`)"), "d", more="parentRefs: [{name: q}]")
        + ingress_route(
            route("Path(`/a`)", ""), "e", "other", more="parentRefs: [{name: p, namespace: default}]"
        )
    )
    configuration = provided(text)
    child = next(part for name, part in configuration.http.routers.items() if name.startswith("default-c-"))
    assert [value.text for value in child.element.values("parentRefs")] == ["default-p-4f4040cc3a4464633346"]
    assert [drop.text for drop in configuration.drops] == [
        "parent IngressRoute default/q does not exist",
        "cross-namespace reference to parent IngressRoute default/p not allowed",
    ]
    assert "parentRefs" not in next(iter(provided(text, version="3.5").http.routers.values())).element


@pytest.mark.parametrize(
    ("spec", "error"),
    [
        ("basicAuth: {}", "auth secret must be set"),
        ("basicAuth: {secret: nope}", "secret 'default/nope' not found"),
        (
            "basicAuth: {secret: two}",
            (
                "failed to load basic auth credentials: found 2 elements for secret 'default/two', "
                "must be single element exactly"
            ),
        ),
        (
            "digestAuth: {secret: blank}",
            "failed to load digest auth credentials: secret 'default/blank' does not contain any credentials",
        ),
        ("forwardAuth: {}", "forward authentication requires an address"),
        (
            "forwardAuth: {address: http://x, tls: {caSecret: two}}",
            (
                "failed to load auth ca secret: secret 'default/two' has no CA block: "
                "secret default/two contains neither tls.ca nor ca.crt"
            ),
        ),
        ("errors: {service: {name: nope, port: 80}}", "kubernetes service not found: default/nope"),
        ("rateLimit: {average: 1, period: zz}", 'time: invalid duration "zz"'),
        (
            "chain: {middlewares: [{name: m, namespace: other}]}",
            "invalid reference to middleware m: allowCrossNamespace is disabled, cross-namespace are disallowed",
        ),
        ('plugin: {x: {k: "urn:k8s:secret:two:c"}}', 'key "c" not found in secret default/two'),
        ('plugin: {x: {k: "urn:k8s:secret:two"}}', 'malformed secret URN "urn:k8s:secret:two"'),
    ],
)
def test_a_middleware_that_cannot_be_built_is_left_out(spec: str, error: str) -> None:
    """K-035, K-037"""
    secrets = secret("two", "a: b, c2: d") + secret("blank", 'a: "\\n"')
    configuration = provided(secrets + custom("Middleware", "m", spec))
    assert configuration.http.middlewares == {}
    assert [drop.text for drop in configuration.drops] == [error]


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ("stripPrefix: {prefixes: [/a]}", {"stripPrefix": {"prefixes": ["/a"]}}),
        ("stripprefix: {prefixes: [/a]}", {}),
        ("", {}),
        ("basicAuth: {secret: users}", {"basicAuth": {"users": ["a:b", "c:d"]}}),
        ("basicAuth: {secret: pair}", {"basicAuth": {"users": ["u:{SHA}EfatjsUqKYSrqv18O1FlA3hcIHI="]}}),
        (
            "errors: {status: ['500'], query: /x, service: {name: api, port: 80}}",
            {"errors": {"status": ["500"], "query": "/x", "service": "default-m-errorpage-service"}},
        ),
        ("errors: {service: {name: t, kind: TraefikService}}", {"errors": {"service": "default-t"}}),
        (
            "chain: {middlewares: [{name: a.b}, {name: c@file}]}",
            {"chain": {"middlewares": ["default-a-b", "c@file"]}},
        ),
        ("rateLimit: {average: 5, period: 2}", {"rateLimit": {"average": 5, "burst": 1, "period": "2s"}}),
        (
            "plugin: {x: {n: 5, l: [a, {b: c}], s: 'urn:k8s:secret:users:list'}}",
            {"plugin": {"x": {"n": 5, "l": ["a", {"b": "c"}], "s": "a:b\n\nc:d\n"}}},
        ),
    ],
)
def test_middlewares_as_traefik_shows_them(spec: str, expected: object) -> None:
    """K-014, K-034, K-037"""
    secrets = secret("users", 'list: "a:b\\n\\nc:d\\n"') + secret(
        "pair", "username: u, password: x", more="type: kubernetes.io/basic-auth"
    )
    configuration = provided(API + secrets + custom("Middleware", "m", spec))
    [part] = configuration.http.middlewares.values()
    assert part.name == "default-m"
    assert json_form(part.element, deployment_of("").version) == expected


@pytest.mark.parametrize(
    ("service", "reference", "url"),
    [
        ("spec: {ports: [{port: 80, targetPort: 8080}]}", "{name: s, port: 80}", "http://s:8080"),
        ("spec: {ports: [{port: 443, targetPort: 8443}]}", "{name: s, port: 443}", "https://s:8443"),
        ("spec: {ports: [{port: 9, name: https-x}]}", "{name: s, port: 9}", "https://s:9"),
        ("spec: {ports: [{port: 9, name: grpc}]}", "{name: s, port: grpc, scheme: h2c}", "h2c://s:9"),
        ("spec: {ports: [{port: 9, targetPort: web}]}", "{name: s, port: 9}", "http://s:9"),
        (
            "spec: {clusterIP: 10.0.0.5, ports: [{port: 9}]}",
            "{name: s, port: 9, nativeLB: true}",
            "http://10.0.0.5:9",
        ),
        ("spec: {ports: [{port: 9}]}", "{name: s, port: 9, nativeLB: true}", "http://s:9"),
        (
            "spec: {type: ExternalName, externalName: e.test, ports: [{port: 9}]}",
            "{name: s, port: 9}",
            "http://e.test:9",
        ),
        ("spec: {type: ExternalName, externalName: e.test}", "{name: s, port: 443}", "https://e.test:443"),
    ],
)
def test_servers(service: str, reference: str, url: str) -> None:
    """K-041 … K-045"""
    text = f"apiVersion: v1\nkind: Service\nmetadata: {{name: s}}\n{service}\n---\n"
    options = "providers: {kubernetesCRD: {allowExternalNameServices: true}}"
    configuration = provided(text + ingress_route(route(HOST_A, reference)), options)
    [part] = configuration.http.services.values()
    assert urls(part.element) == [url]


def test_a_named_target_port_is_the_container_s() -> None:
    text = """\
apiVersion: v1
kind: Service
metadata: {name: api}
spec: {selector: {app: api}, ports: [{port: 80, targetPort: web}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: api}
spec:
  template:
    metadata: {labels: {app: api, tier: x}}
    spec: {containers: [{image: api, ports: [{name: web, containerPort: 9090}]}]}
---
"""
    configuration = provided(text + ingress_route(route(HOST_A)))
    [part] = configuration.http.services.values()
    assert urls(part.element) == ["http://api:9090"]


SLICES = """\
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: api-1, labels: {kubernetes.io/service-name: api}}
ports: [{name: http, port: 8080}]
endpoints:
- {addresses: [10.0.0.1, 10.0.0.2], conditions: {ready: true}}
- {addresses: [10.0.0.3], conditions: {ready: false, serving: false}}
- {addresses: [10.0.0.1]}
---
"""


def test_endpoint_slices_in_the_files_are_used() -> None:
    """K-042"""
    text = API + SLICES + ingress_route(f"{route(HOST_A)}, {route('Host(`b`)', '{name: api, port: tls}')}")
    configuration = provided(text)
    [part] = configuration.http.services.values()
    assert urls(part.element) == ["http://10.0.0.1:8080", "http://10.0.0.2:8080"]
    assert [drop.text for drop in configuration.drops] == ["no servers found for default/api"]


@pytest.mark.parametrize(
    ("spec", "services", "error"),
    [
        ("", [], "unspecified service type"),
        ("weighted: {services: [{name: api, port: 80}]}", ["default-api-80", "default-t"], None),
        (
            "mirroring: {name: api, port: 80, mirrors: [{name: x, kind: TraefikService, percent: 5}]}",
            ["default-api-80", "default-t"],
            None,
        ),
        (
            "failover: {service: {name: api, port: 80}, fallback: {name: nope, port: 80}}",
            [],
            "getting fallback service: kubernetes service not found: default/nope",
        ),
        (
            "weighted: {services: [{name: api, port: 80}, {name: nope, port: 80}]}",
            ["default-api-80"],
            "kubernetes service not found: default/nope",
        ),
    ],
)
def test_traefik_services(spec: str, services: list[str], error: str | None) -> None:
    """K-050"""
    configuration = provided(API + custom("TraefikService", "t", spec))
    assert sorted(configuration.http.services) == services
    assert [drop.text for drop in configuration.drops] == ([error] if error else [])


def test_native_load_balancing_by_default_is_for_routes_only() -> None:
    text = (
        API
        + ingress_route(route(HOST_A))
        + custom("TraefikService", "t", "weighted: {services: [{name: api, port: 80}]}")
        + custom("Middleware", "m", "errors: {service: {name: api, port: 80}}")
    )
    configuration = provided(text, "providers: {kubernetesCRD: {nativeLBByDefault: true}}")
    services = configuration.http.services
    assert urls(services[ID_A].element) == ["http://api:80"]
    assert urls(services["default-api-80"].element) == ["http://api:8080"]
    assert urls(services["default-m-errorpage-service"].element) == ["http://api:8080"]


def test_mirroring_has_no_defaults_in_a_custom_object() -> None:
    configuration = provided(API + custom("TraefikService", "t", "mirroring: {name: api, port: 80}"))
    form = json_form(configuration.http.services["default-t"].element, deployment_of("").version)
    assert form == {"mirroring": {"service": "default-api-80"}}


def test_tcp_routes_keep_their_router_when_a_service_is_bad() -> None:
    """K-015, K-051"""
    text = API + custom(
        "IngressRouteTCP",
        "t.x",
        "routes: [{match: HostSNI(`*`), services: [{name: nope, port: 80}]}, {match: HostSNI(`a`), services: "
        "[{name: api, port: 80}, {name: api, port: tls, weight: 0}]}]",
    )
    configuration = provided(text)
    bad, good = configuration.tcp.routers
    assert (bad, good) == ("default-t.x-673acf455cb2dab0b43a", "default-t.x-1cb1684ef4ba27ba3722")
    assert list(configuration.tcp.services) == [f"{good}-api-80", good, f"{good}-api-tls"]
    assert [drop.text for drop in configuration.drops] == ["service not found"]


def test_udp_routes_are_numbered() -> None:
    """K-015"""
    text = API + custom("IngressRouteUDP", "u", "routes: [{services: [{name: api, port: 80}]}, {}]")
    configuration = provided(text)
    assert list(configuration.udp.routers) == ["default-u-0", "default-u-1"]
    assert list(configuration.udp.services) == ["default-u-0"]


def test_tls_options_and_their_secrets() -> None:
    """K-014, K-065, K-068"""
    text = (
        secret("ca", "ca.crt: CA")
        + custom("TLSOption", "o.x", "minVersion: VersionTLS12, clientAuth: {secretNames: [ca, nope, pair]}")
        + custom("TLSOption", "default", "sniStrict: true")
        + secret("pair", "tls.crt: C, tls.key: K")
    )
    configuration = provided(text)
    assert list(configuration.tls_options) == ["default-o.x", "default"]
    files = configuration.tls_options["default-o.x"].element.values("clientAuth", "caFiles")
    assert [value.text for value in files] == ["CA"]
    assert [text for text, _ in configuration.logs] == [
        "Secret default/nope does not exist",
        "secret default/pair contains neither tls.ca nor ca.crt",
    ]
    assert [missing.kind for missing in configuration.missing] == ["secret-missing", "secret-key-missing"]


def test_two_defaults_leave_none() -> None:
    """K-065, K-066"""
    text = "".join(
        custom(kind, "default", "", namespace)
        for kind in ("TLSOption", "TLSStore")
        for namespace in ("a", "b")
    )
    configuration = provided(text)
    assert configuration.tls_options == {}
    assert configuration.tls_stores == {}
    assert {drop.text for drop in configuration.drops} == {
        "Default TLS Options defined in multiple namespaces: [a b]",
        "Default TLS Stores defined in multiple namespaces: [a b]",
    }


def test_certificates() -> None:
    """K-021, K-066"""
    text = (
        API
        + secret("pair", "tls.crt: C, tls.key: K")
        + secret("half", "tls.crt: C")
        + secret("empty", 'tls.crt: "", tls.key: K')
        + custom(
            "TLSStore",
            "default",
            "defaultCertificate: {secretName: pair}, certificates: [{secretName: nope}]",
        )
        + "".join(
            ingress_route(route(HOST_A), name, more=f"tls: {{secretName: {name}}}")
            for name in ("pair", "half", "empty")
        )
    )
    configuration = provided(text)
    assert [part.element.string("certFile") for part in configuration.tls_certificates] == ["C"]
    assert len(configuration.http.routers) == 3
    assert [text for text, _ in configuration.logs] == [
        "secret default/nope does not exist",
        "secret default/half is missing the following TLS data entries: tls.key",
        "secret default/empty contains the following empty TLS data entries: tls.crt",
    ]
    assert list(configuration.tls_stores) == ["default"]
    assert provided(text, version="3.6").tls_stores == {}


def test_secrets_of_helm_do_not_count() -> None:
    """K-005"""
    text = secret("users", "u: a:b").replace("{name: users", "{labels: {owner: helm}, name: users")
    configuration = provided(text + custom("Middleware", "m", "basicAuth: {secret: users}"))
    assert [drop.text for drop in configuration.drops] == ["secret 'default/users' not found"]


@pytest.mark.parametrize(
    ("selector", "names"),
    [
        ("app=x", ["a", "b"]),
        ("app==x,tier!=y", ["a"]),
        ("app in (x, z)", ["a", "b"]),
        ("app notin (x)", ["c"]),
        ("tier", ["b"]),
        ("!app", ["c"]),
    ],
)
def test_label_selectors(selector: str, names: list[str]) -> None:
    """K-006"""
    text = "".join(
        custom("Middleware", name, "addPrefix: {prefix: /x}").replace(
            "{name", f"{{labels: {{{labels}}}, name"
        )
        for name, labels in (("a", "app: x"), ("b", "app: x, tier: y"), ("c", "foo: z"))
    )
    configuration = provided(text, f"providers: {{kubernetesCRD: {{labelSelector: '{selector}'}}}}")
    assert list(configuration.http.middlewares) == [f"default-{name}" for name in names]


def test_only_watched_namespaces() -> None:
    """K-006"""
    options = "providers: {kubernetesCRD: {namespaces: [default], allowCrossNamespace: true}}"
    text = API + OTHER + ingress_route(route(HOST_A, "{name: web, namespace: other, port: 81}"))
    configuration = provided(text + ingress_route(route(HOST_A), "r", "other"), options)
    assert configuration.http.routers == {}
    assert [drop.text for drop in configuration.drops] == [
        "failed to get service other/web: namespace is not within watched namespaces"
    ]


@pytest.mark.parametrize(
    ("route_text", "error"),
    [
        (
            route(HOST_A, "{name: x@file, kind: TraefikService}"),
            'service "x@file" reference is not allowed: namespace "default" is not in crossProviderNamespaces',
        ),
        (
            route(HOST_A, more="middlewares: [{name: x@file}]"),
            'invalid reference to middleware x@file: namespace "default" is not in crossProviderNamespaces',
        ),
        (
            route(HOST_A, "{name: api, port: 80, serversTransport: x@file}"),
            (
                'serversTransport "x@file" reference is not allowed: namespace "default" is not in '
                "crossProviderNamespaces"
            ),
        ),
    ],
)
def test_references_to_other_providers_may_be_restricted(route_text: str, error: str) -> None:
    """K-033"""
    options = "providers: {kubernetesCRD: {crossProviderNamespaces: [other]}}"
    configuration = provided(API + ingress_route(route_text), options)
    assert [drop.text for drop in configuration.drops] == [error]


def test_safe_names() -> None:
    """K-016"""
    text = (
        API
        + ingress_route(
            f"{route(HOST_A, more='middlewares: [{name: m.x}]')}, "
            f"{route(HOST_A, '{name: api, port: tls}, {name: ts, kind: TraefikService}')}",
            "p.q",
            more="tls: {options: {name: o.x}}",
        )
        + custom("Middleware", "m.x", "errors: {service: {name: api, port: 80}}")
        + custom(
            "TraefikService", "ts", "mirroring: {name: api, port: 80, mirrors: [{name: api, port: tls}]}"
        )
        + custom("TLSOption", "o.x", "")
    )
    options = "providers: {kubernetesCRD: {safeNaming: true}}"
    configuration = provided(text, options, "3.7.15")
    assert services_of(configuration) == {
        "default_p.q_0": "default_p.q_0_lb",
        "default_p.q_1": "default_p.q_1_wrr",
    }
    assert sorted(configuration.http.services) == [
        "default_m.x-errorpage-service",
        "default_p.q_0_lb",
        "default_p.q_1_wrr",
        "default_p.q_1_wrr_0_default_api_tls",
        "default_ts",
        "default_ts_mirror_0_default_api_tls",
        "default_ts_mirroring_default_api_80",
    ]
    assert list(configuration.http.middlewares) == ["default_m.x"]
    assert list(configuration.tls_options) == ["default_o.x"]
    router = configuration.http.routers["default_p.q_0"].element
    assert router.string("tls", "options") == "default_o.x"


def test_an_object_of_a_wrong_type_is_lost() -> None:
    """K-090"""
    configuration = provided(API + ingress_route(route(HOST_A, more='priority: "5"')))
    assert configuration.http.routers == {}
    [drop] = configuration.drops
    assert drop.kind == "decoding"
    assert drop.span is not None
    assert drop.span.text == '"5"'


def test_what_an_api_server_would_refuse_is_read_as_written() -> None:
    """K-091"""
    configuration = provided(API + ingress_route(route(HOST_A, "{name: api, port: 80, weight: -1}")))
    assert list(configuration.http.routers) == [ID_A]


def test_values_stand_where_they_were_written() -> None:
    text = API + ingress_route(route(HOST_A, more="middlewares: [{name: strip}], priority: 7"))
    [part] = provided(text).http.routers.values()
    element = part.element
    rule, priority = element.value("rule"), element.value("priority")
    assert rule is not None
    assert priority is not None
    assert element.span.text == HOST_A
    assert rule.sub(0, 4).text == "Host"
    assert priority.span.text == "7"
    assert [value.span.text for value in element.values("middlewares")] == ["strip"]
    [service] = provided(text).http.services.values()
    assert service.element.span.text == "api"


def test_a_world_that_is_open_may_be_taken_to_hold_what_is_missing() -> None:
    text = ingress_route(route(HOST_A, "{name: elsewhere, port: web}")) + custom(
        "Middleware", "m", "basicAuth: {secret: nope}"
    )
    configuration = build(deployment_of(text), generous=("kubernetes-services", "secrets"))
    assert configuration is not None
    assert list(configuration.http.routers) == [ID_A]
    assert list(configuration.http.middlewares) == ["default-m"]
    assert configuration.drops == []
    assert [missing.text for missing in configuration.missing] == [
        "kubernetes service not found: default/elsewhere",
        "secret 'default/nope' not found",
    ]


def test_a_name_that_is_filled_in_later_drops_nothing() -> None:
    configuration = provided(API + ingress_route(route('"Host(`${HOST}`)"', '{name: "${NAME}", port: 80}')))
    [part] = configuration.http.routers.values()
    rule = part.element.value("rule")
    assert rule is not None
    assert not rule.known
    assert configuration.drops == []


def test_the_provider_is_off_unless_the_static_configuration_has_it() -> None:
    assert build(deployment_of(API, "providers: {file: {filename: x}}")) is None
    assert build(deployment_of(API, "providers: {kubernetesCRD: {}}")) is not None
    assert build(deployment_of(API)) is not None
