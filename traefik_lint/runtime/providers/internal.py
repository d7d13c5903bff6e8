"""Traefik's own provider: api, dashboard, ping, metrics, rest, redirections, ACME challenges (R-087 … R-096)."""

from __future__ import annotations

import re

from traefik_lint.golang.errors import GoError
from traefik_lint.golang.text import quote
from traefik_lint.model.values import Element
from traefik_lint.options.catalogue import dynamic
from traefik_lint.runtime.addresses import split_host_port
from traefik_lint.runtime.configuration import Part, ProviderConfiguration
from traefik_lint.runtime.names import normalize
from traefik_lint.runtime.static import (
    INTERNAL_ENTRY_POINT,
    MAX_INT,
    InternalSwitches,
    StaticConfiguration,
    internal_switches,
)
from traefik_lint.runtime.synthetic import Data, build_element, option
from traefik_lint.runtime.types import EntryPoint

_PORT = re.compile(r":([0-9]+)")
_CHALLENGE = "PathPrefix(`/.well-known/acme-challenge/`)"
_DASHBOARD_REDIRECT = r"^(http:\/\/(\[[\w:.]+\]|[\w\._-]+)(:\d+)?)\/$"


def internal_configuration(static: StaticConfiguration) -> ProviderConfiguration:
    """What the provider `internal` hands out for this static configuration."""
    own = _Internal(static)
    own.add_service("noop")
    switches = internal_switches(static)
    own.add_api(switches)
    for name, section, path in (
        ("ping", switches.ping, "/ping"),
        ("prometheus", switches.prometheus, "/metrics"),
    ):
        if section is None:
            continue
        own.add_service(name)
        if not section.flag("manualRouting"):
            points = [section.string("entryPoint", default=INTERNAL_ENTRY_POINT)]
            own.add_router(name, points, f"PathPrefix(`{path}`)", f"{name}@internal", MAX_INT)
    if switches.rest is not None:
        own.add_service("rest")
        if switches.rest.flag("insecure"):
            rule = "PathPrefix(`/api/providers`)"
            own.add_router("rest", [INTERNAL_ENTRY_POINT], rule, "rest@internal", MAX_INT)
    for point in static.entry_points.values():
        own.add_redirection(point)
    own.add_challenges()
    own.configuration.http.servers_transports["default"] = _part(
        "default", build_element(option(dynamic(), "http", "serversTransports", "*"), {})
    )
    if static.version >= (3, 0, 0):
        own.configuration.tcp.servers_transports["default"] = _part(
            "default", build_element(option(dynamic(), "tcp", "serversTransports", "*"), {})
        )
    return own.configuration


