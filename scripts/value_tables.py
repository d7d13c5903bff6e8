"""Tables beside the options: known values, what Traefik does with other ones, and what changed between releases."""

from __future__ import annotations

from typing import Any, TypeAlias

Json: TypeAlias = "dict[str, Any]"
MINORS = ["2.11", "3.0", "3.1", "3.2", "3.3", "3.4", "3.5", "3.6", "3.7"]

#: Lists of values: our name for the topic, and the one in the table of facts.
TOPICS = {
    "tlsVersions": "tls_versions", "cipherSuites": "cipher_suites", "curves": "curves",
    "strategies": "loadbalancer_strategies", "traceVerbosity": "trace_verbosity", "encodings": "compress_encodings",
    "providers": "provider_names_precedence", "accessLogFormats": "accesslog_formats",
}  # fmt: skip
#: Small lists that never changed.
FIXED = {
    "clientAuthTypes": [
        "NoClientCert", "RequestClientCert", "RequireAnyClientCert", "VerifyClientCertIfGiven",
        "RequireAndVerifyClientCert",
    ],
    "sameSite": ["none", "lax", "strict"],
    "healthCheckModes": ["http", "grpc"],
    "schemes": ["http", "https"],
    "serverSchemes": ["http", "https", "h2c"],
    "ruleSyntaxes": ["v2", "v3"],
    "logLevels": ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL", "PANIC", "DISABLED"],
    "logFormats": ["common", "json"],
    "keepDrop": ["keep", "drop"],
    "keepDropRedact": ["keep", "drop", "redact"],
    "headerStrategies": ["keep", "delete", "reject"],
    "keyTypes": ["EC256", "EC384", "RSA2048", "RSA4096", "RSA8192"],
}  # fmt: skip

