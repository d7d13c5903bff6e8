"""The provider `kubernetes`: classes, rules, names and backends, as the real Traefik answered for the same objects."""

from __future__ import annotations

import pytest

from traefik_lint.runtime.configuration import ProviderConfiguration
from traefik_lint.runtime.defaults import json_form
from traefik_lint.runtime.providers.kubernetes_ingress import build

from .kubernetes_world import API, deployment_of, secret

BACKEND = "backend: {service: {name: api, port: {number: 80}}}"
ANNOTATION = "traefik.ingress.kubernetes.io"


def provided(manifests: str, options: str = "", version: str = "3.7") -> ProviderConfiguration:
    configuration = build(deployment_of(manifests, options, version))
    assert configuration is not None
    return configuration


def ingress(
    rules: str, name: str = "i", more: str = "", annotations: str = "", namespace: str = "default"
) -> str:
    return (
        f"apiVersion: networking.k8s.io/v1\nkind: Ingress\n"
        f"metadata: {{name: {name}, namespace: {namespace}, annotations: {{{annotations}}}}}\n"
        f"spec: {{{more}rules: [{rules}]}}\n---\n"
    )


def rule(path: str, host: str = "a.test", backend: str = BACKEND) -> str:
    return f"{{host: '{host}', http: {{paths: [{{{path}{', ' if path else ''}{backend}}}]}}}}"


def ingress_class(name: str, controller: str = "traefik.io/ingress-controller") -> str:
    return (
        f"apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {{name: {name}}}\n"
        f"spec: {{controller: {controller}}}\n---\n"
    )


def rules_of(configuration: ProviderConfiguration) -> dict[str, str]:
    return {name: part.element.string("rule") for name, part in configuration.http.routers.items()}


@pytest.mark.parametrize(
    ("more", "annotation", "classes", "options", "taken"),
    [
        ("", "", "", "", True),
        ("", "", "", "ingressClass: mine", False),
        ("", "kubernetes.io/ingress.class: traefik", "", "", True),
        ("", "kubernetes.io/ingress.class: nginx", "", "", False),
        ("", "kubernetes.io/ingress.class: mine", "", "ingressClass: mine", True),
        ("ingressClassName: traefik, ", "", "", "", False),
        ("ingressClassName: traefik, ", "", ingress_class("traefik"), "", True),
        ("ingressClassName: mine, ", "", ingress_class("mine"), "", True),
        ("ingressClassName: mine, ", "", ingress_class("mine", "k8s.io/ingress-nginx"), "", False),
        ("ingressClassName: mine, ", "", ingress_class("mine"), "ingressClass: other", False),
        ("ingressClassName: mine, ", "", ingress_class("mine"), "disableIngressClassLookup: true", False),
        ("ingressClassName: null, ", "", "", "", True),
    ],
)
def test_which_class_is_taken(more: str, annotation: str, classes: str, options: str, taken: bool) -> None:
    """K-100"""
    text = API + classes + ingress(rule("path: /"), more=more, annotations=annotation)
    configuration = provided(text, f"providers: {{kubernetesIngress: {{{options}}}}}" if options else "")
    assert bool(configuration.http.routers) is taken


@pytest.mark.parametrize(
    ("host", "path", "version", "expected"),
    [
        ("a.test", "path: /x, pathType: Prefix", "3.7", 'Host("a.test") && PathPrefix("/x")'),
        ("a.test", "path: /x, pathType: Exact", "3.7", 'Host("a.test") && Path("/x")'),
        ("a.test", "path: /x", "3.7", 'Host("a.test") && PathPrefix("/x")'),
        (
            "a.test",
            "path: /x, pathType: ImplementationSpecific",
            "3.6.10",
            "Host(`a.test`) && PathPrefix(`/x`)",
        ),
        ("a.test", "", "3.7", 'Host("a.test")'),
        ("", "path: /x", "3.7", 'PathPrefix("/x")'),
        ("", "", "3.7", ""),
        ("*.b.test", "", "3.7", 'Host("*.b.test")'),
        ("*.b.test", "", "3.6", r'HostRegexp("^[a-zA-Z0-9-]+\\.b\\.test$")'),
        ("*.b.test", "", "3.3", r"HostRegexp(`^[a-zA-Z0-9-]+\.b\.test$`)"),
        ("*.b.test", "", "2.11", 'HostRegexp("{subdomain:[a-zA-Z0-9-]+}.b.test")'),
        ("a.test", "path: '/\"', pathType: Exact", "3.7", r'Host("a.test") && Path("/\"")'),
    ],
)
def test_rules(host: str, path: str, version: str, expected: str) -> None:
    """K-104, K-107, K-108"""
    configuration = provided(API + ingress(rule(path, host)), version=version)
    assert list(rules_of(configuration).values()) == [expected]


