"""R-080 to R-096: entry points, their models and redirections, and nested routers."""

from __future__ import annotations

from tests.conformance.harness.case import Case
from tests.conformance.worlds import (
    API,
    DOCKER,
    FILE,
    MANY_POINTS,
    POINTS,
    SERVICE,
    compose,
    container,
    file_case,
    kubernetes_case,
)

ROUTER = f"http: {{routers: {{r: {{rule: Host(`pots.shop`), service: pots}}}}, {SERVICE}}}\n"


def router(more: str) -> str:
    """Return a dynamic file with one router and further keys of it."""
    return f"http: {{routers: {{r: {{rule: Host(`pots.shop`), service: pots, {more}}}}}, {SERVICE}}}\n"


def points(web: str = "", websecure: str = "", rest: str = API) -> str:
    """Return a static configuration whose two entry points have further keys."""
    return (
        f'entryPoints:\n  web: {{address: ":80"{", " + web if web else ""}}}\n'
        f'  websecure: {{address: ":443"{", " + websecure if websecure else ""}}}\n{rest}'
    )


def nested(name: str, routers: str, where: str = POINTS + API) -> Case:
    """Return a case of nested routers."""
    return file_case(name, f"http:\n  routers:\n{routers}  {SERVICE}\n", where)


REDIRECT = "http: {redirections: {entryPoint: {to: websecure}}}"
LABEL = "traefik.http.routers.pots.rule=Host(`pots.shop`)"
BOTH = "providers: {docker: {}, file: {filename: /etc/traefik/dynamic/shop.yml}}\n"
ACME = "certificatesResolvers: {le: {acme: {email: a@b.test, httpChallenge: {entryPoint: %s}}}}\n"