#: What a value must look like, and what Traefik does when it does not (`reaction`):
#: refuse = it does not start; disable = router, middleware or service in error; drop = the thing is left out;
#: ignore = it goes on as if nothing, or something else, had been written. `text` is Traefik's error, with `{value}`.
#: `effect` says in our words what happens where Traefik says nothing.
CHECKS: list[Json] = [
    # TLS options
    {"scope": "dynamic", "path": "tls.options.*.minVersion", "topic": "tlsVersions", "reaction": "ignore",
     "effect": "Go's default minimum, TLS 1.2, stays"},
    {"scope": "dynamic", "path": "tls.options.*.maxVersion", "topic": "tlsVersions", "reaction": "ignore",
     "effect": "there is no maximum"},
    {"scope": "dynamic", "path": "tls.options.*.cipherSuites[]", "topic": "cipherSuites", "reaction": "disable",
     "text": "invalid CipherSuite: {value}", "effect": "every router that uses the options is disabled"},
    {"scope": "dynamic", "path": "tls.options.*.curvePreferences[]", "topic": "curves", "reaction": "disable",
     "text": "invalid CurveID in curvePreferences: {value}",
     "effect": "every router that uses the options is disabled"},
    {"scope": "dynamic", "path": "tls.options.*.clientAuth.clientAuthType", "topic": "clientAuthTypes",
     "reaction": "disable", "text": 'unknown client auth type "{value}"', "empty": True,
     "effect": "every router that uses the options is disabled"},
    {"scope": "dynamic", "path": "http.serversTransports.*.minVersion", "topic": "tlsVersions", "reaction": "ignore",
     "effect": "Go's default minimum stays"},
    {"scope": "dynamic", "path": "http.serversTransports.*.maxVersion", "topic": "tlsVersions", "reaction": "ignore",
     "effect": "there is no maximum"},
    # services
    {"scope": "dynamic", "path": "http.services.*.loadBalancer.strategy", "topic": "strategies", "reaction": "disable",
     "text": 'unsupported load-balancer strategy "{value}"', "empty": True,
     "effect": "the service and its routers are disabled"},
    {"scope": "dynamic", "path": "http.services.*.loadBalancer.sticky.cookie.sameSite", "topic": "sameSite",
     "fold": True, "reaction": "ignore", "empty": True, "effect": "the cookie has no SameSite attribute"},
    {"scope": "dynamic", "path": "http.services.*.weighted.sticky.cookie.sameSite", "topic": "sameSite",
     "fold": True, "reaction": "ignore", "empty": True, "effect": "the cookie has no SameSite attribute"},
    {"scope": "dynamic", "path": "http.services.*.loadBalancer.healthCheck.mode", "topic": "healthCheckModes",
     "reaction": "ignore", "empty": True, "effect": "the check is done over HTTP"},
    {"scope": "dynamic", "path": "http.services.*.loadBalancer.healthCheck.scheme", "topic": "schemes",
     "reaction": "ignore", "empty": True, "effect": "every health check fails, so no server is used"},
    {"scope": "dynamic", "path": "http.services.*.loadBalancer.healthCheck.method", "form": "token",
     "reaction": "ignore", "empty": True, "effect": "every health check fails, so no server is used"},
    # middlewares
    {"scope": "dynamic", "path": "http.middlewares.*.compress.encodings[]", "topic": "encodings", "reaction": "disable",
     "text": "unsupported encoding: {value}", "since": "3.2.0"},
    {"scope": "dynamic", "path": "http.middlewares.*.compress.defaultEncoding", "topic": "encodings",
     "reaction": "disable", "text": "unsupported default encoding: {value}", "empty": True, "since": "3.2.0"},
    {"scope": "dynamic", "path": "http.middlewares.*.compress.excludedContentTypes[]", "form": "media-type",
     "reaction": "disable", "text": "parsing excluded media type: mime: expected slash after first token"},
    {"scope": "dynamic", "path": "http.middlewares.*.compress.includedContentTypes[]", "form": "media-type",
     "reaction": "disable", "text": "parsing included media type: mime: expected slash after first token"},
    {"scope": "dynamic", "path": "http.middlewares.*.redirectScheme.scheme", "topic": "schemes", "reaction": "ignore",
     "fold": True, "empty": True, "effect": "clients are sent to URLs with this scheme, which browsers do not open"},
    {"scope": "dynamic", "path": "http.middlewares.*.redirectScheme.port", "form": "port", "reaction": "ignore",
     "empty": True, "effect": "clients are sent to URLs with this port, which they can't open"},
    {"scope": "dynamic", "path": "http.middlewares.*.errors.status[]", "form": "status-range", "reaction": "disable"},
    {"scope": "dynamic", "path": "http.middlewares.*.retry.status[]", "form": "status-range", "reaction": "disable",
     "text": "creating HTTP code ranges: {reason}"},
    {"scope": "dynamic", "path": "http.services.*.failover.errors.status[]", "form": "status-range",
     "reaction": "disable"},
    {"scope": "dynamic", "path": "http.middlewares.*.retry.attempts", "form": "at-least-1", "reaction": "disable",
     "text": "incorrect (or empty) value for attempt ({value})"},
    {"scope": "dynamic", "path": "http.middlewares.*.rateLimit.period", "form": "not-negative", "reaction": "disable",
     "text": "negative value not valid for period: {value}"},
    {"scope": "dynamic", "path": "http.middlewares.*.addPrefix.prefix", "form": "not-empty", "reaction": "disable",
     "text": "prefix cannot be empty"},
    *({"scope": "dynamic", "path": f"http.middlewares.*.{name}.sourceRange[]", "form": "cidr", "reaction": "disable",
       "text": "cannot parse CIDRs [{value}]: parsing CIDR trusted IPs <nil>: invalid CIDR address: {value}"}
      for name in ("ipAllowList", "ipWhiteList")),
    *({"scope": "dynamic", "path": f"tcp.middlewares.*.{name}.sourceRange[]", "form": "cidr", "reaction": "disable",
       "text": "cannot parse CIDRs [{value}]: parsing CIDR trusted IPs <nil>: invalid CIDR address: {value}"}
      for name in ("ipAllowList", "ipWhiteList")),
    {"scope": "dynamic", "path": "http.middlewares.*.ipAllowList.rejectStatusCode", "form": "status",
     "reaction": "disable", "text": "invalid HTTP status code {value}", "since": "3.1.0"},
    *({"scope": "dynamic", "path": f"http.middlewares.*.{place}.excludedIPs[]", "form": "cidr", "reaction": "disable",
       "text": f"{prefix}parsing CIDR trusted IPs <nil>: invalid CIDR address: {{value}}"}
      for place, prefix in (
          ("ipAllowList.ipStrategy", ""), ("ipWhiteList.ipStrategy", ""),
          ("rateLimit.sourceCriterion.ipStrategy", ""), ("inFlightReq.sourceCriterion.ipStrategy", ""))),
    *({"scope": "dynamic", "path": f"http.middlewares.*.{place}.ipv6Subnet", "form": "ipv6-subnet",
       "reaction": "disable",
       "text": "invalid IPv6 subnet {value} value, should be greater to 0 and lower or equal to 128"}
      for place in ("ipAllowList.ipStrategy", "ipWhiteList.ipStrategy", "rateLimit.sourceCriterion.ipStrategy",
                    "inFlightReq.sourceCriterion.ipStrategy")),
    *({"scope": "dynamic", "path": f"http.middlewares.*.headers.{name}.*", "form": "header-name", "reaction": "ignore",
       "effect": "no HTTP message can carry such a header, so it is not sent"}
      for name in ("customRequestHeaders", "customResponseHeaders")),
    # routers
    {"scope": "dynamic", "path": "http.routers.*.ruleSyntax", "topic": "ruleSyntaxes", "reaction": "ignore",
     "empty": True, "effect": "the rule is read in the default syntax"},
    {"scope": "dynamic", "path": "tcp.routers.*.ruleSyntax", "topic": "ruleSyntaxes", "reaction": "ignore",
     "empty": True, "effect": "the rule is read in the default syntax"},
    {"scope": "dynamic", "path": "http.routers.*.observability.traceVerbosity", "topic": "traceVerbosity",
     "reaction": "ignore", "empty": True, "effect": "traces are minimal"},
    # static configuration
    {"scope": "static", "path": "log.level", "topic": "logLevels", "fold": True, "reaction": "ignore",
     "text": "Unspecified or invalid log level, setting the level to default (ERROR)...", "empty": True,
     "effect": "the level is ERROR"},
    {"scope": "static", "path": "log.format", "topic": "logFormats", "reaction": "ignore", "empty": True,
     "effect": "the format is common"},
    {"scope": "static", "path": "accessLog.format", "topic": "accessLogFormats", "reaction": "ignore",
     "text": 'Unsupported access log format: "{value}", defaulting to common format instead.',
     "effect": "the format is common"},
    {"scope": "static", "path": "accessLog.filters.statusCodes[]", "form": "status-range", "reaction": "ignore",
     "text": "Failed to create new HTTP code ranges", "effect": "the filter does not work"},
    {"scope": "static", "path": "accessLog.fields.defaultMode", "topic": "keepDrop", "reaction": "ignore",
     "empty": True, "effect": "fields are kept"},
    {"scope": "static", "path": "accessLog.fields.names.*", "topic": "keepDrop", "reaction": "ignore",
     "empty": True, "effect": "the field follows the default mode"},
    {"scope": "static", "path": "accessLog.fields.headers.defaultMode", "topic": "keepDropRedact",
     "reaction": "ignore", "empty": True, "effect": "headers are dropped"},
    {"scope": "static", "path": "accessLog.fields.headers.names.*", "topic": "keepDropRedact", "reaction": "ignore",
     "empty": True, "effect": "the header follows the default mode"},
    {"scope": "static", "path": "accessLog.fields.queryParameters.defaultMode", "topic": "keepDropRedact",
     "reaction": "ignore", "empty": True, "effect": "the default mode does not apply"},
    {"scope": "static", "path": "core.defaultRuleSyntax", "topic": "ruleSyntaxes", "reaction": "refuse",
     "text": 'unsupported default rule syntax configuration: "{value}"', "empty": True},
    {"scope": "static", "path": "providers.precedence[]", "topic": "providers", "fold": True, "reaction": "refuse",
     "text": 'provider "{value}" is not a valid provider name'},
    {"scope": "static", "path": "entryPoints.*.http.underscoreHeadersStrategy", "topic": "headerStrategies",
     "reaction": "refuse", "empty": True,
     "text": 'creating HTTP server: invalid underscoreHeadersStrategy value "{value}"'},
    {"scope": "static", "path": "entryPoints.*.http.aliasHeadersStrategy", "topic": "headerStrategies",
     "reaction": "refuse", "empty": True, "text": 'creating HTTP server: invalid aliasHeadersStrategy value "{value}"'},
    {"scope": "static", "path": "entryPoints.*.forwardedHeaders.trustedIPs[]", "form": "cidr", "reaction": "refuse",
     "text": "creating HTTP server: parsing CIDR trusted IPs <nil>: invalid CIDR address: {value}"},
    {"scope": "static", "path": "entryPoints.*.proxyProtocol.trustedIPs[]", "form": "cidr", "reaction": "refuse",
     "text": "building listener: error creating proxy protocol listener: parsing CIDR trusted IPs <nil>: "
             "invalid CIDR address: {value}"},
    {"scope": "static", "path": "entryPoints.*.observability.traceVerbosity", "topic": "traceVerbosity",
     "reaction": "ignore", "empty": True, "effect": "traces are minimal"},
    {"scope": "static", "path": "entryPoints.*.http.redirections.entryPoint.scheme", "topic": "schemes",
     "reaction": "ignore", "fold": True, "empty": True,
     "effect": "clients are sent to URLs with this scheme, which browsers do not open"},
    {"scope": "static", "path": "api.basePath", "form": "base-path", "reaction": "refuse",
     "text": "API basePath must be a valid absolute URL path"},
    {"scope": "static", "path": "certificatesResolvers.*.acme.keyType", "topic": "keyTypes", "reaction": "ignore",
     "empty": True, "effect": "the key type is RSA4096"},
    {"scope": "static", "path": "certificatesResolvers.*.acme.dnsChallenge.provider", "topic": "dnsProviders",
     "reaction": "drop", "effect": "no certificate is ever obtained"},
    {"scope": "static", "path": "certificatesResolvers.*.acme.storage", "form": "not-empty", "reaction": "refuse",
     "text": "no storage location for the certificates"},
]  # fmt: skip


