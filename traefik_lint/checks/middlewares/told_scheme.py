"""TL426: headers that tell the server behind a router with TLS that the request came by plain HTTP.

Traefik sets `X-Forwarded-Proto` itself, to https on a router with TLS; the headers middleware replaces it (R-177). A
server that wants https answers with a redirect to the same URL, for ever.
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.middlewares.flow import ways
from traefik_lint.checks.names import quoted, titled
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.values import Element, Value
from traefik_lint.runtime.types import Runtime


@check("TL426", "plain-scheme-told-behind-tls", severity="warning")
def plain_scheme_told_behind_tls(runtime: Runtime) -> Iterator[Draft]:
    told: set[int] = set()
    for router, steps in ways(runtime):
        for step in steps or []:
            options = step.middleware.options
            if step.middleware.type != "headers" or options is None or not router.tls:
                continue
            value = _scheme(options)
            if value is not None and id(value) not in told:
                told.add(id(value))
                yield finding(
                    value,
                    f"{titled(router)} answers TLS, and the server behind it is told that the request came by plain "
                    "HTTP: links and redirects lead to http://, round in circles where it insists on https",
                    hint="take the header out: Traefik sets it to https itself",
                    related=[(step.place, f"{quoted(step.middleware.name)} is used here")],
                )


def _scheme(options: Element) -> Value | None:
    """The value that says http, None when nothing does."""
    headers = options.element("customRequestHeaders")
    for name, value in headers or ():
        if isinstance(value, Value) and value.known:
            header, text = name.lower(), value.text.strip().lower()
            if (header == "x-forwarded-proto" and text in ("http", "ws")) or (
                header == "x-forwarded-ssl" and text == "off"
            ):
                return value
    return None
