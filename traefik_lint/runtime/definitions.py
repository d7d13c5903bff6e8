"""From the providers' parts to routers, middlewares and services with qualified names (R-065 … R-069)."""

from __future__ import annotations

from collections.abc import Iterable

from traefik_lint.model.values import Element, Items, Value
from traefik_lint.options.version import Version
from traefik_lint.runtime.configuration import Part, ProviderConfiguration, Section
from traefik_lint.runtime.defaults import Json, json_form
from traefik_lint.runtime.names import provider_of, qualify
from traefik_lint.runtime.types import Middleware, Protocol, Reference, Router, Runtime, Service, TlsOptions


def add_configuration(
    runtime: Runtime, configuration: ProviderConfiguration, default_entry_points: list[str]
) -> None:
    """Put everything a provider hands out into the runtime, under qualified names."""
    provider = configuration.provider
    sections: tuple[tuple[Protocol, Section], ...] = (
        ("http", configuration.http), ("tcp", configuration.tcp), ("udp", configuration.udp),
    )  # fmt: skip
    services = (runtime.services, runtime.tcp_services, runtime.udp_services)
    for (protocol, section), into in zip(sections, services, strict=True):
        definitions = runtime.definitions[protocol]
        for name, part in section.routers.items():
            router = _router(protocol, f"{name}@{provider}", provider, part, runtime.version)
            if not router.entry_points and protocol != "udp" and "parentRefs" not in router.config:
                router.entry_points = default_entry_points
                if default_entry_points:
                    router.config["entryPoints"] = default_entry_points
            definitions[router.name] = router
        for name, part in section.services.items():
            service = _service(protocol, f"{name}@{provider}", provider, part, runtime.version)
            into[service.name] = service
    for protocol, section, middlewares in (
        ("http", configuration.http, runtime.middlewares), ("tcp", configuration.tcp, runtime.tcp_middlewares),
    ):  # fmt: skip
        for name, part in section.middlewares.items():
            made = _middleware(protocol, f"{name}@{provider}", provider, part, runtime.version)
            middlewares[made.name] = made
    for section, transports in (
        (configuration.http, runtime.servers_transports), (configuration.tcp, runtime.tcp_servers_transports),
    ):  # fmt: skip
        for name, part in section.servers_transports.items():
            transports[f"{name}@{provider}"] = part.element
    runtime.drops += configuration.drops
    runtime.missing += configuration.missing
    runtime.logs += configuration.logs
    runtime.undetermined += configuration.undetermined


def add_tls(runtime: Runtime, configurations: Iterable[ProviderConfiguration]) -> None:
    """Put the providers' TLS options and stores together; a `default` of two providers is lost (R-068, R-069)."""
    for kind, into, title in (
        ("tls_stores", runtime.tls_stores, "Default TLS Store defined in multiple providers:"),
        ("tls_options", runtime.tls_options, "Default TLS Options defined in multiple providers"),
    ):
        defaults: list[TlsOptions] = []
        for configuration in configurations:
            parts: dict[str, Part] = getattr(configuration, kind)
            for name, part in parts.items():
                qualified = name if name == "default" else f"{name}@{configuration.provider}"
                options = TlsOptions(qualified, configuration.provider, part.element, part.origin)
                into[qualified] = options
                if name == "default":
                    defaults.append(options)
        if len(defaults) > 1:
            del into["default"]
            names = " ".join(options.provider for options in defaults)
            runtime.logs.append((f"{title} [{names}]", defaults[-1].span))
        elif not defaults and kind == "tls_options":
            into["default"] = TlsOptions("default", "", None, None)


def middleware_references(values: Iterable[Value], owner: str) -> list[Reference]:
    """References to middlewares as they are looked up from the element `owner`."""
    provider = provider_of(owner)
    return [Reference(value, qualify(value.text, provider)) for value in values]


def copied(router: Router, name: str) -> Router:
    """The same router under another name; its configuration can be changed on its own."""
    copy = Router(router.protocol, name, router.provider)
    for slot in Router.__slots__:
        if slot not in ("name", "protocol", "provider"):
            setattr(copy, slot, getattr(router, slot))
    copy.errors = list(router.errors)
    copy.using = list(router.using)
    copy.middlewares = list(router.middlewares)
    copy.config = dict(router.config)
    tls = copy.config.get("tls")
    if isinstance(tls, dict):
        copy.config["tls"] = dict(tls)
    return copy


def _router(protocol: Protocol, name: str, provider: str, part: Part, version: Version) -> Router:
    element = part.element
    router = Router(protocol, name, provider)
    router.origin = part.origin
    router.generated = part.generated
    router.default_rule = part.default_rule
    config = router.config = json_form(element, version)
    if not part.generated:
        router.element = element
        if not part.default_rule:
            router.rule_value = element.value("rule")
        router.entry_point_values = element.values("entryPoints")
    router.entry_points = _strings(config, "entryPoints")
    owner = provider_of(name)
    router.middlewares = middleware_references(element.values("middlewares"), name)
    service = element.value("service")
    if service is not None and service.text:
        written = None if part.generated or part.service_filled else service
        router.service = Reference(written, qualify(service.text, owner))
    tls = element.element("tls")
    if tls is not None:
        router.tls = True
        router.resolver = tls.value("certResolver")
    priority = config.get("priority")
    router.priority = priority if isinstance(priority, int) else 0
    if "parentRefs" in config:
        values = element.values("parentRefs")
        router.parents = [Reference(value, qualify(value.text, provider)) for value in values]
        config["parentRefs"] = [reference.name for reference in router.parents]
    return router


def _service(protocol: Protocol, name: str, provider: str, part: Part, version: Version) -> Service:
    service = Service(protocol, name, provider)
    service.element = None if part.generated else part.element
    service.origin = part.origin
    service.origins = part.origins
    service.generated = part.generated
    service.config = json_form(part.element, version)
    service.type = next((kind for kind in service.config if kind not in ("middlewares", "observability")), "")
    owner = provider_of(name)
    options = part.element.element(service.type) if service.type else None
    if options is not None:
        service.references = [Reference(value, qualify(value.text, owner)) for value in _children(options)]
        for server in options.elements("servers"):
            address = server.string("url") or server.string("address")
            if address:
                service.servers.append(address)
            service.port = service.port or server.value("port")
    return service


def _children(options: Element) -> list[Value]:
    """The names of other services in a weighted, mirroring, failover or random-weight service."""
    found = [options.value(name) for name in ("service", "fallback")]
    for group in ("services", "mirrors"):
        items = options.get(group)
        if isinstance(items, Items):
            found += [item.value("name") for item in items.items if isinstance(item, Element)]
    return [value for value in found if value is not None]


def _middleware(protocol: Protocol, name: str, provider: str, part: Part, version: Version) -> Middleware:
    middleware = Middleware(protocol, name, provider)
    middleware.element = None if part.generated else part.element
    middleware.origin = part.origin
    middleware.config = json_form(part.element, version)
    middleware.types = list(middleware.config)
    if middleware.types:
        middleware.type = middleware.types[0]
        middleware.options = part.element.element(middleware.type)
    if middleware.type == "chain" and middleware.options is not None:
        middleware.references = middleware_references(middleware.options.values("middlewares"), name)
    return middleware


def _strings(config: Json, name: str) -> list[str]:
    found = config.get(name)
    return list(found) if isinstance(found, list) else []
