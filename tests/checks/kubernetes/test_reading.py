"""What Traefik reads at all: classes, providers, namespaces, labels; Secrets and middlewares it leaves out."""

from __future__ import annotations

import pytest

from tests.checks.kubernetes.manifests import ANNOTATION, custom, ingress, route, service, static
from tests.checks.lint import found_by, lint

SHOP = "[{name: shop, port: 80}]"


def ingress_class(name: str = "traefik", controller: str = "traefik.io/ingress-controller") -> str:
    """An IngressClass."""
    return (
        f"---\napiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {{name: {name}}}\n"
        f"spec: {{controller: {controller}}}\n"
    )


@pytest.mark.parametrize(
    ("option", "written", "found"),
    [
        ("{ingressClass: public}", {}, 1),
        ("{ingressClass: public}", {"metadata": ", annotations: {kubernetes.io/ingress.class: public}"}, 0),
        ("{ingressClass: public}", {"metadata": ", annotations: {kubernetes.io/ingress.class: publik}"}, 1),
        ("{ingressClass: public}", {"metadata": ", annotations: {kubernetes.io/ingress.class: internal}"}, 0),
        ("{ingressClass: public}", {"ingressClassName": "public"}, 0),
        ("{}", {"metadata": ", annotations: {kubernetes.io/ingress.class: nginx}"}, 1),
        ("{}", {"metadata": ", annotations: {kubernetes.io/ingress.class: traefik}"}, 0),
        ("{}", {}, 0),
    ],
)
def test_class_of_a_route(option: str, written: dict[str, str], found: int) -> None:
    files = {"traefik.yml": static(option), "a.yml": service() + route(SHOP, **written)}
    assert len(found_by("TL712", files)) == found


@pytest.mark.parametrize(
    ("option", "class_name", "annotations", "found"),
    [
        ("{ingressClass: public}", "traefik", "{}", 1),
        ("{ingressClass: public}", "public", "{}", 0),
        ("{ingressClass: public}", "nginx", "{}", 0),
        ("{ingressClass: public}", "", f"{{{ANNOTATION}router.entrypoints: web}}", 1),
        ("{ingressClass: public}", "", "{}", 0),
        ("{disableIngressClassLookup: true}", "traefik", "{}", 1),
        ("{disableIngressClassLookup: true}", "", "{kubernetes.io/ingress.class: traefik}", 0),
        ("{}", "traefik", "{}", 0),
    ],
)
def test_class_of_an_ingress(option: str, class_name: str, annotations: str, found: int) -> None:
    manifest = service() + ingress(annotations, ingressClassName=class_name)
    assert len(found_by("TL712", {"traefik.yml": static("{}", option), "a.yml": manifest})) == found


@pytest.mark.parametrize(
    ("manifest", "found"),
    [
        (ingress_class(controller="traefik.io/ingress"), ["traefik.io/ingress"]),
        (ingress_class(controller="k8s.io/ingress-nginx"), []),
        (ingress_class() + service() + ingress(ingressClassName="traefic"), ["traefic"]),
        (ingress_class() + service() + ingress(ingressClassName="nginx"), []),
        (ingress_class() + service() + ingress(), []),
        (service() + ingress(ingressClassName="traefic"), []),
    ],
)
def test_ingress_classes(manifest: str, found: list[str]) -> None:
    assert [text for _, _, text in found_by("TL713", {"a.yml": manifest})] == found


@pytest.mark.parametrize(
    ("providers", "found"),
    [
        ("kubernetesIngress: {}", ["IngressRoute"]),
        ("kubernetesCRD: {}", ["Ingress"]),
        ("kubernetesCRD: {}, kubernetesIngress: {}", []),
        ("file: {directory: /etc/traefik/dynamic}", []),
    ],
)
def test_provider_that_is_off(providers: str, found: list[str]) -> None:
    files = {
        "traefik.yml": f"entryPoints: {{web: {{address: ':80'}}}}\nproviders: {{{providers}}}\n",
        "a.yml": service() + route(SHOP) + ingress(),
    }
    assert [text for _, _, text in found_by("TL714", files)] == found


