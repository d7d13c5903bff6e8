"""Paths that a router's backend is known to answer, and how they are known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from traefik_lint.checks.middlewares.evidence import backend_of, probes, routes
from traefik_lint.runtime.types import Router, Runtime, Service
from traefik_lint.source.span import Span


class ServedPath(NamedTuple):
    """A path without wildcards, the place that tells it (None for the settings), and what that is.

    ``written`` is the path as it stands there: ``/v1/*`` is told of what lies below ``/v1``.
    """

    path: str
    place: Span | None
    source: str
    written: str


def served_paths(runtime: Runtime, router: Router) -> Iterator[ServedPath]:
    """The paths that the health checks of a router's service ask for, and those that its author named."""
    service = router.service.target if router.service is not None else None
    if not isinstance(service, Service):
        return
    backend = backend_of(service, runtime)
    told = routes(backend, runtime)
    for pattern in told.patterns if told is not None else ():
        yield ServedPath(_bare(pattern), told and told.place, "named as what the backend answers", pattern)
    for probe in probes(backend):
        yield ServedPath(probe.path, probe.place, f"{probe.what} asks for it", probe.path)


def _bare(pattern: str) -> str:
    """A route without its wildcard."""
    return pattern.strip().rstrip("*").rstrip("/") or "/"
