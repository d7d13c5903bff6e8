"""Static configurations with which Traefik does not start (S-011 … S-098); texts from the real binary."""

from __future__ import annotations

import pytest

from traefik_lint.runtime.rawdata import rawdata

from .worlds import world


@pytest.mark.parametrize(
    ("static", "text"),
    [
        (
            "entryPoints: {web: {address: ':80/foo'}}",
            "error while building entryPoint web: invalid protocol: foo",
        ),
        (
            "entryPoints: {web: {address: '80'}}",
            (
                "error while building entryPoint web: building listener: error opening listener:"
                " listen tcp: address 80: missing port in address"
            ),
        ),
        (
            "entryPoints: {web: {address: ':80'}, web2: {address: ':80'}}",
            (
                "error while building entryPoint web2: building listener: error opening listener:"
                " listen tcp :80: bind: address already in use"
            ),
        ),
        (
            "entryPoints: {web: {address: ':80', forwardedHeaders: {trustedIPs: [foo]}}}",
            (
                "error while building entryPoint web: creating HTTP server:"
                " parsing CIDR trusted IPs <nil>: invalid CIDR address: foo"
            ),
        ),
        (
            "entryPoints: {web: {address: ':80', proxyProtocol: {}}}",
            (
                "error while building entryPoint web: building listener: error creating proxy protocol listener:"
                " no trusted IPs provided"
            ),
        ),
        (
            "entryPoints: {web: {address: ':80', proxyProtocol: {insecure: false}}}",
            (
                "error while building entryPoint web: building listener: error creating proxy protocol listener:"
                " no trusted IPs provided"
            ),
        ),
        (
            "providers: {docker: {swarmMode: true}}",
            "incompatible deprecated install configuration option found",
        ),
        ("core: {defaultRuleSyntax: v9}", 'unsupported default rule syntax configuration: "v9"'),
        ("api: {basePath: x}", "API basePath must be a valid absolute URL path"),
        ("providers: {precedence: [dockr]}", 'provider "dockr" is not a valid provider name'),
        (
            "certificatesResolvers: {le: {acme: {storage: ''}}}",
            'unable to initialize certificates resolver "le" with no storage location for the certificates',
        ),
        ("entryPoints: {web: {adress: ':80'}}", "field not found, node: adress"),
        ("{}", "no configuration found in file: traefik.yml"),
        ("foo: bar", "no valid configuration found in file: traefik.yml"),
    ],
)
def test_refused(static: str, text: str) -> None:
    runtime = world(static=static)
    assert runtime.refused == text
    assert rawdata(runtime) is None


@pytest.mark.parametrize(
    "static",
    [
        "entryPoints: {web: {}}",  # S-033: a free port
        "entryPoints: {web: {address: ':80'}, u: {address: ':80/udp'}}",  # S-034
        "entryPoints: {web: {address: ':80', http: {redirections: {entryPoint: {to: nope}}}}}",  # S-037
        "providers: {file: {filename: /nope.yml}}",
    ],
)
def test_started(static: str) -> None:
    assert world(static=static).refused is None


def test_own_entry_points() -> None:
    assert sorted(world(static="api: {insecure: true}").entry_points) == ["http", "traefik"]  # S-035
    assert sorted(world(static="entryPoints: {traefik: {address: ':9'}}").entry_points) == ["traefik"]
