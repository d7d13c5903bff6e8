"""Containers behind services: which port Traefik asks them on, and what else their files say about ports."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from traefik_lint.checks.images import known_image
from traefik_lint.model.compose import ComposeService, Label
from traefik_lint.model.values import Element, Value
from traefik_lint.runtime.decoding import decode_labels
from traefik_lint.runtime.types import Router, Runtime, Service
from traefik_lint.source.span import Span
from traefik_lint.source.tree import Mapping, Node, Scalar, Sequence

_ROUTING = ("traefik.http.", "traefik.tcp.", "traefik.udp.")
_URL = re.compile(r"https?://(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])(?::(\d{1,5}))?(?![\w.:])")


class Backend(NamedTuple):
    """A container that a service of its labels sends requests to.

    ``name`` is the service's name in the labels; ``server`` is what the labels say about the server, None when
    they say nothing, so that Traefik picks the port.
    """

    container: ComposeService
    service: Service
    name: str
    server: Element | None

    @property
    def port(self) -> Value | None:
        """The port that the labels name."""
        port = self.server.value("port") if self.server is not None else None
        return port if port is not None and port.text else None


class ToldPort(NamedTuple):
    """A port that the container's own settings speak of, and where."""

    port: int
    place: Span


@lru_cache(maxsize=1)  # the checks run one after another on one deployment
def backends(runtime: Runtime) -> tuple[Backend, ...]:
    """Every container with each http service that is in use and leads to it."""
    return tuple(_backends(runtime))


def _backends(runtime: Runtime) -> Iterator[Backend]:
    used = used_services(runtime)
    for service in runtime.services.values():
        if service.provider not in ("docker", "swarm") or service.name not in used:
            continue
        name = service.name.rpartition("@")[0]
        for container in containers_of(service):
            if not speaks_of_traefik(container, service.provider):
                continue
            balancer = decoded(runtime, container, service.provider).get(
                "http", "services", name, "loadBalancer"
            )
            servers = balancer.elements("servers") if isinstance(balancer, Element) else []
            yield Backend(container, service, name, servers[0] if servers else None)


def containers_of(service: Service) -> list[ComposeService]:
    """The compose services whose containers a service sends requests to, each once."""
    found = {id(origin): origin for origin in service.origins if isinstance(origin, ComposeService)}
    return list(found.values())


def decoded(runtime: Runtime, container: ComposeService, provider: str) -> Element:
    """What a container's labels say, as far as it can be read."""
    return decode_labels(own_labels(container, provider), runtime.deployment).decoded.element


def own_labels(container: ComposeService, provider: str) -> list[Label]:
    """The labels that a provider reads: swarm has those of the service, docker those of the container (R-052)."""
    return container.deploy_labels if provider == "swarm" else container.labels


def speaks_of_traefik(container: ComposeService, provider: str) -> bool:
    """Whether its labels ask for Traefik; others are only there because containers are exposed by default."""
    return any(label.key.value.lower().startswith("traefik.") for label in own_labels(container, provider))


@lru_cache(maxsize=1)
def used_services(runtime: Runtime) -> frozenset[str]:
    """The services that a router or another service leads to, as far as the files tell."""
    used: set[str] = set()
    for group in (runtime.services, runtime.tcp_services, runtime.udp_services):
        for service in group.values():
            if service.used_by:
                used.add(service.name)
            used.update(reference.name for reference in service.references)
    return frozenset(used)


def routing_labels(labels: Iterable[Label]) -> list[Label]:
    """Those that define routers, services or middlewares."""
    return [label for label in labels if label.key.value.lower().startswith(_ROUTING)]


def telling_label(labels: Iterable[Label]) -> Label | None:
    """The label to point at when something is wrong with all of them: a router's rule, else any routing label."""
    found = routing_labels(labels)
    rules = [label for label in found if label.key.value.lower().endswith(".rule")]
    return next(iter(rules or found), None)


def routers_to(runtime: Runtime, service: Service) -> list[Router]:
    """The routers, as defined, that lead to a service."""
    groups = {"http": runtime.routers, "tcp": runtime.tcp_routers, "udp": runtime.udp_routers}
    running = groups[service.protocol]
    definitions = runtime.definitions[service.protocol]
    names = dict.fromkeys(running[name].definition for name in service.used_by if name in running)
    return [definitions[name] for name in names if name in definitions]


def rule_label(router: Router) -> Label | None:
    """The label that holds a router's rule, None when it has none or was written elsewhere."""
    if not isinstance(router.origin, ComposeService):
        return None
    name = router.definition.rpartition("@")[0]
    return find_rule(own_labels(router.origin, router.provider), name)


