"""What is said about router rules, beside what the rule pages show."""

from __future__ import annotations

import pytest

from tests.checks.lint import found_by, lint

SERVICES = """
  services:
    one:
      loadBalancer:
        servers:
          - url: http://10.0.0.5:8080
    two:
      loadBalancer:
        servers:
          - url: http://10.0.0.6:8080
"""


def routers(*rules: str, services: str = SERVICES) -> dict[str, str]:
    """A dynamic file with one router for each rule; every other one leads to another service."""
    written = "".join(
        f"    r{number}:\n      rule: '{rule}'\n      service: {('one', 'two')[number % 2]}\n"
        for number, rule in enumerate(rules)
    )
    return {"dynamic.yml": f"http:\n  routers:\n{written}{services.lstrip(chr(10)).rstrip()}\n"}


def label(rule: str) -> dict[str, str]:
    return {
        "compose.yml": f"""
            services:
              app:
                image: example/app
                labels:
                  - traefik.http.routers.app.rule={rule}
                  - traefik.http.services.app.loadbalancer.server.port=8080
            """
    }


def ingress(*paths: tuple[str, str, str], annotations: str = "{}") -> dict[str, str]:
    """An Ingress with (path, pathType, service) entries."""
    written = "".join(
        f"          - path: {path}\n            pathType: {kind}\n"
        f"            backend: {{service: {{name: {service}, port: {{number: 80}}}}}}\n"
        for path, kind, service in paths
    )
    return {
        "ingress.yml": "apiVersion: networking.k8s.io/v1\nkind: Ingress\n"
        f"metadata: {{name: app, namespace: app, annotations: {annotations}}}\n"
        f"spec:\n  rules:\n    - host: a.test\n      http:\n        paths:\n{written}"
    }


@pytest.mark.parametrize(
    ("rule", "marked"),
    [
        ("Host(a.test)", "a"),
        ("Host(`a.test`) & Path(`/x`)", "&"),
        ("Host(`a.test`", ""),
        ("Hosts(`a.test`)", "Hosts"),
        ("hOst(`a.test`)", "hOst"),
        ("Host(`a.test`) && Method(GET)", "GET"),
        ("Path(`x`)", "x"),
        ("HostRegexp(`(`)", "("),
    ],
)
def test_refused_rules_are_pointed_at(rule: str, marked: str) -> None:
    found = found_by("TL101", routers(rule))
    assert [(path, line) for path, line, _ in found] == [("dynamic.yml", 4)]
    assert marked in found[0][2]


@pytest.mark.parametrize(
    "rule",
    [
        "Host(`a.test`) && (PathPrefix(`/x`) || Path(`/y`))",
        "HOST(`a.test`)",
        "host(`a.test`)",
        'Host("a.test")',
        "!Host(`a.test`) && ClientIP(`10.0.0.0/8`)",
        "Host(`a.test`) && Header(`X-A`, `b`) && QueryRegexp(`q`, `^x`)",
        "Host(`${UNSET_DOMAIN}`)",
    ],
)
def test_sound_rules_are_silent(rule: str) -> None:
    assert [one.message for one in lint(routers(rule)) if one.rule.startswith("TL1")] == []


@pytest.mark.parametrize(
    ("rule", "marked", "hint"),
    [
        ("Host(`a.test:8080`)", ":8080", "a.test"),
        ("Host(`http://a.test/`)", "http://", "a.test"),
        ("Host(`a.test/api`)", "/api", "Host(`a.test`) && PathPrefix(`/api`)"),
        ("Host(`a.test,b.test`)", "a.test,b.test", "Host(`a.test`) || Host(`b.test`)"),
        ("Host(`[::1]`)", "[::1]", "::1"),
        ("HostRegexp(`^A\\.test$`)", "A", "^a\\.test$"),
    ],
)
def test_hosts_that_never_match(rule: str, marked: str, hint: str) -> None:
    found = [one for one in lint(label(rule.replace("$", "$$"))) if one.rule == "TL102"]
    assert [one.text for one in found] == [marked]
    assert hint in found[0].hint


