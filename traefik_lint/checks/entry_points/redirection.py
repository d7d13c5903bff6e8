"""TL207 to TL210: entry point redirections that do something else than they read."""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.checks.traffic import outside_ports
from traefik_lint.runtime.types import EntryPoint, Runtime


@check("TL207", "redirect-to-internal-port", severity="warning", needs=("entry-points",))
def redirect_to_internal_port(runtime: Runtime) -> Iterator[Draft]:
    """The port in the Location is that of the target's address inside the container (R-089, S-038)."""
    for point in runtime.entry_points.values():
        target = runtime.entry_points.get(point.redirect_to.text) if point.redirect_to is not None else None
        if target is None or target.port is None or target.port == 443 or runtime.deployment.traefik is None:
            continue
        outside = outside_ports(runtime, target)
        if not outside or target.port in outside or point.redirect_to is None:
            continue
        port = min(outside)
        yield finding(
            point.redirect_to,
            f"clients are redirected to port {target.port}, the port inside the container; outside it is {port}",
            hint=f'write ":{port}"' + (" (443 is left out of the URL)" if port == 443 else ""),
            related=[(target.span, f"{quoted(target.name)} listens on {quoted(target.address)}")],
        )


@check("TL208", "redirection-under-tls", severity="error", needs=("entry-points",))
def redirection_under_tls(runtime: Runtime) -> Iterator[Draft]:
    """With http.tls on the same entry point the redirect answers TLS only; plain HTTP gets 404 (R-090)."""
    for point in runtime.entry_points.values():
        if point.redirect_to is None or point.tls is None or point.redirect_to.text in ("", point.name):
            continue
        yield finding(
            point.redirect_to,
            f"{quoted(point.name)} has http.tls, which makes its redirect answer TLS only: plain HTTP gets 404",
            hint="move http.tls to the entry point that is redirected to",
            related=[(point.tls, "http.tls of this entry point")],
        )


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
                    hint=f"name the provider: {quoted(name.text + '@file')} or {quoted(name.text + '@docker')}",
                    related=[(point.redirect_to, "the redirect")],
                )


@check("TL210", "redirection-to-itself", severity="error", needs=("entry-points",))
def redirection_to_itself(runtime: Runtime) -> Iterator[Draft]:
    """An entry point that redirects to its own plain port sends clients to https on a port that speaks HTTP (S-037)."""
    for point in runtime.entry_points.values():
        if point.redirect_to is not None and _points_to(point, point.redirect_to.text) and point.tls is None:
            yield finding(
                point.redirect_to,
                f"{quoted(point.name)} is redirected to itself, so clients never get an answer",
                hint="name the TLS entry point",
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