def windows(versions: list[str]) -> list[list[str | None]]:
    """Minors to half-open ranges of releases; empty when all minors have it."""
    if versions == MINORS:
        return []
    found: list[list[str | None]] = []
    for index, minor in enumerate(MINORS):
        if minor in versions:
            end = f"{MINORS[index + 1]}.0" if index + 1 < len(MINORS) else None
            if found and found[-1][1] == f"{minor}.0":
                found[-1][1] = end
            else:
                found.append([f"{minor}.0", end])
    return found


def enums_table(facts: Json, dynamic: Json) -> Json:
    """Known values by topic, the checks, annotations and the labels that providers read."""
    values: Json = {
        ours: {row["value"]: windows(row["versions"]) for row in facts[theirs]}
        for ours, theirs in TOPICS.items()
    }
    values.update({topic: {item: [] for item in items} for topic, items in FIXED.items()})
    # A code and its alias may take turns over the releases; either works in all of them.
    minors: dict[str, set[str]] = {"manual": set(MINORS)}
    for row in facts["dns_provider_codes"]:
        for code in (row["code"], *row["aliases"]):
            minors.setdefault(code, set()).update(row["versions"])
    values["dnsProviders"] = {
        code: windows(sorted(found, key=MINORS.index)) for code, found in sorted(minors.items())
    }
    return {
        "values": values,
        "checks": CHECKS,
        "httpMethods": facts["http_methods"],
        "forwardedHeaders": facts["forwarded_headers"],
        "matchers": [
            {
                "syntax": row["syntax"], "name": row["name"], "arguments": row["args"],
                "windows": windows(row["versions"]),
            }
            for row in facts["matchers"]
        ],
        "ingressAnnotations": {
            row["annotation"]: {
                "type": row["type"], "allowEmpty": row["allow_empty"], "windows": windows(row["versions"]),
                **({"enum": row["enum"]} if row["enum"] else {}),
            }
            for row in facts["ingress_annotations"]
        },
        "ingressNginxAnnotations": {
            row["value"]: windows(row["versions"]) for row in facts["ingress_nginx_annotations"]
        },
        "providerLabels": provider_labels(dynamic["provider_labels"]),
    }  # fmt: skip