@pytest.mark.parametrize(
    ("option", "found"),
    [
        ("{namespaces: [traefik]}", ["shop"]),
        ("{namespaces: [traefik, shop]}", []),
        ("{labelSelector: public=true}", ["shop"]),
        ("{labelSelector: '!internal'}", []),
    ],
)
def test_objects_outside_what_is_watched(option: str, found: list[str]) -> None:
    files = {"traefik.yml": static(option), "a.yml": service() + route(SHOP)}
    assert [text for _, _, text in found_by("TL724", files)] == found


@pytest.mark.parametrize(
    ("backend", "annotations", "class_name", "found"),
    [
        ("service: {name: shop, port: {number: 80}}", "{}", "traefik", 1),
        ("service: {name: shop, port: {number: 80}}", "{}", "nginx", 0),
    ],
)
def test_default_backend_beside_rules(backend: str, annotations: str, class_name: str, found: int) -> None:
    manifest = ingress(annotations, ingressClassName=class_name, defaultBackend=f"{{{backend}}}")
    assert len(found_by("TL716", {"a.yml": service() + manifest})) == found


@pytest.mark.parametrize(
    ("backend", "hint"),
    [
        ("{serviceName: shop, servicePort: 80}", "write service: {name: …, port: {number: …}}"),
        (
            "{resource: {apiGroup: example.com, kind: Bucket, name: images}}",
            "put a Service before it, or use a TraefikService in an IngressRoute",
        ),
        ("{service: {name: shop, port: {number: 80}}}", None),
    ],
)
def test_backends_without_a_service(backend: str, hint: str | None) -> None:
    found = [one.hint for one in lint({"a.yml": service() + ingress(backend=backend)}) if one.rule == "TL717"]
    assert found == ([] if hint is None else [hint])


def secret(
    name: str = "users", data: str = "{users: 'a:b'}", namespace: str = "shop", labels: str = "{}"
) -> str:
    """A Secret."""
    return (
        f"---\napiVersion: v1\nkind: Secret\nmetadata: {{name: {name}, namespace: {namespace}, labels: {labels}}}\n"
        f"stringData: {data}\n"
    )


def middleware(spec: str) -> str:
    """A Middleware of namespace shop."""
    return custom("Middleware", "auth", spec)


@pytest.mark.parametrize(
    ("manifest", "found"),
    [
        (secret(data="{a: 'a:b', b: 'c:d'}"), 1),
        (secret(labels="{owner: helm}"), 1),
        (secret("userss"), 1),
        (secret(namespace="other"), 1),
        (secret(), 0),
        (secret(labels="{owner: me}"), 0),
        (secret("database"), 0),
        ("", 0),
    ],
)
def test_secret_of_an_authentication(manifest: str, found: int) -> None:
    assert len(found_by("TL720", {"a.yml": manifest + middleware("basicAuth: {secret: users}")})) == found


@pytest.mark.parametrize(
    ("keys", "found"),
    [("{tls.crt: a, tls.key: b}", 0), ("{tls.crt: a}", 1), ("{cert.pem: a, key.pem: b}", 1)],
)
def test_secret_of_a_certificate(keys: str, found: int) -> None:
    manifest = secret("shop-tls", keys) + service() + route(SHOP, tls="{secretName: shop-tls}")
    assert len(found_by("TL720", {"a.yml": manifest})) == found


@pytest.mark.parametrize(
    ("spec", "found"),
    [
        ("basicAuth: {realm: shop}", 1),
        ("basicAuth: {users: ['a:b']}", 0),
        ("basicAuth: {secret: users}", 0),
        ("forwardAuth: {trustForwardHeader: true}", 1),
        ("forwardAuth: {address: 'http://login.login.svc'}", 0),
    ],
)
def test_middleware_that_is_left_out(spec: str, found: int) -> None:
    assert len(found_by("TL721", {"a.yml": middleware(spec)})) == found


