"""What is said about prefixes and paths, beside what the rule pages show."""

from __future__ import annotations

import pytest

from tests.checks.lint import found_by, lint


def project(rule: str, used: str, defined: str, server: str = "", tls: str = "") -> dict[str, str]:
    return {
        "dynamic.yml": f"http:\n  routers:\n    app: {{rule: {rule!r}, service: app, middlewares: {used}{tls}}}\n"
        f"  middlewares: {defined}\n"
        f"  services:\n    app: {{loadBalancer: {{servers: [{{url: 'http://10.0.0.5:8080'}}]{server}}}}}\n"
    }


def texts(rule: str, files: dict[str, str]) -> list[str]:
    return [text for _, _, text in found_by(rule, files)]


HOST = "Host(`a.test`)"


@pytest.mark.parametrize(
    ("rule", "prefixes", "found"),
    [
        (f"{HOST} && PathPrefix(`/api`)", "[/app]", ["/app"]),
        (f"{HOST} && PathPrefix(`/api`)", "[api]", ["api"]),
        (f"{HOST} && PathPrefix(`/api`)", "[/api/]", ["/api/"]),
        (f"{HOST} && Path(`/api`)", "[/api/v1]", ["/api/v1"]),
        (f"{HOST} && PathPrefix(`/api`)", "[/api, /api/v1]", ["/api/v1"]),
        (f"{HOST} && (PathPrefix(`/a`) || PathPrefix(`/b`))", "[/c]", ["/c"]),
        (f"{HOST} && PathPrefix(`/api`)", "[/api]", []),
        (f"{HOST} && PathPrefix(`/api`)", "[/api/v1, /api]", []),
        (f"{HOST} && PathPrefix(`/api`)", "[/api/, /api]", []),
        (f"{HOST} && PathPrefix(`/api/`)", "[/api]", []),
        (f"{HOST} && PathPrefix(`/api/`)", "[/api/]", []),
        (f"{HOST} && PathPrefix(`/`)", "[/api/]", []),
        # Shared with others: one prefix that fits is enough.
        (f"{HOST} && PathPrefix(`/api`)", "[/shop, /api]", []),
        # Any path may come.
        (HOST, "[/api]", []),
        (f"{HOST} && PathRegexp(`^/[a-z]+`)", "[/api]", []),
        (f"{HOST} || PathPrefix(`/app`)", "[/api]", []),
        (f"{HOST} && !PathPrefix(`/app`)", "[/api]", []),
    ],
)
def test_prefixes(rule: str, prefixes: str, found: list[str]) -> None:
    assert texts("TL408", project(rule, "[s]", f"{{s: {{stripPrefix: {{prefixes: {prefixes}}}}}}}")) == found


def test_stripped_before() -> None:
    defined = "{a: {stripPrefix: {prefixes: [/api]}}, b: {stripPrefix: {prefixes: [/api]}}}"
    assert texts("TL408", project(f"{HOST} && PathPrefix(`/api/v1`)", "[a, b]", defined)) == ["/api"]
    longer = "{a: {stripPrefix: {prefixes: [/api]}}, b: {stripPrefix: {prefixes: [/v1]}}}"
    assert texts("TL408", project(f"{HOST} && PathPrefix(`/api/v1`)", "[a, b]", longer)) == []
    # After the first one any path may follow.
    assert texts("TL408", project(f"{HOST} && PathPrefix(`/api`)", "[a, b]", defined)) == []


@pytest.mark.parametrize(
    ("regex", "found"),
    [("api/[a-z]+", 1), ("^api", 1), ("^/api", 0), ("/api", 0), ("(/api|/b)", 0), ("[/]api", 0)],
)
def test_patterns(regex: str, found: int) -> None:
    files = project(HOST, "[s]", f"{{s: {{stripPrefixRegex: {{regex: ['{regex}']}}}}}}")
    assert len(found_by("TL408", files)) == found


STRIP = "{s: {stripPrefix: {prefixes: [/v1]}}, r: {stripPrefixRegex: {regex: ['^/v[0-9]+']}, }, p: {plugin: {x: {}}}, "
STRIP += "back: {addPrefix: {prefix: /v1}}, c: {chain: {middlewares: [s]}}}"


