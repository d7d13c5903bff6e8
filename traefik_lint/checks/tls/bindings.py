"""Which routers ask for which TLS options, shared by the checks of this folder."""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.model.values import Element, Value
from traefik_lint.runtime.tls import configured_options
from traefik_lint.runtime.types import Router, Runtime, TlsOptions

_ASKING = frozenset({
    "RequestClientCert", "RequireAnyClientCert", "VerifyClientCertIfGiven", "RequireAndVerifyClientCert",
})  # fmt: skip


def tls_routers(runtime: Runtime) -> Iterator[Router]:
    """The http routers with TLS as Traefik runs them (one definition may be several), rules and options known."""
    for router in runtime.routers.values():
        value = router.rule_value
        if router.tls and router.rule is not None and (value is None or value.known):
            options = options_value(router, runtime)
            if options is None or options.known:
                yield router


def options_value(router: Router, runtime: Runtime) -> Value | None:
    """Where a router's TLS options were named: on itself, or on the entry point that lends it its TLS (R-085)."""
    if not router.tls_from_entry_point:
        return router.element.value("tls", "options") if router.element is not None else None
    point = runtime.entry_points.get(router.entry_points[0]) if router.entry_points else None
    return point.tls.value("options") if point is not None and point.tls is not None else None


def asked_options(router: Router) -> str:
    """The qualified name of the options a router asks for, ``default`` without any."""
    return configured_options(router)


def wants_certificates(options: TlsOptions | None) -> bool:
    """Whether clients are asked for a certificate under these options (R-153, K-068)."""
    auth = (
        options.element.element("clientAuth") if options is not None and options.element is not None else None
    )
    return auth is not None and asks_clients(auth)


def asks_clients(auth: Element) -> bool:
    """Whether a `clientAuth` makes Traefik ask: by its type, or by an authority without any type."""
    kind = auth.string("clientAuthType")
    return kind in _ASKING or (not kind and bool(auth.values("caFiles")))
