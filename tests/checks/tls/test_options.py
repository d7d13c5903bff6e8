"""What is said about TLS options, beside what the rule pages show."""

from __future__ import annotations

import pytest

from tests.checks.lint import found_by, lint

ROUTER = """\
    {name}:
      rule: {rule}
      service: app
      entryPoints: [{points}]
      tls: {tls}
"""
SERVICES = """\
  services:
    app: {loadBalancer: {servers: [{url: http://10.0.0.5:8080}]}}
"""
OPTIONS = """\
tls:
  options:
    modern: {minVersion: VersionTLS13}
    mtls: {clientAuth: {caFiles: [ca.pem], clientAuthType: RequireAndVerifyClientCert}}
"""
STATIC = """\
entryPoints:
  web: {address: ":80", http: {redirections: {entryPoint: {to: websecure}}}}
  websecure: {address: ":443"}
  other: {address: ":8443"}
providers: {file: {filename: /etc/traefik/dynamic.yml}}
"""


def project(*routers: tuple[str, str], options: str = OPTIONS, points: str = "websecure") -> dict[str, str]:
    """Traefik with routers, each a rule and its tls; the names are r0, r1, …"""
    written = "".join(
        ROUTER.format(name=f"r{number}", rule=rule, tls=tls, points=points)
        for number, (rule, tls) in enumerate(routers)
    )
    return {"traefik.yml": STATIC, "dynamic.yml": "http:\n  routers:\n" + written + SERVICES + options}


def texts(rule: str, files: dict[str, str], **options: str) -> list[str]:
    """The characters that a rule points at."""
    return [text for _, _, text in found_by(rule, files, **options)]


@pytest.mark.parametrize(
    ("tls", "found"),
    [
        ("{options: modren}", ["modren"]),
        ("{options: modern@docker}", ["modern@docker"]),
        ("{options: default@file}", ["default@file"]),
        # `default` always exists and never gets a suffix.
        ("{options: default}", []),
        ("{options: modern}", []),
        ("{options: modern@file}", []),
        ("{}", []),
    ],
)
def test_undefined_options(tls: str, found: list[str]) -> None:
    assert texts("TL301", project(("Host(`a.test`)", tls))) == found


@pytest.mark.parametrize(
    ("routers", "found"),
    [
        ([("Host(`a.test`)", "{options: mtls}"), ("Host(`a.test`) && Path(`/x`)", "{}")], ["mtls"]),
        # What asks for certificates is what is lost, wherever it stands.
        ([("Host(`a.test`)", "{options: modern}"), ("Host(`A.test`)", "{options: mtls}")], ["mtls"]),
        ([("Host(`a.test`) || Host(`b.test`)", "{}"), ("Host(`b.test`)", "{options: modern}")], ["modern"]),
        # One finding for three routers that disagree about two hosts.
        (
            [
                ("Host(`a.test`) || Host(`b.test`)", "{options: mtls}"),
                ("Host(`a.test`) || Host(`b.test`)", "{options: modern}"),
                ("Host(`a.test`) || Host(`b.test`)", "{}"),
            ],
            ["mtls"],
        ),
        ([("Host(`a.test`)", "{options: mtls}"), ("Host(`b.test`)", "{}")], []),
        ([("Host(`a.test`)", "{options: mtls}"), ("Host(`a.test`)", "{options: mtls@file}")], []),
        ([("Host(`a.test`)", "{}"), ("Host(`a.test`)", "{options: default}")], []),
        # No host, no conflict: TL304 speaks of it.
        ([("Host(`a.test`)", "{options: mtls}"), ("PathPrefix(`/`)", "{options: modern}")], []),
        # Options that do not exist are TL301's.
        ([("Host(`a.test`)", "{options: nope}"), ("Host(`a.test`)", "{}")], []),
    ],
)
def test_conflicting_options(routers: list[tuple[str, str]], found: list[str]) -> None:
    assert texts("TL305", project(*routers)) == found


@pytest.mark.parametrize(("version", "found"), [("3.6.7", []), ("3.7.3", ["mtls"]), ("3.7.15", [])])
def test_conflicts_across_entry_points_are_those_of_their_releases(version: str, found: list[str]) -> None:
    """Routers of one host on two entry points conflict from 3.7.2 to 3.7.4 only (R-143)."""
    files = project(("Host(`a.test`)", "{options: mtls}"))
    files["dynamic.yml"] = files["dynamic.yml"].replace(
        SERVICES, ROUTER.format(name="r1", rule="Host(`a.test`)", tls="{}", points="other") + SERVICES
    )
    assert texts("TL305", files, version=version) == found


def test_a_lost_client_certificate_is_named() -> None:
    files = project(("Host(`a.test`)", "{options: mtls}"), ("Host(`a.test`)", "{}"))
    [found] = [one for one in lint(files) if one.rule == "TL305"]
    assert "nobody is asked for a client certificate" in found.message
    assert '"r1@file"' in found.message


@pytest.mark.parametrize(
    ("rule", "tls", "found"),
    [
        ("PathPrefix(`/admin`)", "{options: mtls}", ["mtls"]),
        ("HostRegexp(`.+`)", "{options: modern}", ["modern"]),
        ("HostRegexp(`.+`)", "{options: default}", []),
        ("HostRegexp(`.+`)", "{}", []),
        ("PathPrefix(`/admin`)", "{options: nope}", []),
        ("Host(`a.test`) && PathPrefix(`/admin`)", "{options: mtls}", []),
    ],
)
def test_options_without_host(rule: str, tls: str, found: list[str]) -> None:
    assert texts("TL304", project((rule, tls))) == found


