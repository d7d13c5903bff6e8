"""What Traefik refuses of middlewares (R-160 … R-181) and services (R-200 … R-214)."""

from __future__ import annotations

import pytest

from .worlds import world


@pytest.mark.parametrize(
    ("middleware", "error"),
    [
        ("addPrefix: {prefix: ''}", "prefix cannot be empty"),
        ("basicAuth: {users: [u]}", "error parsing BasicUser: u"),
        ("digestAuth: {users: ['u:x']}", "error parsing DigestUser: u:x"),
        ("basicAuth: {usersFile: /nope}", "open /nope: no such file or directory"),
        ("redirectScheme: {port: '443'}", "you must provide a target scheme"),
        ("redirectRegex: {regex: '('}", "error parsing regexp: missing closing ): `(`"),
        ("ipAllowList: {sourceRange: [x]}",
         "cannot parse CIDRs [x]: parsing CIDR trusted IPs <nil>: invalid CIDR address: x"),
        ("rateLimit: {average: 1, period: -1s}", "negative value not valid for period: -1s"),
        ("retry: {attempts: 0}", "incorrect (or empty) value for attempt (0)"),
        ("errors: {status: [foo], service: s}", 'strconv.Atoi: parsing "foo": invalid syntax'),
        ("errors: {status: ['500']}", 'the service "@file" does not exist'),
        ("circuitBreaker: {expression: 'Foo() > 1'}", "unsupported function: Foo"),
        ("circuitBreaker: {expression: 'NetworkErrorRatio() > 1'}", "expected int, got int"),
        ("buffering: {retryExpression: 'IsNetworkError('}", "1:16: expected ')', found 'EOF'"),
        ("compress: {encodings: [foo]}", "unsupported encoding: foo"),
        ("compress: {includedContentTypes: ['a b']}",
         "parsing included media type: mime: expected slash after first token"),
        ("headers: {frameDeny: false}", "headers configuration not valid"),
        ("chain: {middlewares: [m]}",
         "could not instantiate middleware m@file: recursion detected in middleware:m@file->middleware:m@file"),
        ("plugin: {foo: {a: b}}", "plugin: unknown plugin type: foo"),
        ("addPrefix: {prefix: /a}\n      compress: {}",
         ("cannot create middleware: multi-types middleware not supported,"
         " consider declaring two different pieces of middleware instead")),
        ("stripPrefix: {prefixes: []}", ""),
        ("chain: {middlewares: []}", ""),
    ],
)  # fmt: skip
def test_a_refused_middleware_disables_its_router(middleware: str, error: str) -> None:
    runtime = world(f"""
http:
  routers: {{r: {{rule: 'Path(`/`)', service: s, middlewares: [m], entryPoints: [web]}}}}
  services: {{s: {{loadBalancer: {{servers: [{{url: 'http://w'}}]}}}}}}
  middlewares:
    m:
      {middleware}
    unused: {{addPrefix: {{prefix: ''}}}}
""")
    errors = [error] if error else []
    assert runtime.middlewares["m@file"].errors == errors
    assert runtime.routers["r@file"].errors == errors
    assert runtime.middlewares["unused@file"].status == "enabled"  # nobody builds it


@pytest.mark.parametrize(
    ("service", "error"),
    [
        ("loadBalancer: {servers: [{url: 'http://w:x'}]}",
         'error parsing server URL http://w:x: parse "http://w:x": invalid port ":x" after host'),
        ("loadBalancer: {servers: [{url: 'http://w'}], serversTransport: nope}",
         "error building proxy for server URL http://w: getting RoundTripper: servers transport not found nope@file"),
        ("loadBalancer: {strategy: foo}", 'unsupported load-balancer strategy "foo"'),
        ("weighted: {services: [{name: nope}]}",
         'building HTTP service "nope": the service "nope@file" does not exist'),
        ("mirroring: {service: t, mirrors: [{name: t, percent: 101}]}", "percent must be between 0 and 100"),
        ("failover: {service: t, fallback: t}",
         "cannot register t as updater for s@file: healthCheck not enabled in config for this WRR service"),
        ("weighted: {services: [{name: 'api@internal'}], healthCheck: {}}", "api is not enabled"),
        ("loadBalancer: {servers: [{url: 'w:80'}]}", ""),
    ],
)  # fmt: skip
def test_a_refused_service_disables_its_router(service: str, error: str) -> None:
    runtime = world(f"""
http:
  routers: {{r: {{rule: 'Path(`/`)', service: s, entryPoints: [web]}}}}
  services:
    s: {{{service}}}
    t: {{loadBalancer: {{servers: [{{url: 'http://t'}}]}}}}
""")
    found = runtime.routers["r@file"].errors
    if "building HTTP service" in error or not error:
        assert found == ([error] if error else [])
    else:
        assert len(found) == 1
        assert found[0].endswith(error)


def test_deep_nesting_is_survived() -> None:
    chains = "\n".join(f"    m{n}: {{chain: {{middlewares: [m{n + 1}, m{n + 1}]}}}}" for n in range(2000))
    services = "\n".join(f"    s{n}: {{weighted: {{services: [{{name: s{n + 1}}}]}}}}" for n in range(2000))
    runtime = world(f"""
http:
  routers: {{r: {{rule: 'Path(`/`)', service: s0, middlewares: [m0], entryPoints: [web]}}}}
  services:
{services}
  middlewares:
{chains}
""")
    assert runtime.routers["r@file"].rule is not None
