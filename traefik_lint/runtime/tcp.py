"""Building tcp routers and services (pkg/server/router/tcp, pkg/server/service/tcp; R-125 … R-131, R-212)."""

from __future__ import annotations

from typing import NamedTuple

from traefik_lint.golang.text import quote
from traefik_lint.runtime.addresses import address_error
from traefik_lint.runtime.defaults import Json
from traefik_lint.runtime.middlewares import TcpMiddlewareBuilder
from traefik_lint.runtime.names import provider_of, qualify
from traefik_lint.runtime.routers import MAX_USER_PRIORITY, use_entry_points
from traefik_lint.runtime.static import StaticConfiguration
from traefik_lint.runtime.status import MAX_DEPTH, BuildError, add_error
from traefik_lint.runtime.tls import TlsManager, configured_options
from traefik_lint.runtime.types import Router, Runtime, Service

_MULTIPLE_TYPES = (
    "cannot create service: multi-types service not supported,"
    " consider declaring two different pieces of service instead"
)


class _Balancer(NamedTuple):
    """A tcp service that was built; ``reports`` says whether it tells its parents when it goes down."""

    reports: bool


class TcpRouters:
    """Builds all tcp routers of a runtime and gives them their statuses."""

    __slots__ = ("_middlewares", "_points", "_runtime", "_tls")

    def __init__(self, runtime: Runtime, static: StaticConfiguration, tls: TlsManager) -> None:
        self._runtime = runtime
        self._middlewares = TcpMiddlewareBuilder(runtime.tcp_middlewares, runtime.version)
        self._tls = tls
        self._points = frozenset(static.tcp_entry_points)

    def build(self) -> None:
        """Build every tcp router on each of its entry points."""
        for router in self._runtime.tcp_routers.values():
            use_entry_points(router, self._points)
            if router.tls:
                router.tls_options = configured_options(router)
            for _ in dict.fromkeys(router.using):
                self._set_priority(router)
                try:
                    self._build(router)
                except BuildError as error:
                    add_error(router, error.text, critical=True)

    def _set_priority(self, router: Router) -> None:
        if router.priority == 0 and router.rule is not None:
            router.priority = router.rule.priority
            if router.priority:
                router.config["priority"] = router.priority

    def _build(self, router: Router) -> None:
        config, rule = router.config, router.rule
        assert rule is not None
        if not config.get("service"):
            raise BuildError("the service is missing on the router")
        if not rule.text:
            raise BuildError("router has no rule")
        if rule.domain_error is not None:
            raise BuildError(rule.domain_error)
        if rule.domains and not router.tls and rule.domains[0] != "*":
            raise BuildError(f"invalid rule: {quote(rule.text)} , has HostSNI matcher, but no TLS on router")
        if router.priority > MAX_USER_PRIORITY:
            raise BuildError(
                f"the router priority {router.priority} exceeds the max user-defined priority {MAX_USER_PRIORITY}"
            )
        tls = config.get("tls")
        if isinstance(tls, dict) and not tls.get("passthrough"):
            for domain in rule.domains:
                if not domain.isascii():
                    text = f"invalid domain name value {quote(domain)}, non-ASCII characters are not allowed"
                    add_error(router, text, critical=True)
            refusal = self._tls.refusal(configured_options(router))
            if refusal is not None:
                add_error(router, refusal, critical=True)
                self._add_route(router)
                return
        self._build_handler(router)
        self._add_route(router)

    def _add_route(self, router: Router) -> None:
        if router.rule is not None and router.rule.error is not None:
            raise BuildError(router.rule.error.text)

    def _build_handler(self, router: Router) -> None:
        config = router.config
        provider = provider_of(router.name)
        names = config.get("middlewares")
        qualified = [qualify(name, provider) for name in names] if isinstance(names, list) else []
        if qualified:
            config["middlewares"] = qualified
        service = config.get("service")
        if isinstance(service, str):
            self._build_service(service, provider, 0)
        self._middlewares.build(qualified, router.name)

    def _build_service(self, written: str, provider: str, depth: int) -> _Balancer:
        name = qualify(written, provider)
        service = self._runtime.tcp_services.get(name)
        if service is None:
            raise BuildError(f"the service {quote(name)} does not exist")
        config = service.config
        balancer, weighted = config.get("loadBalancer"), config.get("weighted")
        if balancer is not None and weighted is not None:
            add_error(service, _MULTIPLE_TYPES, critical=True)
            raise BuildError(_MULTIPLE_TYPES)
        if isinstance(balancer, dict):
            return self._load_balancer(service, balancer)
        if isinstance(weighted, dict):
            return self._weighted(service, written, weighted, depth)
        text = f"the service {quote(name)} does not have any type defined"
        add_error(service, text, critical=True)
        raise BuildError(text)

    def _load_balancer(self, service: Service, options: Json) -> _Balancer:
        transport = options.get("serversTransport")
        if isinstance(transport, str) and transport:
            transport = options["serversTransport"] = qualify(transport, provider_of(service.name))
        else:
            transport = ""
        servers = options.get("servers")
        for server in servers if isinstance(servers, list) else ():
            address = server.get("address", "")
            fault = address_error(address)
            if fault is not None:
                self._runtime.logs.append((f"Failed to split host port: {fault}", service.span))
                continue
            refusal = self._dialer_refusal(transport, options)
            if refusal is not None:
                raise BuildError(refusal)
            if self._runtime.version >= (3, 6, 0):
                service.server_status[address] = "UP"
        return _Balancer("healthCheck" in options)

    def _dialer_refusal(self, transport: str, options: Json) -> str | None:
        version = self._runtime.version
        if version < (3, 0, 0):
            return None
        name = transport or "default@internal"
        element = self._runtime.tcp_servers_transports.get(name)
        if version < (3, 5, 2):
            return f"TCP dialer not found {name}" if element is None else None
        if element is None:
            return f"no transport configuration found for {quote(name)}"
        proxy = options.get("proxyProtocol")
        number = proxy.get("version", 0) if isinstance(proxy, dict) else None
        if transport:
            written = element.element("proxyProtocol")
            number = written.integer("version", default=2) if written is not None else None
        if isinstance(number, int) and number not in (1, 2):
            return f"unknown proxyProtocol version: {number}"
        return None

    def _weighted(self, service: Service, written: str, options: Json, depth: int) -> _Balancer:
        checked = "healthCheck" in options
        children = options.get("services")
        for child in children if isinstance(children, list) else ():
            name = child.get("name", "")
            if depth > MAX_DEPTH:
                break
            try:
                built = self._build_service(name, provider_of(service.name), depth + 1)
                if checked and not built.reports:
                    raise BuildError(
                        f"cannot register {name} as updater for {written}:"
                        " healthCheck not enabled in config for this weighted service"
                    )
            except BuildError as error:
                if self._runtime.version >= (3, 7, 11):
                    add_error(service, error.text, critical=True)
                raise
        return _Balancer(checked)
