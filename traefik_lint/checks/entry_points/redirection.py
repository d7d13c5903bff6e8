"""TL208 to TL211, TL213: entry point redirections that do something else than they read."""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import listed, quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.checks.traffic import is_secure
from traefik_lint.runtime.types import EntryPoint, Runtime


@check("TL208", "redirection-under-tls", severity="error", needs=("entry-points",))
def redirection_under_tls(runtime: Runtime) -> Iterator[Draft]:
    """With http.tls on the same entry point the redirect answers TLS only; plain HTTP gets 404 (R-090)."""
    for point in runtime.entry_points.values():
        if point.redirect_to is None or point.tls is None or point.redirect_to.text in ("", point.name):
            continue
        if point.element is not None and point.element.string(*_SECTION, "scheme") == "http":
            continue
        yield finding(
            point.redirect_to,
            f"{quoted(point.name)} has http.tls, which makes its redirect answer TLS only: plain HTTP gets 404",
            hint="move http.tls to the entry point that is redirected to",
            related=[(point.tls, "http.tls of this entry point")],
        )


_SECTION = ("http", "redirections", "entryPoint")


@check("TL209", "redirection-lost-to-middleware", severity="error", needs=("entry-points",))
def redirection_lost_to_middleware(runtime: Runtime) -> Iterator[Draft]:
    """An unqualified middleware of the entry point is looked up as `name@internal` for the redirect (R-084)."""
    for point in runtime.entry_points.values():
        if point.redirect_to is None or not point.redirect_to.text:
            continue
        for name in point.middlewares:
            if name.known and name.text and "@" not in name.text:
                yield finding(
                    name,
                    f"{quoted(name.text + '@internal')} does not exist, so the redirect of {quoted(point.name)} "
                    "is disabled and plain HTTP is served",
                    hint=f"name the provider: {listed(_qualified(runtime, name.text))}",
                    related=[(point.redirect_to, "the redirect")],
                )


def _qualified(runtime: Runtime, name: str) -> list[str]:
    """The middlewares of that name, else one of the file provider as an example."""
    found = [other for other in runtime.middlewares if other.rpartition("@")[0] == name]
    return found or [f"{name}@file"]


@check("TL210", "redirection-to-itself", severity="error", needs=("entry-points",))
def redirection_to_itself(runtime: Runtime) -> Iterator[Draft]:
    """An entry point that redirects to its own plain port sends clients to https on a port that speaks HTTP (S-037)."""
    for point in runtime.entry_points.values():
        if point.redirect_to is not None and _points_to(point, point.redirect_to.text) and point.tls is None:
            others = [other.name for other in runtime.entry_points.values() if is_secure(runtime, other)]
            yield finding(
                point.redirect_to,
                f"{quoted(point.name)} is redirected to itself, so clients never get an answer",
                hint=f"name the TLS entry point: {listed(others)}" if others else "name the TLS entry point",
            )


def _points_to(point: EntryPoint, target: str) -> bool:
    return target == point.name or (point.port is not None and target == f":{point.port}")


@check("TL211", "acme-bypass-with-http-challenge", severity="warning", needs=("entry-points",))
def acme_bypass_with_http_challenge(runtime: Runtime) -> Iterator[Draft]:
    """allowACMEByPass gives the challenge router an ordinary priority, so that user routers can win (S-065, R-091)."""
    for name, resolver in runtime.resolvers.items():
        challenge = resolver.value("acme", "httpChallenge", "entryPoint")
        point = runtime.entry_points.get(challenge.text) if challenge is not None else None
        bypass = (
            point.element.value("allowACMEByPass")
            if point is not None and point.element is not None
            else None
        )
        if challenge is None or bypass is None or bypass.data is not True:
            continue
        yield finding(
            bypass,
            f"routers of yours may take the challenge requests of resolver {quoted(name)}, "
            "which Traefik itself has to answer here",
            hint="leave allowACMEByPass out on the entry point of Traefik's own HTTP challenge",
            related=[(challenge, "the HTTP challenge")],
        )


@check("TL213", "redirection-without-target", severity="error")
def redirection_without_target(runtime: Runtime) -> Iterator[Draft]:
    """Without `to` Traefik logs an error and makes no redirect (R-088, S-037)."""
    for point in runtime.entry_points.values():
        section = point.element.element(*_SECTION) if point.element is not None else None
        if section is None:
            continue
        target = section.get("to")
        if target is not None and (point.redirect_to is None or point.redirect_to.text):
            continue
        others = [other.name for other in runtime.entry_points.values() if is_secure(runtime, other)]
        yield finding(
            target if target is not None else section,
            f"the redirection does not say where to, so requests on {quoted(point.name)} are not redirected",
            hint=f"set to: {listed(others)}" if others else "set to: the name of the TLS entry point",
        )
