"""The computed world that checks and reports read: what ``/api/rawdata`` shows, with places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from traefik_lint.model.compose import ComposeService
from traefik_lint.model.deployment import Deployment, DynamicFile, World
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.model.values import Element, Value
from traefik_lint.source.span import Span

if TYPE_CHECKING:
    from traefik_lint.options.version import Version
    from traefik_lint.runtime.expression.ast import Rule

Protocol = Literal["http", "tcp", "udp"]
Status = Literal["enabled", "warning", "disabled"]

#: Where an element comes from; None for Traefik's internal ones and for entry point redirections.
Origin: TypeAlias = "ComposeService | DynamicFile | KubernetesObject | None"


class Undetermined(NamedTuple):
    """What Traefik leaves to chance: it may be otherwise after the next start or reload.

    ``kind`` is a short word: ``equal-priority`` (which of the routers wins), ``udp-router`` (which one serves the
    entry point), ``tls-warning`` (which of them carries the warning), ``network`` (which address is used),
    ``build-order`` (which of several failures is shown), ``tls-options`` (in which provider the options of an entry
    point are looked up).
    """

    kind: str
    names: tuple[str, ...]
    fact: str


class Drop:
    """Something a provider dropped, with Traefik's log text: a container, an object, a route, a router.

    ``kind`` is a short word (``decoding``, ``port-missing``, ``conflict``, ``not-enabled``, ``secret`` …),
    ``text`` Traefik's own error text ("" when it says nothing), ``subject`` what was lost in words
    (``container "api"``), ``fact`` the number of the fact.
    """

    __slots__ = ("fact", "kind", "origin", "related", "span", "subject", "text")

    def __init__(
        self, kind: str, subject: str, text: str, span: Span | None, origin: Origin, fact: str = ""
    ) -> None:
        self.kind = kind
        self.subject = subject
        self.text = text
        self.span = span
        self.origin = origin
        self.fact = fact
        self.related: list[tuple[Span, str]] = []


class Reference:
    """A name used by one element for another.

    ``value`` is where the name was written (None when Traefik filled it in), ``name`` the qualified name looked up
    (``auth@docker``), ``target`` the element found or None.
    """

    __slots__ = ("name", "target", "value")

    def __init__(self, value: Value | None, name: str, target: Middleware | Service | None = None) -> None:
        self.value = value
        self.name = name
        self.target = target

    @property
    def provider(self) -> str:
        """The provider part of the qualified name."""
        return self.name.rpartition("@")[2]

    @property
    def known(self) -> bool:
        """Whether the name could be read from the files."""
        return self.value is None or self.value.known


class EntryPoint:
    """An entry point of the static configuration (or one of Traefik's own), with its defaults applied.

    ``port`` is None when the address can't be read; ``element`` is None for entry points that Traefik adds itself.
    ``redirect_to`` is the text of ``http.redirections.entryPoint.to``.
    """

    __slots__ = (
        "address", "as_default", "element", "middlewares", "name", "port", "protocol", "redirect_to", "tls",
    )  # fmt: skip

    def __init__(self, name: str, element: Element | None) -> None:
        self.name = name
        self.element = element
        self.address: str = ""
        self.protocol: Literal["tcp", "udp"] = "tcp"
        self.port: int | None = None
        self.as_default: bool = False
        self.tls: Element | None = None
        self.middlewares: list[Value] = []
        self.redirect_to: Value | None = None

    @property
    def span(self) -> Span | None:
        """Where it is defined (its name), None for Traefik's own."""
        return self.element.span if self.element is not None else None


class Router:
    """A router as Traefik runs it.

    One definition may be several of these (one per entry point with a model, R-083); ``definition`` is the name it
    was defined under, so checks that look at definitions use :attr:`Runtime.definitions`.
    ``element`` holds what was written, ``label``-created defaults are in the computed fields.
    """

    __slots__ = (
        "children", "config", "default_rule", "definition", "element", "entry_point_values", "entry_points",
        "errors", "generated", "middlewares", "name", "origin", "parents", "priority", "protocol", "provider",
        "resolver", "rule", "rule_value", "service", "status", "tls", "tls_from_entry_point", "tls_options",
        "using",
    )  # fmt: skip

    def __init__(self, protocol: Protocol, name: str, provider: str) -> None:
        self.protocol = protocol
        #: Qualified name as in rawdata (``web-api@docker``).
        self.name = name
        self.provider = provider
        self.definition = name
        self.element: Element | None = None
        self.origin: Origin = None
        #: True for routers nobody wrote: default routers, redirections, Traefik's internal ones.
        self.generated = False
        #: True when the rule is the provider's default rule (R-032).
        self.default_rule = False
        self.rule: Rule | None = None
        self.rule_value: Value | None = None
        self.priority: int = 0
        #: Names of the entry points written on the router, with places (empty when none was given).
        self.entry_point_values: list[Value] = []
        #: Entry points it asks for, after defaults.
        self.entry_points: list[str] = []
        #: Entry points that exist and serve it.
        self.using: list[str] = []
        self.middlewares: list[Reference] = []
        self.service: Reference | None = None
        self.tls: bool = False
        self.tls_from_entry_point = False
        #: Qualified name of the TLS options that really apply ("default" for the default options, "" without tls).
        self.tls_options: str = ""
        self.resolver: Value | None = None
        self.parents: list[Reference] = []
        self.children: list[Router] = []
        self.status: Status = "enabled"
        self.errors: list[str] = []
        #: The router as Traefik's JSON shows it (defaults filled in).
        self.config: dict[str, object] = {}

    @property
    def span(self) -> Span | None:
        """Where the router was written: its name where it has one, else the label or object that made it."""
        if self.element is not None:
            return self.element.span
        if isinstance(self.origin, ComposeService):
            return self.origin.name.span
        return None


class Middleware:
    """A middleware: ``type`` is its JSON key (``stripPrefix``), ``options`` the decoded struct under it."""

    __slots__ = (
        "config", "element", "errors", "name", "options", "origin", "protocol", "provider", "references", "status",
        "type", "types", "used_by",
    )  # fmt: skip

    def __init__(self, protocol: Protocol, name: str, provider: str) -> None:
        self.protocol = protocol
        self.name = name
        self.provider = provider
        self.element: Element | None = None
        self.origin: Origin = None
        self.type: str = ""
        #: All types written (more than one is an error, R-161).
        self.types: list[str] = []
        self.options: Element | None = None
        #: Members of a chain.
        self.references: list[Reference] = []
        self.status: Status = "enabled"
        self.errors: list[str] = []
        self.used_by: list[str] = []
        self.config: dict[str, object] = {}

    @property
    def span(self) -> Span | None:
        """Where the middleware was written."""
        return self.element.span if self.element is not None else None


class Service:
    """A service: ``type`` is its JSON key (``loadBalancer``, ``weighted``, …)."""

    __slots__ = (
        "config", "element", "errors", "generated", "name", "origin", "origins", "port", "protocol", "provider",
        "references", "server_status", "servers", "status", "type", "used_by",
    )  # fmt: skip

    def __init__(self, protocol: Protocol, name: str, provider: str) -> None:
        self.protocol = protocol
        self.name = name
        self.provider = provider
        self.element: Element | None = None
        self.origin: Origin = None
        #: All that put a server into it (several containers may share a service, R-060).
        self.origins: list[Origin] = []
        self.generated = False
        self.type: str = ""
        #: URLs or addresses as rawdata shows them.
        self.servers: list[str] = []
        #: Each server's state as rawdata shows it once the service is built (``UP``).
        self.server_status: dict[str, str] = {}
        #: The port the servers are asked on when it was written, else None.
        self.port: Value | None = None
        #: Children of weighted, mirroring, failover services.
        self.references: list[Reference] = []
        self.status: Status = "enabled"
        self.errors: list[str] = []
        self.used_by: list[str] = []
        self.config: dict[str, object] = {}

    @property
    def span(self) -> Span | None:
        """Where the service was written."""
        if self.element is not None:
            return self.element.span
        return self.origin.name.span if isinstance(self.origin, ComposeService) else None


class TlsOptions:
    """TLS options by qualified name; ``default`` stays unqualified (R-068)."""

    __slots__ = ("element", "errors", "name", "origin", "provider")

    def __init__(self, name: str, provider: str, element: Element | None, origin: Origin) -> None:
        self.name = name
        self.provider = provider
        self.element = element
        self.origin = origin
        #: Why building the TLS configuration from it fails (R-152 …), empty when it is sound.
        self.errors: list[str] = []

    @property
    def span(self) -> Span | None:
        """Where the options were written."""
        return self.element.span if self.element is not None else None


class Runtime:
    """One deployment as Traefik would run it.

    Routers, middlewares and services are keyed by qualified name. ``refused`` is Traefik's text when it would not
    start (rawdata is null then). ``drops`` are all the things that never became an element, with the reason.
    """

    def __init__(self, deployment: Deployment) -> None:
        self.deployment = deployment
        self.version: Version = deployment.version
        self.refused: str | None = None
        self.entry_points: dict[str, EntryPoint] = {}
        self.resolvers: dict[str, Element] = {}
        self.routers: dict[str, Router] = {}
        self.tcp_routers: dict[str, Router] = {}
        self.udp_routers: dict[str, Router] = {}
        #: Routers as defined, before being split per entry point; keyed ``protocol`` then qualified name.
        self.definitions: dict[Protocol, dict[str, Router]] = {"http": {}, "tcp": {}, "udp": {}}
        self.middlewares: dict[str, Middleware] = {}
        self.tcp_middlewares: dict[str, Middleware] = {}
        self.services: dict[str, Service] = {}
        self.tcp_services: dict[str, Service] = {}
        self.udp_services: dict[str, Service] = {}
        self.tls_options: dict[str, TlsOptions] = {}
        self.tls_stores: dict[str, TlsOptions] = {}
        self.servers_transports: dict[str, Element] = {}
        self.tcp_servers_transports: dict[str, Element] = {}
        self.drops: list[Drop] = []
        #: What is named but is not in the files, and is taken to exist elsewhere or is done without.
        self.missing: list[Drop] = []
        self.undetermined: list[Undetermined] = []
        #: Log lines Traefik would write, with a place where one is known.
        self.logs: list[tuple[str, Span | None]] = []

    def is_closed(self, *kinds: World) -> bool:
        """See :meth:`Deployment.is_closed`."""
        return self.deployment.is_closed(*kinds)

    def all_definitions(self) -> list[Router]:
        """Every router as written, of all protocols."""
        return [router for group in self.definitions.values() for router in group.values()]
