"""What is said about authentication, allow lists and limits, beside what the rule pages show."""

from __future__ import annotations

import pytest

from tests.checks.lint import found_by

SERVICES = """\
  services:
    app: {loadBalancer: {servers: [{url: 'http://10.0.0.5:8080'}]}}
    login: {loadBalancer: {servers: [{url: 'http://authelia:9091'}]}}
"""


def project(routers: dict[str, tuple[str, str, str]], middlewares: str) -> dict[str, str]:
    """Routers by name: rule, middlewares and service."""
    written = "".join(
        f"    {name}: {{rule: '{rule}', middlewares: {used}, service: {service}}}\n"
        for name, (rule, used, service) in routers.items()
    )
    return {"dynamic.yml": f"http:\n  routers:\n{written}  middlewares: {middlewares}\n{SERVICES}"}


def middleware(body: str) -> dict[str, str]:
    return project({"app": ("Host(`a.test`)", "[m]", "app")}, f"{{m: {{{body}}}}}")


def texts(rule: str, files: dict[str, str]) -> list[str]:
    return [text for _, _, text in found_by(rule, files)]


def guard(rd: str) -> str:
    return f"{{auth: {{forwardAuth: {{address: 'http://authelia:9091/api/verify{rd}'}}}}}}"


APP = ("Host(`a.test`)", "[auth]", "app")
LOGIN = "?rd=https://login.test/"


@pytest.mark.parametrize(
    ("routers", "rd", "found"),
    [
        ({"app": APP, "login": ("Host(`login.test`)", "[auth]", "login")}, LOGIN, ["auth"]),
        ({"app": APP}, "?rd=https://a.test/", ["rd=https://a.test/"]),
        ({"app": APP}, "?rd=https%3A%2F%2Fa.test%2F&x=1", ["rd=https%3A%2F%2Fa.test%2F"]),
        ({"app": APP, "login": ("Host(`login.test`)", "[]", "login")}, LOGIN, []),
        ({"app": APP}, LOGIN, []),
        ({"app": APP}, "", []),
        # The login page has a router of its own, which wins.
        (
            {"app": APP, "login": ("Host(`a.test`) && PathPrefix(`/login`)", "[]", "login")},
            "?rd=https://a.test/login",
            [],
        ),
        # The guarded part of the host is another one.
        ({"app": ("Host(`a.test`) && PathPrefix(`/app`)", "[auth]", "app")}, "?rd=https://a.test/login", []),
    ],
)
def test_loops(routers: dict[str, tuple[str, str, str]], rd: str, found: list[str]) -> None:
    assert texts("TL411", project(routers, guard(rd))) == found


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("authelia:9091/verify", ["authelia:9091/verify"]),
        ("https://authelia:9091/verify", ["https"]),
        ("http://authelia:9091/verify", []),
        ("https://sso.test/verify", []),
        ("https://authelia:9443/verify", []),
    ],
)
def test_addresses(address: str, found: list[str]) -> None:
    assert texts("TL410", middleware(f"forwardAuth: {{address: {address}}}")) == found


OAUTH2 = """{
    auth: {forwardAuth: {address: 'http://oauth2-proxy:4180/oauth2/auth'}},
    root: {forwardAuth: {address: 'http://oauth2-proxy:4180/'}},
    signin: {errors: {status: ['401-403'], service: app, query: '/oauth2/sign_in?rd={url}'}},
    pages: {errors: {status: ['500-599'], service: app, query: '/{status}.html'}},
    c: {chain: {middlewares: [signin, auth]}}}"""


@pytest.mark.parametrize(
    ("used", "found"),
    [
        ("[auth]", 1),
        ("[pages, auth]", 1),
        ("[auth, signin]", 1),
        ("[signin, auth]", 0),
        ("[c]", 0),
        ("[root]", 0),
    ],
)
def test_oauth2_proxy(used: str, found: int) -> None:
    files = project({"app": ("Host(`a.test`)", used, "app")}, " ".join(OAUTH2.split()))
    assert len(found_by("TL412", files)) == found


@pytest.mark.parametrize(
    ("errors", "version", "found"),
    [
        ("status: ['401'], service: app, query: '/oauth2/start?rd={url}'", "3.7", 1),
        ("status: ['400-499'], service: app, query: /oauth2/start", "3.7", 1),
        ("status: ['401'], statusRewrites: {'401': 302}, service: app, query: /oauth2/start", "3.7", 0),
        ("status: ['401'], statusRewrites: {'401-403': 302}, service: app, query: /oauth2/start", "3.7", 0),
        ("status: ['401'], service: app, query: /oauth2/sign_in", "3.7", 0),
        ("status: ['500'], service: app, query: /oauth2/start", "3.7", 0),
        # There was no way to rewrite a status.
        ("status: ['401'], service: app, query: /oauth2/start", "3.3", 0),
    ],
)
def test_kept_status(errors: str, version: str, found: int) -> None:
    assert len(found_by("TL413", middleware(f"errors: {{{errors}}}"), version=version)) == found