@pytest.mark.parametrize(
    ("path", "version", "expected"),
    [
        ("path: /x, pathType: Prefix", "3.7", '(Path("/x") || PathPrefix("/x/"))'),
        ("path: /x/, pathType: Prefix", "3.7", '(Path("/x") || PathPrefix("/x/"))'),
        ("path: /, pathType: Prefix", "3.7", 'PathPrefix("/")'),
        ("path: /x, pathType: Exact", "3.7", 'Path("/x")'),
        ("path: /x", "3.5", "(Path(`/x`) || PathPrefix(`/x/`))"),
    ],
)
def test_strict_prefixes(path: str, version: str, expected: str) -> None:
    """K-105"""
    options = "providers: {kubernetesIngress: {strictPrefixMatching: true}}"
    configuration = provided(API + ingress(rule(path, "")), options, version)
    assert list(rules_of(configuration).values()) == [expected]


def test_names_and_the_hash_that_keeps_paths_of_one_ingress_apart() -> None:
    """K-109"""
    text = API + ingress(
        f"{rule('path: /x, pathType: Exact')}, {rule('path: /x, pathType: Prefix')}, {rule('path: /y')}"
    )
    assert rules_of(provided(text)) == {
        "default-i-a-test-x-758e99ff8a73dd9df836": 'Host("a.test") && Path("/x")',
        "default-i-a-test-x-89d6c5b5a7e79e11bd91": 'Host("a.test") && PathPrefix("/x")',
        "default-i-a-test-y": 'Host("a.test") && PathPrefix("/y")',
    }
    assert list(provided(text).http.services) == ["default-api-80"]


def test_the_same_name_in_two_ingresses_leaves_one() -> None:
    text = API + ingress(rule("path: /x"), "a.b") + ingress(rule("path: /x"), "a-b")
    configuration = provided(text)
    assert list(rules_of(configuration)) == ["default-a-b-a-test-x"]
    assert [drop.kind for drop in configuration.drops] == ["collision"]


def test_a_default_backend() -> None:
    """K-110"""
    first = ingress("", "a", f"defaultBackend: {{{BACKEND.removeprefix('backend: {')}, ")
    text = API + first + first.replace("name: a", "name: b") + ingress(rule("path: /"), "c")
    configuration = provided(text)
    router = configuration.http.routers["default-router"].element
    assert (router.string("rule"), router.integer("priority"), router.string("service")) == (
        'PathPrefix("/")',
        -2147483648,
        "default-backend",
    )
    assert router.string("ruleSyntax") == "default"
    assert [drop.text for drop in configuration.drops] == ["The default backend already exists."]
    assert "default-router" not in rules_of(
        provided(API + first.replace("rules: []", f"rules: [{rule('path: /')}]"))
    )


@pytest.mark.parametrize(
    ("backend", "error"),
    [
        ("backend: {service: {name: nope, port: {number: 80}}}", "service not found"),
        ("backend: {service: {name: api, port: {number: 81}}}", "service port not found"),
        ("backend: {service: {name: api, port: {name: x}}}", "service port not found"),
        ("backend: {service: {name: api}}", "service port not found"),
        ("backend: {resource: {kind: Bucket, name: b}}", "Resource backends are not supported"),
        ("backend: {}", "Missing service definition"),
        (
            "backend: {service: {name: ext, port: {number: 80}}}",
            "externalName services not allowed: default/ext",
        ),
        ("backend: {service: {name: odd, port: {number: 80}}}", "field not found, node: foo"),
    ],
)
def test_one_bad_backend_loses_one_path(backend: str, error: str) -> None:
    """K-102, K-112"""
    text = f"""\
apiVersion: v1
kind: Service
metadata: {{name: ext}}
spec: {{type: ExternalName, externalName: e.test, ports: [{{port: 80}}]}}
---
apiVersion: v1
kind: Service
metadata: {{name: odd, annotations: {{{ANNOTATION}/service.foo: x}}}}
spec: {{ports: [{{port: 80}}]}}
---
"""
    configuration = provided(API + text + ingress(f"{rule('path: /x', backend=backend)}, {rule('path: /y')}"))
    assert list(rules_of(configuration)) == ["default-i-a-test-y"]
    assert [drop.text for drop in configuration.drops] == [error]


def test_a_resource_backend_ended_the_provider_of_old_releases() -> None:
    """K-112"""
    text = (
        API
        + ingress(rule("path: /x"), "a")
        + ingress(rule("path: /y", backend="backend: {resource: {name: b}}"))
    )
    configuration = provided(text, version="3.0")
    assert configuration.http.routers == {}
    assert [drop.kind for drop in configuration.drops] == ["panic"]