#: Which roots a provider's own label filter lets through (R-025).
PROVIDER_ROOTS = {
    "docker": ("enable", "docker"), "swarm": ("enable", "docker", "swarm"),
    "consulcatalog": ("enable", "consulcatalog"), "ecs": ("enable",), "nomad": ("enable", "nomad"),
}  # fmt: skip
SPELLING = {"allownonrunning": "allowNonRunning", "lbswarm": "lbSwarm", "ipaddressidx": "ipAddressIdx"}


def provider_labels(rows: list[Json]) -> Json:
    """The labels beside the dynamic configuration, by provider."""
    roots: Json = {}
    for row in rows:
        path = str(row["path"]).split(".")[1:]
        root = roots.setdefault(path[0], {"type": ["object", "null"], "properties": {}})
        about: Json = {"since": row["since"]}
        ranges = windows(row["versions"])
        if ranges:
            first = next(iter((row.get("added_in_patch") or {}).values()), None)
            if first:
                ranges[0][0] = first
            about["windows"] = ranges
        if row["type"] == "object":
            root["x-traefik"] = about
        elif len(path) == 1:
            roots[path[0]] = {"$ref": f"#/$defs/{row['type']}", "x-traefik": about}
        else:
            root["properties"][SPELLING.get(path[1], path[1])] = {
                "$ref": f"#/$defs/{row['type']}",
                "x-traefik": about,
            }
    return {name: {key: roots[key] for key in keys} for name, keys in PROVIDER_ROOTS.items()}


