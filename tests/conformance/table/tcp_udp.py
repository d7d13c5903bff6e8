"""R-125 to R-131, R-181 and R-212: tcp and udp routers and services."""

from __future__ import annotations

from tests.conformance.harness.case import Case
from tests.conformance.worlds import API, MANY_POINTS, file_case, tcp_rule_case

TLS = ", tls: {}"

RULES: tuple[tuple[str, str, str], ...] = (
    ("R-125a", "HostSNI(`a.shop`)", TLS),
    ("R-125b", "HostSNI(`a b`)", TLS),
    ("R-125c", "HostSNI(`*.a.shop`)", TLS),
    ("R-125d", "HostSNIRegexp(`^.+\\.shop$`)", TLS),
    ("R-125e", "HostSNI(`*`) && ClientIP(`10.0.0.0/8`)", ""),
    ("R-125f", "ALPN(`h2`)", TLS),
    ("R-125g", "ALPN(`acme-tls/1`)", TLS),
    ("R-125h", "HostSNI(`é.shop`)", TLS),
    ("R-125i", "ClientIP(`x`)", ""),
    ("R-125j", "HostSNIRegexp(`[`)", TLS),
    ("R-125k", "HostSNI(`a`, `b`)", TLS),
    ("R-125l", "HostSNI(`a.shop`, `b.shop`)", TLS + ", ruleSyntax: v2"),
    ("R-125m", "HostSNI(`a_b.shop:80`)", TLS),
    ("R-125n", "ALPN(`h2`, `http/1.1`)", TLS + ", ruleSyntax: v2"),
    ("R-125o", "HostSNI()", TLS),
    ("R-125p", "HostSNIRegexp(`{s:[a-z]+}.shop`)", TLS + ", ruleSyntax: v2"),
    ("R-125q", "HostSNI(``)", TLS),
    ("R-126a", "HostSNI(`a.shop`)", ""),
    ("R-126b", "HostSNIRegexp(`.+`)", ""),
    ("R-126c", "Host(`a.shop`)", TLS),
    ("R-126d", "HostSNI(`*`) || HostSNI(`a.shop`)", ""),
    ("R-126e", "!HostSNI(`a.shop`)", ""),
    ("R-127a", "HostSNI(`*`)", ""),
    ("R-127b", "HostSNI(`*`)", ", priority: 3"),
    ("R-127c", 'HostSNI( "*" )', ""),
    ("R-127d", "HostSNI(`*`) && ALPN(`h2`)", TLS),
    ("R-127e", "hostsni(`*`)", ""),
    ("R-127f", "hostSNI(`*`)", ""),
    ("R-103-tcp", "HostSNI(`*`", ""),
    ("R-128a", "", ""),
    ("R-108-tcp", "HostSNI(`*`)", ", priority: 9223372036854775807"),
    ("R-131a", "HostSNI(`a.shop`)", ", tls: {passthrough: true, options: nope}"),
    ("R-131b", "HostSNI(`a.shop`)", ", tls: {options: nope}"),
    ("R-131c", "HostSNI(`*`)", ", tls: {certResolver: le}"),
    ("R-081-tcp", "HostSNI(`*`)", ", entryPoints: [web, nope]"),
    ("R-181a", "HostSNI(`*`)", ", middlewares: [gone]"),
)


def udp(name: str, text: str) -> Case:
    """Return a case of udp routers."""
    return file_case(name, text, MANY_POINTS + API)


def tcp(name: str, services: str, more: str = "", middlewares: str = "") -> Case:
    """Return a case of one tcp router and the services it may use."""
    return file_case(
        name,
        f"tcp:\n  routers: {{r: {{rule: HostSNI(`*`), service: s{more}}}}}\n"
        f"  services: {{{services}}}\n" + (f"  middlewares: {{{middlewares}}}\n" if middlewares else ""),
    )


SERVER = "s: {loadBalancer: {servers: [{address: 'db:5432'}]}}"

CASES: tuple[Case, ...] = (
    *(tcp_rule_case(name, rule, more) for name, rule, more in RULES),
    file_case("R-128b", "tcp: {routers: {r: {rule: HostSNI(`*`)}}}"),
    file_case("R-128c", "tcp: {routers: {r: {service: s}}, services: {" + SERVER + "}}"),
    file_case("R-128d", "http: {routers: {r: {rule: Host(`a.shop`)}}}"),
    file_case(
        "R-131d",
        "tcp: {routers: {a: {rule: HostSNI(`a.shop`), service: s, tls: {options: o}}, "
        "b: {rule: HostSNI(`a.shop`), service: s, tls: {}}}, services: {" + SERVER + "}}\n"
        "tls: {options: {o: {minVersion: VersionTLS13}}}",
    ),
    udp(
        "R-130a",
        "udp: {routers: {a: {entryPoints: [dns], service: s}, b: {entryPoints: [dns], service: s}}, services: {"
        + SERVER
        + "}}",
    ),
    udp("R-130b", "udp: {routers: {a: {entryPoints: [dns], service: nope}}}"),
    udp("R-130c", "udp: {routers: {a: {entryPoints: [dns]}}}"),
    udp(
        "R-130d",
        "udp: {routers: {a: {entryPoints: [dns], service: w}}, services: {w: {weighted: {services: "
        "[{name: s, weight: 3}, {name: gone}]}}, " + SERVER + "}}",
    ),
    udp("R-130e", "udp: {routers: {a: {service: w}}, services: {w: {}, " + SERVER + "}}"),
    tcp("R-181b", SERVER, ", middlewares: [m]", "m: {ipAllowList: {sourceRange: [10.0.0.0/8]}}"),
    tcp("R-181c", SERVER, ", middlewares: [m]", "m: {ipAllowList: {sourceRange: [x]}}"),
    tcp("R-181d", SERVER, ", middlewares: [m]", "m: {ipAllowList: {sourceRange: []}}"),
    tcp("R-181e", SERVER, ", middlewares: [m, m]", "m: {inFlightConn: {amount: 2}}"),
    tcp(
        "R-181f",
        SERVER,
        ", middlewares: [m]",
        "m: {inFlightConn: {amount: 2}, ipWhiteList: {sourceRange: [10.0.0.1]}}",
    ),
    tcp("R-181g", SERVER, ", middlewares: [m]", "m: {ipWhiteList: {sourceRange: [10.0.0.1]}}"),
    tcp("R-212a", "s: {loadBalancer: {servers: [{address: db}]}}"),
    tcp("R-212b", "s: {loadBalancer: {servers: []}}"),
    tcp("R-212c", "s: {loadBalancer: {servers: [{url: 'db:5432'}]}}"),
    tcp(
        "R-212d",
        "s: {weighted: {services: [{name: a}, {name: gone}]}, loadBalancer: {servers: [{address: 'x:1'}]}}",
    ),
    tcp(
        "R-212e",
        "s: {weighted: {services: [{name: a, weight: 0}]}}, a: {loadBalancer: {servers: [{address: 'x:1'}]}}",
    ),
    tcp("R-212f", "s: {weighted: {services: [{name: gone}]}}"),
    tcp("R-212g", "s: {loadBalancer: {servers: [{address: 'db:5432', tls: true}], serversTransport: gone}}"),
    tcp(
        "R-212h",
        "s: {loadBalancer: {servers: [{address: 'db:5432'}], proxyProtocol: {version: 1}, terminationDelay: 5}}",
    ),
    tcp("R-200-tcp", "x: {loadBalancer: {servers: [{address: 'db:5432'}]}}"),
)
