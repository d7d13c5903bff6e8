"""Annotations: on the wrong object, unknown, of other controllers."""

from __future__ import annotations

import pytest

from tests.checks.kubernetes.manifests import ANNOTATION, ingress, route, service, static
from tests.checks.lint import found_by, lint

SHOP = "[{name: shop, port: 80}]"


def said(rule: str, manifest: str, static_text: str = "") -> list[str]:
    """The hints of a rule."""
    files = {"a.yml": manifest} | ({"traefik.yml": static_text} if static_text else {})
    return [one.hint for one in lint(files) if one.rule == rule]


@pytest.mark.parametrize(
    ("annotation", "hint"),
    [
        ("router.entrypoint: web", f"write {ANNOTATION}router.entrypoints"),
        ("Router.Middleware: a@file", f"write {ANNOTATION}router.middlewares"),
        ("router.tls.certresolvers: le", f"write {ANNOTATION}router.tls.certresolver"),
        ("router.priority: high", "write a value of the right kind"),
        ("middlewares: a@file", f"write {ANNOTATION}router.middlewares"),
        ("routers.middlewares: a@file", f"write {ANNOTATION}router.middlewares"),
        ("router-middlewares: a@file", f"write {ANNOTATION}router.middlewares"),
        ("something: else", f"write {ANNOTATION}router.<option>, or take it out"),
        ("router.tls: 'yes'", 'write "true"'),
        ("router.tls: 'True'", None),
        ("router.tls: 'false'", None),
        ("ROUTER.ENTRYPOINTS: web", None),
        ("router.tls.domains.0.main: example.com", None),
        ("router.priority: '{{ priority }}'", None),
        ("rule-type: PathPrefixStrip", None),
    ],
)
def test_annotation_of_an_ingress(annotation: str, hint: str | None) -> None:
    annotations = f"\n    {ANNOTATION}{annotation}"
    assert said("TL710", service() + ingress(annotations)) == ([] if hint is None else [hint])


@pytest.mark.parametrize(
    ("annotation", "hint"),
    [
        ("service.serverscheme: https", f"write {ANNOTATION}service.serversscheme"),
        ("service.passhostheader: maybe", 'write "true" or "false"'),
        ("service.sticky: 'true'", f'write {ANNOTATION}service.sticky.cookie: "true"'),
        ("service.sticky.cookie: 'yes'", 'write "true"'),
        ("service.sticky.cookie.name: shop", None),
        ("service.serversscheme: https", None),
    ],
)
def test_annotation_of_a_service(annotation: str, hint: str | None) -> None:
    manifest = service(annotations=f"{{{ANNOTATION}{annotation}}}") + ingress()
    assert said("TL710", manifest) == ([] if hint is None else [hint])


@pytest.mark.parametrize(
    ("key", "found"),
    [
        ("traefik.io/router.entrypoints", 1),
        ("traefik.ingress.kubernets.io/router.entrypoints", 1),
        ("traefik.http.routers.shop.entrypoints", 1),
        ("example.com/router.entrypoints", 0),
        ("traefik.io/note", 0),
    ],
)
def test_keys_that_only_look_like_annotations_of_traefik(key: str, found: int) -> None:
    assert len(said("TL710", service() + ingress(f"{{{key}: web}}"))) == found


@pytest.mark.parametrize(
    ("manifest", "found"),
    [
        (service() + ingress(f"{{{ANNOTATION}service.serversscheme: https}}"), 1),
        (
            service()
            + ingress(
                f"{{{ANNOTATION}service.sticky.cookie: 'true', {ANNOTATION}service.sticky.cookie.name: a}}"
            ),
            1,
        ),
        (
            service(annotations=f"{{{ANNOTATION}service.serversscheme: https}}")
            + ingress(f"{{{ANNOTATION}service.serversscheme: https}}"),
            0,
        ),
        (service(annotations=f"{{{ANNOTATION}router.entrypoints: web}}") + ingress(), 1),
        (service() + route(SHOP, metadata=f", annotations: {{{ANNOTATION}router.tls: 'true'}}"), 1),
        (service() + route(SHOP, metadata=", annotations: {kubernetes.io/ingress.class: traefik}"), 0),
        (service(annotations=f"{{{ANNOTATION}service.nativelb: 'true'}}") + ingress(), 0),
    ],
)
def test_annotation_on_the_wrong_object(manifest: str, found: int) -> None:
    assert len(said("TL709", manifest)) == found


@pytest.mark.parametrize(
    ("annotations", "found"),
    [
        ("{nginx.ingress.kubernetes.io/rewrite-target: /}", 1),
        (
            "{nginx.ingress.kubernetes.io/auth-url: 'http://a', nginx.ingress.kubernetes.io/auth-signin: 'http://b'}",
            1,
        ),
        ("{nginx.ingress.kubernetes.io/backend-protocol: HTTPS}", 1),
        ("{nginx.ingress.kubernetes.io/backend-protocol: HTTP}", 0),
        ("{nginx.ingress.kubernetes.io/use-regex: 'false'}", 0),
        ("{nginx.ingress.kubernetes.io/proxy-body-size: 10m}", 0),
        ("{nginx.ingress.kubernetes.io/rewrite-target: '{{ target }}'}", 0),
        (
            f"{{nginx.ingress.kubernetes.io/rewrite-target: /, {ANNOTATION}router.middlewares: shop-strip@file}}",
            0,
        ),
        (f"{{nginx.ingress.kubernetes.io/use-regex: 'true', {ANNOTATION}router.pathmatcher: PathRegexp}}", 0),
    ],
)
def test_annotation_of_another_controller(annotations: str, found: int) -> None:
    assert len(said("TL711", service() + ingress(annotations))) == found


@pytest.mark.parametrize(
    ("class_name", "found"), [("traefik", 1), ("traefik-public", 1), ("nginx", 0), ("public", 0), ("", 0)]
)
def test_whose_ingress_it_is_tells_the_class(class_name: str, found: int) -> None:
    manifest = ingress("{nginx.ingress.kubernetes.io/rewrite-target: /}", ingressClassName=class_name)
    assert len(said("TL711", service() + manifest)) == found


def test_a_redirection_of_the_entry_point_does_what_ssl_redirect_asks() -> None:
    manifest = service() + ingress("{nginx.ingress.kubernetes.io/ssl-redirect: 'true'}")
    redirecting = (
        "entryPoints: {web: {address: ':80', http: {redirections: {entryPoint: {to: websecure}}}},"
        " websecure: {address: ':443', http: {tls: {}}}}\nproviders: {kubernetesIngress: {}}\n"
    )
    assert len(said("TL711", manifest)) == 1
    assert said("TL711", manifest, redirecting) == []


@pytest.mark.parametrize(
    ("matcher", "kind", "found"),
    [
        ("Path", "Prefix", 1),
        ("PathRegexp", "Exact", 1),
        ("PathPrefix", "Prefix", 0),
        ("Path", "ImplementationSpecific", 0),
    ],
)
def test_path_matcher(matcher: str, kind: str, found: int) -> None:
    manifest = ingress(f"{{{ANNOTATION}router.pathmatcher: {matcher}}}").replace("Prefix,", f"{kind},")
    assert len(found_by("TL726", {"a.yml": service() + manifest})) == found


def test_static_helper_is_sound() -> None:
    assert [one.rule for one in lint({"traefik.yml": static(), "a.yml": service() + ingress()})] == []
