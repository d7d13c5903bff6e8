from __future__ import annotations

import pytest

from tests.options.trees import error_of, from_object, kinds_of
from traefik_lint.options.version import NEWEST, Version

HEAD = "apiVersion: traefik.io/v1alpha1\nkind: %s\nmetadata: {name: a}\n"
ROUTE = "spec: {routes: [{kind: Rule, match: x, %s}]}"


@pytest.mark.parametrize(
    ("kind", "text", "error"),
    [
        ("IngressRoute", ROUTE % "services: [{name: s, port: 80}]", None),
        ("IngressRoute", ROUTE % "services: [{name: s, port: web}]", None),
        (
            "IngressRoute",
            ROUTE % "priority: '10'",
            (
                'spec.routes[0].priority: Invalid value: "string": '
                'spec.routes[0].priority in body must be of type integer: "string"'
            ),
        ),
        (
            "IngressRoute",
            "spec: {entryPoints: web, routes: []}",
            'spec.entryPoints: Invalid value: "string": spec.entryPoints in body must be of type array: "string"',
        ),
        ("IngressRoute", "spec: {entryPoints: [web]}", "spec.routes: Required value"),
        ("IngressRoute", ROUTE % "services: [{port: 80}]", "spec.routes[0].services[0].name: Required value"),
        (
            "IngressRoute",
            "spec: {routes: [{kind: Route, match: x}]}",
            'spec.routes[0].kind: Unsupported value: "Route": supported values: "Rule"',
        ),
        (
            "IngressRoute",
            "spec: {tls: true, routes: []}",
            'spec.tls: Invalid value: "boolean": spec.tls in body must be of type object: "boolean"',
        ),
        ("Middleware", "spec: {compress: {}}", None),
        (
            "Middleware",
            "spec: {errors: {status: [abc]}}",
            (
                'spec.errors.status[0]: Invalid value: "abc": '
                "spec.errors.status[0] in body should match '^([1-5][0-9]{2}[,-]?)+$'"
            ),
        ),
        (
            "Middleware",
            "spec: {plugin: [a]}",
            'spec.plugin: Invalid value: "array": spec.plugin in body must be of type object: "array"',
        ),
        ("Middleware", "spec: {plugin: {p: {a: [1, {b: c}]}}}", None),
        (
            "Middleware",
            "spec: {headers: {customRequestHeaders: {X: 1}}}",
            (
                'spec.headers.customRequestHeaders.X: Invalid value: "integer": '
                'spec.headers.customRequestHeaders.X in body must be of type string: "integer"'
            ),
        ),
        (
            "Middleware",
            "spec: {rateLimit: {average: -1}}",
            (
                "spec.rateLimit.average: Invalid value: -1: "
                "spec.rateLimit.average in body should be greater than or equal to 0"
            ),
        ),
        (
            "Middleware",
            "spec: {addPrefix: {prefix: foo}}",
            "spec.addPrefix.prefix: Invalid value: \"foo\": spec.addPrefix.prefix in body should match '^/'",
        ),
    ],
)
def test_what_the_api_server_refuses(kind: str, text: str, error: str | None) -> None:
    assert error_of(from_object(kind, HEAD % kind + text)) == error


@pytest.mark.parametrize(
    ("kind", "text", "kinds"),
    [
        ("Middleware", "spec: {stripprefix: {prefixes: [/a]}}", [("wrong-case", "stripprefix")]),
        ("Middleware", "spec: {basicAuth: {users: [a]}}", [("unknown-field", "users")]),
        ("TLSOption", "spec: {clientAuth: {mode: x}}", [("unknown-field", "mode")]),
        (
            "IngressRoute",
            ROUTE % "services: [{name: s, port: 80, priority: 1}]",
            [("unknown-field", "priority")],
        ),
        ("Middleware", "spec: {}\nextra: 1", [("unknown-field", "extra")]),
        ("Middleware", "spec: {chain: null}\nstatus: {}", []),
    ],
)
def test_what_the_api_server_prunes(kind: str, text: str, kinds: list[tuple[str, str]]) -> None:
    decoded = from_object(kind, HEAD % kind + text)
    assert (kinds_of(decoded), decoded.error) == (kinds, None)


@pytest.mark.parametrize(
    ("version", "refused"), [(Version(3, 3, 7), False), (Version(3, 4, 0), True), (NEWEST, True)]
)
def test_limits_came_with_a_release(version: Version, refused: bool) -> None:
    text = HEAD % "Middleware" + "spec: {addPrefix: {prefix: foo}}"
    assert (from_object("Middleware", text, version).error is not None) is refused


@pytest.mark.parametrize(
    ("version", "kinds"),
    [(Version(3, 5, 6), [("newer-option", "parentRefs")]), (Version(3, 6, 0), [])],
)
def test_fields_of_newer_releases_are_pruned(version: Version, kinds: list[tuple[str, str]]) -> None:
    text = HEAD % "IngressRoute" + "spec: {parentRefs: [{name: p}], routes: [{kind: Rule, match: x}]}"
    assert kinds_of(from_object("IngressRoute", text, version)) == kinds


def test_values_keep_their_types() -> None:
    decoded = from_object(
        "IngressRoute", HEAD % "IngressRoute" + ROUTE % "priority: 10, services: [{name: s, port: web}]"
    )
    (route,) = decoded.element.elements("spec", "routes")
    (service,) = route.elements("services")
    assert (route.integer("priority"), service.string("port")) == (10, "web")