@pytest.mark.parametrize(
    ("limit", "found"),
    [
        ("average: 6, period: 1m", ["6"]),
        ("average: 30, period: 1h, burst: 1", ["1"]),
        ("average: 6, period: 1m, burst: 6", []),
        ("average: 100", []),
        ("average: 1", []),
        ("average: 0, period: 1m", []),
        ("burst: 10", []),
    ],
)
def test_rate_limits(limit: str, found: list[str]) -> None:
    assert texts("TL414", middleware(f"rateLimit: {{{limit}}}")) == found


@pytest.mark.parametrize(
    ("trusted", "allowed", "found"),
    [
        ("[172.20.2.0/24]", "sourceRange: [172.20.2.0/24, 192.0.2.0/24]", 1),
        ("[172.20.2.7]", "sourceRange: [172.16.0.0/12]", 1),
        ("[172.20.2.0/24]", "sourceRange: [172.20.2.0/24], ipStrategy: {depth: 1}", 0),
        ("[172.20.2.0/24]", "sourceRange: [192.0.2.0/24]", 0),
        # Wide networks hold visitors too; the machine itself is allowed for its own checks.
        ("[10.0.0.0/8]", "sourceRange: [10.0.0.0/8]", 0),
        ("[127.0.0.1/32]", "sourceRange: [127.0.0.1/32, 192.0.2.0/24]", 0),
        ("[]", "sourceRange: [172.20.2.0/24]", 0),
        ("[172.20.2.0/24]", "sourceRange: [0.0.0.0/0]", 0),
    ],
)
def test_allow_lists(trusted: str, allowed: str, found: int) -> None:
    files = middleware(f"ipAllowList: {{{allowed}}}")
    files["traefik.yml"] = (
        f"entryPoints: {{web: {{address: ':80', forwardedHeaders: {{trustedIPs: {trusted}}}}}}}\n"
        "providers: {file: {filename: /etc/traefik/dynamic.yml}}\n"
    )
    assert len(found_by("TL415", files)) == found


USERS = {
    "anna:correct-horse": ["correct-horse"],
    "anna:$6$salt$abcdefgh": ["$6$salt$abcdefgh"],
    "anna:$apr1$H6uskkkW$IgXLP6ewTr": ["$apr1$H6uskkkW$IgXLP6ewTr"],
    "anna:$apr1$H6uskkkW$IgXLP6ewTrSuBkTrqE8wj/": [],
    "anna:{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=": [],
    "anna:$2y$05$r3J4d3VepzFkedkd/q1vI.pBYIpSqjfN0qOARV3ScUHysatnS0cL2": [],
    "anna:$2y$05$...": [],
    "anna:<hash>": [],
    "anna:REDACTED_HASH": [],
    # Doubled signs are another rule's, and no user at all is refused (TL405).
    "anna:$$apr1$$H6uskkkW$$IgXLP6ewTrSuBkTrqE8wj/": [],
    "anna": [],
}


@pytest.mark.parametrize(("user", "found"), USERS.items())
def test_passwords(user: str, found: list[str]) -> None:
    assert texts("TL416", middleware(f"basicAuth: {{users: ['{user}']}}")) == found


ARGO = """\
apiVersion: v1
kind: Service
metadata: {name: argocd-server, namespace: argocd}
spec: {selector: {app: argo}, ports: [{name: http, port: 80, targetPort: 8080}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: argocd-server, namespace: argocd}
spec:
  template:
    metadata: {labels: {app: argo}}
    spec: {containers: [{name: server, args: [ARGS]}]}
---
apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata: {name: argocd, namespace: argocd}
spec:
  routes:
    - {match: Host(`argo.test`), kind: Rule, services: [{name: argocd-server, port: 80SCHEME}]}
  tls: {}
"""


@pytest.mark.parametrize(
    ("args", "scheme", "found"),
    [("--port=8080", "", 1), ("--insecure", "", 0), ("--port=8080", ", scheme: https", 0)],
)
def test_argocd(args: str, scheme: str, found: int) -> None:
    files = {"argo.yml": ARGO.replace("ARGS", args).replace("SCHEME", scheme)}
    assert len(found_by("TL420", files)) == found
