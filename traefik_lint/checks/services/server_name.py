"""TL526: a server URL in a file whose host is a container's name with a slip of the pen: requests get 502 (R-203)."""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.hosts import meant_container
from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.checks.services.server_url import server_urls
from traefik_lint.golang.errors import GoError
from traefik_lint.golang.url import parse_url
from traefik_lint.runtime.types import Runtime


@check("TL526", "misspelt-server-name", severity="warning", confidence="medium")
def misspelt_server_name(runtime: Runtime) -> Iterator[Draft]:
    for service, _, value in server_urls(runtime):
        try:
            host = parse_url(value.text).hostname
        except GoError:
            continue
        meant = meant_container(runtime, host)
        if meant is not None and host in value.text:
            begin = value.text.index(host)
            yield finding(
                value.sub(begin, begin + len(host)),
                f"no container here is called {quoted(host)}: requests to {quoted(service.name)} get 502",
                hint=f"write {quoted(meant)}",
            )
