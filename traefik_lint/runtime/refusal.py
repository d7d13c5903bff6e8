"""Why Traefik would not start with a static configuration, in its own words (S-001 … S-098)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from traefik_lint.golang.cidr import parse_trusted
from traefik_lint.golang.errors import GoError
from traefik_lint.golang.text import quote
from traefik_lint.model.deployment import Deployment, StaticSource
from traefik_lint.model.values import Element, Value
from traefik_lint.options.version import Version
from traefik_lint.runtime.addresses import split_host_port
from traefik_lint.runtime.static import StaticConfiguration
from traefik_lint.runtime.types import EntryPoint
from traefik_lint.source.tree import Mapping, Node, Scalar

_BASE_PATH = re.compile(r"/[a-zA-Z0-9/_.:~-]*")
_DECODING_PREFIX = {
    "file": "",
    "flags": "failed to decode configuration from flags: ",
    "environment": "failed to decode configuration from environment variables: ",
}
#: Options of Traefik 2 whose mere presence stops Traefik 3 (S-080 … S-087).
_REMOVED = (
    "pilot", "providers.marathon", "providers.rancher", "providers.docker.swarmMode",
    "providers.docker.tls.caOptional", "providers.swarm.tls.caOptional", "providers.consul.tls.caOptional",
    "providers.etcd.tls.caOptional", "providers.redis.tls.caOptional", "providers.http.tls.caOptional",
    "providers.consulCatalog.endpoint.tls.caOptional", "providers.nomad.endpoint.tls.caOptional",
    "providers.consul.namespace", "providers.consulCatalog.namespace", "providers.nomad.namespace",
    "experimental.http3", "tracing.spanNameLimit", "tracing.jaeger", "tracing.zipkin", "tracing.datadog",
    "tracing.instana", "tracing.haystack", "tracing.elastic",
)  # fmt: skip
_Paths: TypeAlias = "dict[str, _Paths]"


def _tree_of(paths: Iterable[str]) -> _Paths:
    tree: _Paths = {}
    for path in paths:
        here = tree
        for name in path.lower().split("."):
            here = here.setdefault(name, {})
    return tree


_REMOVED_PATHS = _tree_of(_REMOVED)
#: What releases before 3.5.5 look for in a file, with what leads there.
_SEARCHED_LEAVES = frozenset(
    tuple(path.lower().split("."))
    for path in (*_REMOVED, "experimental.kubernetesGateway", "tracing.globalAttributes",
                 "providers.kubernetesIngress.disableIngressClassLookup")
)
_SEARCHED = frozenset(path[:end] for path in _SEARCHED_LEAVES for end in range(1, len(path) + 1))
_PROVIDER_NAMES = frozenset({
    "kubernetesgateway", "kubernetescrd", "kubernetes", "kubernetesingressnginx", "swarm", "docker", "file",
    "redis", "knative", "consul", "consulcatalog", "nomad", "etcd", "ecs", "http", "zookeeper", "rest",
})  # fmt: skip
_OTLP = (
    (("accessLog", "otlp"), "access logs", "access logging"),
    (("log", "otlp"), "logs", "logging"),
    (("tracing", "otlp"), "tracing", ""),
    (("metrics", "otlp"), "metrics", ""),
)


def why_refused(deployment: Deployment, static: StaticConfiguration) -> str | None:
    """Traefik's text when it ends instead of starting, None when it starts.

    Values that the files don't tell never count against it.
    """
    if deployment.static is None:
        return None
    source = deployment.static.source
    if deployment.version >= (3, 0, 0):
        removed = _removed_options(source, deployment.version)
        if removed is not None:
            return removed
    unreadable = _unreadable(source) or source.refused
    if unreadable:
        return unreadable
    error = deployment.static.decoded.error
    if error is not None:
        return _DECODING_PREFIX[source.kind] + error.text
    for check in (_invalid_options, _bad_entry_points):
        refused = next(check(static), None)
        if refused is not None:
            return refused
    return None


def _removed_options(source: StaticSource, version: Version) -> str | None:
    root = source.root
    if not _is_written(root, _REMOVED_PATHS):
        return None
    if version < (3, 5, 5) and source.kind != "flags" and not _reads_only_removed(root):
        return None
    word = "install" if version >= (3, 5, 5) else "static"
    kind = "configuration option" if word == "install" else "option"
    return f"incompatible deprecated {word} {kind} found"


def _reads_only_removed(root: Mapping) -> bool:
    """Whether an older release finds what it looks for: it gives up at the first option that it still has."""
    return all(
        _is_known(entry.value, (entry.key.value.lower(),))
        for entry in root
        if entry.key.value.lower() in ("experimental", "providers", "tracing")
    )


def _is_known(node: Node, path: tuple[str, ...]) -> bool:
    if path in _SEARCHED_LEAVES or not isinstance(node, Mapping):
        return path in _SEARCHED
    return path in _SEARCHED and all(
        _is_known(entry.value, (*path, entry.key.value.lower())) for entry in node
    )


def _is_written(node: Mapping, paths: _Paths) -> bool:
    """Whether something other than null stands at one of the paths, whatever the letter case."""
    for entry in node:
        deeper = paths.get(entry.key.value.lower())
        if deeper is None:
            continue
        value = entry.value
        if not deeper:
            if not (isinstance(value, Scalar) and value.style == "plain" and value.value in ("", "~", "null")):
                return True
        elif isinstance(value, Mapping) and _is_written(value, deeper):
            return True
    return False


def _unreadable(source: StaticSource) -> str | None:
    """What the parser says of a file that can't be parsed (S-015)."""
    return source.read_error.message if source.read_error is not None else None


