"""R-140 to R-155: TLS options and their conflicts."""

from __future__ import annotations

from tests.conformance.harness.case import Case
from tests.conformance.worlds import (
    API,
    DOCKER_AND_FILE,
    FILE,
    POINTS,
    SERVICE,
    compose,
    container,
    file_case,
)

OPTIONS = "tls: {options: {strict: {minVersion: VersionTLS13}, loose: {minVersion: VersionTLS12}}}\n"


def routers(name: str, *each: str, options: str = OPTIONS) -> Case:
    """Return a case of TLS routers, each given by its keys."""
    lines = "".join(f"    r{number}: {{service: pots, {keys}}}\n" for number, keys in enumerate(each))
    return file_case(name, f"http:\n  routers:\n{lines}  {SERVICE}\n{options}")


def option(name: str, content: str) -> Case:
    """Return a case of one router with one options element."""
    return routers(
        name,
        "rule: Host(`a.shop`), tls: {options: o}",
        "rule: Host(`b.shop`), tls: {}",
        options=f"tls: {{options: {{o: {content}}}}}\n",
    )


def default(name: str, content: str) -> Case:
    """Return a case of the default options."""
    return routers(
        name,
        "rule: Host(`a.shop`), tls: {}",
        "rule: Host(`b.shop`), tls: {options: strict}",
        options=f"tls: {{options: {{default: {content}, strict: {{}}}}}}\n".replace(
            "strict: {}", "strict: {sniStrict: true}"
        ),
    )


STRICT = "tls: {options: strict}"

#: An entry point that names its options without a provider, and routers of two providers on it.
LENT = POINTS.replace('":443"', '":443", http: {tls: {options: strict}}') + API
LENT_FILE = f"http: {{routers: {{r: {{rule: Host(`f.shop`), service: pots}}}}, {SERVICE}}}\n{OPTIONS}"

CASES: tuple[Case, ...] = (
    Case("R-141c", static=LENT + FILE, files={"shop.yml": LENT_FILE}),
    Case(
        "R-141d",
        static=LENT + DOCKER_AND_FILE,
        files={"shop.yml": LENT_FILE},
        compose=compose(container("pots", ["traefik.http.routers.d.rule=Host(`d.shop`)"])),
    ),
    routers(
        "R-140a", f"rule: Host(`a.shop`), {STRICT}", f"rule: PathPrefix(`/x`) && Host(`a.shop`), {STRICT}"
    ),
    routers("R-140b", f"rule: '!Host(`a.shop`)', {STRICT}", "rule: Host(`a.shop`), tls: {}"),
    routers("R-140c", f"rule: Host(`a.shop`) || Path(`/x`), {STRICT}"),
    routers("R-141a", f"rule: Host(`a.shop`), {STRICT}"),
    routers("R-141b", "rule: Host(`a.shop`), tls: {options: strict@file}"),
    routers("R-142a", "rule: Host(`a.shop`), tls: {options: nope}", "rule: Host(`b.shop`), tls: {}"),
    routers(
        "R-142b",
        "rule: Host(`a.shop`), tls: {options: nope}",
        f"rule: Host(`a.shop`) && Path(`/x`), {STRICT}",
    ),
    routers("R-143a", f"rule: Host(`a.shop`), {STRICT}", "rule: Host(`a.shop`) && Path(`/x`), tls: {}"),
    routers(
        "R-143b",
        f"rule: Host(`a.shop`), {STRICT}",
        "rule: Host(`A.shop`) && Path(`/x`), tls: {options: loose}",
    ),
    routers(
        "R-143c",
        f"rule: Host(`a.shop`), {STRICT}, entryPoints: [web]",
        "rule: Host(`a.shop`), tls: {}, entryPoints: [websecure]",
    ),
    routers(
        "R-143d",
        f"rule: Host(`a.shop`) || Host(`b.shop`), {STRICT}",
        "rule: Host(`b.shop`), tls: {options: loose}",
        f"rule: Host(`a.shop`) && Path(`/y`), {STRICT}",
    ),
    routers("R-143e", f"rule: Host(`a.shop`), {STRICT}", "rule: Host(`a.shop`)"),
    routers(
        "R-143f",
        f"rule: Host(`a.shop`), {STRICT}, entryPoints: [web]",
        "rule: Host(`a.shop`) && Path(`/x`), tls: {options: loose}",
    ),
    routers(
        "R-143g",
        f"rule: Host(`a.shop`), {STRICT}",
        "rule: Host(`a.shop`) && Path(`/x`), tls: {options: strict@file}",
    ),
    routers(
        "R-143h",
        f"rule: Host(`a.shop`), {STRICT}, middlewares: [gone]",
        "rule: Host(`a.shop`), tls: {options: nope}",
    ),
    routers("R-144a", f"rule: PathPrefix(`/`), {STRICT}"),
    routers("R-144b", f"rule: HostRegexp(`^.+$`), {STRICT}"),
    routers("R-144c", f"rule: PathPrefix(`/`), {STRICT}, entryPoints: [websecure]"),
    routers("R-144d", "rule: PathPrefix(`/`), tls: {options: default}"),
    routers("R-147a", "rule: Host(`a.shop`), tls: {certResolver: nope}"),
    routers(
        "R-148",
        "rule: PathPrefix(`/`), tls: {certResolver: le, domains: [{main: a.shop, sans: [b.shop, c.shop]}]}",
    ),
    routers(
        "R-149",
        "rule: Host(`a.shop`), tls: {}",
        options="tls: {certificates: [{certFile: /none.crt, keyFile: /none.key}]}\n",
    ),
    option("R-150", "{sniStrict: true}"),
    option("R-151a", "{minVersion: TLS12}"),
    option("R-151b", "{minVersion: VersionTLS13, maxVersion: VersionTLS12}"),
    option("R-152a", "{cipherSuites: [FOO]}"),
    option("R-152b", "{curvePreferences: [FOO]}"),
    option(
        "R-152c",
        "{cipherSuites: [TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256], curvePreferences: [CurveP521, X25519]}",
    ),
    option("R-152d", "{cipherSuites: [TLS_AES_128_GCM_SHA256]}"),
    option("R-152e", "{alpnProtocols: [h2, foo]}"),
    option("R-153a", "{clientAuth: {clientAuthType: Foo}}"),
    option("R-153b", "{clientAuth: {clientAuthType: RequireAndVerifyClientCert}}"),
    option("R-153c", "{clientAuth: {caFiles: [/none.pem]}}"),
    option("R-153h", "{clientAuth: {caFiles: ['']}}"),
    option("R-153i", "{clientAuth: {caFiles: ''}}"),
    option("R-153d", "{clientAuth: {clientAuthType: RequestClientCert}}"),
    option("R-153e", "{clientAuth: {mode: RequireAnyClientCert}}"),
    option("R-153f", "{clientAuth: {clientAuthType: VerifyClientCertIfGiven}, cipherSuites: [FOO]}"),
    option("R-153g", "{clientAuth: {clientAuthType: ''}}"),
    default("R-155a", "{minVersion: TLS9}"),
    default("R-155b", "{cipherSuites: [FOO]}"),
    default("R-155c", "{clientAuth: {clientAuthType: Foo}}"),
    routers(
        "R-154",
        "rule: Host(`a.shop`), tls: {}",
        options="tls: {stores: {default: {defaultGeneratedCert: {resolver: le, domain: {main: a.shop}}}}}\n",
    ),
)
