"""Each error text is what Traefik 3.7.15 says for that value."""

from __future__ import annotations

import pytest

from tests.options.trees import from_json, from_labels, from_yaml
from traefik_lint.options.catalogue import static
from traefik_lint.options.values_check import known_values, value_problems
from traefik_lint.options.version import NEWEST, Version

MIDDLEWARE = "http: {middlewares: {m: {%s}}}"


@pytest.mark.parametrize(
    ("document", "reaction", "text"),
    [
        ("tls: {options: {o: {minVersion: TLS12}}}", "ignore", ""),
        ("tls: {options: {o: {minVersion: versiontls12}}}", "ignore", ""),
        ("tls: {options: {o: {cipherSuites: [FOO]}}}", "disable", "invalid CipherSuite: FOO"),
        (
            "tls: {options: {o: {curvePreferences: [P-9]}}}",
            "disable",
            "invalid CurveID in curvePreferences: P-9",
        ),
        (
            "tls: {options: {o: {clientAuth: {clientAuthType: Foo}}}}",
            "disable",
            'unknown client auth type "Foo"',
        ),
        (
            "http: {services: {s: {loadBalancer: {strategy: WRR}}}}",
            "disable",
            'unsupported load-balancer strategy "WRR"',
        ),
        ("http: {services: {s: {loadBalancer: {sticky: {cookie: {sameSite: foo}}}}}}", "ignore", ""),
        (MIDDLEWARE % "compress: {encodings: [deflate]}", "disable", "unsupported encoding: deflate"),
        (MIDDLEWARE % "errors: {status: [500-]}", "disable", 'strconv.Atoi: parsing "": invalid syntax'),
        (MIDDLEWARE % "errors: {status: [5xx]}", "disable", 'strconv.Atoi: parsing "5xx": invalid syntax'),
        (MIDDLEWARE % "retry: {attempts: 0}", "disable", "incorrect (or empty) value for attempt (0)"),
        (
            MIDDLEWARE % "ipAllowList: {sourceRange: [10.0.0.0/33]}",
            "disable",
            "cannot parse CIDRs [10.0.0.0/33]: parsing CIDR trusted IPs <nil>: invalid CIDR address: 10.0.0.0/33",
        ),
        (
            MIDDLEWARE % "ipAllowList: {ipStrategy: {ipv6Subnet: 200}}",
            "disable",
            "invalid IPv6 subnet 200 value, should be greater to 0 and lower or equal to 128",
        ),
        (MIDDLEWARE % "rateLimit: {period: -1}", "disable", "negative value not valid for period: -1s"),
        (MIDDLEWARE % "headers: {customRequestHeaders: {X Foo: x}}", "ignore", ""),
        (MIDDLEWARE % "redirectScheme: {port: x}", "ignore", ""),
    ],
)
def test_bad_values_of_the_dynamic_configuration(document: str, reaction: str, text: str) -> None:
    decoded = from_yaml(document)
    assert decoded.error is None
    found = [(problem.reaction, problem.text) for problem in value_problems(decoded.element, NEWEST)]
    assert found == [(reaction, text)]


@pytest.mark.parametrize(
    ("text", "reaction"),
    [
        ("log: {level: LOUD}", "ignore"),
        ("accessLog: {format: foo}", "ignore"),
        ("core: {defaultRuleSyntax: v9}", "refuse"),
        ("entryPoints: {web: {forwardedHeaders: {trustedIPs: [foo]}}}", "refuse"),
        ("certificatesResolvers: {le: {acme: {dnsChallenge: {provider: nobody}}}}", "drop"),
        ("api: {basePath: foo}", "refuse"),
    ],
)
def test_bad_values_of_the_static_configuration(text: str, reaction: str) -> None:
    decoded = from_yaml(text, spec=static())
    assert [problem.reaction for problem in value_problems(decoded.element, NEWEST)] == [reaction]


@pytest.mark.parametrize(
    "document",
    [
        {"tls": {"options": {"o": {"minVersion": "VersionTLS12", "clientAuth": {"clientAuthType": ""}}}}},
        {"http": {"services": {"s": {"loadBalancer": {"sticky": {"cookie": {"sameSite": "Lax"}}}}}}},
        {
            "http": {
                "middlewares": {
                    "m": {"errors": {"status": ["500", "502-504"]}, "addPrefix": {"prefix": "/x"}}
                }
            }
        },
        {"http": {"middlewares": {"m": {"ipAllowList": {"sourceRange": ["10.0.0.1", "fd00::/8"]}}}}},
        {"http": {"middlewares": {"m": {"headers": {"customRequestHeaders": {"X-Foo": ""}}}}}},
        {"http": {"middlewares": {"m": {"plugin": {"p": {"minVersion": "x"}}}}}},
    ],
)
def test_good_values_are_silent(document: object) -> None:
    assert list(value_problems(from_json(document).element, NEWEST)) == []


def test_values_belong_to_releases() -> None:
    decoded = from_json({"http": {"services": {"s": {"loadBalancer": {"strategy": "hrw"}}}}})
    assert list(value_problems(decoded.element, NEWEST)) == []
    (problem,) = value_problems(decoded.element, Version(3, 4, 5))
    assert problem.expected == ("wrr", "p2c")
    assert "zstd" not in known_values("encodings", Version(3, 0, 4))
    assert {"acmedns", "acme-dns"} <= set(known_values("dnsProviders", NEWEST))


def test_labels_are_checked_alike_and_point_at_the_item() -> None:
    decoded = from_labels("traefik.http.middlewares.m.ipallowlist.sourcerange=10.0.0.0/8, foo")
    (problem,) = value_problems(decoded.element, NEWEST)
    assert problem.value.span.text == "foo"
