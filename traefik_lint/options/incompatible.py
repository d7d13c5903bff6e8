"""Options of version 2 for which version 3 does not start, whatever else is right (S-080 … S-087)."""

from __future__ import annotations

from traefik_lint.model.values import Problem
from traefik_lint.options.version import Version

#: Traefik's error; a line of the log before it names the option.
ERROR = "incompatible deprecated install configuration option found"

_TLS_PLACES = (
    "docker",
    "swarm",
    "consul",
    "etcd",
    "redis",
    "http",
    "consulCatalog.endpoint",
    "nomad.endpoint",
)
_GONE_TRACERS = ("jaeger", "zipkin", "datadog", "instana", "haystack", "elastic")
PATHS = frozenset(
    (
        "pilot", "experimental.http3", "providers.docker.swarmMode", "providers.marathon", "providers.rancher",
        "tracing.spanNameLimit",
        *(f"providers.{place}.tls.caOptional" for place in _TLS_PLACES),
        *(f"providers.{name}.namespace" for name in ("consul", "consulCatalog", "nomad")),
        *(f"tracing.{name}" for name in _GONE_TRACERS),
    )
)  # fmt: skip


def with_incompatible(problems: list[Problem], version: Version) -> list[Problem]:
    """The problems of a static configuration, with those marked fatal that version 3 looks for before all else.

    Releases before 3.5.5 look in vain where other options stand too, and then pass over a section of this name.
    """
    if version < (3, 0, 0):
        return problems
    fatal = PATHS if version >= (3, 5, 5) else PATHS - {"pilot"}
    return [
        problem._replace(text=ERROR, fatal=True) if problem.spec and problem.spec.path in fatal else problem
        for problem in problems
    ]
