"""What one provider hands to Traefik: the dynamic configuration before merging (names not yet qualified)."""

from __future__ import annotations

from traefik_lint.model.values import Element
from traefik_lint.runtime.types import Drop, Origin, Undetermined
from traefik_lint.source.span import Span


class Part:
    """One router, middleware, service, transport, TLS option or store under its unqualified name.

    ``element`` is decoded under the *dynamic* option specs whatever the notation was: providers that compute
    elements (docker's automatic services, IngressRoutes) build them with values that point at what they came from.
    ``generated`` is true when nobody wrote it.
    """

    __slots__ = ("default_rule", "element", "generated", "name", "origin", "origins", "service_filled")

    def __init__(self, name: str, element: Element, origin: Origin, generated: bool = False) -> None:
        self.name = name
        self.element = element
        self.origin = origin
        self.generated = generated
        #: A router that has the provider's default rule (R-032, R-037).
        self.default_rule = False
        #: A router whose service the provider filled in (R-038).
        self.service_filled = False
        #: All that contributed (containers whose servers were joined, R-060).
        self.origins: list[Origin] = [origin]

    def __repr__(self) -> str:
        return f"Part({self.name!r})"


class Section:
    """The http, tcp or udp part of a configuration."""

    __slots__ = ("middlewares", "routers", "servers_transports", "services")

    def __init__(self) -> None:
        self.routers: dict[str, Part] = {}
        self.middlewares: dict[str, Part] = {}
        self.services: dict[str, Part] = {}
        self.servers_transports: dict[str, Part] = {}


class ProviderConfiguration:
    """All that one provider computed from its sources, with what it dropped on the way and what it logged."""

    __slots__ = (
        "drops", "http", "logs", "missing", "provider", "replicas", "tcp", "tls_certificates", "tls_options",
        "tls_stores", "udp", "undetermined",
    )  # fmt: skip

    def __init__(self, provider: str) -> None:
        self.provider = provider
        self.http = Section()
        self.tcp = Section()
        self.udp = Section()
        self.tls_options: dict[str, Part] = {}
        self.tls_stores: dict[str, Part] = {}
        self.tls_certificates: list[Part] = []
        self.drops: list[Drop] = []
        #: What is named but is not in the files, without anything being left out for it: Traefik goes on without it,
        #: or the caller asked to take such things to exist elsewhere.
        self.missing: list[Drop] = []
        self.logs: list[tuple[str, Span | None]] = []
        self.undetermined: list[Undetermined] = []
        #: How many containers hand out exactly this.
        self.replicas = 1