@pytest.mark.parametrize(
    ("rule", "version", "found"),
    [
        ("Host(`*.a.test`)", "3.6", True),
        ("Host(`*.a.test`)", "3.7.0", False),
        ("Host(`*`)", "3.7.0", True),
        ("Host(`*`)", "3.7.7", False),
        ("Host(`A.Test`)", "3.7", False),
        ("Host(`a.test.`)", "3.7", False),
        ("!Host(`a.test:80`)", "3.7", False),
        ("HostRegexp(`(?i)^A\\.test$`)", "3.7", False),
        ("HostRegexp(`^\\S+\\.test$`)", "3.7", False),
    ],
)
def test_hosts_by_version(rule: str, version: str, found: bool) -> None:
    assert bool(found_by("TL102", routers(rule), version=version)) is found


@pytest.mark.parametrize(
    ("rule", "marked"),
    [
        ("Path(`/a%20b`)", "%20"),
        ("PathPrefix(`/api/*`)", "/*"),
        ("Path(`/search?q=x`)", "?q=x"),
        ("PathPrefix(`/x`) && Query(`a=b`)", "a=b"),
        ("PathPrefix(`/x`) && Header(`host`, `a.test`)", "host"),
        ("PathPrefix(`/a%2Fb`)", None),
        ("PathPrefix(`/x`) && Query(`a`, `b=c`)", None),
        ("PathRegexp(`^/a/.*`)", None),
        ("!Path(`/api/*`)", None),
    ],
)
def test_matchers_that_never_match(rule: str, marked: str | None) -> None:
    assert [text for _, _, text in found_by("TL103", routers(rule))] == ([] if marked is None else [marked])


@pytest.mark.parametrize(
    ("files", "found"),
    [
        (routers("Host(`a.test`) && Path(`/shop`)"), True),
        (routers("Host(`a.test`) && Path(`/login`)"), False),
        (routers("Host(`a.test`) && Path(`/app.js`)"), False),
        (routers("Host(`a.test`) && Path(`/`)"), False),
        (routers("Host(`a.test`) && Path(`/shop`) && Method(`POST`)"), False),
        (routers("Host(`a.test`) && (Path(`/shop`) || PathPrefix(`/shop/`))"), False),
        (
            routers("Host(`a.test`) && Path(`/shop`)", "Host(`b.test`)", "Host(`a.test`) && Path(`/cart`)"),
            False,
        ),
        (ingress(("/shop", "Exact", "shop")), False),
        (ingress(("/shop", "Exact", "shop"), ("/", "Prefix", "front")), False),
        (ingress(("/api/catalogue", "Exact", "shop"), ("/api", "Prefix", "front")), True),
        (ingress(("/api/catalogue", "Exact", "shop"), ("/other", "Prefix", "front")), False),
    ],
)
def test_exact_paths(files: dict[str, str], found: bool) -> None:
    assert bool(found_by("TL104", files)) is found


def test_a_probe_below_makes_it_sure() -> None:
    files = {
        "compose.yml": """
            services:
              app:
                image: example/app
                healthcheck:
                  test: curl -f http://localhost:8080/login/health
                labels:
                  - traefik.http.routers.app.rule=Host(`a.test`) && Path(`/login`)
                  - traefik.http.services.app.loadbalancer.server.port=8080
            """
    }
    (found,) = [one for one in lint(files) if one.rule == "TL104"]
    assert found.confidence == "high"
    assert '"/login/health"' in found.message


