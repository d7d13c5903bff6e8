"""TL107, TL108: the dashboard needs /api and /dashboard/ (with its slash), and a router that leads to it (S-075).

A router for /api alone may be meant so: the API is of use without the dashboard.
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import quoted, titled
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.runtime.expression.http_matching import Request
from traefik_lint.runtime.expression.matching import matches
from traefik_lint.runtime.types import Router, Runtime


@check("TL107", "dashboard-out-of-reach", severity="warning")
def dashboard_out_of_reach(runtime: Runtime) -> Iterator[Draft]:
    internal = [router for router in runtime.definitions["http"].values() if _leads_to_api(router)]
    for router in internal:
        value = router.rule_value
        if len(internal) > 1 or value is None or not value.known or router.rule is None:
            continue
        if router.rule.error is not None:
            continue
        if router.service is not None and router.service.name == "dashboard@internal":
            draft = _pages_alone(router)
            if draft is not None:
                yield draft
            continue
        missing = [path for path in ("/dashboard/", "/api/rawdata") if _matches_path(router, path) is False]
        if len(missing) != 1 or (missing[0] == "/dashboard/" and not _speaks_of_dashboard(router)):
            continue
        path = "/dashboard" if missing[0] == "/dashboard/" else "/api"
        what = (
            "its pages get 404" if path == "/dashboard" else "it stays empty, for its data under /api get 404"
        )
        yield finding(
            value,
            f"{titled(router)} leads to the dashboard but does not take {quoted(missing[0])}: {what}",
            hint=f"add || PathPrefix(`{path}`) in parentheses, or match the host alone",
        )


@check("TL108", "dashboard-without-api", severity="error", needs=("static",))
def dashboard_without_api(runtime: Runtime) -> Iterator[Draft]:
    """`api@internal` only exists when the static configuration has an `api` section (R-200, S-075)."""
    static = runtime.deployment.static
    if static is None or runtime.refused is not None or static.element.get("api") is not None:
        return
    for router in runtime.definitions["http"].values():
        reference = router.service
        if not _leads_to_api(router) or reference is None or reference.value is None:
            continue
        yield finding(
            reference.value,
            f"service {quoted(reference.name)} does not exist without api in the static configuration, "
            f"so {titled(router)} is disabled",
            hint="switch the API on: `api: {}` in the static file, --api=true as a flag",
            related=[(static.source.span, "the static configuration")],
        )


def _pages_alone(router: Router) -> Draft | None:
    """`dashboard@internal` has the pages and not the data, which `api@internal` serves with them."""
    reference = router.service
    if reference is None or reference.value is None:
        return None
    return finding(
        reference.value,
        f"{quoted('dashboard@internal')} has the pages of the dashboard alone: it stays empty, for its data under "
        "/api get 404",
        hint="write api@internal, which serves both",
    )


def _speaks_of_dashboard(router: Router) -> bool:
    name = router.definition.rpartition("@")[0].lower()
    text = router.rule.text.lower() if router.rule is not None else ""
    return "dashboard" in text or "dashboard" in name or name == "traefik"


def _leads_to_api(router: Router) -> bool:
    if router.generated or router.service is None:
        return False
    return router.service.name in ("api@internal", "dashboard@internal")


def _matches_path(router: Router, path: str) -> bool | None:
    if router.rule is None:
        return None
    hosts = [
        value for matcher in router.rule.matchers if matcher.canonical == "Host" for value in matcher.values
    ]
    if any(
        matcher.canonical not in ("Host", "Path", "PathPrefix", "PathRegexp")
        for matcher in router.rule.matchers
    ):
        return None
    answers = [
        matches(router.rule, Request(method="GET", host=host, path=path)) for host in hosts or ["a.example"]
    ]
    return any(answer is not False for answer in answers)
