"""Services that routes lead to: there or not, their ports, their pods, how they are asked."""

from __future__ import annotations

import pytest

from tests.checks.kubernetes.manifests import ANNOTATION, custom, deployment, ingress, route, service, static
from tests.checks.lint import found_by, lint

SHOP = "[{name: shop, port: 80}]"


@pytest.mark.parametrize(
    ("ports", "port", "hint"),
    [
        (
            "[{port: 80, targetPort: 8080}]",
            "8080",
            "write port: 80: 8080 is its targetPort, which is the pods' side",
        ),
        ("[{port: 80, nodePort: 30080}]", "30080", "write port: 80: 30080 is its nodePort"),
        (
            "[{port: 80}]",
            '"80"',
            "write port: 80 without quotes: a text is compared with the names of the ports",
        ),
        ("[{port: 80}]", "http", "write port: 80, the only port it has"),
        ("[{name: a, port: 80}, {name: b, port: 81}]", "82", "it has the ports 80 (a), 81 (b)"),
        ("[{name: web, port: 80}]", "80", None),
        ("[{name: web, port: 80}]", "web", None),
        ('[{name: "80", port: 8080}]', '"80"', None),
        ("[{name: web, port: 80}]", "${PORT}", None),
    ],
)
def test_port_of_a_service(ports: str, port: str, hint: str | None) -> None:
    text = service(ports=ports) + route(f"[{{name: shop, port: {port}}}]")
    found = [(one.text, one.hint) for one in lint({"a.yml": text}) if one.rule == "TL703"]
    assert found == ([] if hint is None else [(port, hint)])


def test_port_in_an_ingress_is_named_in_its_own_words() -> None:
    text = service() + ingress(backend="{service: {name: shop, port: {number: 8080}}}")
    [found] = [one for one in lint({"a.yml": text}) if one.rule == "TL703"]
    assert found.message == 'Service "shop" has no port 8080: Traefik drops the path'
    assert found.hint == "write number: 80: 8080 is its targetPort, which is the pods' side"


def test_port_that_is_not_written() -> None:
    assert found_by("TL703", {"a.yml": service() + route("[{name: shop}]")}) == [("a.yml", 15, "shop")]


@pytest.mark.parametrize(
    ("manifest", "found"),
    [
        (service("shop-api") + route("[{name: shop-ap, port: 80}]"), "shop-ap"),
        (service(namespace="other") + route(SHOP), "shop"),
        (service() + route("[{name: shop, port: 80}, {name: trial, port: 80}]"), "trial"),
        (route("[{name: api@internal}]"), "api@internal"),
        (service("trial") + route(SHOP), None),
        (route(SHOP), None),
        (service("shop-api") + route("[{name: shop-api, port: 80}, {name: shop-app, port: 80}]"), "shop-app"),
        (
            service()
            + route("[{name: shop, port: 80}, {name: $NAME, port: 80}]").replace("$NAME", "'{{ name }}'"),
            None,
        ),
        (route("[{name: api@internal, kind: TraefikService}]"), None),
    ],
)
def test_service_that_is_not_there(manifest: str, found: str | None) -> None:
    expected = [] if found is None else [found]
    assert [text for _, _, text in found_by("TL702", {"a.yml": manifest})] == expected


def test_a_service_declared_as_external_is_taken_to_exist() -> None:
    manifest = service() + route("[{name: shop, port: 80}, {name: trial, port: 80}]")
    settings = "externals:\n  kubernetes-services: [trial]\n"
    assert found_by("TL702", {"a.yml": manifest, ".traefik-lint.yaml": settings}) == []


@pytest.mark.parametrize(
    ("selector", "labels", "found"),
    [
        ("{app: shopp}", "{app: shop}", ["shopp"]),
        ("{app: shop, tier: web}", "{app: shop}", ["web"]),
        ("{app: shop}", "{app: shop, tier: web}", []),
        ("{app: '${APP}'}", "{app: shop}", []),
        ("{}", "{app: shop}", []),
    ],
)
def test_pods_behind_a_service(selector: str, labels: str, found: list[str]) -> None:
    manifest = deployment(labels) + service(selector=selector) + route(SHOP)
    assert [text for _, _, text in found_by("TL704", {"a.yml": manifest})] == found