class _Internal:
    """The provider's configuration while it is being filled."""

    __slots__ = ("configuration", "static", "syntax")

    def __init__(self, static: StaticConfiguration) -> None:
        self.static = static
        self.configuration = ProviderConfiguration("internal")
        version = static.version
        self.syntax = "" if version < (3, 0, 0) else "v3" if version < (3, 4, 0) else "default"

    def add_service(self, name: str) -> None:
        element = build_element(option(dynamic(), "http", "services", "*"), {})
        self.configuration.http.services[name] = _part(name, element)

    def add_router(
        self,
        name: str,
        entry_points: list[str],
        rule: str,
        service: str,
        priority: int = 0,
        *,
        middlewares: tuple[str, ...] = (),
        syntax: bool = True,
    ) -> None:
        data: dict[str, Data] = {"entryPoints": list[Data](entry_points), "rule": rule, "service": service}
        if middlewares:
            data["middlewares"] = list[Data](middlewares)
        if priority:
            data["priority"] = priority
        if syntax and self.syntax:
            data["ruleSyntax"] = self.syntax
        element = build_element(option(dynamic(), "http", "routers", "*"), data)
        self.configuration.http.routers[name] = _part(name, element)

    def add_middleware(self, name: str, data: dict[str, Data]) -> None:
        element = build_element(option(dynamic(), "http", "middlewares", "*"), data)
        self.configuration.http.middlewares[name] = _part(name, element)

    def add_api(self, switches: InternalSwitches) -> None:
        if not switches.api:
            return
        self.add_service("api")
        if switches.dashboard:
            self.add_service("dashboard")
        if not switches.api_insecure:
            return
        points = [INTERNAL_ENTRY_POINT]
        self.add_router("api", points, "PathPrefix(`/api`)", "api@internal", MAX_INT - 1)
        if switches.dashboard:
            names = ("dashboard_redirect", "dashboard_stripprefix")
            self.add_router(
                "dashboard", points, "PathPrefix(`/`)", "dashboard@internal", MAX_INT - 2,
                middlewares=tuple(f"{name}@internal" for name in names),
            )  # fmt: skip
            redirect: dict[str, Data] = {
                "regex": _DASHBOARD_REDIRECT,
                "replacement": "${1}/dashboard/",
                "permanent": True,
            }
            self.add_middleware(names[0], {"redirectRegex": redirect})
            self.add_middleware(names[1], {"stripPrefix": {"prefixes": ["/dashboard/", "/dashboard"]}})
        if switches.debug:
            self.add_router("debug", points, "PathPrefix(`/debug`)", "api@internal", MAX_INT - 1)

    def add_redirection(self, point: EntryPoint) -> None:
        """The router that redirects an entry point's traffic (R-087 … R-091)."""
        options = point.element.element("http", "redirections") if point.element is not None else None
        if options is None:
            return
        target = options.element("entryPoint")
        to = target.string("to") if target is not None else ""
        logs = self.configuration.logs
        if target is None or not to:
            logs.append(
                ("Unable to create redirection: the entry point or the port is missing", options.span)
            )
            return
        port = self._redirect_port(point, to)
        if isinstance(port, GoError):
            value = target.value("to")
            logs.append((port.text, value.span if value is not None else target.span))
            return
        name = normalize(f"{point.name}-to-{to}")
        rule = "HostRegexp(`^.+$`)" if self.syntax else "HostRegexp(`{host:.+}`)"
        if self._spares_challenges(point):
            rule += f" && !{_CHALLENGE}"
        priority = target.integer("priority", default=MAX_INT - 1)
        self.add_router(
            name, [point.name], rule, "noop@internal", priority, middlewares=(f"redirect-{name}",)
        )
        scheme: dict[str, Data] = {
            "scheme": target.string("scheme", default="https"),
            "port": port,
            "permanent": target.flag("permanent", default=True),
        }
        self.add_middleware(f"redirect-{name}", {"redirectScheme": scheme})

    def _spares_challenges(self, point: EntryPoint) -> bool:
        """Whether ACME's challenges are left out of the redirection (R-091)."""
        if self.static.version < (3, 6, 10):
            return False
        return point.element is not None and point.element.flag("allowACMEByPass")

    def _redirect_port(self, point: EntryPoint, to: str) -> str | GoError:
        """The port of a redirection's target; the error that Traefik logs when there is none."""
        given = _PORT.fullmatch(to)
        if given is not None:
            return given[1]
        target = self.static.entry_points.get(to)
        if target is None:
            return GoError(f"'to' entry point field references a non-existing entry point: {to}")
        try:
            return split_host_port(target.address.partition("/")[0]).port
        except GoError as error:
            return GoError(
                f"invalid entry point {quote(point.name)} address {quote(target.address)}: {error.text}"
            )

    def add_challenges(self) -> None:
        """The routers for ACME's HTTP challenge (R-091, S-065)."""
        ordinary: list[str] = []
        bypassed: list[str] = []
        for resolver in self.static.resolvers.values():
            challenge = resolver.string("acme", "httpChallenge", "entryPoint")
            if not challenge or challenge in ordinary or challenge in bypassed:
                continue
            point = self.static.entry_points.get(challenge)
            bypass = point is not None and point.element is not None and point.element.flag("allowACMEByPass")
            (bypassed if bypass else ordinary).append(challenge)
        if ordinary or bypassed:
            self.add_service("acme-http")
        if ordinary:
            self.add_router("acme-http", ordinary, _CHALLENGE, "acme-http@internal", MAX_INT)
        if bypassed:
            self.add_router("acme-http-bypass", bypassed, _CHALLENGE, "acme-http@internal", syntax=False)


def _part(name: str, element: Element) -> Part:
    return Part(name, element, None, generated=True)
