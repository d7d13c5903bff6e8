"""The effective static configuration: entry points, resolvers, switches, with defaults applied (S-032 … S-076)."""

from __future__ import annotations

from typing import NamedTuple

from traefik_lint.golang.errors import GoError
from traefik_lint.model.deployment import Deployment
from traefik_lint.model.values import Element
from traefik_lint.options.version import Version
from traefik_lint.runtime.addresses import split_host_port
from traefik_lint.runtime.types import EntryPoint

#: The entry point that Traefik makes for its own routers.
INTERNAL_ENTRY_POINT = "traefik"
MAX_INT = 2**63 - 1


class StaticConfiguration:
    """What the rest of the runtime needs to know of the static configuration.

    ``element`` holds the options as decoded (None when there is no static configuration); ``entry_points`` are all
    entry points Traefik opens, its own included.
    """

    __slots__ = ("element", "entry_points", "resolvers", "version")

    def __init__(self, element: Element | None, version: Version) -> None:
        self.element = element
        self.version = version
        self.entry_points: dict[str, EntryPoint] = {}
        self.resolvers: dict[str, Element] = {}

    def section(self, *path: str) -> Element | None:
        """A section that was written, None when it is absent or switched off."""
        return self.element.element(*path) if self.element is not None else None

    def provider(self, name: str) -> Element | None:
        """The options of a provider that is switched on."""
        return self.section("providers", name)

    @property
    def default_rule_syntax(self) -> str:
        """``core.defaultRuleSyntax``, empty when there is no ``core`` section (S-092)."""
        core = self.section("core")
        return "" if core is None else core.string("defaultRuleSyntax", default="v3")

    @property
    def tcp_entry_points(self) -> list[str]:
        """Names of the entry points that http and tcp routers can use, in order of name."""
        return sorted(name for name, point in self.entry_points.items() if point.protocol == "tcp")

    @property
    def udp_entry_points(self) -> list[str]:
        """Names of the entry points that udp routers can use, in order of name."""
        return sorted(name for name, point in self.entry_points.items() if point.protocol == "udp")

    @property
    def default_entry_points(self) -> list[str]:
        """Entry points of routers that name none, in order of name (R-080, S-036)."""
        chosen = any(point.as_default for point in self.entry_points.values())
        return [
            name
            for name in self.tcp_entry_points
            if name != INTERNAL_ENTRY_POINT and (self.entry_points[name].as_default or not chosen)
        ]

    @property
    def plugins(self) -> frozenset[str]:
        """Names of the plugins that the configuration loads."""
        names: set[str] = set()
        for kind in ("plugins", "localPlugins"):
            section = self.section("experimental", kind)
            names.update(section.fields if section is not None else ())
        return frozenset(names)


class InternalSwitches(NamedTuple):
    """Which of Traefik's own services exist (R-092, R-200)."""

    api: bool
    api_insecure: bool
    dashboard: bool
    debug: bool
    ping: Element | None
    prometheus: Element | None
    rest: Element | None
    acme_http: bool


def effective_static(deployment: Deployment) -> StaticConfiguration:
    """The static configuration of a deployment, as Traefik completes it before it starts."""
    element = deployment.static.element if deployment.static is not None else None
    static = StaticConfiguration(element, deployment.version)
    points = static.section("entryPoints")
    for name, point in points or ():
        if isinstance(point, Element):
            static.entry_points[name] = entry_point(name, point, deployment.version)
    _add_own_entry_points(static)
    for name, resolver in static.section("certificatesResolvers") or ():
        if isinstance(resolver, Element) and ("acme" in resolver or "tailscale" in resolver):
            static.resolvers[name] = resolver
    return static


def entry_point(name: str, element: Element | None, version: Version, address: str = "") -> EntryPoint:
    """An entry point from its options; ``address`` is for those that Traefik adds itself."""
    point = EntryPoint(name, element)
    if element is not None:
        address = element.string("address")
        point.as_default = element.flag("asDefault") and version >= (3, 0, 0)
        point.tls = element.element("http", "tls")
        point.middlewares = element.values("http", "middlewares")
        point.redirect_to = element.value("http", "redirections", "entryPoint", "to")
    point.address = address
    written, slash, protocol = address.partition("/")
    if slash and protocol.lower() == "udp":
        point.protocol = "udp"
    try:
        port = split_host_port(written).port
        point.port = int(port) if port.isascii() and port.isdigit() else None
    except GoError:
        point.port = None
    return point


def internal_switches(static: StaticConfiguration) -> InternalSwitches:
    """Which internal services the static configuration switches on."""
    api = static.section("api")
    ping = static.section("ping")
    challenges = (resolver.element("acme", "httpChallenge") for resolver in static.resolvers.values())
    return InternalSwitches(
        api=api is not None,
        api_insecure=api is not None and api.flag("insecure"),
        dashboard=api is not None and api.flag("dashboard", default=True),
        debug=api is not None and api.flag("debug"),
        ping=ping,
        prometheus=static.section("metrics", "prometheus"),
        rest=static.provider("rest"),
        acme_http=any(challenge is not None for challenge in challenges),
    )


def _add_own_entry_points(static: StaticConfiguration) -> None:
    """Add `http` when none is defined and `traefik` when something of Traefik's own needs it (S-035)."""
    if not static.entry_points:
        static.entry_points["http"] = entry_point("http", None, static.version, ":80")
    switches = internal_switches(static)
    needed = (
        switches.api_insecure
        or any(
            section is not None
            and not section.flag("manualRouting")
            and section.string("entryPoint", default=INTERNAL_ENTRY_POINT) == INTERNAL_ENTRY_POINT
            for section in (switches.ping, switches.prometheus)
        )
        or (switches.rest is not None and switches.rest.flag("insecure"))
    )
    if needed and INTERNAL_ENTRY_POINT not in static.entry_points:
        static.entry_points[INTERNAL_ENTRY_POINT] = entry_point(
            INTERNAL_ENTRY_POINT, None, static.version, ":8080"
        )
