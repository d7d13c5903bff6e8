"""Building chains of middlewares (pkg/server/middleware; R-160 … R-164, R-181)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from traefik_lint.golang.text import quote
from traefik_lint.options.version import Version
from traefik_lint.runtime.client_tls import client_tls_error
from traefik_lint.runtime.defaults import Json
from traefik_lint.runtime.middleware_checks import HTTP_CHECKS, TCP_CHECKS
from traefik_lint.runtime.names import provider_of, qualify
from traefik_lint.runtime.status import MAX_DEPTH, BuildError, add_error, recursion_error
from traefik_lint.runtime.types import Middleware

Stack = tuple[str, ...]
#: Builds the service that shows error pages: its qualified name, the stack.
ServiceBuilder = Callable[[str, Stack], object]

#: Types that Traefik comes to before it comes to a chain: with one of them it gives up there.
_BEFORE_CHAIN = frozenset(("addPrefix", "basicAuth", "buffering"))
_MULTIPLE_TYPES = (
    "cannot create middleware: multi-types middleware not supported,"
    " consider declaring two different pieces of middleware instead"
)


def _qualify_members(middleware: Middleware) -> list[str]:
    """Give the members of a chain their full names; returns them."""
    chain = middleware.config.get("chain")
    names = chain.get("middlewares") if isinstance(chain, dict) else None
    if not isinstance(chain, dict) or not isinstance(names, list) or not names:
        return []
    provider = provider_of(middleware.name)
    qualified = [qualify(str(name), provider) for name in names]
    chain["middlewares"] = qualified
    return qualified


class MiddlewareBuilder:
    """Builds the middlewares of routers and services, and marks those that fail."""

    __slots__ = ("_has_file", "_middlewares", "_plugins", "_service", "_sound", "_version")

    def __init__(
        self,
        middlewares: Mapping[str, Middleware],
        version: Version,
        *,
        plugins: frozenset[str] = frozenset(),
        has_file: Callable[[str], bool] = bool,
        service: ServiceBuilder | None = None,
    ) -> None:
        self._middlewares = middlewares
        self._version = version
        self._plugins = plugins
        self._has_file = has_file
        self._service = service
        #: Built without an error: they always will be, for only a cycle depends on who asks.
        self._sound: set[str] = set()

    def build(self, names: list[str], owner: str, stack: Stack = ()) -> None:
        """Build a list of middlewares in front of something; raises BuildError with Traefik's text.

        ``owner`` is the element that names them. Traefik builds from the last to the first and stops at the
        first failure (R-160).
        """
        provider = provider_of(owner)
        for name in reversed(names):
            self._build_one(qualify(name, provider), stack)

    def _build_one(self, name: str, stack: Stack) -> None:
        if name in self._sound or len(stack) > MAX_DEPTH:
            return
        middleware = self._middlewares.get(name)
        if middleware is None:
            raise BuildError(f"middleware {quote(name)} does not exist")
        try:
            recursion = recursion_error("middleware", name, stack, with_kinds=_names_kinds(self._version))
            if recursion is not None:
                raise BuildError(recursion)
            self._construct(middleware, (*stack, f"middleware:{name}"))
        except BuildError as error:
            add_error(middleware, error.text, critical=True)
            raise
        self._sound.add(name)

    def _construct(self, middleware: Middleware, stack: Stack) -> None:
        config = middleware.config
        if len(config) != 1:
            if config:
                if not _BEFORE_CHAIN.intersection(config):
                    _qualify_members(middleware)
                raise BuildError(_MULTIPLE_TYPES)
            raise BuildError(_no_type(middleware.name))
        ((kind, options),) = config.items()
        if not isinstance(options, dict):
            return
        if kind == "chain":
            self.build(_qualify_members(middleware), middleware.name, stack)
            return
        if kind == "errors":
            self._error_page(middleware, options, stack)
            return
        refusal = self._refusal(kind, options)
        if refusal is not None:
            raise BuildError(refusal)

    def _refusal(self, kind: str, options: Json) -> str | None:
        if kind == "plugin":
            return self._plugin_refusal(options)
        if kind in ("basicAuth", "digestAuth") and options.get("usersFile"):
            # Nobody else's files are opened: that they are there is enough.
            path = str(options["usersFile"])
            return None if self._has_file(path) else f"open {path}: no such file or directory"
        tls = self._client_tls_refusal(kind, options)
        if tls is not None:
            return tls
        check = HTTP_CHECKS.get(kind)
        return check(options, self._version) if check is not None else None

    def _client_tls_refusal(self, kind: str, options: Json) -> str | None:
        redis = options.get("redis") if kind == "rateLimit" else None
        owner = redis if isinstance(redis, dict) else options
        tls = owner.get("tls")
        if not isinstance(tls, dict) or not (kind == "forwardAuth" or owner is redis):
            return None
        reason = client_tls_error(tls, has_file=self._has_file)
        if reason is None:
            return None
        if kind == "forwardAuth":
            return f"unable to create client TLS configuration: {reason}"
        return f"creating redis limiter: creating TLS config: {reason}"

    def _plugin_refusal(self, options: Json) -> str | None:
        if len(options) != 1:
            return "plugin: invalid configuration: no configuration or too many plugin definition"
        (name,) = options
        if not name:
            return "plugin: missing plugin type"
        return None if name in self._plugins else f"plugin: unknown plugin type: {name}"

    def _error_page(self, middleware: Middleware, options: Json, stack: Stack) -> None:
        from traefik_lint.runtime.services import code_range_error

        statuses = options.get("status")
        refusal = code_range_error(statuses) if isinstance(statuses, list) else None
        if refusal is not None:
            raise BuildError(refusal)
        service = options.get("service", "")
        if self._service is not None and isinstance(service, str):
            self._service(qualify(service, provider_of(middleware.name)), stack)
        rewrites = options.get("statusRewrites")
        refusal = code_range_error(list(rewrites)) if isinstance(rewrites, dict) else None
        if refusal is not None:
            raise BuildError(refusal)


class TcpMiddlewareBuilder:
    """Builds the middlewares of tcp routers; several types in one are no error there (R-181)."""

    __slots__ = ("_middlewares", "_version")

    def __init__(self, middlewares: Mapping[str, Middleware], version: Version) -> None:
        self._middlewares = middlewares
        self._version = version

    def build(self, names: list[str], owner: str) -> None:
        """Build a list of tcp middlewares; raises BuildError with Traefik's text."""
        provider = provider_of(owner)
        for written in reversed(names):
            name = qualify(written, provider)
            middleware = self._middlewares.get(name)
            if middleware is None:
                raise BuildError(f"middleware {quote(name)} does not exist")
            refusal = self._refusal(middleware)
            if refusal is not None:
                add_error(middleware, refusal, critical=True)
                raise BuildError(refusal)

    def _refusal(self, middleware: Middleware) -> str | None:
        if not middleware.config:
            return _no_type(middleware.name)
        # The last type of these wins when there are several.
        kind = next(
            kind for kind in ("ipAllowList", "ipWhiteList", "inFlightConn") if kind in middleware.config
        )
        options = middleware.config[kind]
        check = TCP_CHECKS.get(kind)
        return check(options, self._version) if check is not None and isinstance(options, dict) else None


def _names_kinds(version: Version) -> bool:
    """Whether the text about a cycle tells middlewares from services."""
    return version >= (3, 6, 8) or (2, 11, 36) <= version < (3, 0, 0)


def _no_type(name: str) -> str:
    return f"invalid middleware {quote(name)} configuration: invalid middleware type or middleware does not exist"