def _invalid_options(static: StaticConfiguration) -> Iterator[str]:
    version = static.version
    for name, resolver in static.resolvers.items():
        if "acme" in resolver and "tailscale" in resolver:
            yield (
                f"unable to initialize certificates resolver {quote(name)},"
                " as ACME and Tailscale providers are mutually exclusive"
            )
        acme = resolver.element("acme")
        if acme is not None and not acme.string("storage", default="acme.json"):
            yield (
                f"unable to initialize certificates resolver {quote(name)}"
                " with no storage location for the certificates"
            )
    syntax = static.default_rule_syntax
    if static.section("core") is not None and syntax not in ("v2", "v3"):
        yield f"unsupported default rule syntax configuration: {quote(syntax)}"
    if static.element is not None:
        for value in static.element.values("providers", "precedence"):
            if value.text.lower() not in _PROVIDER_NAMES and value.known:
                yield f"provider {quote(value.text.lower())} is not a valid provider name"
    nginx = static.provider("kubernetesIngressNGINX")
    if nginx is not None and nginx.string("watchNamespace") and nginx.string("watchNamespaceSelector"):
        yield "watchNamespace and watchNamespaceSelector options are mutually exclusive"
    experimental = static.section("experimental")
    if static.provider("knative") is not None and not (experimental and experimental.flag("knative")):
        yield "the experimental Knative feature must be enabled to use the Knative provider"
    yield from _otlp(static, experimental is not None and experimental.flag("otlplogs"))
    api = static.section("api")
    if (
        api is not None
        and version >= (3, 3, 0)
        and not _BASE_PATH.fullmatch(api.string("basePath", default="/"))
    ):
        yield "API basePath must be a valid absolute URL path"
    for responder, override in static.section("ocsp", "responderOverrides") or ():
        if isinstance(override, Value) and not override.text:
            yield f"OCSP responder override value for {responder} cannot be empty"


def _otlp(static: StaticConfiguration, allowed: bool) -> Iterator[str]:
    for path, subject, feature in _OTLP:
        section = static.section(*path)
        if section is None:
            continue
        if feature and not allowed:
            yield f"the experimental OTLPLogs feature must be enabled to use OTLP {feature}"
        grpc = section.element("grpc")
        if grpc is not None and "tls" in grpc and grpc.flag("insecure"):
            yield f"{subject} OTLP GRPC: TLS and Insecure options are mutually exclusive"


