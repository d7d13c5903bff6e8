"""R-200 to R-214: http services."""

from __future__ import annotations

from tests.conformance.harness.case import Case
from tests.conformance.worlds import file_case

A = "a: {loadBalancer: {servers: [{url: 'http://a:80'}]}}"
B = "b: {loadBalancer: {servers: [{url: 'http://b:80'}], healthCheck: {path: /up}}}"
C = "c: {loadBalancer: {servers: [{url: 'http://c:80'}], healthCheck: {path: /up}}}"


def service(name: str, services: str, target: str = "s", more: str = "") -> Case:
    """Return a case of one router and the services it may reach."""
    return file_case(
        name,
        f"http:\n  routers: {{r: {{rule: Host(`a.shop`), service: {target}}}}}\n"
        f"  services: {{{services}}}\n{more}",
    )


def balancer(name: str, keys: str, more: str = "") -> Case:
    """Return a case of one load balancer."""
    return service(name, f"s: {{loadBalancer: {{{keys}}}}}", more=more)


URL = "servers: [{url: 'http://w:80'}]"

CASES: tuple[Case, ...] = (
    service("R-200a", A),
    service("R-200b", A, "api@internal"),
    service("R-200c", A, "x@internal"),
    service("R-200d", A, "noop@internal"),
    service("R-200e", A, "dashboard@internal"),
    service("R-200f", A, "a@docker"),
    service("R-200g", A, "ping@internal"),
    service("R-200h", A, "rest"),
    service("R-200i", A, "''"),
    service("R-201a", f"{A}, s: {{}}"),
    service("R-201b", f"{A}, s: {{weighted: {{services: [{{name: a}}]}}, loadBalancer: {{{URL}}}}}"),
    service("R-202", f"{A}, broken: {{loadBalancer: {{servers: [{{url: 'http://w:x'}}]}}}}", "a"),
    balancer("R-203a", "servers: []"),
    balancer("R-203b", "passHostHeader: false"),
    service("R-203c", f"{A}, s: {{weighted: {{services: [{{name: a, weight: 0}}]}}}}"),
    service("R-203d", f"{A}, s: {{weighted: {{services: []}}}}"),
    balancer("R-204a", "servers: [{url: 'w:80'}]"),
    balancer("R-204b", "servers: [{url: //w}]"),
    balancer("R-204c", "servers: [{url: 'ftp://w'}]"),
    balancer("R-204d", "servers: [{url: ''}]"),
    balancer("R-204e", "servers: [{url: 'http://w:x'}]"),
    balancer("R-204f", "servers: [{url: 'http://w', port: '80'}]"),
    balancer("R-204g", "servers: [{url: 'http://w', scheme: https, weight: 3}]"),
    balancer("R-204h", "servers: [{url: 'http://[::1'}]"),
    balancer("R-204i", "servers: [{url: 'http://a b'}]"),
    balancer("R-204j", "servers: [{url: ':foo'}]"),
    balancer("R-204k", "servers: [{url: 'http://w/%zz'}]"),
    balancer("R-204l", "servers: [{}]"),
    balancer("R-204m", "servers: [{url: 'http://w'}, {url: 'http://w'}]"),
    balancer("R-205a", "servers: [{url: 'http://w/base?x=1'}]"),
    balancer("R-205b", "servers: [{url: 'http://w/base', preservePath: true}]"),
    balancer("R-206", f"passHostHeader: false, {URL}"),
    service("R-207a", f"{A}, s: {{weighted: {{services: [{{name: a}}, {{name: nope, weight: 2}}]}}}}"),
    service("R-207b", "s: {weighted: {services: [{name: s}]}}"),
    service("R-207c", f"{A}, s: {{mirroring: {{service: a, mirrors: [{{name: a, percent: 101}}]}}}}"),
    service("R-207d", f"{A}, s: {{mirroring: {{service: a, mirrors: [{{name: nope, percent: 10}}]}}}}"),
    service("R-207e", f"{A}, s: {{mirroring: {{service: nope, mirrors: []}}}}"),
    service("R-207f", f"{A}, {B}, s: {{failover: {{service: a, fallback: b}}}}"),
    service("R-207g", f"{B}, {C}, s: {{failover: {{service: b, fallback: c}}}}"),
    service("R-207h", f"{B}, s: {{failover: {{service: b}}}}"),
    service("R-207i", f"{B}, {C}, s: {{failover: {{service: b, fallback: c, healthCheck: {{}}}}}}"),
    service("R-207j", f"{A}, s: {{weighted: {{healthCheck: {{}}, services: [{{name: a}}]}}}}"),
    service(
        "R-207k",
        f"{B}, {C}, s: {{weighted: {{healthCheck: {{}}, services: [{{name: b, weight: 3}}, {{name: c}}]}}}}",
    ),
    service(
        "R-207l",
        f"{A}, s: {{mirroring: {{service: a, maxBodySize: 5, mirrorBody: false, mirrors: [{{name: a, percent: 10}}]}}}}",  # noqa: E501
    ),
    service("R-207m", f"{A}, s: {{weighted: {{sticky: {{cookie: {{name: c}}}}, services: [{{name: a}}]}}}}"),
    service("R-207n", f"{A}, s: {{weighted: {{services: [{{name: t}}]}}}}, t: {{mirroring: {{service: s}}}}"),
    service("R-207o", f"{A}, s: {{highestRandomWeight: {{services: [{{name: a, weight: 2}}]}}}}"),
    balancer("R-208a", f"healthCheck: {{path: /up, interval: 0s}}, {URL}"),
    balancer("R-208b", f"healthCheck: {{interval: 5, timeout: 10s}}, {URL}"),
    balancer(
        "R-208c",
        f"healthCheck: {{path: 'http://x/y', mode: foo, port: 99999, status: 1, method: x, scheme: q}}, {URL}",
    ),
    balancer("R-208d", f"healthCheck: {{path: /up, interval: ten}}, {URL}"),
    balancer(
        "R-208e",
        f"healthCheck: {{path: /up, headers: {{X-A: b}}, followRedirects: false, hostname: h}}, {URL}",
    ),
    balancer("R-209a", f"serversTransport: nope, {URL}"),
    balancer(
        "R-209b", f"serversTransport: t, {URL}", "  serversTransports: {t: {insecureSkipVerify: true}}\n"
    ),
    balancer(
        "R-209c", f"serversTransport: t@file, {URL}", "  serversTransports: {t: {rootCAs: [/none.pem]}}\n"
    ),
    balancer("R-209d", "serversTransport: nope, servers: []"),
    balancer("R-209e", f"serversTransport: t, {URL}", "  serversTransports: {t: {spiffe: {ids: [x]}}}\n"),
    balancer("R-210a", f"strategy: p2c, {URL}"),
    balancer("R-210b", f"strategy: foo, {URL}"),
    balancer("R-210c", f"strategy: hrw, {URL}"),
    balancer("R-210d", f"strategy: leasttime, {URL}"),
    balancer("R-210e", f"strategy: '', {URL}"),
    balancer("R-211a", f"sticky: {{cookie: {{}}}}, {URL}"),
    balancer("R-211b", f"sticky: {{}}, {URL}"),
    balancer(
        "R-211c",
        f"sticky: {{cookie: {{name: c, sameSite: foo, maxAge: -1, path: /p, domain: d, secure: true, httpOnly: true}}}}, {URL}",  # noqa: E501
    ),
    service(
        "R-214a",
        "s: {loadBalancer: {" + URL + "}, middlewares: [m]}",
        more="  middlewares: {m: {addPrefix: {prefix: /x}}}\n",
    ),
    service("R-214b", "s: {loadBalancer: {" + URL + "}, middlewares: [gone]}"),
    balancer("R-205c", f"responseForwarding: {{flushInterval: 1s}}, {URL}"),
    balancer("R-205d", f"passiveHealthCheck: {{failureWindow: 10s, maxFailedAttempts: 3}}, {URL}"),
)
