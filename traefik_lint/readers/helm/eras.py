"""Which chart version reads which values: what moved, what was removed, what was never read.

Taken from the chart's own templates and change log, versions 10 to 41.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from traefik_lint.model.deployment import ChartProblem
from traefik_lint.options.version import Version, parse_version
from traefik_lint.readers.helm.nested_values import exposed_by_boolean, unexposed_ports, unread_values
from traefik_lint.source.tree import Entry, Mapping, Scalar

NEWEST = 41
#: The first release of the application that comes with a major version of the chart.
_APPLICATION = {
    20: "2.9.4", 21: "2.9.6", 22: "2.9.9", 23: "2.10.0", 24: "2.10.4", 25: "2.10.5", 26: "2.10.6", 27: "2.11.0",
    28: "3.0.0", 29: "3.0.4", 30: "3.1.0", 31: "3.1.2", 32: "3.1.4", 33: "3.2.0", 34: "3.3.1", 35: "3.3.5",
    36: "3.4.1", 37: "3.5.0", 38: "3.6.5", 39: "3.6.7", 40: "3.7.0", 41: "3.7.5",
}  # fmt: skip
_MAJOR = re.compile(r"[~^=v ]*(\d+)(?:\.[\dx*]+)*(?:[-+][\w.+-]*)?")

#: Names at the top of the values that some version of the chart reads.
_TOP = frozenset({
    "accessLog", "additionalArguments", "additionalVolumeMounts", "affinity", "api", "autoscaling", "certResolvers",
    "certificatesResolvers", "commonLabels", "core", "deployment", "enabled", "env", "envFrom", "experimental",
    "extraObjects", "fullnameOverride", "gateway", "gatewayClass", "global", "globalArguments", "hostNetwork", "hub",
    "image", "ingressClass", "ingressRoute", "instanceLabelOverride", "livenessProbe", "log", "logs", "metrics",
    "nameOverride", "namespaceOverride", "nodeSelector", "ocsp", "oci_meta", "offering_version", "persistence",
    "pilot", "podDisruptionBudget", "podSecurityContext", "podSecurityPolicy", "ports", "priorityClassName",
    "providers", "rbac", "readinessProbe", "resources", "rollingUpdate", "securityContext", "service",
    "serviceAccount", "serviceAccountAnnotations", "startupProbe", "tlsOptions", "tlsStore", "tolerations",
    "topologySpreadConstraints", "tracing", "updateStrategy", "versionOverride", "volumes",
})  # fmt: skip
#: Options of an entry point, which the chart reads only below a port.
_OF_A_PORT = frozenset(
    {"forwardedHeaders", "http3", "proxyProtocol", "redirectTo", "redirections", "transport"}
)


class Era(NamedTuple):
    """The major versions of the chart that may be meant: both ends included."""

    first: int
    last: int

    def surely_from(self, major: int) -> bool:
        """Whether the chart is this version or a newer one, whichever it is."""
        return self.first >= major

    def maybe_from(self, major: int) -> bool:
        """Whether the chart may be this version or a newer one."""
        return self.last >= major


def era_of(version: Scalar | None, application: Version | None) -> Era:
    """The chart versions meant by a version text and the release of Traefik in use."""
    if version is not None and not version.unknown:
        match = _MAJOR.fullmatch(version.value)
        if match is not None:
            return Era(int(match[1]), int(match[1]))
    if application is None:
        return Era(0, NEWEST)
    # Charts from 28 on refuse v2, older ones don't know v3.
    return Era(0, 27) if application < (3, 0, 0) else Era(28, NEWEST)


def application_of(version: Scalar | None) -> Version | None:
    """The release of Traefik that a chart version installs unless an image tag says otherwise."""
    era = era_of(version, None)
    text = _APPLICATION.get(min(era.first, NEWEST)) if era.first == era.last else None
    return parse_version(text.rpartition(".")[0]) if text is not None else None


def misplaced_values(values: Mapping, era: Era) -> list[ChartProblem]:
    """The values that the chart does not read, in the order written."""
    found: list[ChartProblem] = []
    for entry in values.entries:
        name = entry.key.value
        moved = _MOVED_TOP.get(name)
        if moved is not None:
            found += _moved(entry.key, name, *moved, era)
        elif name in _OF_A_PORT:
            hint = f"write it below the port it is meant for: ports.web.{name}"
            message = (
                f'"{name}" at the top of the values is read by nothing: the chart knows it only below a port'
            )
            found.append(ChartProblem(entry.key.span, name, message, hint, "ignored"))
        elif name not in _TOP and not entry.key.unknown:
            message = f'"{name}" is no value of the Traefik chart: it is read by nothing'
            found.append(ChartProblem(entry.key.span, name, message, "", "ignored"))
    ports = values.mapping("ports")
    for port in ports.entries if ports is not None else ():
        if isinstance(port.value, Mapping):
            for entry in port.value.entries:
                found += _misplaced_in_port(entry, port.key.value, era)
    found += unread_values(values)
    found += unexposed_ports(values)
    return found


_Move = tuple[int, str, Literal["refused", "ignored"]]
_MOVED_TOP: dict[str, _Move] = {
    "certResolvers": (33, "certificatesResolvers", "refused"),
    "globalArguments": (36, "global", "ignored"),
    "logs": (41, "log and accessLog", "ignored"),
    "pilot": (11, "nothing: Traefik Pilot is gone", "ignored"),
}
_MOVED_PORT: dict[str, _Move] = {
    "redirectTo": (34, "redirections.entryPoint", "refused"),
    "redirections": (39, "http.redirections", "ignored"),
    "tls": (39, "http.tls", "ignored"),
    "middlewares": (39, "http.middlewares", "ignored"),
}


def _misplaced_in_port(entry: Entry, port: str, era: Era) -> list[ChartProblem]:
    name = entry.key.value
    if exposed_by_boolean(entry) and era.surely_from(27):
        return _moved(entry.key, f"ports.{port}.expose: true", 27, "expose: {default: true}", "refused", era)
    moved = _MOVED_PORT.get(name)
    if moved is None:
        return []
    major, target, effect = moved
    if name == "redirectTo" and era.maybe_from(39):
        target = "http.redirections.entryPoint (before chart 39: redirections.entryPoint)"
    return _moved(entry.key, f"ports.{port}.{name}", major, f"ports.{port}.{target}", effect, era)


def _moved(
    key: Scalar, path: str, major: int, target: str, effect: Literal["refused", "ignored"], era: Era
) -> list[ChartProblem]:
    certain = era.surely_from(major)
    if not certain and (effect == "ignored" or not era.maybe_from(major)):
        # What depends on an unknown version is only told where Helm would say so, too.
        return []
    what = "Helm refuses the values" if effect == "refused" else "it is ignored without a word"
    message = f'"{path}" is no value of the chart from version {major} on: {what}'
    hint = f"write {target} instead"
    return [ChartProblem(key.span, key.value, message, hint, effect, certain, major)]
