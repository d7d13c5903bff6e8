"""What is said about certificates, their stores and the objects they come from, beside what the rule pages show."""

from __future__ import annotations

import pytest

from tests.checks.lint import found_by

ROUTE = """\
apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata: {{name: r, namespace: shop}}
spec:
  routes:
    - match: {match}
      kind: Rule
      services: [{{name: shop, port: 80}}]
  tls: {tls}
"""


def option(kind: str, name: str, namespace: str) -> str:
    metadata = f"metadata: {{name: {name}, namespace: {namespace}}}"
    return f"apiVersion: traefik.io/v1alpha1\nkind: {kind}\n{metadata}\nspec: {{}}\n"


@pytest.mark.parametrize(
    ("objects", "found"),
    [
        ([option("TLSOption", "default", "a"), option("TLSOption", "default", "b")], 1),
        ([option("TLSStore", "default", "a"), option("TLSStore", "default", "b")], 1),
        ([option("TLSOption", "default", n) for n in "abc"], 1),
        ([option("TLSOption", "default", "a"), option("TLSOption", "modern", "b")], 0),
        ([option("TLSOption", "default", "a"), option("TLSStore", "default", "b")], 0),
        # The same object twice is one object.
        ([option("TLSOption", "default", "a"), option("TLSOption", "default", "a")], 0),
    ],
)
def test_several_defaults(objects: list[str], found: int) -> None:
    assert len(found_by("TL310", {"tls.yml": "---\n".join(objects)})) == found


@pytest.mark.parametrize(
    ("stores", "found"),
    [
        ("[shop]", ["shop"]),
        ("[shop, bank]", ["shop"]),
        ("[default]", []),
        ("[shop, default]", []),
        ("[]", []),
    ],
)
def test_stores_of_certificates(stores: str, found: list[str]) -> None:
    files = {
        "dynamic.yml": f"tls: {{certificates: [{{certFile: a.pem, keyFile: a.key, stores: {stores}}}]}}\n"
    }
    assert [text for _, _, text in found_by("TL311", files)] == found


def secret(name: str, namespace: str, kind: str = "Secret") -> str:
    if kind == "Certificate":
        metadata = f"metadata: {{name: c, namespace: {namespace}}}"
        return (
            f"apiVersion: cert-manager.io/v1\nkind: Certificate\n{metadata}\nspec: {{secretName: {name}}}\n"
        )
    return f"apiVersion: v1\nkind: Secret\nmetadata: {{name: {name}, namespace: {namespace}}}\n"


def named_by(kind: str, spec: str) -> str:
    metadata = "metadata: {name: m, namespace: shop}"
    return f"apiVersion: traefik.io/v1alpha1\nkind: {kind}\n{metadata}\nspec: {spec}\n"


@pytest.mark.parametrize(
    ("kind", "spec", "found"),
    [
        ("Middleware", "{basicAuth: {secret: cert}}", ["cert"]),
        ("Middleware", "{digestAuth: {secret: cert}}", ["cert"]),
        ("TLSOption", "{clientAuth: {secretNames: [cert]}}", ["cert"]),
        ("TLSStore", "{certificates: [{secretName: cert}]}", ["cert"]),
        ("Middleware", "{basicAuth: {secret: users}}", []),
        ("Middleware", "{compress: {}}", []),
    ],
)
def test_secrets_of_other_objects(kind: str, spec: str, found: list[str]) -> None:
    files = {"shop.yml": f"{named_by(kind, spec)}---\n{secret('cert', 'other')}"}
    assert [text for _, _, text in found_by("TL318", files)] == found


HOST = "Host(`shop.test`)"


@pytest.mark.parametrize(
    ("objects", "found"),
    [
        ([ROUTE.format(match=HOST, tls="{secretName: cert}"), secret("cert", "other")], ["cert"]),
        (
            [ROUTE.format(match=HOST, tls="{secretName: cert}"), secret("cert", "other", "Certificate")],
            ["cert"],
        ),
        ([ROUTE.format(match=HOST, tls="{secretName: cert}"), secret("cert", "shop")], []),
        (
            [
                ROUTE.format(match=HOST, tls="{secretName: cert}"),
                secret("cert", "other"),
                secret("cert", "shop"),
            ],
            [],
        ),
        # Secrets often come from elsewhere: without a sign of it nothing is said.
        ([ROUTE.format(match=HOST, tls="{secretName: cert}")], []),
        ([ROUTE.format(match=HOST, tls="{secretName: cert}"), secret("another", "other")], []),
        # Something copies it.
        (
            [
                ROUTE.format(match=HOST, tls="{secretName: cert}"),
                secret("cert", "other").replace(
                    "namespace: other",
                    'namespace: other, annotations: {reflector.v1.k8s.emberstack.com/reflection-allowed: "true"}',
                ),
            ],
            [],
        ),
    ],
)
def test_secrets_elsewhere(objects: list[str], found: list[str]) -> None:
    assert [text for _, _, text in found_by("TL318", {"shop.yml": "---\n".join(objects)})] == found


def test_a_certificate_of_an_ingress() -> None:
    ingress = (
        "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: shop, namespace: shop}\n"
        "spec: {tls: [{hosts: [shop.test], secretName: cert}], rules: []}\n"
    )
    files = {"shop.yml": f"{ingress}---\n{secret('cert', 'other')}"}
    assert [text for _, _, text in found_by("TL318", files)] == ["cert"]


@pytest.mark.parametrize(
    ("match", "tls", "found"),
    [
        ("Host(`10.1.0.71`)", "{secretName: cert}", ["Host(`10.1.0.71`)"]),
        ("Host(`10.1.0.71`) && PathPrefix(`/x`)", "{secretName: cert}", ["Host(`10.1.0.71`)"]),
        ("Host(`10.1.0.71`)", "{}", []),
        ("Host(`shop.test`)", "{secretName: cert}", []),
        # The name has its certificate, whatever the address gets.
        ("Host(`shop.test`) || Host(`10.1.0.71`)", "{secretName: cert}", []),
    ],
)
def test_address_as_host(match: str, tls: str, found: list[str]) -> None:
    files = {"shop.yml": ROUTE.format(match=match, tls=tls)}
    assert [text for _, _, text in found_by("TL319", files)] == found