def test_a_service_that_no_route_leads_to_is_none_of_ours() -> None:
    assert lint({"a.yml": deployment() + service(selector="{app: other}")}) == []


@pytest.mark.parametrize(
    ("port", "ports", "found"),
    [
        ("{port: 80, targetPort: 80}", "[{containerPort: 8080}]", [("80", "warning")]),
        ("{port: 80}", "[{containerPort: 8080}]", [("80", "warning")]),
        ("{port: 80, targetPort: web}", "[{name: http, containerPort: 8080}]", [("web", "error")]),
        ("{port: 80, targetPort: '8080'}", "[{containerPort: 8080}]", [("'8080'", "error")]),
        ("{port: 80, targetPort: web}", "[]", [("web", "error")]),
        ("{port: 80, targetPort: http}", "[{name: http, containerPort: 8080}]", []),
        ("{port: 80, targetPort: 8080}", "[{containerPort: 8080}]", []),
        ("{port: 80, targetPort: 8080}", "[]", []),
    ],
)
def test_target_port(port: str, ports: str, found: list[tuple[str, str]]) -> None:
    manifest = deployment(ports=ports) + service(ports=f"[{port}]", selector="{app: shop}") + route(SHOP)
    assert [(one.text, one.severity) for one in lint({"a.yml": manifest}) if one.rule == "TL705"] == found


@pytest.mark.parametrize(
    ("ports", "more", "found"),
    [
        ("[{port: 80, targetPort: 8443}]", "", 1),
        ("[{port: 80, targetPort: https}]", "", 1),
        ("[{name: https-web, port: 80, targetPort: 8443}]", "", 0),
        ("[{port: 80, targetPort: 8443}]", ", scheme: https", 0),
        ("[{port: 80, targetPort: 8443}]", ", serversTransport: own", 0),
        ("[{port: 80, targetPort: 8081}]", "", 0),
        ("[{port: 80}]", "", 0),
    ],
)
def test_scheme_told_by_the_target_port(ports: str, more: str, found: int) -> None:
    manifest = service(ports=ports) + route(f"[{{name: shop, port: 80{more}}}]")
    assert len(found_by("TL728", {"a.yml": manifest})) == found


@pytest.mark.parametrize(("target", "found"), [("80", 1), ("http", 1), ("8080", 0), ("https", 0)])
def test_a_port_for_tls_before_plain_pods(target: str, found: int) -> None:
    manifest = service(ports=f"[{{name: web, port: 443, targetPort: {target}}}]") + route(
        "[{name: shop, port: 443}]"
    )
    assert len(found_by("TL728", {"a.yml": manifest})) == found


@pytest.mark.parametrize(("scheme", "found"), [("HTTPS", 1), ("HTTP", 0)])
def test_scheme_told_by_a_probe(scheme: str, found: int) -> None:
    probe = f", readinessProbe: {{httpGet: {{path: /, port: 8080, scheme: {scheme}}}}}"
    manifest = deployment(container=probe) + service(selector="{app: shop}") + route(SHOP)
    assert len(found_by("TL728", {"a.yml": manifest})) == found


@pytest.mark.parametrize(
    ("crd", "reference", "found"),
    [
        ("{}", "{name: shop, namespace: other, port: 80}", 1),
        ("{allowCrossNamespace: false}", "{name: shop, namespace: other, port: 80}", 1),
        ("{allowCrossNamespace: true}", "{name: shop, namespace: other, port: 80}", 0),
        ("{}", "{name: shop, namespace: shop, port: 80}", 0),
        ("{}", "{name: shop, port: 80}", 0),
    ],
)
def test_other_namespaces(crd: str, reference: str, found: int) -> None:
    files = {"traefik.yml": static(crd), "a.yml": route(f"[{reference}]")}
    assert len(found_by("TL701", files)) == found


@pytest.mark.parametrize(
    ("crd", "found"),
    [("{}", ["other"]), ("{allowCrossNamespace: true}", []), ("{allowCrossNamespace: '{{ x }}'}", [])],
)
def test_tls_options_of_other_namespaces(crd: str, found: list[str]) -> None:
    files = {
        "traefik.yml": static(crd),
        "a.yml": service() + route(SHOP, tls="{options: {name: strict, namespace: other}}"),
    }
    assert [text for _, _, text in found_by("TL701", files)] == found


