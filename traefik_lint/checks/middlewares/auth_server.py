"""TL421 and TL422: a forwardAuth that asks where the authentication server is not, or by a way not made for Traefik.

Traefik asks the address for every request; when nothing answers there, all of them get 500 (R-174). Between containers
there are no published ports, and names lead only to containers in a common network (C-100). Authelia and authentik
have a path for each kind of proxy: those of others answer 401 instead of sending visitors to the login page.
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.container_services import listed_ports, told_ports, url_port
from traefik_lint.checks.hosts import container_named, is_traefik_itself, meant_container, networks_of
from traefik_lint.checks.images import image_name
from traefik_lint.checks.middlewares.authentication import Address, address_of, split
from traefik_lint.checks.names import listed, quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.compose import ComposeService
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.model.values import Value
from traefik_lint.runtime.types import Runtime

#: Servers of authentication by image, with the ports on which they answer.
_SERVERS: dict[str, tuple[int, ...]] = {
    "authelia/authelia": (9091,),
    "thomseddon/traefik-forward-auth": (4181,),
    "oauth2-proxy/oauth2-proxy": (4180, 4443),
    "goauthentik/server": (9000, 9443),
    "goauthentik/proxy": (9000, 9443),
}
#: Paths made for other proxies, with those for Traefik.
_OTHER_PROXIES = {
    "/outpost.goauthentik.io/auth/nginx": "/outpost.goauthentik.io/auth/traefik",
    "/outpost.goauthentik.io/auth/caddy": "/outpost.goauthentik.io/auth/traefik",
    "/outpost.goauthentik.io/auth/envoy": "/outpost.goauthentik.io/auth/traefik",
    "/api/authz/auth-request": "/api/authz/forward-auth",
    "/api/authz/ext-authz": "/api/authz/forward-auth",
}


@check("TL421", "forward-auth-out-of-reach", severity="error")
def forward_auth_out_of_reach(runtime: Runtime) -> Iterator[Draft]:
    for address, parts in _addresses(runtime):
        port = url_port(parts.scheme, str(parts.port or ""))
        if is_traefik_itself(runtime, parts.host, port):
            yield finding(
                address,
                f"{quoted(parts.host)} is Traefik's own container, where nothing listens on {port}: every request of a"
                " router with it gets 500",
                hint="write the compose service's name, or host.docker.internal for a program on the host",
            )
            continue
        container = container_named(runtime, parts.host)
        if container is not None:
            yield from _unreached(runtime, address, container, port)
            continue
        meant = meant_container(runtime, parts.host)
        if meant is not None:
            yield finding(
                address,
                f"no container here is called {quoted(parts.host)}: every request of a router with it gets 500",
                hint=f"write {quoted(meant)}",
                severity="warning",
                confidence="medium",
            )


@check("TL422", "auth-path-of-other-proxy", severity="warning")
def auth_path_of_other_proxy(runtime: Runtime) -> Iterator[Draft]:
    for middleware in runtime.middlewares.values():
        address = address_of(middleware)
        if address is None:
            continue
        path = split(address.text).path.rstrip("/")
        meant = _OTHER_PROXIES.get(path)
        if meant is None:
            continue
        begin = address.text.find(path)
        yield finding(
            address.sub(begin, begin + len(path)),
            f"{quoted(path)} is made for another proxy: visitors get 401 instead of the login page",
            hint=f"write {quoted(meant)}",
        )


def _addresses(runtime: Runtime) -> Iterator[tuple[Value, Address]]:
    for middleware in runtime.middlewares.values():
        address = address_of(middleware)
        if address is None or isinstance(middleware.origin, KubernetesObject):
            continue
        parts = split(address.text)
        if parts.scheme in ("http", "https") and parts.host:
            yield address, parts


def _unreached(runtime: Runtime, address: Value, container: ComposeService, port: int) -> Iterator[Draft]:
    traefik = runtime.deployment.traefik
    if traefik is None or container is traefik:
        return
    name = quoted(container.name.value)
    own, others = networks_of(traefik), networks_of(container)
    if container.network_mode is not None and container.network_mode.value == "host":
        yield finding(
            address,
            f"{name} is in the host's network and has no name that Traefik could find: every request gets 500",
            hint="write host.docker.internal, and add extra_hosts: host.docker.internal:host-gateway to Traefik",
            related=[(container.network_mode, "its network")],
        )
    elif own is not None and others is not None and not own & others:
        yield finding(
            address,
            f"{name} is in {listed(others)} and Traefik in {listed(own)}: it can't find the container, and every"
            " request of a router with it gets 500",
            hint=f"attach {container.name.value} to one of Traefik's networks",
            related=[(container.name, "the container"), (traefik.name, "Traefik")],
        )
    else:
        yield from _other_port(address, container, port)


def _other_port(address: Value, container: ComposeService, port: int) -> Iterator[Draft]:
    told = [one.port for one in told_ports(container)]
    if port in told:
        return
    image = image_name(container.image.value)[0] if container.image is not None else ""
    ports = next(
        (ports for name, ports in _SERVERS.items() if image == name or image.endswith("/" + name)), ()
    )
    published = next((one for one in container.ports if one.published == str(port)), None)
    meant = 0
    if published is not None and port not in listed_ports(container):
        meant = published.target
    elif ports and port not in ports and not told and not container.mounts and not container.command:
        meant = ports[0]
    if meant:
        yield finding(
            address,
            f"{quoted(container.name.value)} does not listen on {port} inside its network: every request of a router"
            " with it gets 500",
            hint=f"ask port {meant}",
            related=[(published.node if published is not None else container.image, "what it listens on")],
            severity="warning",
            confidence="medium",
        )
