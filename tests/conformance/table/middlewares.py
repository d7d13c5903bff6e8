"""R-160 to R-180: what is wrong with a middleware shows when a router uses it."""

from __future__ import annotations

from tests.conformance.harness.case import Case
from tests.conformance.worlds import SERVICE, file_case, middleware_case

#: Each middleware as a flow mapping; more middlewares may follow after a comma.
BODIES: tuple[tuple[str, str], ...] = (
    ("R-161a", "{addPrefix: {prefix: /x}, stripPrefix: {prefixes: [/y]}}"),
    ("R-161b", "{compress: false}"),
    ("R-164a", "{chain: {middlewares: []}}"),
    ("R-164b", "{chain: {middlewares: [nope]}}"),
    ("R-164c", "{chain: {middlewares: [n]}}, n: {chain: {middlewares: [m]}}"),
    ("R-164d", "{chain: {middlewares: [n, n@file]}}, n: {addPrefix: {prefix: /x}}"),
    ("R-164e", "{chain: {middlewares: [m]}}"),
    ("R-164f", "{chain: {middlewares: [n]}}, n: {chain: {middlewares: [o]}}, o: {addPrefix: {prefix: ''}}"),
    ("R-165a", "{stripPrefix: {prefixes: []}}"),
    ("R-165b", "{stripPrefix: {prefixes: [x], forceSlash: false}}"),
    ("R-166a", "{stripPrefixRegex: {regex: ['(']}}"),
    ("R-166b", "{stripPrefixRegex: {regex: ['/[a-z]+/']}}"),
    ("R-167a", "{addPrefix: {prefix: ''}}"),
    ("R-167b", "{addPrefix: {prefix: x}}"),
    ("R-168", "{replacePath: {path: n}}"),
    ("R-169a", "{replacePathRegex: {regex: '(', replacement: /x}}"),
    ("R-169b", "{replacePathRegex: {regex: '^/(.*)', replacement: /x/$1}}"),
    ("R-169c", "{replacePathRegex: {regex: '', replacement: /x}}"),
    ("R-170a", "{redirectScheme: {scheme: https, permanent: true, port: '8443'}}"),
    ("R-170b", "{redirectScheme: {port: '443'}}"),
    ("R-170c", "{redirectScheme: {scheme: gopher}}"),
    ("R-171a", "{redirectRegex: {regex: '^http://(.*)', replacement: 'https://${1}'}}"),
    ("R-171b", "{redirectRegex: {regex: '[', replacement: x}}"),
    ("R-172a", "{errors: {status: ['500-599', '404'], service: pots, query: '/{status}.html'}}"),
    ("R-172b", "{errors: {status: [foo], service: pots}}"),
    ("R-172c", "{errors: {status: ['500']}}"),
    ("R-172d", "{errors: {status: ['500'], service: gone}}"),
    ("R-172e", "{errors: {status: ['500'], service: pots, statusRewrites: {'404': 500, '500-503': 200}}}"),
    ("R-173a", "{basicAuth: {users: ['ann']}}"),
    ("R-173b", "{basicAuth: {users: []}}"),
    ("R-173c", "{basicAuth: {usersFile: /none/users}}"),
    ("R-173d", "{basicAuth: {users: ['ann:$2y$05$abc', 'bob:plain'], realm: shop, removeHeader: true}}"),
    ("R-173e", "{digestAuth: {users: ['u:x']}}"),
    ("R-173f", "{digestAuth: {users: ['u:realm:hash']}}"),
    ("R-173g", "{basicAuth: {users: 'ann:x,bob:y'}}"),
    (
        "R-174a",
        "{forwardAuth: {address: 'http://auth:4181', trustForwardHeader: true, maxResponseBodySize: 4096}}",
    ),
    ("R-174b", "{forwardAuth: {address: auth}}"),
    ("R-174c", "{forwardAuth: {address: 'http://auth', authResponseHeadersRegex: '['}}"),
    ("R-174d", "{forwardAuth: {address: 'http://auth', tls: {ca: /none, insecureSkipVerify: true}}}"),
    ("R-174e", "{forwardAuth: {authResponseHeaders: [X-A]}}"),
    ("R-175a", "{ipAllowList: {sourceRange: []}}"),
    ("R-175b", "{ipAllowList: {sourceRange: [x]}}"),
    ("R-175c", "{ipAllowList: {sourceRange: [10.0.0.0/8], rejectStatusCode: 99}}"),
    ("R-175d", "{ipAllowList: {sourceRange: [10.0.0.1], ipStrategy: {depth: 2, excludedIPs: [10.0.0.2]}}}"),
    ("R-175e", "{ipWhiteList: {sourceRange: [10.0.0.0/8]}}"),
    ("R-175f", "{ipAllowList: {sourceRange: [10.0.0.0/8], ipStrategy: {excludedIPs: [y]}}}"),
    ("R-175g", "{ipAllowList: {sourceRange: [10.0.0.0/8], ipStrategy: {depth: -1, ipv6Subnet: 200}}}"),
    ("R-176a", "{rateLimit: {average: 10, period: -1s}}"),
    ("R-176b", "{rateLimit: {average: -3}}"),
    ("R-176c", "{rateLimit: {average: 10, sourceCriterion: {requestHost: true, requestHeaderName: X}}}"),
    ("R-176d", "{inFlightReq: {amount: 5, sourceCriterion: {requestHost: true, ipStrategy: {depth: 1}}}}"),
    ("R-176e", "{inFlightReq: {amount: 5}}"),
    (
        "R-176f",
        "{rateLimit: {average: 10, burst: 5, period: 1m, sourceCriterion: {ipStrategy: {ipv6Subnet: 64}}}}",
    ),
    ("R-177a", "{headers: {stsSeconds: 10, customRequestHeaders: {Host: x, X-Gone: ''}, sslRedirect: true}}"),
    ("R-177b", "{headers: {accessControlAllowOriginListRegex: ['[']}}"),
    ("R-177c", "{headers: {frameDeny: true, accessControlAllowOriginList: ['*'], accessControlMaxAge: 5}}"),
    ("R-178a", "{circuitBreaker: {expression: 'NetworkErrorRatio() > 0.5'}}"),
    ("R-178b", "{circuitBreaker: {expression: 'Foo() > 1'}}"),
    ("R-178c", "{circuitBreaker: {expression: 'NetworkErrorRatio( > 1'}}"),
    (
        "R-178d",
        "{circuitBreaker: {expression: 'LatencyAtQuantileMS(50.0) > 100 && ResponseCodeRatio(500, 600, 0, 600) > 0.3'}}",  # noqa: E501
    ),
    ("R-178e", "{circuitBreaker: {expression: ''}}"),
    (
        "R-178f",
        "{buffering: {retryExpression: 'IsNetworkError() && Attempts() < 2', maxRequestBodyBytes: 100}}",
    ),
    ("R-178g", "{buffering: {retryExpression: 'Attempts('}}"),
    ("R-178u", "{buffering: {memRequestBodyBytes: -1}}"),
    ("R-178v", "{buffering: {maxRequestBodyBytes: -1, memResponseBodyBytes: -2}}"),
    ("R-178w", "{buffering: {memResponseBodyBytes: -2, maxResponseBodyBytes: -3}}"),
    ("R-178x", "{buffering: {maxResponseBodyBytes: -3, retryExpression: 'Attempts('}}"),
    ("R-161c", "{chain: {middlewares: [n]}, redirectScheme: {scheme: https}}"),
    ("R-161d", "{addPrefix: {prefix: /x}, chain: {middlewares: [n]}}"),
    ("R-161e", "{basicAuth: {users: ['ann:x']}, chain: {middlewares: [n]}}"),
    ("R-161f", "{buffering: {maxRequestBodyBytes: 1}, chain: {middlewares: [n]}}"),
    ("R-161g", "{chain: {middlewares: [n]}, circuitBreaker: {expression: 'NetworkErrorRatio() > 0.5'}}"),
    ("R-161h", "{chain: {middlewares: [n]}, errors: {status: ['500'], service: pots}}"),
    ("R-161i", "{addPrefix: {prefix: ''}, stripPrefixRegex: {regex: ['(']}}"),
    ("R-178h", "{retry: {attempts: 0}}"),
    ("R-178i", "{retry: {attempts: 3, initialInterval: 100ms}}"),
    ("R-178j", "{compress: {excludedContentTypes: [a/b], includedContentTypes: [c/d]}}"),
    ("R-178k", "{compress: {excludedContentTypes: ['/;']}}"),
    ("R-178l", "{compress: {encodings: [gzip, foo]}}"),
    ("R-178m", "{plugin: {foo: {bar: 1}}}"),
    ("R-178n", "{contentType: {autoDetect: true}}"),
    ("R-178o", "{compress: {}}"),
    ("R-178p", "{compress: {defaultEncoding: foo, minResponseBodyBytes: 1}}"),
    ("R-178q", "{contentType: {}}"),
    ("R-178r", "{grpcWeb: {allowOrigins: ['*']}}"),
    ("R-178s", "{passTLSClientCert: {pem: true, info: {notAfter: true, subject: {commonName: true}}}}"),
    (
        "R-178t",
        "{circuitBreaker: {expression: 'NetworkErrorRatio() > 0.5', checkPeriod: 1s, responseCode: 700}}",
    ),
    ("R-179a", "{stripPrefix: {}}"),
    ("R-179b", "{retry: {}}"),
    ("R-179c", "{headers: {}}"),
    ("R-179d", "{buffering: {}}"),
    ("R-179e", "{}"),
)


