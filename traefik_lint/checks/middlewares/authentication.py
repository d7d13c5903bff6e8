"""What is known of forwardAuth middlewares: the server they ask, the routers they guard, the portal they point at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from traefik_lint.checks.middlewares.flow import Step, ways
from traefik_lint.golang.errors import GoError
from traefik_lint.golang.url import parse_query, parse_url
from traefik_lint.model.values import Value
from traefik_lint.runtime.types import Middleware, Router, Runtime


class Guard(NamedTuple):
    """A router that a forwardAuth middleware guards; ``steps`` are all its middlewares."""

    router: Router
    steps: list[Step]
    step: Step
    address: Value

    @property
    def path(self) -> str:
        """The path of the address that is asked."""
        return split(self.address.text).path


class Address(NamedTuple):
    """The parts of a URL; empty ones where there is no such part."""

    scheme: str
    host: str
    port: int | None
    path: str
    query: str


def guards(runtime: Runtime) -> Iterator[Guard]:
    """Every router with a forwardAuth whose address is known."""
    for router, known in ways(runtime):
        steps = known or []
        for step in steps:
            address = address_of(step.middleware)
            if address is not None:
                yield Guard(router, steps, step, address)


def address_of(middleware: Middleware) -> Value | None:
    """The address that a forwardAuth asks, when it is known."""
    if middleware.type != "forwardAuth" or middleware.options is None:
        return None
    address = middleware.options.value("address")
    return address if address is not None and address.known and address.text else None


def split(url: str) -> Address:
    """A URL's parts; all empty for one that is no URL."""
    try:
        parts = parse_url(url)
    except GoError:
        return Address("", "", None, "", "")
    port = int(parts.port) if parts.port else None
    return Address(parts.scheme, parts.hostname.lower(), port, parts.path, parts.raw_query)


def redirect_targets(address: str) -> list[str]:
    """The URLs of a login page that an address hands to the authentication server (Authelia's `rd`)."""
    query = parse_query(split(address).query)
    return [url for name in ("rd", "authelia_url") for url in query.get(name, ()) if "://" in url]
