"""TL901 to TL903: options that the Traefik in use does not have yet, no longer has, or is about to drop."""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import quoted
from traefik_lint.checks.reading.readings import Reading, problems, readings
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.findings.finding import Severity
from traefik_lint.model.values import Decodable, Element, Items, Problem
from traefik_lint.options.nearest import readable_path
from traefik_lint.options.spec import Spec
from traefik_lint.options.version import Version
from traefik_lint.runtime.types import Runtime


@check("TL901", "option-of-newer-version", severity="error")
def option_of_newer_version(runtime: Runtime) -> Iterator[Draft]:
    """To this release the option is an unknown key (R-008, R-231, S-023; K-070 for objects)."""
    for problem, reading in problems(runtime, "newer-option"):
        since = _first_with(problem.spec, runtime.version)
        when = f"exists since Traefik {since}, and this is {runtime.version}"
        message = f"{quoted(problem.name)} {when}: {_loss(problem, reading)}"
        hint = f"use Traefik {since} or newer, or take the option out"
        yield finding(problem.span, message, hint=hint, severity=_severity(problem, reading))


@check("TL902", "removed-option", severity="error")
def removed_option(runtime: Runtime) -> Iterator[Draft]:
    """Refused at start with a hint or without one (S-080 … S-088), or an unknown key (R-008, R-231)."""
    for problem, reading in problems(runtime, "removed-option"):
        spec = problem.spec
        removed = spec.removed if spec is not None else None
        when = f"is gone since Traefik {removed.minor_text}" if removed is not None else "is gone"
        message = f"{quoted(problem.name)} {when}: {_loss(problem, reading)}"
        yield finding(problem.span, message, hint=_successor_hint(spec), severity=_severity(problem, reading))


def _loss(problem: Problem, reading: Reading) -> str:
    if reading.scope == "object":
        return "Kubernetes drops it in silence, or refuses the object with strict validation"
    return reading.loss if problem.fatal else "Traefik ignores it in silence"


def _severity(problem: Problem, reading: Reading) -> Severity | None:
    return None if problem.fatal and reading.scope != "object" else "warning"


def _first_with(spec: Spec | None, version: Version) -> Version:
    """The release that has the option: of its windows the first that begins after the version in use."""
    if spec is None:
        return version
    return next((first for first, _ in spec.windows if first > version), spec.since or version)


def _successor_hint(spec: Spec | None) -> str:
    if spec is not None and spec.renamed_to:
        return f"use {readable_path(spec.renamed_to)}"
    path = spec.path if spec is not None else ""
    for prefix, successor in _WITHOUT_NAME.items():
        if path.startswith(prefix):
            return successor
    return "take it out"


_WITHOUT_NAME = {
    "tracing.": "use tracing.otlp",
    "metrics.influxDB": "use metrics.influxDB2 or metrics.otlp",
    "providers.docker.swarmMode": "use providers.swarm",
    "http.middlewares.*.headers.accessControlAllowOrigin": "use accessControlAllowOriginList",
}


@check("TL903", "deprecated-option", severity="info")
def deprecated_option(runtime: Runtime) -> Iterator[Draft]:
    """The option still works, or is read and no longer does anything; a later Traefik may refuse it (S-090 … S-096)."""
    for reading in readings(runtime):
        for place in _deprecated(reading.decoded.element, runtime.version):
            spec = place.spec
            since = ".".join(spec.deprecated.split(".")[:2])
            shown = place.key if place.key is not None else place.node
            effect = _EFFECTS.get(spec.path, "it still works")
            message = f"{spec.name} is deprecated since Traefik {since}: {effect}"
            yield finding(shown.span, message, hint=_deprecated_hint(spec))


def _deprecated(root: Element, version: Version) -> Iterator[Decodable]:
    waiting: list[Decodable] = [root]
    while waiting:
        here = waiting.pop()
        spec = here.spec
        if spec.deprecated and spec.path not in _STILL_ASKED_FOR and _version(spec.deprecated) <= version:
            yield here
        elif isinstance(here, Element):
            waiting.extend(here.fields.values())
        elif isinstance(here, Items):
            waiting.extend(here.items)


def _version(text: str) -> Version:
    parts = [int(part) for part in text.split(".")]
    return Version(*parts[:3]) if len(parts) > 2 else Version(parts[0], parts[1], 0)


#: Marked as deprecated, while Traefik warns where it is left out (R-174).
_STILL_ASKED_FOR = frozenset(
    ("http.middlewares.*.forwardAuth.trustForwardHeader", "spec.forwardAuth.trustForwardHeader")
)

_HEADERS = "http.middlewares.*.headers."
_EFFECTS = {
    _HEADERS + "sslRedirect": "Traefik 3 reads it and does nothing",
    _HEADERS + "sslTemporaryRedirect": "Traefik 3 reads it and does nothing",
    _HEADERS + "sslHost": "Traefik 3 reads it and does nothing",
    _HEADERS + "sslForceHost": "Traefik 3 reads it and does nothing",
    _HEADERS + "featurePolicy": "Traefik 3 reads it and does nothing",
    "tls.options.*.preferServerCipherSuites": "it does nothing",
}
_INSTEAD = {
    _HEADERS + "sslRedirect": "redirect on the entry point (http.redirections) or with redirectScheme",
    _HEADERS
    + "sslTemporaryRedirect": "redirect on the entry point (http.redirections) or with redirectScheme",
    _HEADERS + "sslHost": "use redirectRegex",
    _HEADERS + "sslForceHost": "use redirectRegex",
    "http.routers.*.ruleSyntax": "write the rule in the syntax of Traefik 3",
    "tcp.routers.*.ruleSyntax": "write the rule in the syntax of Traefik 3",
    "core": "write the rules in the syntax of Traefik 3",
    "core.defaultRuleSyntax": "write the rules in the syntax of Traefik 3",
    "http.middlewares.*.contentType.autoDetect": "take it out: the middleware alone switches the detection on",
    "experimental.kubernetesGateway": "take it out: providers.kubernetesGateway alone is enough",
    "experimental.kubernetesIngressNGINX": "take it out: providers.kubernetesIngressNGINX alone is enough",
}


def _deprecated_hint(spec: Spec) -> str:
    if spec.renamed_to:
        return f"use {readable_path(spec.renamed_to)}"
    return _INSTEAD.get(spec.path, "take it out")