def test_options_of_an_entry_point_without_host() -> None:
    files = project(("PathPrefix(`/`)", "{}"))
    files["traefik.yml"] = STATIC.replace(
        'websecure: {address: ":443"}', 'websecure: {address: ":443", http: {tls: {options: mtls@file}}}'
    )
    files["dynamic.yml"] = files["dynamic.yml"].replace("      tls: {}\n", "")
    assert texts("TL304", files) == ["PathPrefix(`/`)"]


@pytest.mark.parametrize(
    ("tls", "found"),
    [("{}", [("modern", "info"), ("mtls", "warning")]), ("{options: mtls}", [("modern", "info")])],
)
def test_unused_options(tls: str, found: list[tuple[str, str]]) -> None:
    findings = lint(project(("Host(`a.test`)", tls)))
    assert [(one.text, one.severity) for one in findings if one.rule == "TL303"] == found


@pytest.mark.parametrize(
    "change",
    [
        # Options of an entry point are in use.
        ('websecure: {address: ":443"}', 'websecure: {address: ":443", http: {tls: {options: modern}}}'),
        # Routers that are not among the files may name them.
        ("filename: /etc/traefik/dynamic.yml", "filename: /etc/traefik/dynamic.yml}, consulCatalog: {"),
        ("filename: /etc/traefik/dynamic.yml", "filename: /etc/traefik/dynamic.yml}, kubernetesCRD: {"),
    ],
)
def test_options_that_may_be_used(change: tuple[str, str]) -> None:
    files = project(
        ("Host(`a.test`)", "{}"), options="tls: {options: {modern: {minVersion: VersionTLS13}}}\n"
    )
    files["traefik.yml"] = STATIC.replace(*change)
    assert texts("TL303", files) == []


def test_options_that_were_meant() -> None:
    """A name that is misspelt is one finding, not two."""
    files = project(("Host(`a.test`)", "{options: modren}"), ("Host(`b.test`)", "{options: mtls@docker}"))
    assert texts("TL303", files) == []


def test_options_without_any_router_with_tls_are_left_alone() -> None:
    files = project(("Host(`a.test`)", "{}"), points="web")
    files["dynamic.yml"] = files["dynamic.yml"].replace("      tls: {}\n", "")
    assert texts("TL303", files) == []


CLIENT_AUTH = {
    "{clientAuthType: RequireAndVerifyClientCert}": ["TL307"],
    "{clientAuthType: VerifyClientCertIfGiven, caFiles: []}": ["TL307"],
    "{clientAuthType: NoClientCert, caFiles: [ca.pem]}": ["TL306"],
    "{clientAuthType: RequestClientCert, caFiles: [ca.pem]}": ["TL308"],
    "{clientAuthType: RequireAnyClientCert, caFiles: [ca.pem]}": ["TL308"],
    "{clientAuthType: RequireAndVerifyClientCert, caFiles: [ca.pem]}": [],
    "{clientAuthType: VerifyClientCertIfGiven, caFiles: [ca.pem]}": [],
    "{clientAuthType: RequireAnyClientCert}": [],
    "{clientAuthType: NoClientCert}": [],
    "{caFiles: [ca.pem]}": [],
    # The misspelt option is reported by itself.
    "{mode: require}": [],
    "{clientAuthType: Whatever, caFiles: [ca.pem]}": [],
}


@pytest.mark.parametrize(("auth", "found"), CLIENT_AUTH.items())
def test_client_auth(auth: str, found: list[str]) -> None:
    files = {"dynamic.yml": f"tls: {{options: {{o: {{clientAuth: {auth}}}}}}}\n"}
    assert [one.rule for one in lint(files) if one.rule in ("TL306", "TL307", "TL308")] == found


def test_a_secret_with_an_authority_is_one() -> None:
    files = {
        "tls.yml": """\
            apiVersion: v1
            kind: Secret
            metadata: {name: ca, namespace: shop}
            stringData: {tls.ca: "-----BEGIN CERTIFICATE-----"}
            ---
            apiVersion: traefik.io/v1alpha1
            kind: TLSOption
            metadata: {name: mtls, namespace: shop}
            spec: {clientAuth: {secretNames: [ca]}}
        """
    }
    assert texts("TL306", files) == []


@pytest.mark.parametrize(
    ("versions", "found"),
    [
        ("minVersion: VersionTLS13, maxVersion: VersionTLS12", ["VersionTLS13"]),
        ("minVersion: VersionTLS12, maxVersion: VersionTLS12", []),
        ("minVersion: VersionTLS12, maxVersion: VersionTLS13", []),
        ("minVersion: VersionTLS13", []),
        ("maxVersion: VersionTLS12", []),
        # Any other text is ignored, which another rule says.
        ("minVersion: TLS13, maxVersion: VersionTLS12", []),
    ],
)
def test_versions(versions: str, found: list[str]) -> None:
    assert texts("TL309", {"dynamic.yml": f"tls: {{options: {{o: {{{versions}}}}}}}\n"}) == found


@pytest.mark.parametrize(
    ("tls", "options", "found"),
    [
        ("{}", "tls: {options: {default: {sniStrict: true}}}\n", ["true"]),
        ("{options: o}", "tls: {options: {o: {sniStrict: true}}}\n", ["true"]),
        ("{}", "tls: {options: {default: {sniStrict: false}}}\n", []),
        ("{}", "tls: {options: {o: {sniStrict: true}}}\n", []),
        ("{certResolver: le}", "tls: {options: {default: {sniStrict: true}}}\n", []),
        (
            "{}",
            "tls: {options: {default: {sniStrict: true}}, certificates: [{certFile: a, keyFile: b}]}\n",
            [],
        ),
    ],
)
def test_strict_sni(tls: str, options: str, found: list[str]) -> None:
    assert texts("TL320", project(("Host(`a.test`)", tls), options=options)) == found
