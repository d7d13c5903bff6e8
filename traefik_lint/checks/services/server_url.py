"""TL508, TL509, TL510: server URLs that Traefik takes and then asks otherwise than they read.

It hardly checks them: without http:// each request gets 500, and the path is ignored (R-204, R-205).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.golang.errors import GoError
from traefik_lint.golang.url import Url, parse_url
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.model.values import Element, Value
from traefik_lint.runtime.types import Runtime, Service

#: What some other program fills in before Traefik reads the file.
_PLACEHOLDER = re.compile(r"\$\{|@@|\{\{|<|%\w+%|__\w+__")
_SCHEMES = frozenset(("http", "https", "h2c"))


def server_urls(runtime: Runtime) -> Iterator[tuple[Service, Element, Value]]:
    """Every URL of a server as written in files and labels, with its service and its server."""
    for service in runtime.services.values():
        if service.element is None or isinstance(service.origin, KubernetesObject):
            continue
        balancer = service.element.element("loadBalancer")
        for server in balancer.elements("servers") if balancer is not None else ():
            url = server.value("url")
            if url is not None and url.known and url.key is not None:
                yield service, server, url


@check("TL508", "server-url-without-scheme", severity="error")
def server_url_without_scheme(runtime: Runtime) -> Iterator[Draft]:
    for _, url, service, value in _parsed_urls(runtime):
        text = value.text
        if (url is not None and url.scheme in _SCHEMES and url.host) or _PLACEHOLDER.search(text):
            continue
        if url is None and text.lower().startswith(("http://", "https://", "h2c://")):
            effect = f"can't be read, so {quoted(service.name)} and its routers are disabled"
            hint = "write http://<host>:<port>"
        else:
            effect = "has no scheme that Traefik can speak: each request gets 500"
            rest = text.partition("://")[2] or text
            hint = f"write http://{rest.lstrip('/:')}" if rest.strip("/: ") else "write http://<host>:<port>"
        yield finding(value, f"the URL {quoted(text)} {effect}", hint=hint)


@check("TL509", "server-url-with-path", severity="warning")
def server_url_with_path(runtime: Runtime) -> Iterator[Draft]:
    for server, url, _, value in _parsed_urls(runtime):
        if url is None or url.scheme not in _SCHEMES or not url.host:
            continue
        if url.path in ("", "/") or server.value("preservePath") is not None:
            continue
        path = url.escaped_path
        begin = value.text.find(path, value.text.find("://") + 3)
        place = value.sub(begin, begin + len(path)) if begin > 0 else value.span
        has_option = runtime.version >= (3, 2, 0)
        yield finding(
            place,
            f"Traefik ignores the path {quoted(path)} of the server's URL: it asks for the request's own path",
            hint=f"add an addPrefix middleware with {path}"
            + (", or preservePath: true" if has_option else "")
            + ", or take the path out",
            confidence="high",
        )


@check("TL510", "undefined-servers-transport", severity="error")
def undefined_servers_transport(runtime: Runtime) -> Iterator[Draft]:
    """Labels can't define a transport, and a bare name is looked up among those of the same provider (R-023, R-209)."""
    from traefik_lint.checks.references import missing
    from traefik_lint.runtime.names import provider_of, qualify

    for services, known in (
        (runtime.services, runtime.servers_transports), (runtime.tcp_services, runtime.tcp_servers_transports),
    ):  # fmt: skip
        for service in services.values():
            if service.element is None or isinstance(service.origin, KubernetesObject):
                continue
            value = service.element.value("loadBalancer", "serversTransport")
            if value is None or not value.known or not value.text:
                continue
            name = qualify(value.text, provider_of(service.name))
            gap = missing(runtime, name, "serversTransports", known)
            if name in known or gap is None:
                in_labels = service.provider in ("docker", "swarm") and "@" not in value.text
                if (
                    name in known
                    or not in_labels
                    or runtime.deployment.is_external("servers-transports", name)
                ):
                    continue
            meant = gap.meant if gap is not None else None
            yield finding(
                value,
                f"servers transport {quoted(name)} does not exist, so {quoted(service.name)} can't be built",
                hint=f"write {quoted(meant)}"
                if meant
                else f"define it in a file and write {value.text}@file"
                if service.provider in ("docker", "swarm") and "@" not in value.text
                else "define it, or correct the name",
                severity="warning" if gap is not None and gap.confidence != "high" else None,
                confidence=gap.confidence if gap is not None else None,
            )


@lru_cache(maxsize=1)  # the checks run one after another on one deployment
def _parsed_urls(runtime: Runtime) -> tuple[tuple[Element, Url | None, Service, Value], ...]:
    return tuple(
        (server, _parsed(value.text), service, value) for service, server, value in server_urls(runtime)
    )


def _parsed(text: str) -> Url | None:
    try:
        return parse_url(text)
    except GoError:
        return None
