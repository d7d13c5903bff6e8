"""S-…: static configurations that Traefik refuses, and what the others leave to be seen."""

from __future__ import annotations

from tests.conformance.harness.case import Case
from tests.conformance.worlds import API, FILE, POINTS, SERVICE, flags_case

GOOD = {"shop.yml": f"http: {{routers: {{r: {{rule: Host(`a.shop`), service: pots}}}}, {SERVICE}}}\n"}
FILE_FLAG = "--providers.file.filename=/etc/traefik/dynamic/shop.yml"
WEB = "--entrypoints.web.address=:80"
SECURE = "--entrypoints.websecure.address=:443"


def text(name: str, static: str) -> Case:
    """Return a case of a static file as it is, mounted by a Traefik service, so that its kind is known."""
    return Case(name, static=static, files=GOOD, compose="services:\n")


def more(name: str, keys: str) -> Case:
    """Return a case of the usual static file with further keys."""
    return text(name, POINTS + API + FILE + keys)


def flags(name: str, *each: str) -> Case:
    """Return a case of flags with one dynamic file."""
    return flags_case(name, FILE_FLAG, *each, files=GOOD)


CASES: tuple[Case, ...] = (
    text(
        "S-010",
        "ENTRYPOINTS: {web: {Address: ':80'}}\nAPI: {}\nproviders: {FILE: {fileName: /etc/traefik/dynamic/shop.yml}}\n",
    ),
    text("S-011a", "foo: bar\n"),
    text("S-011b", "{}\n"),
    text("S-011c", "# nothing\n"),
    text("S-011d", "http: {routers: {r: {rule: x}}}\n"),
    more("S-011e", "http: {routers: {x: {rule: Path(`/`)}}}\n"),
    more("S-011f", "log: {levl: DEBUG}\n"),
    text("S-011g", POINTS + FILE + "api: {insecur: true}\n"),
    more("S-011h", "tls: {options: {default: {}}}\n"),
    text("S-013a", "entryPoints: {web: }\n" + API),
    text("S-013b", "api: {}\nproviders: {docker: }\n"),
    text("S-013c", 'entryPoints: {web: {address: ":80"}, empty: {}}\n' + API + FILE),
    text("S-014a", "entryPoints: [web]\n" + API),
    text("S-015a", "entryPoints: {web: {address: ':80'}\n"),
    text("S-015b", "api: {}\nlog: {}\nlog: {}\n"),
    text("S-015c", "\tapi: {}\n"),
    text("S-016a", POINTS + "api: {}\nping: 'yes'\n" + FILE),
    text("S-016b", POINTS + "api: {}\nping: 'TRUE'\n" + FILE),
    text("S-016c", 'entryPoints: {web: {address: ":80", http: {tls: "on"}}}\n' + API + FILE),
    text("S-016d", 'entryPoints: {web: {address: ":80", http: {tls: "true"}}}\n' + API + FILE),
    text("S-017a", POINTS + "api: {insecure: 'T'}\n" + FILE),
    text("S-017b", POINTS + "api: {insecure: 'yes'}\n" + FILE),
    text("S-032a", 'entryPoints: {u: {address: ":80/foo"}}\n' + API),
    text("S-032b", 'entryPoints: {u: {address: ":80/TCP"}}\n' + API + FILE),
    text("S-033a", 'entryPoints: {u: {address: "80"}}\n' + API),
    text("S-033b", 'entryPoints: {u: {address: ":99999"}}\n' + API),
    text("S-034a", 'entryPoints: {a: {address: ":80"}, b: {address: ":80"}}\n' + API),
    text("S-034b", 'entryPoints: {a: {address: ":80"}, b: {address: ":80/udp"}}\n' + API + FILE),
    more("S-053", "global: {}\n".replace("global: {}", "experimental: {}")),
    text("S-053b", POINTS + API + "providers: {precedence: [file, nope]}\n"),
    text("S-055", POINTS + API + "providers: {knative: {}}\n"),
    more("S-060", "certificatesResolvers: {le: {acme: {storage: ''}}}\n"),
    more("S-061", "certificatesResolvers: {le: {acme: {storage: acme.json}}}\n"),
    more("S-069a", "certificatesResolvers: {le: {acme: {}, tailscale: {}}}\n"),
    more("S-069b", "certificatesResolvers: {le: {acme: {onHostRule: true}}}\n"),
    text("S-075a", POINTS + "api: {basePath: x}\n" + FILE),
    text("S-075b", POINTS + "api: {basePath: /x}\n" + FILE),
    more("S-076a", "ping: {entryPoint: nope}\n"),
    more("S-076b", "metrics: {prometheus: {entryPoint: nope}}\n"),
    more(
        "S-076c", "ping: {entryPoint: web}\nmetrics: {prometheus: {entryPoint: web, manualRouting: true}}\n"
    ),
    more("S-080", "pilot: {token: x}\n"),
    more("S-086", "experimental: {http3: true}\n"),
    text("S-081", POINTS + API + "providers: {docker: {swarmMode: true}}\n"),
    text("S-084a", POINTS + API + "providers: {marathon: {}}\n"),
    text("S-084b", POINTS + API + "providers: {rancher: {}}\n"),
    text("S-085", POINTS + API + "providers: {consulCatalog: {namespace: x}}\n"),
    text("S-082", POINTS + API + "providers: {redis: {tls: {caOptional: true}}}\n"),
    text("S-083", POINTS + API + "providers: {swarm: {tls: {caOptional: true}}}\n"),
    more("S-087a", "tracing: {jaeger: {}}\n"),
    more("S-087b", "tracing: {spanNameLimit: 3}\n"),
    more("S-088", "metrics: {influxDB: {address: x}}\n"),
    more("S-089", "hub: {}\n"),
    more("S-090", "experimental: {kubernetesGateway: true}\n"),
    more("S-092a", "core: {defaultRuleSyntax: v2}\n"),
    more("S-092b", "core: {defaultRuleSyntax: v9}\n"),
    text("S-040a", 'entryPoints: {web: {address: ":80", forwardedHeaders: {trustedIPs: [foo]}}}\n' + API),
    text("S-040b", 'entryPoints: {web: {address: ":80", proxyProtocol: {trustedIPs: [foo]}}}\n' + API),
    text(
        "S-041",
        'entryPoints: {web: {address: ":80", transport: {respondingTimeouts: {readTimeout: 42}}}}\n'
        + API
        + FILE,
    ),
    text(
        "S-027",
        'entryPoints: {web: {address: ":80", transport: {respondingTimeouts: {readTimeout: abc}}}}\n'
        + API
        + FILE,
    ),
    text("S-042a", 'entryPoints: {web: {address: ":80", underscoreHeadersStrategy: foo}}\n' + API),
    text("S-042b", 'entryPoints: {web: {address: ":80", http: {sanitizePath: false}}}\n' + API + FILE),
    text(
        "S-028", 'entryPoints: {web: {address: ":80", http: {middlewares: "a@file,b@file"}}}\n' + API + FILE
    ),
    text("S-039a", 'entryPoints: {web: {address: ":80", http: {middlewares: [x]}}}\n' + API + FILE),
    text("S-039b", 'entryPoints: {web: {address: ":80", http: {tls: {options: x}}}}\n' + API + FILE),
    text(
        "S-037a",
        'entryPoints: {web: {address: ":80", http: {redirections: {entryPoint: {to: web}}}}}\n' + API + FILE,
    ),
    text(
        "S-037b",
        'entryPoints: {web: {address: ":80", http: {redirections: {entryPoint: {to: ":x"}}}}}\n' + API + FILE,
    ),
    text("S-037c", 'entryPoints: {web: {address: ":80", http: {redirections: {}}}}\n' + API + FILE),
    flags("S-020a", "--ENTRYPOINTS.Web.Address=:80"),
    flags("S-020b", "-entrypoints.web.address=:80"),
    flags("S-020c", "--entryPoints.web.address=:80", "--entrypoints.Web.asdefault=true", SECURE),
    flags("S-021a", "--log.level", "DEBUG", WEB),
    flags("S-021b", WEB, "--ping", "false"),
    flags("S-022", WEB, "--ping"),
    flags("S-023a", WEB, "--foo=bar"),
    flags("S-023b", WEB, "--entrypoints.web.adress=:81"),
    flags("S-023c", WEB, "--api.insecure=maybe"),
    flags("S-023d", WEB, "--providers.file=true"),
    flags("S-023e", WEB, "--nope"),
    flags(
        "S-025a",
        WEB,
        "--entrypoints.web.http.tls.domains[0].main=a.shop",
        "--entrypoints.web.http.tls.domains[0].sans=b.shop,c.shop",
    ),
    flags("S-025b", WEB, "--entrypoints.web.http.middlewares=a@file,b@file"),
    flags(
        "S-030",
        WEB,
        SECURE,
        "--entrypoints.web.http.redirections.entrypoint.to=websecure",
        "--entrypoints.web.http.redirections.entrypoint.scheme=https",
    ),
    flags("S-035", "--api.insecure=true"),
    flags("S-036", WEB, SECURE, "--entrypoints.websecure.asdefault"),
    flags("S-088-flag", WEB, "--metrics.influxdb.address=x"),
    flags("S-089-flag", WEB, "--hub"),
    flags("S-095a", WEB, "--defaultentrypoints=http"),
    flags("S-095b", "--entryPoints=Name:http Address::80"),
    flags("S-024", WEB, "entrypoints"),
)