def find_rule(labels: Iterable[Label], router: str) -> Label | None:
    """The label with the rule of a router."""
    end = f".routers.{router}.rule".lower()
    return next((label for label in labels if label.key.value.lower().endswith(end)), None)


def router_place(runtime: Runtime, service: Service, container: ComposeService) -> Span:
    """Where to say something about a service that no label defines: its router, or the container."""
    for router in routers_to(runtime, service):
        if router.origin is container and router.element is not None and router.span is not None:
            label = rule_label(router)
            return label.key.span if label is not None else router.span
    label = telling_label(own_labels(container, service.provider))
    return label.key.span if label is not None else container.name.span


def port_number(text: str) -> int | None:
    """The number that a port's text is; None for anything else, however long it is."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None


def url_port(scheme: str, port: str) -> int:
    """The port of a URL, the scheme's own where none is written."""
    number = port_number(port)
    return number if number is not None else 443 if scheme == "https" else 80


def sees_ports(container: ComposeService) -> bool:
    """Whether the container's ports are visible to Traefik: not in the host's or another container's network."""
    mode = container.network_mode
    return mode is None or mode.value in ("", "bridge", "default")


def listed_ports(container: ComposeService) -> dict[int, Node]:
    """The container's ports in ``ports`` and ``expose``, each with its place."""
    return {port.target: port.node for port in (*container.expose, *container.ports)}


def visible_ports(container: ComposeService) -> tuple[set[int], bool]:
    """All ports that Traefik may pick from, and whether they are all known (R-041)."""
    if not sees_ports(container):
        return set(), True
    image = known_image(container.image) if container.node.get("build") is None else None
    ports = set(listed_ports(container))
    return (ports, False) if image is None else (ports | set(image.exposed), True)


#: Variables that tell a program where to listen.
_PORT_VARIABLES = frozenset((
    "PORT", "ROCKET_PORT", "GF_SERVER_HTTP_PORT", "NITRO_PORT", "ASPNETCORE_HTTP_PORTS", "ASPNETCORE_URLS",
    "WEBUI_PORT", "N8N_PORT", "GITEA__SERVER__HTTP_PORT",
))  # fmt: skip
_LISTENING = re.compile(r"(?:https?://)?(?:\[::\]|0\.0\.0\.0|\*|\+)?:?(\d{1,5})/?")
_PORT_FLAG = re.compile(
    r"--?(?:port|http-port|listen-port|server\.port|web\.listen-address|http\.address|listen|bind|addr)[= ]"
    r"(?:0\.0\.0\.0|\[::\])?:?(\d{1,5})"
)
_PORT_WORDS = frozenset(("--port", "--http-port", "--listen-port", "--bind", "-b", "--listen", "--addr"))


def told_ports(container: ComposeService) -> list[ToldPort]:
    """Ports that the container's environment or command tells its program to listen on."""
    found: list[ToldPort] = []
    for variable in container.environment:
        if variable.key.value.upper() in _PORT_VARIABLES and variable.value is not None:
            value = variable.value
            match = _LISTENING.fullmatch(value.value.strip()) if not value.unknown else None
            if match:
                found.append(ToldPort(int(match[1]), value.span))
    words = [*(container.entrypoint or []), *(container.command or [])]
    for index, word in enumerate(words):
        if word.unknown:
            continue
        match, place = _PORT_FLAG.fullmatch(word.value), word.span
        if match is None and word.value in _PORT_WORDS and index + 1 < len(words):
            match = _LISTENING.fullmatch(words[index + 1].value)
            place = words[index + 1].span
        if match:
            found.append(ToldPort(int(match[1]), place))
    return found


def probed_port(container: ComposeService) -> ToldPort | None:
    """The port of its own that the compose health check asks by HTTP, when it asks just one."""
    test = container.healthcheck.get("test") if isinstance(container.healthcheck, Mapping) else None
    words: list[Scalar] = []
    if isinstance(test, Scalar):
        words = [test]
    elif isinstance(test, Sequence):
        words = [item for item in test if isinstance(item, Scalar)]
    found = [
        ToldPort(int(match[1]) if match[1] else (443 if match[0].startswith("https") else 80),
                 word.sub(match.start(), match.end()))
        for word in words
        if not word.unknown
        for match in _URL.finditer(word.value)
    ]  # fmt: skip
    return found[0] if len({told.port for told in found}) == 1 else None