@pytest.mark.parametrize(
    ("files", "lines"),
    [
        # a longer rule that takes everything
        (routers("Host(`a.test`)", "HostRegexp(`^[a-z]+\\.test$`)"), [4]),
        (routers("PathPrefix(`/api/v1`)", "PathPrefix(`/api`) || PathPrefix(`/other`)"), [4]),
        # the longer rule is narrower, or another kind of request
        (routers("Host(`a.test`)", "Host(`a.test`) && PathPrefix(`/api`)"), []),
        (routers("Host(`a.test`)", "HostRegexp(`^[b-z]+\\.test$`)"), []),
        (routers("Host(`a.test`)", "HostRegexp(`^[a-z]+\\.test$`) && Method(`POST`)"), []),
        (routers("Path(`/x`)", "PathPrefix(`/y`) || PathPrefix(`/z`)"), []),
        # the same service answers in any case
        (routers("Host(`a.test`)", "Host(`b.test`)", "HostRegexp(`^a[a-z.]*test$`)"), []),
        # Ingress: PathPrefix is a longer word than Path (K-106)
        (ingress(("/x", "Exact", "one"), ("/x", "Prefix", "two")), [9]),
        (ingress(("/api/v2", "Exact", "one"), ("/api", "Prefix", "two")), [9]),
        (ingress(("/", "Exact", "one"), ("/", "Prefix", "two")), [9]),
        (ingress(("/x", "Prefix", "one"), ("/", "Prefix", "two")), []),
        (ingress(("/x", "Exact", "one"), ("/x", "Prefix", "one")), []),
    ],
)
def test_shadowed_routers(files: dict[str, str], lines: list[int]) -> None:
    assert [line for _, line, _ in found_by("TL105", files)] == lines


def test_many_routers_of_one_host_are_compared_quickly() -> None:
    rules = [f"Host(`a.test`) && PathPrefix(`/{number}/`)" for number in range(3000)]
    assert found_by("TL105", routers(*rules, "Host(`a.test`) && PathPrefix(`/7/x`) && PathPrefix(`/`)")) == []


@pytest.mark.parametrize(
    ("rules", "lines"),
    [
        (("Host(`a.test`)", "Host(`a.test`)"), [7]),
        (("Host(`a.test`)", "Host(`b.test`)"), []),
        (("Host(`a.test`) && Path(`/ab`)", "Host(`a.test`) && Path(`/cd`)"), []),
        (("Host(`${A}`)", "Host(`${A}`)"), [7]),  # files know no variables
    ],
)
def test_equal_priorities(rules: tuple[str, ...], lines: list[int]) -> None:
    assert [line for _, line, _ in found_by("TL106", routers(*rules))] == lines


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ("Host(`a.test`) && PathPrefix(`/dashboard`)", True),
        ("Host(`a.test`) && (PathPrefix(`/api`) || Path(`/dashboard`))", True),
        ("Host(`a.test`) && (PathPrefix(`/api`) || PathPrefix(`/dashboard`))", False),
        ("Host(`a.test`) && PathPrefix(`/api`)", False),
        ("Host(`a.test`)", False),
        ("Host(`a.test`) && PathRegexp(`^/(api|dashboard)`)", False),
    ],
)
def test_dashboard(rule: str, found: bool) -> None:
    files = {
        "dynamic.yml": f"http:\n  routers:\n    ui:\n      rule: '{rule}'\n      service: api@internal\n"
    }
    assert bool(found_by("TL107", files)) is found


@pytest.mark.parametrize(
    ("files", "found"),
    [
        (routers("Host(`a.test`) && PathPrefix(`/one/`)"), True),  # the service is called like the path
        (routers("Host(`a.test`) && PathPrefix(`/files/`)"), False),
        (routers("Host(`a.test`) && PathPrefix(`/.well-known/`)"), False),
        (routers("Host(`a.test`) && PathPrefix(`/one/`)", "Host(`b.test`)", "Host(`a.test`)"), False),
        (routers("Host(`a.test`) && (Path(`/one`) || PathPrefix(`/one/`))"), False),
        (ingress(("/shop/", "Prefix", "one")), True),
        (ingress(("/shop/", "Exact", "one")), False),
        (ingress(("/shop", "Prefix", "one")), False),
        (ingress(("/", "Prefix", "one")), False),
    ],
)
def test_trailing_slashes(files: dict[str, str], found: bool) -> None:
    assert bool(found_by("TL109", files)) is found


