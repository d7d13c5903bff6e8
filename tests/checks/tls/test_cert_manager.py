"""Certificates of cert-manager: what is said of them, and when nothing is said."""

from __future__ import annotations

import pytest

from tests.checks.lint import found_by

STATIC = """\
entryPoints:
  web: {{address: ":80"{web}}}
  websecure: {{address: ":443"{websecure}}}
providers: {{kubernetesCRD: {{}}, kubernetesIngress: {{}}}}
"""


def route(
    host: str = "shop.example.com", tls: str = "{secretName: shop-tls}", annotations: str = "{}"
) -> str:
    return (
        "---\napiVersion: traefik.io/v1alpha1\nkind: IngressRoute\n"
        f"metadata: {{name: shop, namespace: shop, annotations: {annotations}}}\n"
        f"spec:\n  entryPoints: [websecure]\n  tls: {tls}\n  routes:\n    - match: Host(`{host}`)\n      kind: Rule\n"
        "      services: [{name: shop, port: 80}]\n"
    )


def ingress(
    hosts: str = "[shop.example.com]", annotation: str = "cluster-issuer: le", name: str = "traefik"
) -> str:
    return (
        "---\napiVersion: networking.k8s.io/v1\nkind: Ingress\n"
        f"metadata: {{name: shop, namespace: shop, annotations: {{cert-manager.io/{annotation}}}}}\n"
        f"spec:\n  ingressClassName: {name}\n  tls: [{{hosts: {hosts}, secretName: shop-tls}}]\n"
        "  rules:\n    - host: shop.example.com\n      http:\n        paths:\n"
        "          - {path: /, pathType: Prefix, backend: {service: {name: shop, port: {number: 80}}}}\n"
    )


def certificate(
    names: str = "[shop.example.com]",
    secret: str = "shop-tls",
    namespace: str = "shop",
    issuer: str = "{name: le}",
) -> str:
    return (
        f"---\napiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: {{name: c, namespace: {namespace}}}\n"
        f"spec: {{secretName: {secret}, dnsNames: {names}, issuerRef: {issuer}}}\n"
    )


def issuer(
    kind: str = "ClusterIssuer", name: str = "le", solver: str = "{http01: {ingress: {class: traefik}}}"
) -> str:
    return (
        f"---\napiVersion: cert-manager.io/v1\nkind: {kind}\nmetadata: {{name: {name}, namespace: shop}}\n"
        f"spec:\n  acme:\n    solvers:\n      - {solver}\n"
    )


STORE = (
    "---\napiVersion: traefik.io/v1alpha1\nkind: TLSStore\nmetadata: {name: default, namespace: traefik}\n"
    "spec: {defaultCertificate: {secretName: wildcard}}\n"
)
SECRET = "---\napiVersion: v1\nkind: Secret\nmetadata: {name: shop-tls, namespace: shop}\n"
CLUSTER = "{name: le, kind: ClusterIssuer}"


@pytest.mark.parametrize(
    ("objects", "found"),
    [
        ((route(), certificate("[www.example.com]")), ["www.example.com"]),
        ((route(), certificate("['*.example.org', shop.example.co]")), ["shop.example.co"]),
        ((route("a.shop.example.com"), certificate("['*.example.com']")), ["'*.example.com'"]),
        ((route(), certificate("['*.example.com']")), []),
        ((route("SHOP.example.com"), certificate()), []),
        ((route(), certificate("[www.example.com]", secret="other")), []),
        ((route(), certificate("[www.example.com]", namespace="web")), []),
        ((route(), certificate("[www.example.com]"), certificate(secret="more", namespace="web")), []),
        ((route(), certificate("[www.example.com]"), STORE), []),
        ((route(), certificate("['${HOST}']")), []),
        ((route(tls="{secretName: shop-tls, certResolver: le}"), certificate("[www.example.com]")), []),
        ((ingress("[www.example.com]"),), ["www.example.com"]),
        ((ingress(),), []),
        ((ingress("[shop.example.com, www.example.com]"),), []),
        ((ingress("[]"),), []),
        ((ingress("[www.example.com]", name="nginx", annotation="x: y"),), []),
    ],
)
def test_names(objects: tuple[str, ...], found: list[str]) -> None:
    assert [text for _, _, text in found_by("TL321", {"a.yml": "".join(objects)})] == found


@pytest.mark.parametrize(
    ("objects", "found"),
    [
        ((route(), certificate(secret="shop-cert")), 1),
        ((route(tls="{secretName: c}"), certificate()), 1),  # the Certificate's own name
        ((route(), certificate()), 0),
        ((route(), certificate(secret="shop-cert"), SECRET), 0),
        ((route(), certificate("[www.example.com]", secret="shop-cert")), 0),
        ((route(), certificate(secret="shop-cert", namespace="web")), 0),
        ((route(), certificate(secret="shop-cert"), route(tls="{secretName: shop-cert}")), 0),
        ((route(tls="{secretName: '${SECRET}'}"), certificate(secret="shop-cert")), 0),
    ],
)
def test_secrets(objects: tuple[str, ...], found: int) -> None:
    assert len(found_by("TL322", {"a.yml": "".join(objects)})) == found


