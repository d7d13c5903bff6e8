"""A few rules to select, and worlds to run them on."""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.registry import Check, Draft
from traefik_lint.findings.finding import Severity
from traefik_lint.model.deployment import Deployment, World
from traefik_lint.runtime.types import Runtime


def nothing(runtime: Runtime) -> Iterator[Draft]:
    return iter(())


def rule(id: str, name: str, severity: Severity = "warning", needs: tuple[World, ...] = ()) -> Check:
    return Check(id, name, severity, "high", needs, nothing)


RULES = [
    rule("TL201", "undefined-entry-point", "error"),
    rule("TL202", "unused-entry-point"),
    rule("TL401", "undefined-middleware"),
]


def world(name: str = "home", *opened: World) -> Runtime:
    deployment = Deployment(name)
    deployment.open.update(opened)
    return Runtime(deployment)
