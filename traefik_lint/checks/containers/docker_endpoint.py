"""TL618: the docker or swarm provider asks an endpoint behind which no daemon answers it (S-050).

A proxy in front of the socket is a container like others: Traefik finds it by name in a common network (C-100), on the
port that it listens on, and it lets through only what its environment allows. Without an answer Traefik tries again
for ever.
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.containers.settings import providers
from traefik_lint.checks.hosts import container_named, is_traefik_itself, meant_container, networks_of
from traefik_lint.checks.images import image_name
from traefik_lint.checks.middlewares.authentication import split
from traefik_lint.checks.names import listed, quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.compose import ComposeService
from traefik_lint.model.values import Value
from traefik_lint.runtime.types import Runtime

#: Proxies of the socket that allow next to nothing by themselves, and listen on one port.
_PROXIES = frozenset(("tecnativa/docker-socket-proxy", "linuxserver/socket-proxy"))
_PROXY_PORT = 2375
_NEEDED = {"docker": ("CONTAINERS",), "swarm": ("SERVICES", "TASKS", "NETWORKS")}
_OFF = frozenset(("0", "", "false"))


@check("TL618", "docker-endpoint-out-of-reach", severity="error")
def docker_endpoint_out_of_reach(runtime: Runtime) -> Iterator[Draft]:
    known = providers(runtime)
    for provider in ("docker", "swarm"):
        options = known.options(provider) if known is not None else None
        value = options.value("endpoint") if options is not None else None
        if value is None or not value.known or not value.text or "$" in value.text:
            continue
        if "://" not in value.text:
            rest = value.text.lstrip("/")
            yield finding(
                value,
                f"{quoted(value.text)} has no scheme: Traefik can't read the endpoint, and sees no container",
                hint=f"write {'unix:///' if value.text.startswith('/') else 'tcp://'}{rest}",
            )
        elif value.text.startswith(("tcp://", "http://")):
            yield from _behind(runtime, value, provider)


def _behind(runtime: Runtime, value: Value, provider: str) -> Iterator[Draft]:
    parts = split(value.text)
    port = parts.port or _PROXY_PORT
    never = "Traefik tries again for ever, and sees no container"
    container = container_named(runtime, parts.host)
    if is_traefik_itself(runtime, parts.host, port):
        yield finding(
            value,
            f"{quoted(parts.host)} is Traefik's own container: {never}",
            hint="mount the socket, or write host.docker.internal for a daemon on the host",
        )
    elif container is not None:
        yield from _proxy(runtime, value, provider, container, port)
    else:
        meant = meant_container(runtime, parts.host)
        if meant is not None:
            yield finding(
                value,
                f"no container here is called {quoted(parts.host)}: {never}",
                hint=f"write {quoted(meant)}",
                severity="warning",
                confidence="medium",
            )


def _proxy(
    runtime: Runtime, value: Value, provider: str, container: ComposeService, port: int
) -> Iterator[Draft]:
    traefik = runtime.deployment.traefik
    own = networks_of(traefik) if traefik is not None else None
    others = networks_of(container)
    never = "Traefik tries again for ever, and sees no container"
    if own is not None and others is not None and not own & others:
        yield finding(
            value,
            f"{quoted(container.name.value)} is in {listed(others)} and Traefik in {listed(own)}: {never}",
            hint=f"attach Traefik to {sorted(others)[0]}",
            related=[(container.name, "the container")],
        )
        return
    image = image_name(container.image.value)[0] if container.image is not None else ""
    if image not in _PROXIES or container.is_open:
        return
    if port != _PROXY_PORT:
        yield finding(
            value,
            f"{quoted(container.name.value)} listens on {_PROXY_PORT}, not on {port}: {never}",
            hint=f"write tcp://{container.name.value}:{_PROXY_PORT}",
            related=[(container.name, "the container")],
        )
    variables = {one.key.value: one for one in container.environment}
    for name in _NEEDED[provider]:
        variable = variables.get(name)
        if variable is not None and (
            variable.value is None or variable.value.unknown or variable.value.value.lower() not in _OFF
        ):
            continue
        first = container.environment[0].key if container.environment else container.name
        yield finding(
            variable.key if variable is not None else first,
            f"{quoted(container.name.value)} answers 403 for {name.lower()}, so Traefik sees no container",
            hint=f"set {name}=1 in its environment",
            related=[(value, "asked here")],
        )
        return
