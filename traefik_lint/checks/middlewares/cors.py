"""TL424 and TL425: CORS headers that no browser gets: origins that never match, preflights behind authentication.

Traefik compares `accessControlAllowOriginList` with the Origin header letter by letter (R-177), and browsers send a
scheme and a host, nothing behind it. It answers preflights itself where the headers middleware runs, but browsers send
them without credentials: authentication that comes first refuses them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from traefik_lint.checks.middlewares.flow import ways
from traefik_lint.checks.names import quoted, titled
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.runtime.types import Middleware, Runtime

_ORIGIN = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://([^/]*)(/.*)?")
_AUTH = frozenset(("basicAuth", "digestAuth", "forwardAuth"))
_PLACEHOLDER = re.compile(r"[<${}]|%\w+%")


@check("TL424", "origin-that-never-matches", severity="warning")
def origin_that_never_matches(runtime: Runtime) -> Iterator[Draft]:
    for middleware in runtime.middlewares.values():
        if middleware.type != "headers" or middleware.options is None:
            continue
        for value in middleware.options.values("accessControlAllowOriginList"):
            flaw = _flaw(value.text.strip()) if value.known else None
            if flaw is not None:
                yield finding(
                    value,
                    f"no browser sends the origin {quoted(value.text)}: {flaw[0]}",
                    hint=flaw[1],
                )


@check("TL425", "preflight-behind-authentication", severity="warning", confidence="medium")
def preflight_behind_authentication(runtime: Runtime) -> Iterator[Draft]:
    told: set[tuple[str, str]] = set()
    for router, steps in ways(runtime):
        auth: Middleware | None = None
        for step in steps or []:
            if step.middleware.type in _AUTH:
                auth = auth or step.middleware
            elif _has_origins(step.middleware):
                key = (router.definition, step.middleware.name)
                if auth is not None and step.place is not None and key not in told:
                    told.add(key)
                    yield finding(
                        step.place,
                        f"browsers ask before without credentials, and {quoted(auth.name)} refuses them before "
                        f"{quoted(step.middleware.name)} can answer: CORS requests to {titled(router)} fail",
                        hint=f"name {quoted(step.middleware.name)} before {quoted(auth.name)}",
                        related=[(auth, "the authentication")],
                    )
                break


def _has_origins(middleware: Middleware) -> bool:
    options = middleware.options
    return (
        middleware.type == "headers"
        and options is not None
        and bool(
            options.values("accessControlAllowOriginList")
            or options.values("accessControlAllowOriginListRegex")
        )
    )


def _flaw(text: str) -> tuple[str, str] | None:
    """Why an origin can't be one, and what to write."""
    if text in ("*", "null", "") or _PLACEHOLDER.search(text):
        return None
    parts = _ORIGIN.fullmatch(text)
    if "*" in text:
        host = re.escape(text).replace(r"\*", "[^.]+")
        return "* is a letter like any other here", f"use accessControlAllowOriginListRegex: ^{host}$"
    if parts is None:
        return "it begins with a scheme", f"write {quoted('https://' + text.rstrip('/'))}"
    if parts[3]:
        return "it ends with the host", f"write {quoted(text[: parts.start(3)])}"
    if parts[2] != parts[2].lower():
        return "hosts are sent in lower case", f"write {quoted(text.lower())}"
    if (parts[1], parts[2].rpartition(":")[2]) in (("https", "443"), ("http", "80")):
        return "the usual port is left out", f"write {quoted(text.rpartition(':')[0])}"
    return None
