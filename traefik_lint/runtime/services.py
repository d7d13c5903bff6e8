"""Building http services: what Traefik refuses of load balancers and of services made of others (R-200 … R-214)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from traefik_lint.golang.errors import GoError
from traefik_lint.golang.strconv import parse_int
from traefik_lint.golang.text import quote
from traefik_lint.options.version import Version
from traefik_lint.runtime.cookies import cookie_name
from traefik_lint.runtime.defaults import Json
from traefik_lint.runtime.names import provider_of, qualify
from traefik_lint.runtime.static import InternalSwitches
from traefik_lint.runtime.status import MAX_DEPTH, BuildError, add_error, recursion_error
from traefik_lint.runtime.types import Runtime, Service

Stack = tuple[str, ...]
#: Builds a list of middlewares in front of a service: names, the referring element, the stack.
ChainBuilder = Callable[[list[str], str, Stack], None]

_PLAIN_URL = re.compile(r"[a-z][a-z0-9]*://[A-Za-z0-9._-]+(:[0-9]+)?/?")
_STRATEGIES = {"": "WRR", "wrr": "WRR", "p2c": "P2C", "hrw": "HRW", "leasttime": "LeastTime"}
_MULTIPLE_TYPES = (
    "cannot create service: multi-types service not supported,"
    " consider declaring two different pieces of service instead"
)


class Handler(NamedTuple):
    """A service that was built.

    ``reports`` says whether it tells its parents when it goes down; ``kind`` is the word for it in Traefik's
    texts. ``go_type`` is set for Traefik's own handlers, which never do.
    """

    kind: str
    reports: bool = False
    go_type: str = ""


_INTERNAL = {
    "noop@internal": "http.HandlerFunc", "acme-http@internal": "*acme.ChallengeHTTP", "api@internal": "*mux.Router",
    "dashboard@internal": "dashboard.Handler", "rest@internal": "*mux.Router", "ping@internal": "*ping.Handler",
    "prometheus@internal": "http.HandlerFunc",
}  # fmt: skip


class HttpServices:
    """Builds http services on demand, each once, and marks those that fail."""

    __slots__ = ("_built", "_runtime", "_switches", "chain")

    def __init__(self, runtime: Runtime, switches: InternalSwitches) -> None:
        self._runtime = runtime
        self._switches = switches
        self._built: dict[str, Handler] = {}
        self.chain: ChainBuilder | None = None

    def build(self, name: str, stack: Stack, *, nested: bool = False) -> Handler:
        """Build the service of a qualified name; raises BuildError with Traefik's text.

        ``nested`` says that another service asks for it.
        """
        if name.endswith("@internal") and not (nested and _internal_only_on_top(self._runtime.version)):
            return _internal(name, self._switches)
        built = self._built.get(name)
        if built is not None:
            return built
        handler = self._build(name, stack)
        self._built[name] = handler
        return handler

    def _build(self, name: str, stack: Stack) -> Handler:
        service = self._runtime.services.get(name)
        if len(stack) > MAX_DEPTH:
            return Handler("WRR", True)
        if service is None:
            raise BuildError(f"the service {quote(name)} does not exist")
        if service.status == "disabled":
            raise BuildError(", ".join(service.errors))
        kinds = [kind for kind in service.config if kind not in ("middlewares", "observability")]
        try:
            if len(kinds) > 1:
                raise BuildError(_MULTIPLE_TYPES)
            recursion = recursion_error("service", name, stack)
            if recursion is not None:
                raise BuildError(recursion)
            stack = (*stack, f"service:{name}")
            build = _BUILDERS.get(kinds[0]) if kinds else None
            if build is None:
                raise BuildError(f"the service {quote(name)} does not have any type defined")
            options = service.config[kinds[0]]
            handler = build(self, service, options if isinstance(options, dict) else {}, stack)
            middlewares = service.config.get("middlewares")
            if isinstance(middlewares, list) and self.chain is not None:
                self.chain(middlewares, name, stack)
        except BuildError as error:
            add_error(service, error.text, critical=True)
            raise
        return handler

    def _child(self, service: Service, written: object, stack: Stack) -> Handler:
        name = written if isinstance(written, str) else ""
        return self.build(qualify(name, provider_of(service.name)), stack, nested=True)

    def load_balancer(self, service: Service, options: Json, _stack: Stack) -> Handler:
        """Check servers, strategy and transport of a load balancer; name its sticky cookie."""
        version = self._runtime.version
        transport = _text(options, "serversTransport")
        if transport:
            transport = qualify(transport, provider_of(service.name))
            options["serversTransport"] = transport
        _name_cookie(options, service.name)
        strategy = _text(options, "strategy")
        kind = _STRATEGIES.get(strategy)
        if kind is None:
            raise BuildError(f"unsupported load-balancer strategy {quote(strategy)}")
        transport_exists = not transport or transport in self._runtime.servers_transports
        missing = f"servers transport not found {transport}"
        if not transport_exists and version < (3, 2, 0):
            raise BuildError(missing)
        for url in _server_urls(options):
            target = _parsed_url(url)
            if not transport_exists:
                raise BuildError(
                    f"error building proxy for server URL {url}: getting RoundTripper: {missing}"
                )
            service.server_status[target] = "UP"
        checked = "healthCheck" in options
        if checked and not transport_exists:
            raise BuildError(f"getting RoundTripper: {missing}")
        return Handler(kind, checked)

    def weighted(self, service: Service, options: Json, stack: Stack) -> Handler:
        """Build the children of a weighted service; with a health check they must report."""
        _name_cookie(options, service.name)
        checked = "healthCheck" in options
        for child in _structs(options, "services"):
            name = _text(child, "name")
            handler = self._weighted_child(service, name, stack)
            if checked:
                _register(name, service.name, handler, self._runtime.version)
        return Handler("WRR", checked)

    def _weighted_child(self, service: Service, name: str, stack: Stack) -> Handler:
        try:
            return self._child(service, name, stack)
        except BuildError as error:
            raise BuildError(_wrapped_child(name, error.text, self._runtime.version)) from None

    def highest_random_weight(self, service: Service, options: Json, stack: Stack) -> Handler:
        """Build the children of a service that picks by highest random weight."""
        checked = "healthCheck" in options
        for child in _structs(options, "services"):
            name = _text(child, "name")
            handler = self._child(service, name, stack)
            if checked:
                _register(name, service.name, handler, self._runtime.version)
        return Handler("HRW", checked)

    def mirroring(self, service: Service, options: Json, stack: Stack) -> Handler:
        """Build the main service and its mirrors."""
        self._child(service, options.get("service"), stack)
        for mirror in _structs(options, "mirrors"):
            self._child(service, mirror.get("name"), stack)
            percent = mirror.get("percent", 0)
            if isinstance(percent, int) and not 0 <= percent <= 100:
                raise BuildError("percent must be between 0 and 100")
        return Handler("mirroring", "healthCheck" in options)

    def failover(self, service: Service, options: Json, stack: Stack) -> Handler:
        """Build the main service, which must report or have error statuses, and the fallback."""
        main, fallback = _text(options, "service"), _text(options, "fallback")
        handler = self._child(service, main, stack)
        errors = options.get("errors")
        statuses = errors.get("status") if isinstance(errors, dict) else None
        by_status = isinstance(statuses, list) and bool(statuses)
        if not by_status:
            _register(main, service.name, handler, self._runtime.version)
        elif isinstance(statuses, list):
            refused = code_range_error(statuses)
            if refused is not None:
                raise BuildError(
                    f"error creating failover service {service.name}: creating HTTP code ranges: {refused}"
                )
        other = self._child(service, fallback, stack)
        checked = "healthCheck" in options
        if checked:
            _register(fallback, service.name, other, self._runtime.version)
        return Handler("failover", checked)


_Builder = Callable[[HttpServices, Service, Json, Stack], Handler]
_BUILDERS: dict[str, _Builder] = {
    "loadBalancer": HttpServices.load_balancer,
    "weighted": HttpServices.weighted,
    "highestRandomWeight": HttpServices.highest_random_weight,
    "mirroring": HttpServices.mirroring,
    "failover": HttpServices.failover,
}


def code_range_error(ranges: list[object]) -> str | None:
    """Go's text for the first status code or range that is no number (R-172)."""
    for entry in ranges:
        codes = str(entry).split("-")
        for code in codes[:2]:
            refused = _number_error(code)
            if refused is not None:
                return refused
    return None


