"""TL408: a prefix that no request of the router can have, or that another one takes first.

stripPrefix compares texts: the first listed prefix that the path begins with is taken off, `/a/` is no prefix of
`/a`, and a prefix without a leading slash never matches (R-165). A stripPrefixRegex must match at the beginning
of the path (R-166).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from traefik_lint.checks.middlewares.flow import (
    PATH_CHANGES,
    PathMatcher,
    Step,
    path_matchers,
    through,
    ways,
)
from traefik_lint.checks.names import quoted, titled
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.values import Value
from traefik_lint.runtime.types import Middleware, Router, Runtime

_LETTER_FIRST = re.compile(r"\^?[A-Za-z0-9]")


@check("TL408", "prefix-that-never-matches", severity="warning")
def prefix_that_never_matches(runtime: Runtime) -> Iterator[Draft]:
    for middleware in runtime.middlewares.values():
        yield from _by_itself(middleware)
    for router, known in ways(runtime):
        steps = known or []
        for index, step in enumerate(steps):
            if step.middleware.type == "stripPrefix":
                yield from _for_router(router, steps[:index], step)


def _by_itself(middleware: Middleware) -> Iterator[Draft]:
    """Prefixes that match no path at all, or none that an earlier one has not taken."""
    options = middleware.options
    if options is None or len(middleware.types) != 1:
        return
    if middleware.type == "stripPrefixRegex":
        for value in options.values("regex"):
            if value.known and _LETTER_FIRST.match(value.text) and "|" not in value.text:
                yield finding(
                    value,
                    f"paths begin with a slash, so {quoted(value.text)} never matches and nothing is stripped",
                    hint=f"write {quoted('/' + value.text.removeprefix('^'))}",
                )
    if middleware.type != "stripPrefix":
        return
    earlier: list[Value] = []
    for value in options.values("prefixes"):
        if not value.known:
            return
        if value.text and not value.text.startswith("/"):
            yield finding(
                value,
                f"paths begin with a slash, so {quoted(value.text)} never matches and nothing is stripped",
                hint=f"write {quoted('/' + value.text)}",
            )
            continue
        taken = next((one for one in earlier if one.text and value.text.startswith(one.text)), None)
        if taken is not None and value.text != taken.text:
            yield finding(
                value,
                f"{quoted(taken.text)} is listed before and taken off first, so {quoted(value.text)} is never stripped",
                hint=f"list {quoted(value.text)} before {quoted(taken.text)}",
                related=[(taken, "listed before")],
            )
        earlier.append(value)


def _for_router(router: Router, before: list[Step], step: Step) -> Iterator[Draft]:
    """Prefixes of which none fits what the router's rule lets through."""
    options = step.middleware.options
    matchers = path_matchers(router.rule.root) if router.rule is not None else None
    values = options.values("prefixes") if options is not None else []
    if (
        not matchers
        or not values
        or any(not value.known or not value.text.startswith("/") for value in values)
    ):
        return
    if any(
        one.middleware.type in PATH_CHANGES - {"stripPrefix"} or one.middleware.type == "plugin"
        for one in before
    ):
        return
    seen = [_after(matcher, before) for matcher in matchers]
    prefixes = [value.text for value in values]
    if not any(_fits(matcher, prefix) for matcher in seen for prefix in prefixes):
        yield _draft(router, step, values, seen, before)
        return
    for matcher in seen:
        short = next((value for value in values if value.text == matcher.value.rstrip("/") + "/"), None)
        whole = [prefix for prefix in prefixes if matcher.value.startswith(prefix)]
        if short is not None and not whole and matcher.value != "/":
            yield finding(
                short,
                f"{quoted(matcher.value)} does not begin with {quoted(short.text)}, so a request for "
                f"{quoted(matcher.value)} itself reaches the backend unstripped",
                hint=f"write {quoted(short.text.rstrip('/'))}",
                related=[(router.rule_value, f"the rule of {titled(router)}")],
                confidence="medium",
            )


def _after(matcher: PathMatcher, before: list[Step]) -> PathMatcher:
    path = through(matcher.value, before) if before else matcher.value
    if path is None or path == matcher.value:
        return matcher
    return PathMatcher(matcher.exact, path)


def _fits(matcher: PathMatcher, prefix: str) -> bool:
    """Whether some path that the matcher takes begins with the prefix."""
    return matcher.value.startswith(prefix) or (not matcher.exact and prefix.startswith(matcher.value))


def _draft(
    router: Router, step: Step, values: list[Value], seen: list[PathMatcher], before: list[Step]
) -> Draft:
    what = f"{titled(router)} takes"
    paths = " and ".join(quoted(matcher.value) for matcher in seen[:3])
    prefix = quoted(values[0].text)
    if before and any(one.middleware.type == "stripPrefix" for one in before):
        what = f"after the middlewares before it, {titled(router)} has"
    more = f" nor with any of {len(values) - 1} more" if len(values) > 1 else ""
    meant = next((m.value.rstrip("/") for m in seen if m.value.rstrip("/")), "")
    hint = f"write {quoted(meant)}" if meant else "strip it once only"
    return finding(
        values[0],
        f"{what} {paths}, and no such path begins with {prefix}{more}: nothing is stripped",
        hint=hint,
        related=[(router.rule_value, "the rule"), (step.place, "used here")],
    )