@pytest.mark.parametrize(
    ("reference", "found"),
    [
        ("auth@kubernetescrd", 'write "shop-auth@kubernetescrd"'),
        ("shop-auth", 'write "shop-auth@kubernetescrd"'),
        ("auth", 'write "shop-auth@kubernetescrd"'),
        ("other", 'write "shop-other@kubernetescrd"'),
        ("shop-nowhere@kubernetescrd", "define the middleware, or correct the name"),
        ("login-nowhere@kubernetescrd", None),
        ("shop-auth@kubernetescrd", None),
    ],
)
def test_middleware_named_in_an_annotation(reference: str, found: str | None) -> None:
    made = middleware("basicAuth: {secret: users}")
    manifest = made + service() + ingress(f"{{{ANNOTATION}router.middlewares: {reference}}}")
    hints = [one.hint for one in lint({"a.yml": manifest}) if one.rule == "TL401"]
    assert hints == ([] if found is None else [found])


def test_middleware_of_a_route_is_named_without_its_namespace() -> None:
    made = middleware("basicAuth: {secret: users}")
    manifest = made + service() + route(SHOP) + "      middlewares: [{name: auhts}]\n"
    [found] = [one for one in lint({"a.yml": manifest}) if one.rule == "TL401"]
    assert found.hint == 'write "auth"'


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ("forwardedHeaders: {trustedIPs: [10.0.0.0/8]}", ["forwardedHeaders"]),
        ("ports: {web: {forwardedHeaders: {trustedIPs: [10.0.0.0/8]}}}", []),
        ("logs: {general: {level: INFO}}", []),
        ("providers: {kubernetesCRD: {allowCrossNamespaces: true}}", ["allowCrossNamespaces"]),
        ("providers: {kubernetesCRD: {allowCrossNamespace: true}}", []),
        ("image: {tag: v3.4.0}\n    ports: {web: {expose: true}}", ["expose"]),
        ("ports: {web: {expose: true}}", []),
        ("ports: {web: {expose: false}}", []),
        ("ports: {web: {expose: {default: true}}}", []),
        ("ports: {mine: {port: 9000, tls: {enable: true}}}", ["enable"]),
        ("image: {tag: v2.10.5}\n    ports: {web: {expose: true}}", []),
    ],
)
def test_chart_values(values: str, found: list[str]) -> None:
    config = (
        "apiVersion: helm.cattle.io/v1\nkind: HelmChartConfig\nmetadata: {name: traefik, namespace: kube-system}\n"
        f"spec:\n  valuesContent: |-\n    {values}\n"
    )
    assert [text for _, _, text in found_by("TL722", {"a.yml": config})] == found


GATEWAY = """---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: public, namespace: traefik}
spec: {gatewayClassName: CLASS, listeners: [{name: http, protocol: HTTP, port: PORT}]}
"""


@pytest.mark.parametrize(
    ("class_name", "port", "found"),
    [
        ("traefik", "80", ["80"]),
        ("traefik", "8000", []),
        ("envoy", "80", []),
        ("traefik", "'{{ port }}'", []),
    ],
)
def test_listener_of_a_gateway(class_name: str, port: str, found: list[str]) -> None:
    text = GATEWAY.replace("CLASS", class_name).replace("PORT", port)
    files = {"traefik.yml": static().replace("kubernetesCRD", "kubernetesGateway"), "a.yml": text}
    assert [text for _, _, text in found_by("TL731", files)] == found


@pytest.mark.parametrize(("class_name", "found"), [("traefik", ["Gateway"]), ("envoy", [])])
def test_gateway_while_its_provider_is_off(class_name: str, found: list[str]) -> None:
    text = GATEWAY.replace("CLASS", class_name).replace("PORT", "8000")
    assert [text for _, _, text in found_by("TL714", {"traefik.yml": static(), "a.yml": text})] == found