@pytest.mark.parametrize(
    ("rule", "used", "health", "found"),
    [
        ("PathPrefix(`/v1`)", "[s]", "/v1/health", ["s"]),
        ("PathPrefix(`/v1`)", "[r]", "/v1/health", ["r"]),
        ("PathPrefix(`/v1`)", "[c]", "/v1/health", ["c"]),
        ("PathPrefix(`/v1`)", "[s]", "/v1/health?full=1", ["s"]),
        (f"{HOST} && PathPrefix(`/v1/`)", "[s]", "/v1/health", ["s"]),
        ("PathPrefix(`/v1`)", "[s]", "/health", []),
        ("PathPrefix(`/v1`)", "[s]", "/v2/health", []),
        ("PathPrefix(`/v1`)", "[]", "/v1/health", []),
        # It is put on again.
        ("PathPrefix(`/v1`)", "[s, back]", "/v1/health", []),
        # What comes to the health check's path is not told by a rule for hosts.
        (HOST, "[s]", "/v1/health", []),
        # A plugin may do anything.
        ("PathPrefix(`/v1`)", "[p, s]", "/v1/health", []),
    ],
)
def test_traefiks_health_check(rule: str, used: str, health: str, found: list[str]) -> None:
    files = project(rule, used, STRIP, f", healthCheck: {{path: '{health}'}}")
    assert texts("TL406", files) == found


def compose(labels: tuple[str, ...], more: str = "", image: str = "example/app") -> dict[str, str]:
    return {
        "compose.yml": f"services:\n  app:\n    image: {image}\n{more}    labels:\n"
        + "".join(f"      - traefik.http.{label}\n" for label in labels)
    }


PREFIXED = (
    "routers.app.rule=PathPrefix(`/v1`)",
    "routers.app.middlewares=s",
    "middlewares.s.stripprefix.prefixes=/v1",
    "services.app.loadbalancer.server.port=8080",
)


@pytest.mark.parametrize(
    ("test", "found"),
    [
        ("curl -f http://localhost:8080/v1/health || exit 1", ["s"]),
        ("[CMD, wget, -q, 'http://127.0.0.1:8080/v1/health']", ["s"]),
        ("curl -f http://localhost:8080/health", []),
        # Another port is another program, or for management.
        ("curl -f http://localhost:9000/v1/health", []),
        # It asks somebody else.
        ("curl -f http://db:8080/v1/health", []),
        ("curl -f http://localhost:8080/v1/${CHECK}", []),
        ("[NONE]", []),
    ],
)
def test_health_check_of_compose(test: str, found: list[str]) -> None:
    assert texts("TL406", compose(PREFIXED, f"    healthcheck:\n      test: {test}\n")) == found


@pytest.mark.parametrize(
    ("routes", "labels", "found"),
    [
        ("[/v1/*]", PREFIXED, [("TL406", "s")]),
        ("[/orders/*]", PREFIXED, []),
        ("[/v1/*, /*]", PREFIXED, []),
        ("[/, /index.html]", (PREFIXED[0], PREFIXED[3]), [("TL407", "PathPrefix(`/v1`)")]),
        ("[/v1/*]", (PREFIXED[0], PREFIXED[3]), []),
        # Exact paths are the matter of TL104.
        ("[/v1, /v1/*]", ("routers.app.rule=Path(`/v1`)", PREFIXED[3]), []),
        ("[/v1]", ("routers.app.rule=Path(`/v1`)", PREFIXED[3]), []),
        ("[/v1]", ("routers.app.rule=Host(`a.test`)", PREFIXED[3]), []),
    ],
)
def test_told_routes(routes: str, labels: tuple[str, ...], found: list[tuple[str, str]]) -> None:
    files = compose(labels, f"    x-traefik-lint: {{backend-routes: {routes}}}\n")
    assert [(one.rule, one.text) for one in lint(files) if one.rule in ("TL406", "TL407")] == found


@pytest.mark.parametrize(
    ("image", "environment", "stripped", "found"),
    [
        (
            "grafana/grafana:11",
            {"GF_SERVER_ROOT_URL": "http://a/v1/", "GF_SERVER_SERVE_FROM_SUB_PATH": "true"},
            True,
            "TL406",
        ),
        ("grafana/grafana:11", {"GF_SERVER_ROOT_URL": "http://a/v1/"}, False, "TL407"),
        ("grafana/grafana:11", {"GF_SERVER_ROOT_URL": "http://a/v1/"}, True, ""),
        ("grafana/grafana:11", {"GF_SERVER_ROOT_URL": "http://a/"}, True, ""),
        (
            "grafana/grafana:11",
            {"GF_SERVER_ROOT_URL": "${URL}", "GF_SERVER_SERVE_FROM_SUB_PATH": "true"},
            True,
            "",
        ),
        ("quay.io/keycloak/keycloak", {"KC_HTTP_RELATIVE_PATH": "/v1"}, True, "TL406"),
        ("quay.io/keycloak/keycloak", {"KC_HTTP_RELATIVE_PATH": "/v1"}, False, ""),
        ("example/app", {"SERVER_SERVLET_CONTEXT_PATH": "/v1"}, True, "TL406"),
        ("example/app", {"KC_HTTP_RELATIVE_PATH": "/v1"}, True, ""),
    ],
)
def test_base_paths(image: str, environment: dict[str, str], stripped: bool, found: str) -> None:
    labels = PREFIXED if stripped else (PREFIXED[0], PREFIXED[3])
    given = "".join(f'      {name}: "{value}"\n' for name, value in environment.items())
    findings = lint(compose(labels, f"    environment:\n{given}", image))
    assert "".join(one.rule for one in findings if one.rule in ("TL406", "TL407")) == found