def used(name: str, routers: str, middlewares: str) -> Case:
    """Return a case of several routers and middlewares."""
    return file_case(name, f"http: {{routers: {{{routers}}}, middlewares: {{{middlewares}}}, {SERVICE}}}")


CASES: tuple[Case, ...] = (
    *(middleware_case(name, body) for name, body in BODIES),
    used("R-160a", "r: {rule: Host(`a.shop`), service: pots}", "m: {addPrefix: {prefix: ''}}"),
    used(
        "R-160b",
        "r: {rule: Host(`a.shop`), service: pots, middlewares: [m]}, s: {rule: Host(`b.shop`), "
        "service: pots, middlewares: [m, n]}",
        "m: {addPrefix: {prefix: ''}}, n: {addPrefix: {prefix: /n}}",
    ),
    used(
        "R-160c",
        "r: {rule: Host(`a.shop`), service: pots, middlewares: [gone, m, lost]}",
        "m: {addPrefix: {prefix: /m}}",
    ),
    used(
        "R-160d",
        "r: {rule: Host(`a.shop`), service: pots, middlewares: [m]}",
        "m: {stripPrefixRegex: {regex: ['(', '[']}}",
    ),
    used(
        "R-160e",
        "r: {rule: Host(`a.shop`), service: gone, middlewares: [gone]}",
        "m: {addPrefix: {prefix: /m}}",
    ),
    used(
        "R-162",
        "r: {rule: Host(`a.shop`), service: pots, middlewares: [m, n, m]}",
        "m: {addPrefix: {prefix: /m}}, n: {addPrefix: {prefix: /n}}",
    ),
    used(
        "R-065f",
        "r: {rule: Host(`a.shop`), service: pots, middlewares: ['m@docker', 'm@', '@file']}",
        "m: {addPrefix: {prefix: /m}}",
    ),
)