@pytest.mark.parametrize(
    ("rule", "marked"),
    [
        ("Host(`a.test`) && Host(`b.test`)", "Host(`b.test`)"),
        ("Path(`/a`) && Path(`/b`)", "Path(`/b`)"),
        ("PathPrefix(`/a`) && Path(`/b`)", "Path(`/b`)"),
        ("Method(`GET`) && Method(`POST`) && Host(`a.test`)", "Method(`POST`)"),
        ("Host(`a.test`) && Host(`A.TEST`)", None),
        ("Host(`a.test`) && !Host(`b.test`)", None),
        ("PathPrefix(`/a`) && PathPrefix(`/a/b`)", None),
        ("Host(`a.test`) || Host(`b.test`)", None),
        ("Host(`*.test`) && Host(`a.test`)", None),
        ("(Host(`a.test`) || Host(`b.test`)) && !(Path(`/a`) || Path(`/b`))", None),
    ],
)
def test_contradictions(rule: str, marked: str | None) -> None:
    assert [text for _, _, text in found_by("TL111", routers(rule))] == ([] if marked is None else [marked])


def test_a_contradiction_in_one_alternative_is_a_warning() -> None:
    rule = "(Host(`a.test`) && Host(`b.test`)) || Host(`c.test`)"
    assert [one.severity for one in lint(routers(rule)) if one.rule == "TL111"] == ["warning"]


@pytest.mark.parametrize(
    ("rule", "marked"),
    [
        ("Host(`a.test`) && PathPrefix(`/x`) || PathPrefix(`/y`)", ["PathPrefix(`/y`)"]),
        ("PathPrefix(`/y`) || Host(`a.test`) && PathPrefix(`/x`)", ["PathPrefix(`/y`)"]),
        ("Host(`a.test`) || Host(`b.test`) && PathPrefix(`/x`)", ["Host(`a.test`)"]),
        ("Host(`a.test`) && Path(`/x`) || Path(`/y`) || Path(`/z`)", ["Path(`/y`)", "Path(`/z`)"]),
        ("(Host(`a.test`) && PathPrefix(`/x`)) || PathPrefix(`/y`)", []),
        ("Host(`a.test`) && (PathPrefix(`/x`) || PathPrefix(`/y`))", []),
        ("Host(`a.test`) && Path(`/x`) || Host(`b.test`) && Path(`/y`)", []),
        ("Host(`a.test`) || Host(`b.test`)", []),
        ("Host(`a.test`) && Path(`/x`) || ClientIP(`10.0.0.0/8`)", []),
    ],
)
def test_operators_without_parentheses(rule: str, marked: list[str]) -> None:
    assert [text for _, _, text in found_by("TL112", routers(rule))] == marked


@pytest.mark.parametrize(
    ("path", "annotations", "found"),
    [
        ("/api/(.*)", "{}", True),
        ("/api/[0-9]+/x", "{}", True),
        ("/a(/|$)(.*)", "{}", True),
        ("/api/*", "{}", True),
        ("/api", "{}", False),
        ("/a.b/c", "{}", False),
        ("/a$b", "{}", False),
        ("/api/(.*)", "{kubernetes.io/ingress.class: nginx}", False),
        ("/api/(.*)", "{nginx.ingress.kubernetes.io/use-regex: 'true'}", False),
        ("/api/.*", "{traefik.ingress.kubernetes.io/router.pathmatcher: PathRegexp}", False),
    ],
)
def test_patterns_in_ingress_paths(path: str, annotations: str, found: bool) -> None:
    files = ingress((path, "ImplementationSpecific", "one"), annotations=annotations)
    said = [one.rule for one in lint(files) if one.rule in ("TL103", "TL113")]
    assert said == (["TL113"] if found else [])


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ("!Host(`a.test`) || !Host(`b.test`)", True),
        ("!PathPrefix(`/a`) || !PathPrefix(`/b`) || Host(`a.test`)", True),
        ("!Host(`a.test`) && !Host(`b.test`)", False),
        ("!PathPrefix(`/a`) || !PathPrefix(`/a/b`)", False),
        ("!Host(`a.test`) || !Path(`/x`)", False),
    ],
)
def test_negations(rule: str, found: bool) -> None:
    assert bool(found_by("TL114", routers(rule))) is found


def test_rules_of_thousands_of_hosts_are_no_trouble() -> None:
    rule = " || ".join(f"Host(`h{number}.test`)" for number in range(4000))
    assert [one.rule for one in lint(routers(rule)) if one.rule.startswith("TL1")] == []
