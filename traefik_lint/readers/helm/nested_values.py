"""Values below a section that no version of the chart reads: slips that Helm passes over without a word.

The names are those of the values, templates and schemas of the chart, versions 10 to 41, taken together.
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.model.deployment import ChartProblem
from traefik_lint.source.tree import Entry, Mapping, Scalar

_CRD = frozenset({
    "allowCrossNamespace", "allowEmptyServices", "allowExternalNameServices", "crossProviderNamespaces",
    "defaultTLSResourcesNamespace", "enabled", "ingressClass", "labelSelector", "namespaces", "nativeLBByDefault",
    "safeNaming",
})  # fmt: skip
_INGRESS = frozenset({
    "allowEmptyServices", "allowExternalNameServices", "crossProviderNamespaces", "disableIngressClassLookup",
    "enabled", "ingressClass", "ingressEndpoint", "labelSelector", "namespaces", "nativeLBByDefault",
    "publishedService", "strictPrefixMatching",
})  # fmt: skip
_TLS = frozenset({"certResolver", "domains", "enabled", "options"})
#: Sections by their path; ``*`` is any name.
_KNOWN: dict[tuple[str, ...], frozenset[str]] = {
    ("providers",): frozenset({
        "file", "knative", "kubernetesCRD", "kubernetesGateway", "kubernetesIngress", "kubernetesIngressNGINX",
        "kubernetesIngressNginx", "precedence",
    }),
    ("providers", "kubernetesCRD"): _CRD,
    ("providers", "kubernetesIngress"): _INGRESS,
    ("ports", "*"): frozenset({
        "allowACMEByPass", "annotations", "appProtocol", "asDefault", "containerPort", "enabled", "expose",
        "exposeInternal", "exposedPort", "forwardedHeaders", "hostIP", "hostPort", "http", "http3", "labels",
        "middlewares", "nodePort", "observability", "port", "protocol", "proxyProtocol", "redirectTo",
        "redirections", "reusePort", "single", "targetPort", "tls", "transport", "udp", "uplink",
    }),
    ("ports", "*", "tls"): _TLS,
    ("ports", "*", "http"): frozenset({
        "encodedCharacters", "encodeQuerySemicolons", "maxHeaderBytes", "middlewares", "redirections",
        "sanitizePath", "tls", "underscoreHeadersStrategy",
    }),
    ("ports", "*", "http", "tls"): _TLS,
    ("ports", "*", "redirections"): frozenset({"entryPoint"}),
    ("ports", "*", "http", "redirections"): frozenset({"entryPoint"}),
    ("ports", "*", "forwardedHeaders"): frozenset({
        "connection", "insecure", "notAppendXForwardedFor", "trustedIPs",
    }),
    ("ports", "*", "proxyProtocol"): frozenset({"insecure", "trustedIPs"}),
    ("ports", "*", "http3"): frozenset({"advertisedPort", "enabled"}),
    ("image",): frozenset({"digest", "name", "pullPolicy", "registry", "repository", "tag"}),
    ("ingressClass",): frozenset({"enabled", "fallbackApiVersion", "isDefaultClass", "labels", "name"}),
    ("service",): frozenset({
        "additionalServices", "annotations", "annotationsTCP", "annotationsUDP", "enabled", "externalIPs", "internal",
        "ipFamilies", "ipFamilyPolicy", "labels", "loadBalancerClass", "loadBalancerSourceRanges", "name",
        "nameOverride", "namespace", "single", "spec", "type",
    }),
    ("deployment",): frozenset({
        "additionalContainers", "additionalVolumes", "annotations", "dnsConfig", "dnsPolicy", "enabled",
        "goMemLimitPercentage", "healthchecksHost", "healthchecksPort", "healthchecksScheme", "hostAliases",
        "hostUsers", "imagePullSecrets", "initContainer", "initContainers", "kind", "labels", "lifecycle",
        "livenessPath", "minReadySeconds", "podAnnotations", "podLabels", "readinessPath", "replicas",
        "revisionHistoryLimit", "runtimeClassName", "shareProcessNamespace", "terminationGracePeriodSeconds",
        "tmpVolume",
    }),
    ("persistence",): frozenset({
        "accessMode", "annotations", "emptyDir", "enabled", "existingClaim", "name", "path", "size", "storageClass",
        "subPath", "volumeName",
    }),
    ("ingressRoute",): frozenset({"dashboard", "healthcheck"}),
    ("ingressRoute", "dashboard"): frozenset({
        "annotations", "enabled", "entryPoints", "labels", "matchRule", "middlewares", "services", "tls",
    }),
    ("logs",): frozenset({"access", "general", "level"}),
    ("logs", "access"): frozenset({
        "addInternals", "bufferingSize", "dualOutput", "enabled", "fields", "filePath", "filters", "format",
        "minduration", "otlp", "retryattempts", "statuscodes", "timezone",
    }),
    ("logs", "general"): frozenset({"filePath", "format", "level", "noColor", "otlp"}),
    ("autoscaling",): frozenset({"behavior", "enabled", "maxReplicas", "metrics", "minReplicas", "scaleTargetRef"}),
}  # fmt: skip


def unread_values(values: Mapping) -> Iterator[ChartProblem]:
    """The values below known sections that the chart reads in no version."""
    for path, known in _KNOWN.items():
        for name, section in _sections(values, path):
            for entry in section.entries:
                if entry.key.value not in known and not entry.key.unknown and entry.key.value != "<<":
                    yield _problem(name, entry, known)


def unexposed_ports(values: Mapping) -> Iterator[ChartProblem]:
    """Ports of the user's own with a number for the Service and without `expose`: only the chart's own have it."""
    ports = values.mapping("ports")
    for entry in ports.entries if ports is not None else ():
        port = entry.value
        if entry.key.value in ("web", "websecure", "traefik", "metrics") or not isinstance(port, Mapping):
            continue
        exposed = port.entry("exposedPort")
        if exposed is None or any(
            port.get(key) is not None for key in ("expose", "hostPort", "nodePort", "<<")
        ):
            continue
        message = f'the Service does not show port "{entry.key.value}": exposedPort is read only together with expose'
        hint = "add expose: {default: true} (before chart 27: expose: true)"
        yield ChartProblem(exposed.key.span, exposed.key.value, message, hint, "ignored")


def _sections(values: Mapping, path: tuple[str, ...]) -> list[tuple[str, Mapping]]:
    found = [("", values)]
    for step in path:
        below: list[tuple[str, Mapping]] = []
        for name, here in found:
            below += [
                (f"{name}.{entry.key.value}".lstrip("."), entry.value)
                for entry in here.entries
                if isinstance(entry.value, Mapping) and step in ("*", entry.key.value)
            ]
        found = below
    return found


def _problem(section: str, entry: Entry, known: frozenset[str]) -> ChartProblem:
    from traefik_lint.options.nearest import nearest_of

    name = entry.key.value
    meant = nearest_of(name, known)
    message = f'"{section}.{name}" is no value of the Traefik chart: it is read by nothing'
    hint = "options of Traefik itself go into additionalArguments"
    if meant is not None:
        hint = f'write "{meant}"'
    elif section == "service":
        hint = "what a Service of Kubernetes has goes below service.spec"
    return ChartProblem(entry.key.span, name, message, hint, "ignored")


def exposed_by_boolean(entry: Entry) -> bool:
    """Whether a port says `expose: true` as charts before 27 took it; newer ones take a mapping of Services."""
    return entry.key.value == "expose" and isinstance(entry.value, Scalar) and entry.value.value == "true"