def _bad_entry_points(static: StaticConfiguration) -> Iterator[str]:
    listening: dict[tuple[str, str], str] = {}
    for point in static.entry_points.values():
        value = point.element.value("address") if point.element is not None else None
        if value is not None and not value.known:
            continue
        for check in _ENTRY_POINT_CHECKS:
            reason = check(point, static.version)
            if reason is not None:
                yield f"error while building entryPoint {point.name}: {reason}"
        address = point.address.partition("/")[0]
        reuse = point.element is not None and point.element.flag("reusePort")
        if point.port and not reuse:
            for protocol in (point.protocol, *(["udp"] if _serves_http3(point) else [])):
                taken = listening.setdefault((protocol, address), point.name)
                if taken != point.name:
                    yield f"error while building entryPoint {point.name}: {_in_use(protocol, address, static.version)}"


def _serves_http3(point: EntryPoint) -> bool:
    return point.protocol == "tcp" and point.element is not None and "http3" in point.element


def _in_use(protocol: str, address: str, version: Version) -> str:
    reason = f"listen {protocol} {address}: bind: address already in use"
    return reason if protocol == "udp" else f"{_listener(version)}: error opening listener: {reason}"


def _listener(version: Version) -> str:
    return "building listener" if version >= (3, 5, 1) else "error preparing server"


def _bad_protocol(point: EntryPoint, _version: Version) -> str | None:
    _, slash, protocol = point.address.partition("/")
    return f"invalid protocol: {protocol}" if slash and protocol.lower() not in ("tcp", "udp") else None


def _bad_address(point: EntryPoint, version: Version) -> str | None:
    address = point.address.partition("/")[0]
    if not address:
        return None
    try:
        port = split_host_port(address).port
    except GoError as error:
        reason = error.text
    else:
        if not port or (port.isascii() and port.isdigit() and int(port) <= 65535):
            return None
        if port.isascii() and port.isdigit():
            reason = f"address {port}: invalid port"
        elif re.fullmatch(r"[0-9]+-[0-9]*", port):
            reason = f"lookup {point.protocol}/{port}: unknown port"
        else:
            return None
    reason = f"listen {point.protocol}: {reason}"
    return reason if point.protocol == "udp" else f"{_listener(version)}: error opening listener: {reason}"


def _bad_trusted_ips(point: EntryPoint, version: Version) -> str | None:
    if point.element is None or point.protocol == "udp":
        return None
    proxy = _trusted_error(point.element, "proxyProtocol")
    if proxy is not None:
        return f"{_listener(version)}: error creating proxy protocol listener: {proxy}"
    forwarded = _trusted_error(point.element, "forwardedHeaders")
    if forwarded is not None:
        wrapper = "creating HTTP server" if version >= (3, 5, 1) else "error preparing http server"
        return f"{wrapper}: {forwarded}"
    return None


def _trusted_error(element: Element, section: str) -> str | None:
    values = element.values(section, "trustedIPs")
    if not values and section == "proxyProtocol" and "proxyProtocol" in element:
        insecure = element.value("proxyProtocol", "insecure")
        is_on = insecure is not None and (insecure.data is True or not insecure.known)
        return None if is_on or "trustedIPs" in (element.element("proxyProtocol") or ()) else "no trusted IPs provided"
    if not values or any(not value.known for value in values):
        return None
    try:
        parse_trusted(value.text for value in values)
    except GoError as error:
        return error.text
    return None


def _bad_strategy(point: EntryPoint, _version: Version) -> str | None:
    if point.element is None or point.protocol == "udp":
        return None
    strategy = point.element.value("http", "underscoreHeadersStrategy")
    if strategy is None or not strategy.known or strategy.text in ("", "keep", "delete", "reject"):
        return None
    return f"creating HTTP server: invalid underscoreHeadersStrategy value {quote(strategy.text)}"


_EntryPointCheck = Callable[[EntryPoint, Version], "str | None"]
_ENTRY_POINT_CHECKS: tuple[_EntryPointCheck, ...] = (
    _bad_protocol, _bad_address, _bad_trusted_ips, _bad_strategy,
)  # fmt: skip