@pytest.mark.parametrize(
    ("image", "labels", "found"),
    [
        ("phpmyadmin:5", ("routers.app.rule=PathPrefix(`/pma`)",), ["PathPrefix(`/pma`)"]),
        (
            "portainer/portainer-ce:2.21",
            ("routers.app.rule=PathPrefix(`/portainer`)",),
            ["PathPrefix(`/portainer`)"],
        ),
        # One of its own paths, the whole of it, or another host.
        ("portainer/portainer-ce:2.21", ("routers.app.rule=PathPrefix(`/api`)",), []),
        ("phpmyadmin:5", ("routers.app.rule=PathPrefix(`/`)",), []),
        ("phpmyadmin:5", ("routers.app.rule=Host(`pma.test`)",), []),
        ("phpmyadmin:5", PREFIXED[:3], []),
        ("example/app", ("routers.app.rule=PathPrefix(`/pma`)",), []),
    ],
)
def test_programs_that_serve_from_the_root(image: str, labels: tuple[str, ...], found: list[str]) -> None:
    assert texts("TL407", compose((*labels, PREFIXED[3]), image=image)) == found


def test_base_path_of_prometheus() -> None:
    command = "    command: [--web.external-url=https://a.test/v1{}]\n"
    image = "prom/prometheus:v3.0.0"
    assert texts("TL406", compose(PREFIXED, command.format(""), image)) == ["s"]
    assert texts("TL406", compose(PREFIXED, command.format(", --web.route-prefix=/"), image)) == []


AFTER = """{
    s: {stripPrefix: {prefixes: [/v1]}}, other: {stripPrefix: {prefixes: [/v2]}},
    auth: {forwardAuth: {address: http://auth/verify}}, tls: {redirectScheme: {scheme: https}},
    home: {redirectRegex: {regex: '^http://a.test/v1/$', replacement: 'http://a.test/v1/home'}},
    away: {redirectRegex: {regex: '^http://a.test/.*', replacement: 'http://a.test/v1/gone'}},
    c: {chain: {middlewares: [s, auth]}}, gzip: {compress: {}}}"""


@pytest.mark.parametrize(
    ("used", "found"),
    [
        ("[s, auth]", ["auth"]),
        ("[s, gzip, auth]", ["auth"]),
        ("[c]", ["c"]),
        ("[s, tls]", ["tls"]),
        ("[s, home]", ["home"]),
        ("[auth, s]", []),
        ("[s, gzip]", []),
        ("[other, auth]", []),
        ("[s, away]", []),
        ("[auth]", []),
    ],
)
def test_after_strip(used: str, found: list[str]) -> None:
    defined = " ".join(AFTER.split())
    assert texts("TL409", project(f"{HOST} && PathPrefix(`/v1`)", used, defined)) == found


def test_a_redirect_to_https_that_never_happens() -> None:
    defined = " ".join(AFTER.split())
    assert texts("TL409", project(f"{HOST} && PathPrefix(`/v1`)", "[s, tls]", defined, tls=", tls: {}")) == []


@pytest.mark.parametrize(
    ("regex", "replacement", "found"),
    [
        ("^http://a.test/(.*)", "http://a.test/x/${1}", 1),
        ("^http://a.test/(.*)", "http://b.test/${1}", 0),
        ("^http://a.test/(.*)", "https://a.test/${1}", 0),
        ("^http://a.test/page$", "http://a.test/home", 0),
        ("^http://a.test/.*", "http://a.test/home", 0),
    ],
)
def test_redirect_loops(regex: str, replacement: str, found: int) -> None:
    files = project(
        HOST, "[r]", f"{{r: {{redirectRegex: {{regex: '{regex}', replacement: '{replacement}'}}}}}}"
    )
    assert len(found_by("TL417", files)) == found


@pytest.mark.parametrize(
    ("regex", "replacement", "found"),
    [
        ("^/(.*)", "/new/$1x", ["$1x"]),
        ("^/(.*)", "/$2", ["$2"]),
        ("^/.*", "/${1}", ["${1}"]),
        ("^/(?P<rest>.*)", "/${other}", ["${other}"]),
        ("^/(.*)", "/new/$1/x", []),
        ("^/(.*)", "/new/${1}x", []),
        ("^/(.*)", "/$0", []),
        ("^/(?P<rest>.*)", "/${rest}", []),
        ("^/(.*)", "/$$1", []),
        ("^/(", "/$1", []),
    ],
)
def test_groups(regex: str, replacement: str, found: list[str]) -> None:
    files = project(
        HOST, "[r]", f"{{r: {{replacePathRegex: {{regex: '{regex}', replacement: '{replacement}'}}}}}}"
    )
    assert texts("TL418", files) == found
