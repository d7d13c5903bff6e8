"""Results to be written, and what a format makes of them."""

from __future__ import annotations

from collections.abc import Iterator

from tests.marked import finding as make
from tests.marked import spans
from traefik_lint.checks.registry import Check, Draft
from traefik_lint.findings.finding import Finding, Related, Suppressed
from traefik_lint.findings.result import Result
from traefik_lint.report.formats import Look, writer
from traefik_lint.runtime.types import Runtime

COMPOSE = """\
services:
  api:
    labels:
      - traefik.http.routers.api.entrypoints=«wbe»
"""
STATIC = """\
entryPoints:
  «web»:
    address: :80
"""


def _nothing(runtime: Runtime) -> Iterator[Draft]:
    return iter(())


CHECKS = [Check("TL201", "undefined-entry-point", "error", "high", (), _nothing)]


def result(*findings: Finding) -> Result:
    return Result(list(findings), CHECKS, [], 2, 1)


def written(format_name: str, *findings: Finding, look: Look | None = None) -> str:
    return "".join(writer(format_name)(result(*findings), look or Look()))


def one() -> Finding:
    """An error with a related place in another file."""
    (there,) = spans(STATIC, "traefik.yml")
    return make(COMPOSE, related=(Related(there, "the entry points are here"),))


def silenced() -> Finding:
    return one()._replace(suppressed=Suppressed("in-source", "moved in spring"))
