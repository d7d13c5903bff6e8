"""TL412, TL413: oauth2-proxy behind forwardAuth, without what turns its 401 into a sign-in.

`/oauth2/auth` answers 202 or 401 and never redirects, and forwardAuth returns the 401 (R-174). An errors middleware
before it can fetch `/oauth2/start`, but the page keeps the original status (R-172): browsers follow its Location only
when `statusRewrites` makes it 302.
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.middlewares.authentication import Guard, guards
from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.values import Element
from traefik_lint.runtime.types import Middleware, Runtime


@check("TL412", "oauth2-auth-without-sign-in", severity="warning")
def oauth2_auth_without_sign_in(runtime: Runtime) -> Iterator[Draft]:
    told: set[str] = set()
    for guard in guards(runtime):
        if not guard.path.rstrip("/").endswith("/oauth2/auth") or guard.address.text in told:
            continue
        before = guard.steps[: guard.steps.index(guard.step)]
        if any(_catches_401(step.middleware) for step in before) or _is_api(guard):
            continue
        told.add(guard.address.text)
        after = [step for step in guard.steps if step not in before and _catches_401(step.middleware)]
        yield finding(
            guard.address,
            "/oauth2/auth answers 401 and never redirects, so visitors of router "
            f"{quoted(guard.router.definition)} get a bare error and no sign-in page",
            hint=f"list {quoted(after[0].middleware.name)} before it"
            if after
            else "ask the address of oauth2-proxy without /oauth2/auth (with upstream static://202), or put an errors "
            "middleware before it: status 401, query /oauth2/start?rd={url}, statusRewrites 401: 302",
            related=[(guard.step.place, "used here")],
        )


def _is_api(guard: Guard) -> bool:
    """A router that says it is for programs wants the bare 401."""
    rule = guard.router.rule
    return rule is not None and any(one.canonical in ("Header", "Headers", "Method") for one in rule.matchers)


def _catches_401(middleware: Middleware) -> bool:
    options = middleware.options
    if middleware.type == "plugin":
        return True
    if middleware.type != "errors" or options is None:
        return False
    return any(not value.known or _holds(value.text, 401) for value in options.values("status"))


def _holds(text: str, status: int) -> bool:
    """Whether a status or a range such as `401-403` holds a status."""
    low, _, high = text.partition("-")
    return low.isdigit() and int(low) <= status <= (int(high) if high.isdigit() else int(low))


@check("TL413", "errors-page-keeps-status", severity="warning")
def errors_page_keeps_status(runtime: Runtime) -> Iterator[Draft]:
    for middleware in runtime.middlewares.values():
        options = middleware.options
        query = options.value("query") if middleware.type == "errors" and options is not None else None
        if options is None or query is None or not query.known or not _starts_sign_in(query.text):
            continue
        if not _catches_401(middleware) or runtime.version < (3, 4, 0) or _rewrites(options):
            continue
        yield finding(
            options,
            f"{quoted(query.text)} answers with a redirect, but the page keeps the status 401: browsers show it "
            "and do not follow",
            hint='add statusRewrites with "401": 302',
            related=[(query, "the page")],
        )


def _starts_sign_in(query: str) -> bool:
    return query.partition("?")[0].rstrip("/").endswith("/oauth2/start")


def _rewrites(options: Element) -> bool:
    rewrites = options.element("statusRewrites")
    return rewrites is not None and any(_holds(name, 401) for name in rewrites.fields)