def test_other_namespaces_are_allowed_for_all_that_the_files_tell_without_static_configuration() -> None:
    assert found_by("TL701", {"a.yml": route("[{name: shop, namespace: other, port: 80}]")}) == []


def test_each_provider_has_its_own_leave_for_external_names() -> None:
    external = service(ports="[{port: 80}]", type="ExternalName", externalName="old.example.com")
    files = {
        "traefik.yml": static("{allowExternalNameServices: true}"),
        "a.yml": external + route(SHOP) + ingress(),
    }
    [(_, line, text)] = found_by("TL706", files)
    assert (text, line > 14) == ("shop", True)


@pytest.mark.parametrize(
    ("second", "found"),
    [("Host(`shop.example.com`)", 1), ("Host(`shop.example.com`) ", 0), ("Host(`www.example.com`)", 0)],
)
def test_two_routes_of_one_name(second: str, found: int) -> None:
    other = f"    - kind: Rule\n      match: '{second}'\n      services: {SHOP}\n"
    assert len(found_by("TL715", {"a.yml": service() + route(SHOP) + other})) == found


@pytest.mark.parametrize(
    ("spec", "found"),
    [
        ("mirroring: {name: shop, port: 80, mirrors: [{name: shop, port: 80}]}", ["shop"]),
        ("mirroring: {name: shop, port: 80, mirrors: [{name: shop, port: 80, percent: 5}]}", []),
        ("weighted: {services: [{name: shop, port: 80, weight: 0}]}", ["0"]),
        ("weighted: {services: [{name: shop, port: 80, weight: 0}, {name: shop, port: 80}]}", []),
        ("weighted: {services: []}, mirroring: {name: shop, port: 80}", ["mirroring"]),
        ("", ["TraefikService"]),
    ],
)
def test_traefik_services(spec: str, found: list[str]) -> None:
    made = custom("TraefikService", "s", spec)
    assert [text for _, _, text in found_by("TL719", {"a.yml": service() + made})] == found


@pytest.mark.parametrize(
    ("annotation", "hint"),
    [
        ("trusting@kubernetescrd", 'write "shop-trusting@kubernetescrd"'),
        ("trusting", 'write "shop-trusting@kubernetescrd"'),
        ("other", 'write "shop-other@kubernetescrd": an annotation takes the whole name of the object'),
        ("shop-trusting@kubernetescrd", None),
        ("shop-other@kubernetescrd", None),
        ("own@file", None),
    ],
)
def test_transport_of_an_annotation(annotation: str, hint: str | None) -> None:
    transport = custom("ServersTransport", "trusting", "")
    annotations = f"{{{ANNOTATION}service.serverstransport: {annotation}}}"
    manifest = transport + service(annotations=annotations) + ingress()
    found = [one.hint for one in lint({"a.yml": manifest}) if one.rule == "TL725"]
    assert found == ([] if hint is None else [hint])


@pytest.mark.parametrize(
    ("kind", "options", "found"),
    [
        ("ClusterIP", "sticky: {}", ["sticky"]),
        ("ClusterIP", "sticky: {cookie: {}}", []),
        ("ClusterIP", "nodePortLB: true", ["nodePortLB"]),
        ("ClusterIP", "nodePortLB: false", []),
        ("NodePort", "nodePortLB: true", []),
    ],
)
def test_options_without_effect(kind: str, options: str, found: list[str]) -> None:
    manifest = service(type=kind) + route(f"[{{name: shop, port: 80, {options}}}]")
    assert [text for _, _, text in found_by("TL735", {"a.yml": manifest})] == found


def test_a_service_in_a_namespace_that_is_not_watched() -> None:
    files = {
        "traefik.yml": static("{namespaces: [shop], allowCrossNamespace: true}"),
        "a.yml": service(namespace="other") + route("[{name: shop, namespace: other, port: 80}]"),
    }
    [found] = [one for one in lint(files) if one.rule == "TL724"]
    assert found.message.startswith(
        "failed to get service other/shop: namespace is not within watched namespaces"
    )