ASKED = "{cert-manager.io/cluster-issuer: le}"


@pytest.mark.parametrize(
    ("objects", "found"),
    [
        ((route(annotations=ASKED),), 1),
        ((route(annotations=ASKED, tls="{}"),), 1),
        ((route(annotations=ASKED, tls="{certResolver: le}"),), 0),
        ((route(annotations=ASKED), certificate()), 0),
        ((route(annotations=ASKED), SECRET), 0),
        ((route(annotations="{cert-manager.io/duration: 1h}"),), 0),
        ((ingress(),), 0),
    ],
)
def test_annotations(objects: tuple[str, ...], found: int) -> None:
    assert len(found_by("TL323", {"a.yml": "".join(objects)})) == found


@pytest.mark.parametrize(
    ("objects", "found"),
    [
        ((route(), certificate(), issuer()), 1),
        ((route(), certificate(issuer="{name: les, kind: ClusterIssuer}"), issuer(name="letsencrypt")), 1),
        ((ingress(annotation="issuer: le"), issuer()), 1),
        ((ingress(), issuer("Issuer")), 1),
        ((route(), certificate(issuer=CLUSTER), issuer()), 0),
        ((route(), certificate(), issuer("Issuer")), 0),
        ((ingress(), issuer()), 0),
        ((route(), certificate()), 0),
        # Nobody of Traefik's uses it.
        ((certificate(), issuer()), 0),
        (
            (
                route(),
                certificate(issuer="{name: le, kind: AWSPCAClusterIssuer, group: awspca.cert-manager.io}"),
                issuer(),
            ),
            0,
        ),
    ],
)
def test_issuers(objects: tuple[str, ...], found: int) -> None:
    assert len(found_by("TL324", {"a.yml": "".join(objects)})) == found


NGINX = "{http01: {ingress: {ingressClassName: nginx}}}"
DNS = "{dns01: {cloudflare: {email: a@example.com}}}"


@pytest.mark.parametrize(
    ("objects", "found"),
    [
        ((ingress(), issuer(solver=NGINX)), 1),
        ((route(), certificate(issuer=CLUSTER), issuer(solver=NGINX)), 1),
        ((ingress(), issuer()), 0),
        ((ingress(), issuer(solver=DNS)), 0),
        ((ingress(), ingress(name="nginx"), issuer(solver=NGINX)), 0),
        ((ingress(name="nginx"), issuer(solver=NGINX)), 0),
        ((issuer(solver=NGINX),), 0),
        ((ingress(annotation="cluster-issuer: other"), issuer(solver=NGINX)), 0),
    ],
)
def test_classes(objects: tuple[str, ...], found: int) -> None:
    assert len(found_by("TL325", {"a.yml": "".join(objects)})) == found


@pytest.mark.parametrize(
    ("objects", "found"),
    [
        (
            (certificate("[shop.example.com, '*.shop.example.com']", issuer=CLUSTER), issuer()),
            ["'*.shop.example.com'"],
        ),
        ((certificate("['*.shop.example.com']"), issuer("Issuer")), ["'*.shop.example.com'"]),
        ((ingress("['*.example.com']"), issuer()), ["'*.example.com'"]),
        ((certificate("['*.shop.example.com']", issuer=CLUSTER), issuer(solver=DNS)), []),
        ((certificate("['*.shop.example.com']"), issuer()), []),
        ((certificate(issuer=CLUSTER), issuer()), []),
    ],
)
def test_wildcards(objects: tuple[str, ...], found: list[str]) -> None:
    assert [text for _, _, text in found_by("TL313", {"a.yml": "".join(objects)})] == found


TO_TLS = ", http: {redirections: {entryPoint: {to: websecure}}}"


@pytest.mark.parametrize(
    ("web", "websecure", "solver", "found"),
    [
        ("", ", asDefault: true", "{http01: {ingress: {class: traefik}}}", ["true"]),
        (TO_TLS, "", "{http01: {ingress: {class: traefik}}}", ["websecure"]),
        (TO_TLS, ", http: {tls: {}}", "{http01: {ingress: {class: traefik}}}", []),
        (", asDefault: true", ", asDefault: true", "{http01: {ingress: {class: traefik}}}", []),
        ("", "", "{http01: {ingress: {class: traefik}}}", []),
        (TO_TLS, "", DNS, []),
        (TO_TLS, "", NGINX, []),
        (TO_TLS, "", "{http01: {ingress: {class: traefik, ingressTemplate: {metadata: {}}}}}", []),
    ],
)
def test_entry_points(web: str, websecure: str, solver: str, found: list[str]) -> None:
    files = {"traefik.yml": STATIC.format(web=web, websecure=websecure), "a.yml": issuer(solver=solver)}
    assert [text for _, _, text in found_by("TL316", files)] == found