def test_annotations_of_the_ingress() -> None:
    """K-101, K-103"""
    annotations = {
        "router.entrypoints": "web, websecure",
        "router.middlewares": "default-a@kubernetescrd,b@file",
        "router.priority": '"7"',
        "router.tls": '"true"',
        "router.tls.certresolver": "le",
        "router.tls.domains.0.main": "a.test",
        "router.tls.domains.0.sans": '"b.test,c.test"',
        "service.serversscheme": "h2c",
        "rule-type": "x",
    }
    text = ", ".join(
        f"{ANNOTATION}/{key}: {value if value[0] == chr(34) else repr(value)}"
        for key, value in annotations.items()
    )
    configuration = provided(API + ingress(rule("path: /x"), annotations=text))
    [part] = configuration.http.routers.values()
    form = json_form(part.element, deployment_of("").version)
    form.pop("observability")
    assert form == {
        "entryPoints": ["web", "websecure"],
        "middlewares": ["default-a@kubernetescrd", "b@file"],
        "service": "default-api-80",
        "rule": 'Host("a.test") && PathPrefix("/x")',
        "priority": 7,
        "tls": {"certResolver": "le", "domains": [{"main": "a.test", "sans": ["b.test", "c.test"]}]},
    }
    middleware = part.element.values("middlewares")[1]
    assert middleware.span.text == "b@file"
    main = part.element.elements("tls", "domains")[0].value("main")
    assert main is not None
    assert main.key is not None
    assert main.key.span.text == "main"


@pytest.mark.parametrize(
    ("annotation", "error", "version"),
    [
        ("router.foo: x", "field not found, node: foo", "3.7"),
        ("router.priority: abc", 'strconv.ParseInt: parsing "abc": invalid syntax', "3.7"),
        ("router.rulesyntax: v2", "field not found, node: rulesyntax", "3.0"),
        ("router..tls: 'true'", "invalid element: traefik.router..tls", "3.7"),
    ],
)
def test_a_bad_annotation_loses_the_ingress(annotation: str, error: str, version: str) -> None:
    """K-101"""
    configuration = provided(
        API + ingress(rule("path: /x"), annotations=f"{ANNOTATION}/{annotation}"), version=version
    )
    assert configuration.http.routers == {}
    [drop] = configuration.drops
    assert drop.text == error
    assert drop.span is not None


def test_a_path_matcher_counts_only_for_unspecific_paths() -> None:
    """K-104"""
    text = API + ingress(
        f"{rule('path: /x')}, {rule('path: /y, pathType: Prefix')}",
        annotations=f"{ANNOTATION}/router.pathmatcher: Foo",
    )
    configuration = provided(text)
    assert list(rules_of(configuration).values()) == ['Host("a.test") && PathPrefix("/y")']
    assert [drop.text for drop in configuration.drops] == [
        'invalid router path matcher "Foo": must be one of Path, PathPrefix, PathRegexp'
    ]
    before = provided(text, version="3.6.17")
    assert next(iter(rules_of(before).values())) == 'Host("a.test") && Foo("/x")'


def test_annotations_of_the_service() -> None:
    """K-102, K-115"""
    annotations = ", ".join(
        f"{ANNOTATION}/service.{text}"
        for text in (
            "serversscheme: h2c", "serverstransport: t@file", "passhostheader: 'false'", "sticky.cookie.name: c",
        )
    )  # fmt: skip
    text = API.replace("{name: api}", f"{{name: api, annotations: {{{annotations}}}}}")
    [part] = provided(text + ingress(rule("path: /"))).http.services.values()
    form = json_form(part.element, deployment_of("").version)
    assert form["loadBalancer"] == {
        "servers": [{"url": "h2c://api:8080"}],
        "strategy": "wrr",
        "passHostHeader": False,
        "serversTransport": "t@file",
        "sticky": {"cookie": {"name": "c", "path": "/"}},
        "responseForwarding": {"flushInterval": "100ms"},
    }


def test_tls_only_loads_certificates() -> None:
    """K-111"""
    text = (
        API
        + secret("pair", "tls.crt: C, tls.key: K")
        + ingress(rule("path: /"), more="tls: [{hosts: [a.test], secretName: pair}, {secretName: nope}], ")
    )
    configuration = provided(text)
    assert [part.name for part in configuration.tls_certificates] == ["default-pair"]
    assert "tls" not in next(iter(configuration.http.routers.values())).element
    assert [text for text, _ in configuration.logs] == ["secret default/nope does not exist"]


@pytest.mark.parametrize(
    ("annotation", "error"),
    [
        (
            "router.middlewares: x@file",
            'Skipping Ingress: cross-provider middleware reference is not allowed from namespace "default"',
        ),
        (
            "router.tls.options: x@file",
            'Skipping Ingress: cross-provider TLS option reference is not allowed from namespace "default"',
        ),
    ],
)
def test_references_to_other_providers_may_be_restricted(annotation: str, error: str) -> None:
    """K-033"""
    options = "providers: {kubernetesIngress: {crossProviderNamespaces: [other]}}"
    text = API + ingress(rule("path: /"), annotations=f"{ANNOTATION}/{annotation}")
    assert [drop.text for drop in provided(text, options).drops] == [error]


def test_a_world_that_is_open_may_be_taken_to_hold_what_is_missing() -> None:
    text = ingress(rule("path: /"), "a", "ingressClassName: traefik, ") + ingress(
        rule("path: /"), "b", "ingressClassName: nginx, "
    )
    configuration = build(deployment_of(text), generous=("kubernetes-services", "ingress-classes"))
    assert configuration is not None
    assert list(configuration.http.routers) == ["default-a-a-test"]
    assert [missing.text for missing in configuration.missing] == ["service not found"]