# --- changes ---------------------------------------------------------------------------------------------------

#: Version 1's static keys and what took their place.
STATIC_V1 = {
    "logLevel": "log.level", "debug": "log.level", "traefikLog": "log", "accessLogsFile": "accessLog.filePath",
    "docker": "providers.docker", "file": "providers.file", "kubernetes": "providers.kubernetesIngress",
    "consulCatalog": "providers.consulCatalog", "ecs": "providers.ecs", "rest": "providers.rest",
    "consul": "providers.consul", "etcd": "providers.etcd", "zookeeper": "providers.zooKeeper",
    "marathon": "", "rancher": "", "mesos": "", "eureka": "", "boltdb": "", "dynamodb": "", "servicefabric": "",
    "defaultEntryPoints": "entryPoints.<name>.asDefault", "acme": "certificatesResolvers.<name>.acme",
    "web": "api", "insecureSkipVerify": "serversTransport.insecureSkipVerify", "rootCAs": "serversTransport.rootCAs",
    "maxIdleConnsPerHost": "serversTransport.maxIdleConnsPerHost",
    "forwardingTimeouts": "serversTransport.forwardingTimeouts",
    "respondingTimeouts": "entryPoints.<name>.transport.respondingTimeouts",
    "lifeCycle": "entryPoints.<name>.transport.lifeCycle",
    "graceTimeOut": "entryPoints.<name>.transport.lifeCycle.graceTimeOut",
    "idleTimeout": "entryPoints.<name>.transport.respondingTimeouts.idleTimeout",
    "checkNewVersion": "global.checkNewVersion", "sendAnonymousUsage": "global.sendAnonymousUsage",
    "retry": "http.middlewares.<name>.retry", "keepTrailingSlash": "", "allowMinWeightZero": "", "healthCheck": "",
    "cluster": "", "constraints": "", "frontends": "http.routers", "backends": "http.services",
}  # fmt: skip
#: Version 1's keys of an entry point.
ENTRY_POINT_V1 = {
    "redirect": "entryPoints.<name>.http.redirections", "tls": "tls.options and tls.certificates in a dynamic file",
    "auth": "a basicAuth, digestAuth or forwardAuth middleware", "whiteList": "an ipAllowList middleware",
}  # fmt: skip