CASES: tuple[Case, ...] = (
    file_case("R-080a", ROUTER, MANY_POINTS + API),
    file_case("R-080b", router("entryPoints: []"), MANY_POINTS + API),
    file_case("R-080c", ROUTER, points(websecure="asDefault: true")),
    file_case("R-080d", ROUTER, POINTS + '  traefik: {address: ":8080", asDefault: true}\n' + API),
    file_case("R-080e", ROUTER, POINTS + '  dns: {address: ":53/udp", asDefault: true}\n' + API),
    file_case(
        "R-080f",
        "udp: {routers: {u: {service: s}}, services: {s: {loadBalancer: {servers: [{address: 'd:53'}]}}}}",
        MANY_POINTS + API,
    ),
    file_case(
        "R-080g",
        "udp: {routers: {u: {service: s}}, services: {s: {loadBalancer: {servers: [{address: 'd:53'}]}}}}",
    ),
    file_case(
        "R-080h",
        "tcp: {routers: {t: {rule: HostSNI(`*`), service: s}}, "
        "services: {s: {loadBalancer: {servers: [{address: 'd:53'}]}}}}",
        MANY_POINTS + API,
    ),
    file_case("R-081a", router("entryPoints: [web, nope]")),
    file_case("R-081b", router("entryPoints: [nope]")),
    file_case("R-081c", router("entryPoints: [Web]")),
    file_case("R-081d", router("entryPoints: [dns]"), MANY_POINTS + API),
    file_case("R-081e", router("entryPoints: [nope, nix, web, nope]")),
    file_case(
        "R-081f",
        "udp: {routers: {u: {service: s, entryPoints: [web, dns]}}, "
        "services: {s: {loadBalancer: {servers: [{address: 'd:53'}]}}}}",
        MANY_POINTS + API,
    ),
    file_case(
        "R-081g",
        "tcp: {routers: {t: {rule: HostSNI(`*`), service: s, entryPoints: [dns, nope]}}, "
        "services: {s: {loadBalancer: {servers: [{address: 'd:53'}]}}}}",
        MANY_POINTS + API,
    ),
    file_case("R-082a", ROUTER, API),
    file_case("R-082b", ROUTER, "api: {insecure: true}\n"),
    file_case("R-082c", ROUTER, API + "ping: {}\n"),
    file_case("R-082d", ROUTER, 'entryPoints: {traefik: {address: ":8080"}}\n' + API),
    file_case("R-083a", ROUTER, points(websecure="http: {tls: {}}")),
    file_case("R-083b", router("entryPoints: [websecure]"), points(websecure="http: {tls: {}}")),
    file_case("R-083c", ROUTER, points("observability: {accessLogs: false}", "http: {tls: {}}")),
    file_case("R-083d", ROUTER, points("http: {middlewares: [m@file]}", "http: {tls: {certResolver: le}}")),
    file_case("R-083e", ROUTER, points("http: {encodedCharacters: {allowEncodedSlash: false}}")),
    file_case(
        "R-084a",
        "http: {routers: {r: {rule: Host(`a.shop`), service: pots, middlewares: [own]}}, middlewares: "
        f"{{first: {{addPrefix: {{prefix: /1}}}}, own: {{addPrefix: {{prefix: /2}}}}}}, {SERVICE}}}",
        points("http: {middlewares: [first]}"),
    ),
    file_case("R-084b", ROUTER, points("http: {middlewares: [nope@file]}")),
    file_case(
        "R-084c", ROUTER, points("http: {middlewares: [nope], redirections: {entryPoint: {to: websecure}}}")
    ),
    Case(
        "R-084d",
        static=points("http: {middlewares: [m]}") + BOTH,
        compose=compose(container("pots", [LABEL])),
        files={"shop.yml": "http: {middlewares: {m: {addPrefix: {prefix: /x}}}}"},
    ),
    file_case(
        "R-085a",
        router("tls: {certResolver: own}"),
        points(websecure="http: {tls: {certResolver: le, options: o}}"),
    ),
    file_case(
        "R-085b",
        ROUTER + "tls: {options: {o: {minVersion: VersionTLS12}}}\n",
        points(websecure="http: {tls: {options: o}}"),
    ),
    file_case(
        "R-085c",
        ROUTER,
        points(websecure="http: {tls: {options: o@file, domains: [{main: a.shop, sans: [b.shop]}]}}"),
    ),
    file_case("R-085d", router("tls: {}"), points(websecure="http: {tls: {certResolver: le}}")),
    file_case("R-087a", ROUTER, points(REDIRECT)),
    file_case("R-087b", ROUTER, points('http: {redirections: {entryPoint: {to: ":8443"}}}')),
    file_case(
        "R-087c",
        ROUTER,
        points(
            "http: {redirections: {entryPoint: {to: websecure, scheme: http, permanent: false, "
            "priority: 10}}}"
        ),
    ),
    file_case(
        "R-087d",
        ROUTER,
        'entryPoints: {Web_In: {address: ":80", http: {redirections: {entryPoint: '
        '{to: web-secure}}}}, web-secure: {address: ":8443"}}\n' + API,
    ),
    file_case("R-088a", ROUTER, points("http: {redirections: {entryPoint: {to: nope}}}")),
    file_case("R-088b", ROUTER, points("http: {redirections: {entryPoint: {scheme: https}}}")),
    file_case(
        "R-088c",
        ROUTER,
        points("http: {redirections: {entryPoint: {to: dns}}}", rest='  dns: {address: ":53/udp"}\n' + API),
    ),
    file_case(
        "R-089",
        ROUTER,
        'entryPoints: {web: {address: ":80", http: {redirections: {entryPoint: {to: secure}}}}, '
        'secure: {address: "0.0.0.0:9443/tcp"}}\n' + API,
    ),
    file_case("R-090a", ROUTER, points("http: {tls: {}, redirections: {entryPoint: {to: websecure}}}")),
    file_case(
        "R-090b",
        "http: {middlewares: {m: {addPrefix: {prefix: /x}}}}",
        points("http: {middlewares: [m@file], redirections: {entryPoint: {to: websecure}}}"),
    ),
    file_case("R-091a", ROUTER, points("allowACMEByPass: true, " + REDIRECT)),
    file_case("R-091b", ROUTER, points(REDIRECT) + ACME % "web"),
    file_case("R-091c", ROUTER, points("allowACMEByPass: true, " + REDIRECT) + ACME % "web"),
    file_case("R-092a", ROUTER, POINTS + "api: {insecure: true}\n"),
    file_case("R-092b", router("entryPoints: [traefik]"), POINTS + "api: {insecure: true}\nping: {}\n"),
    file_case(
        "R-092c", ROUTER, POINTS + "api: {insecure: true, dashboard: false}\nping: {entryPoint: web}\n"
    ),
    file_case("R-092d", ROUTER, POINTS + API + "metrics: {prometheus: {}}\nping: {manualRouting: true}\n"),
    file_case(
        "R-092e", router("middlewares: [dashboard_redirect@internal]"), POINTS + "api: {insecure: true}\n"
    ),
    file_case("R-093a", router("ruleSyntax: v2")),
    file_case("R-093b", router("ruleSyntax: v9")),
    file_case(
        "R-093c",
        "http: {routers: {r: {rule: 'Host(`a.shop`, `b.shop`)', service: pots}, "
        f"s: {{rule: Host(`c.shop`), service: pots, ruleSyntax: v3}}}}, {SERVICE}}}",
        POINTS + API + "core: {defaultRuleSyntax: v2}\n",
    ),
    Case(
        "R-093d",
        static=POINTS + API + DOCKER + "core: {defaultRuleSyntax: v2}\n",
        compose=compose(container("pots")),
    ),
    file_case(
        "R-095a",
        router("observability: {accessLogs: false}"),
        points("observability: {metrics: false, accessLogs: true}"),
    ),
    file_case("R-095b", router("observability: {traceVerbosity: detailed, tracing: false}")),
    file_case("R-096", ROUTER, POINTS + API + ACME % "nope"),
    nested(
        "R-094a",
        "    top: {rule: Host(`a.shop`)}\n    low: {rule: Path(`/x`), service: pots, parentRefs: [top]}\n",
    ),
    nested("R-094b", "    low: {rule: Path(`/x`), service: pots, parentRefs: [gone]}\n"),
    nested(
        "R-094c",
        "    top: {rule: Host(`a.shop`), service: pots}\n    low: {rule: Path(`/x`), service: pots, parentRefs: [top]}\n",  # noqa: E501
    ),
    nested(
        "R-094d",
        "    top: {rule: Host(`a.shop`)}\n    low: {rule: Path(`/x`), service: pots, parentRefs: [top], entryPoints: [web]}\n",  # noqa: E501
    ),
    nested(
        "R-094e",
        "    top: {rule: Host(`a.shop`)}\n    low: {rule: Path(`/x`), service: pots, parentRefs: [top], tls: {}}\n",
    ),
    nested(
        "R-094f",
        "    top: {rule: Host(`a.shop`)}\n    low: {rule: Path(`/x`), service: pots, parentRefs: [top], "
        "observability: {metrics: true}}\n",
    ),
    nested("R-094g", "    alone: {rule: Host(`a.shop`)}\n"),
    nested(
        "R-094h",
        "    a: {rule: Path(`/a`), service: pots, parentRefs: [b]}\n    b: {rule: Path(`/b`), parentRefs: [a]}\n",
    ),
    nested(
        "R-094i",
        "    top: {rule: Host(`a.shop`)}\n    mid: {rule: PathPrefix(`/x`), parentRefs: [top]}\n"
        "    low: {rule: Path(`/x/y`), service: pots, parentRefs: [mid, top]}\n",
        points(websecure="http: {tls: {}}"),
    ),
    nested(
        "R-094j",
        "    top: {rule: Host(`a.shop`), entryPoints: [nope]}\n    low: {rule: Path(`/x`), service: pots, parentRefs: [top]}\n",  # noqa: E501
    ),
    nested(
        "R-094k",
        "    top: {rule: Host(`a.shop`, middlewares: [gone]}\n    low: {rule: Path(`/x`), service: gone, parentRefs: [top@file]}\n".replace(  # noqa: E501
            "`a.shop`,", "`a.shop`),"
        ),
    ),
    Case(
        "R-251a",
        static='entryPoints: {Web: {address: ":80"}}\n' + API + FILE,
        files={"shop.yml": router("entryPoints: [web]")},
    ),
    kubernetes_case(
        "R-250",
        """
apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata: {name: pots}
spec: {entryPoints: [Web, web], routes: [{match: HOST(`A.shop`) && pathprefix(`/X`), services: [{name: pots, port: 80}]}]}
""",  # noqa: E501
        "apiVersion: v1\nkind: Service\nmetadata: {name: pots}\nspec: {ports: [{port: 80}]}\n",
    ),
)
