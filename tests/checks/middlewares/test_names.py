"""What is said about names and types of middlewares, beside what the rule pages show."""

from __future__ import annotations

import pytest

from tests.checks.lint import found_by, lint


def project(middlewares: str, defined: str, static: str = "", tail: str = "") -> dict[str, str]:
    """A router with middlewares and those that are defined, in one closed world."""
    return {
        "traefik.yml": "entryPoints: {web: {address: ':80'" + static + "}}\n"
        "providers: {file: {filename: /etc/traefik/dynamic.yml}}\n",
        "dynamic.yml": "http:\n  routers:\n    app: {rule: Host(`a.test`), service: app, middlewares: "
        f"{middlewares}}}\n  middlewares: {defined}\n"
        "  services:\n    app: {loadBalancer: {servers: [{url: http://10.0.0.5:8080}]}}\n" + tail,
    }


GZIP = "{gzip: {compress: {}}}"


@pytest.mark.parametrize(
    ("middlewares", "found", "hint"),
    [
        ("[gzipp]", "gzipp", 'write "gzip"'),
        ("[gzip@docker]", "gzip@docker", 'write "gzip@file"'),
        ("[nothing]", "nothing", "define the middleware"),
        ('["gzip, other"]', '"gzip, other"', "make each name an item of the list"),
        ("[Gzip]", "Gzip", 'write "gzip"'),
    ],
)
def test_undefined(middlewares: str, found: str, hint: str) -> None:
    [finding] = [one for one in lint(project(middlewares, GZIP)) if one.rule == "TL401"]
    assert finding.text == found
    assert finding.hint.startswith(hint)
    assert finding.severity == "error"


@pytest.mark.parametrize("middlewares", ["[gzip]", "[gzip@file]", "[]"])
def test_defined(middlewares: str) -> None:
    assert found_by("TL401", project(middlewares, GZIP)) == []


def test_a_tcp_middleware_is_none_for_http() -> None:
    files = project(
        "[office]", GZIP, tail="tcp: {middlewares: {office: {ipAllowList: {sourceRange: [10.0.0.0/8]}}}}\n"
    )
    [finding] = [one for one in lint(files) if one.rule == "TL401"]
    assert "is a tcp middleware" in finding.hint


def test_an_open_world_is_trusted() -> None:
    files = {
        "compose.yml": "services:\n  app:\n    image: example/app\n    labels:\n"
        "      - traefik.http.routers.app.rule=Host(`a.test`)\n"
        "      - traefik.http.routers.app.middlewares=auth@file,limit\n"
    }
    assert found_by("TL401", files) == []


@pytest.mark.parametrize(
    ("entry_point", "found"),
    [
        (", http: {middlewares: [nope]}", ["nope"]),
        (", http: {middlewares: [gzip]}", []),
        (", http: {middlewares: [gzip@file]}", []),
    ],
)
def test_middlewares_of_entry_points(entry_point: str, found: list[str]) -> None:
    files = project("[]", GZIP, static=entry_point)
    assert [text for _, _, text in found_by("TL402", files)] == found
    assert found_by("TL401", files) == []


@pytest.mark.parametrize(
    ("used", "defined", "found"),
    [
        ("[m]", "{m: {compress: {}, contentType: {}}}", ["error"]),
        ("[]", "{m: {compress: {}, contentType: {}}}", ["warning"]),
        ("[m]", "{m: {compress: {}}}", []),
        # What stands there is no option at all: another rule says so.
        ("[m]", "{m: {compres: {}}}", []),
    ],
)
def test_types(used: str, defined: str, found: list[str]) -> None:
    assert [one.severity for one in lint(project(used, defined)) if one.rule == "TL403"] == found


@pytest.mark.parametrize(
    ("defined", "found"),
    [
        ("{a: {chain: {middlewares: [a]}}}", 1),
        ("{a: {chain: {middlewares: [b]}}, b: {chain: {middlewares: [a]}}}", 1),
        ("{a: {chain: {middlewares: [b, g]}}, b: {chain: {middlewares: [g]}}, g: {compress: {}}}", 0),
        ("{a: {chain: {middlewares: [a@docker]}}}", 0),
    ],
)
def test_cycles(defined: str, found: int) -> None:
    assert len(found_by("TL404", project("[a]", defined))) == found


INVALID = {
    "redirectScheme: {permanent: true}": ["redirectScheme"],
    "ipAllowList: {sourceRange: []}": ["ipAllowList"],
    "headers: {customRequestHeaders: {X-A: ''}, isDevelopment: false}": [],
    "basicAuth: {users: [anna]}": ["anna"],
    "stripPrefixRegex: {regex: ['^/(a']}": ["'^/(a'"],
    "replacePathRegex: {regex: '^/(a', replacement: /}": ["'^/(a'"],
    "retry: {initialInterval: 1s}": ["retry"],
    "circuitBreaker: {expression: Foo() > 1}": ["Foo() > 1"],
    "redirectScheme: {scheme: https}": [],
    # One value is wrong by itself: another rule says so.
    "ipAllowList: {sourceRange: [10.0.0.0/33]}": [],
    "retry: {attempts: 0}": [],
    "ipAllowList: {sourceRange: [10.0.0.0/8, '2001:db8::/32', 192.0.2.1]}": [],
    "headers: {stsSeconds: 100}": [],
    "headers: {frameDeny: true}": [],
    "retry: {attempts: 2}": [],
    "circuitBreaker: {expression: NetworkErrorRatio() > 0.3}": [],
    "stripPrefixRegex: {regex: ['^/[a-z]+']}": [],
    "compress: {}": [],
    "contentType: {}": [],
}


@pytest.mark.parametrize(("body", "found"), INVALID.items())
def test_invalid(body: str, found: list[str]) -> None:
    assert [text for _, _, text in found_by("TL405", project("[m]", f"{{m: {{{body}}}}}"))] == found


def test_what_is_not_known_is_not_invalid() -> None:
    files = {
        "compose.yml": "services:\n  app:\n    image: example/app\n    labels:\n"
        "      - traefik.http.routers.app.rule=Host(`a.test`)\n"
        "      - traefik.http.routers.app.middlewares=auth\n"
        "      - traefik.http.middlewares.auth.basicauth.users=${USERS}\n"
    }
    assert found_by("TL405", files) == []


def test_plugins() -> None:
    files = project("[p]", "{p: {plugin: {demo: {a: b}}}}")
    assert [text for _, _, text in found_by("TL419", files)] == ["demo"]
    files["traefik.yml"] += "experimental: {plugins: {demo: {moduleName: github.com/a/b, version: v1.0.0}}}\n"
    assert found_by("TL419", files) == []
    # Without a static configuration nothing can be said.
    assert found_by("TL419", {"dynamic.yml": files["dynamic.yml"]}) == []