#: What behaves otherwise although it is written the same. `versions` are the first releases that do.
BEHAVIOUR: list[Json] = [
    {"name": "internal-resources-hidden", "versions": ["3.0.0"],
     "paths": ["accessLog.addInternals", "metrics.addInternals", "tracing.addInternals"],
     "text": "requests to Traefik's own services no longer appear in access logs, metrics and traces "
             "unless addInternals is set"},
    {"name": "content-type-detection", "versions": ["3.0.0"], "paths": ["http.middlewares.*.contentType"],
     "text": "Traefik no longer guesses a missing Content-Type unless a contentType middleware is attached"},
    {"name": "sanitized-paths", "versions": ["2.11.24", "3.3.6"], "paths": ["entryPoints.*.http.sanitizePath"],
     "text": "dot segments and doubled slashes are taken out of the path before a router is chosen"},
    {"name": "encoded-characters-refused", "versions": ["2.11.32", "3.6.4"], "until": ["2.11.35", "3.6.7"],
     "paths": ["entryPoints.*.http.encodedCharacters"],
     "text": "paths with encoded slashes, percent signs and the like are answered with 400 unless allowed"},
    {"name": "health-check-path-relative", "versions": ["3.6.8"],
     "paths": ["http.services.*.loadBalancer.healthCheck.path"],
     "text": "a health check's path must be relative; with an absolute URL the check fails"},
    {"name": "basic-auth-without-users", "versions": ["2.11.48", "3.6.19", "3.7.3"],
     "paths": ["http.middlewares.*.basicAuth"],
     "text": "a basicAuth middleware without users is disabled, and with it its routers, instead of answering 401"},
    {"name": "strip-prefix-normal-form", "versions": ["2.11.48", "3.6.19", "3.7.3"],
     "paths": ["http.middlewares.*.stripPrefix"],
     "text": "a request is answered with 400 when the path left by stripPrefix is not in normal form"},
    {"name": "chain-across-namespaces", "versions": ["2.11.43", "3.6.14"], "paths": ["Middleware spec.chain"],
     "text": "a chain may name middlewares of other namespaces only with allowCrossNamespace"},
    {"name": "host-star", "versions": ["3.7.7"], "paths": [],
     "text": "Host(`*`) matches every host, not only those without a dot"},
    {"name": "ingress-regex-paths", "versions": ["3.0.0"], "paths": [],
     "text": "Ingress paths of type ImplementationSpecific are no longer regular expressions"},
    {"name": "containo-us-group", "versions": ["3.0.0"], "paths": [],
     "text": "objects of the API group traefik.containo.us are ignored; the group is traefik.io"},
    {"name": "alias-headers-warning", "versions": ["3.7.12"], "paths": ["entryPoints.*.http.aliasHeadersStrategy"],
     "text": "Traefik warns at start when aliasHeadersStrategy is not set"},
]  # fmt: skip


def changes_table(facts: Json) -> Json:
    """Renames, removals and new defaults by option path; version 1's names; changed behaviour in our words."""
    labels: Json = {}
    options: list[Json] = []
    defaults: list[Json] = []
    for row in facts["changes"]:
        if row["scope"] == "label-v1":
            labels[row["old"]] = row["new"] or ""
        elif row["source"] == "computed" and row["kind"] == "default":
            before, after = row["change"]
            defaults.append(
                {
                    "scope": row["scope"],
                    "path": row["old"],
                    "version": row["version"],
                    "from": before,
                    "to": after,
                }
            )
        elif row["source"] == "computed":
            options.append(
                {
                    "scope": row["scope"],
                    "kind": row["kind"],
                    "version": row["version"],
                    "path": row["old"],
                    "new": row["new"] or "",
                }
            )
    return {
        "labelsV1": labels,
        "staticV1": STATIC_V1,
        "entryPointV1": ENTRY_POINT_V1,
        "options": options,
        "defaults": defaults,
        "behaviour": BEHAVIOUR,
    }
