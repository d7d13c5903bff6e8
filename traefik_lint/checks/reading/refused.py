"""TL028: a static configuration whose every option is right, and that Traefik refuses as a whole (S-032 … S-092)."""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.deployment import Static
from traefik_lint.model.values import Element, Items, Value
from traefik_lint.options.values_check import value_problems
from traefik_lint.runtime.types import Runtime
from traefik_lint.source.span import Span


@check("TL028", "refused-static-configuration", severity="error")
def refused_static_configuration(runtime: Runtime) -> Iterator[Draft]:
    static = runtime.deployment.static
    text = runtime.refused
    if static is None or text is None or _said_elsewhere(static, runtime):
        return
    hint = next((hint for words, _, hint in _REASONS if words in text), "change what the message names")
    yield finding(_place(text, static), f"Traefik does not start: {text}", hint=hint)


def _said_elsewhere(static: Static, runtime: Runtime) -> bool:
    source = static.source
    if source.read_error is not None or source.refused or any(one.fatal for one in static.decoded.problems):
        return True
    return any(bad.reaction == "refuse" for bad in value_problems(static.element, runtime.version))


#: Words of Traefik's refusal, the option to point at, and what to do.
_REASONS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("mutually exclusive", ("certificatesResolvers",), "keep one of the two"),
    (
        "no storage location",
        ("certificatesResolvers",),
        "give storage a path, such as /letsencrypt/acme.json",
    ),
    ("default rule syntax", ("core", "defaultRuleSyntax"), "write v3, or v2 for the old syntax"),
    ("not a valid provider name", ("providers", "precedence"), "name a provider such as docker or file"),
    ("watchNamespace", ("providers", "kubernetesIngressNGINX"), "keep one of the two"),
    ("Knative", ("providers", "knative"), "switch on experimental.knative"),
    ("to use OTLP access logging", ("accessLog", "otlp"), "switch on experimental.otlpLogs"),
    ("to use OTLP logging", ("log", "otlp"), "switch on experimental.otlpLogs"),
    ("API basePath", ("api", "basePath"), "write a path such as /traefik"),
    ("OCSP responder", ("ocsp", "responderOverrides"), "give the responder a URL, or take it out"),
    ("missing port in address", (), "write a colon in front of the port, as in :80"),
    ("invalid protocol", (), "write /tcp or /udp behind the port"),
    ("invalid port", (), "write a port from 1 to 65535"),
    ("unknown port", (), "write one port; an entry point has no range of ports"),
    ("address already in use", (), "give each entry point a port of its own"),
    ("no trusted IPs provided", (), "name the proxies in proxyProtocol.trustedIPs"),
    ("invalid CIDR address", (), "write IP addresses or networks such as 10.0.0.0/8"),
)


def _place(text: str, static: Static) -> Span:
    element = static.element
    for words, path, _ in _REASONS:
        if words in text and path:
            found = _deepest(element, path)
            if found is not None:
                return _narrowed(found, text)
    point = text.removeprefix("error while building entryPoint ")
    if point != text:
        named = element.get("entryPoints", point.partition(":")[0])
        if isinstance(named, Element):
            proxy = named.get("proxyProtocol")
            if "no trusted IPs" in text and proxy is not None:
                return proxy.span
            address = named.value("address")
            return address.span if address is not None else named.span
    return static.source.span._replace(end=min(static.source.span.end, static.source.span.start + 1))


def _deepest(element: Element, path: tuple[str, ...]) -> Value | Items | Element | None:
    for length in range(len(path), 0, -1):
        found = element.get(*path[:length])
        if found is not None:
            return found
    return None


def _narrowed(found: Value | Items | Element, text: str) -> Span:
    """The entry or item that the text names, when it names one."""
    if isinstance(found, Element):
        named = [entry for name, entry in found if f'"{name}"' in text or f"for {name} " in text]
        return named[0].key.span if named and named[0].key is not None else found.span
    if isinstance(found, Items):
        items = [item for item in found.items if isinstance(item, Value) and f'"{item.text.lower()}"' in text]
        return items[0].span if items else found.span
    return found.span