def _number_error(text: str) -> str | None:
    try:
        parse_int(text, function="Atoi")
    except GoError as error:
        return error.text
    return None


def _internal_only_on_top(version: Version) -> bool:
    """Before these releases a service made of others could not use Traefik's own."""
    return version < (2, 11, 14) or (3, 0, 0) <= version < (3, 2, 1)


def _internal(name: str, switches: InternalSwitches) -> Handler:
    """Traefik's own services (R-200)."""
    go_type = _INTERNAL.get(name)
    if go_type is None:
        raise BuildError(f"unknown internal service {name}")
    enabled = {
        "acme-http": switches.acme_http, "api": switches.api, "dashboard": switches.dashboard,
        "rest": switches.rest is not None, "ping": switches.ping is not None,
        "prometheus": switches.prometheus is not None,
    }  # fmt: skip
    short = name.partition("@")[0]
    if not enabled.get(short, True):
        raise BuildError(f"{'HTTP challenge' if short == 'acme-http' else short} is not enabled")
    return Handler("", False, go_type)


def _register(child: str, parent: str, handler: Handler, version: Version) -> None:
    """Make a child tell its parent when it is down; raises when it can't (R-207)."""
    if handler.go_type:
        raise BuildError(
            f"child service {child} of {parent} not a healthcheck.StatusUpdater ({handler.go_type})"
        )
    if not handler.reports:
        kind = "weighted" if handler.kind in ("WRR", "P2C") and version < (3, 6, 0) else handler.kind
        raise BuildError(
            f"cannot register {child} as updater for {parent}:"
            f" healthCheck not enabled in config for this {kind} service"
        )


def _wrapped_child(name: str, text: str, version: Version) -> str:
    if version >= (3, 6, 8):
        return f"building HTTP service {quote(name)}: {text}"
    return f"building HTTP service: {text}" if version >= (3, 6, 0) else text


def _name_cookie(options: Json, service: str) -> None:
    sticky = options.get("sticky")
    cookie = sticky.get("cookie") if isinstance(sticky, dict) else None
    if isinstance(cookie, dict):
        cookie["name"] = cookie_name(_text(cookie, "name"), service)


def _server_urls(options: Json) -> list[str]:
    return [_text(server, "url") for server in _structs(options, "servers")]


def _parsed_url(url: str) -> str:
    """The URL as Go prints it after parsing; raises BuildError when it can't be parsed (R-204)."""
    if _PLAIN_URL.fullmatch(url):
        return url
    from traefik_lint.runtime.server_urls import printed_url

    try:
        return printed_url(url)
    except GoError as error:
        raise BuildError(f"error parsing server URL {url}: {error.text}") from None


def _structs(options: Json, name: str) -> list[Json]:
    found = options.get(name)
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def _text(options: Json, name: str) -> str:
    found = options.get(name)
    return found if isinstance(found, str) else ""
