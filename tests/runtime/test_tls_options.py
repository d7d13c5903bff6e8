"""TLS options and their conflicts in the three eras (R-141 … R-153)."""

from __future__ import annotations

import pytest

from traefik_lint.options.version import Version
from traefik_lint.runtime.tls import era_of

from .worlds import world

CONFLICT = """
http:
  routers:
    a: {rule: 'Host(`a.test`)', service: s, entryPoints: [websecure], tls: {options: strict}}
    b: {rule: 'Host(`A.test`) && Path(`/b`)', service: s, entryPoints: [websecure], tls: {}}
  services: {s: {loadBalancer: {servers: [{url: 'http://w'}]}}}
tls:
  options: {strict: {minVersion: VersionTLS13}}
"""
PLAIN = "so using the default TLS options instead"
RENAMED = (
    "router's TLSOptions configuration is conflicting with other routers on the same entrypoint and host,"
    " default TLS options will be used instead"
)


@pytest.mark.parametrize(
    ("version", "statuses"),
    [
        (
            "3.7.15",
            {
                "websecure-conflicted-a@file": ("warning", [RENAMED]),
                "websecure-conflicted-b@file": ("enabled", []),
            },
        ),
        (
            "3.7.4",
            {
                "a@file": ("warning", [f"found different TLS options for routers on the same host, {PLAIN}"]),
                "b@file": ("enabled", []),
            },
        ),
        (
            "3.6.7",
            {
                name: (
                    "warning",
                    [f"found different TLS options for routers on the same host a.test, {PLAIN}"],
                )
                for name in ("a@file", "b@file")
            },
        ),
    ],
)
def test_a_conflict_moves_both_routers_to_the_default_options(
    version: str, statuses: dict[str, tuple[str, list[str]]]
) -> None:
    runtime = world(CONFLICT, version=version)
    assert {name: (router.status, router.errors) for name, router in runtime.routers.items()} == statuses
    assert {router.tls_options for router in runtime.routers.values()} == {"default"}


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ("nope: {}", "unknown TLS options: o@file"),
        ("o: {cipherSuites: [FOO]}", "building TLS config: invalid CipherSuite: FOO"),
        ("o: {curvePreferences: [x]}", "building TLS config: invalid CurveID in curvePreferences: x"),
        ("o: {clientAuth: {clientAuthType: X}}", 'building TLS config: unknown client auth type "X"'),
        (
            "o: {clientAuth: {clientAuthType: VerifyClientCertIfGiven}}",
            "building TLS config: invalid clientAuthType: VerifyClientCertIfGiven, CAFiles is required",
        ),
        ("o: {minVersion: tls13}", ""),  # ignored in silence
    ],
)
def test_options_that_can_not_be_built_disable_their_routers(options: str, error: str) -> None:
    text = f"""
http:
  routers: {{r: {{rule: 'Host(`a.test`)', service: s, entryPoints: [websecure], tls: {{options: o}}}}}}
  services: {{s: {{loadBalancer: {{servers: [{{url: 'http://w'}}]}}}}}}
tls: {{options: {{{options}}}}}
"""
    router = world(text).routers["r@file"]
    assert router.errors == ([f"building router handler: {error}"] if error else [])


@pytest.mark.parametrize(
    ("version", "era"),
    [
        ((2, 11, 46), "per-entry-point"), ((2, 11, 47), "across"), ((2, 11, 50), "renaming"),
        ((3, 5, 6), "per-entry-point"), ((3, 6, 17), "per-entry-point"), ((3, 6, 18), "across"),
        ((3, 6, 21), "renaming"), ((3, 7, 1), "per-entry-point"), ((3, 7, 4), "across"), ((3, 7, 5), "renaming"),
    ],
)  # fmt: skip
def test_eras(version: tuple[int, int, int], era: str) -> None:
    assert era_of(Version(*version)) == era
