"""What the files tell about the programs behind a service: the paths they answer, with the place that says so.

Health checks go straight to the server, past all middlewares, so their path is one that the program really answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import lru_cache
from itertools import islice
from typing import NamedTuple, TypeVar

from traefik_lint.model.compose import ComposeService
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.model.values import Element
from traefik_lint.runtime.types import Runtime, Service
from traefik_lint.source.span import Span
from traefik_lint.source.tree import Mapping, Node, Scalar, Sequence

#: Programs behind one service that are looked at: they are copies of one, or the service is shared by mistake.
MOST_PROGRAMS = 20
HINT_KEY = "backend-routes"
HINT_ANNOTATION = "traefik-lint/backend-routes"

_URL = re.compile(
    r"https?://(?P<host>[\w.$\{}-]+|\[[0-9a-f:]+\])(?::(?P<port>\d+))?(?P<path>/[^\s\"'`?#|;&)]*)?"
)
_LOCAL = frozenset({"localhost", "127.0.0.1", "[::1]", "0.0.0.0", "ip6-localhost"})
_SERVER = re.compile(r"(?:\w+://)?(?P<host>[^:/]+)(?::(?P<port>\d+))?")


_Found = TypeVar("_Found", ComposeService, KubernetesObject)


class Probe(NamedTuple):
    """A path that the backend answers: ``what`` says who asks for it (``the health check``)."""

    path: str
    place: Span
    what: str


class Routes(NamedTuple):
    """All paths that the backend answers, as its author tells (``/v1/*``, ``/health``)."""

    patterns: tuple[str, ...]
    place: Span | None

    def serve(self, path: str) -> bool:
        """Whether one of the patterns stands for the path; ``/v1/*`` stands for all below ``/v1/``."""
        return any(fnmatchcase(path, pattern) for pattern in self.patterns)


class Backend(NamedTuple):
    """The programs behind a service, as far as the files show them."""

    service: Service
    containers: tuple[ComposeService, ...]
    objects: tuple[KubernetesObject, ...]

    @property
    def pods(self) -> list[Mapping]:
        """The pod templates of the workloads that a Kubernetes Service selects."""
        return [pod for found in self.objects if (pod := _pod_of(found)) is not None]


def backend_of(service: Service, runtime: Runtime) -> Backend:
    """Find the containers and Kubernetes objects behind a service."""
    containers = [origin for origin in service.origins if isinstance(origin, ComposeService)]
    objects: list[KubernetesObject] = []
    for host in dict.fromkeys(_hosts(service)):
        if isinstance(service.origin, KubernetesObject):
            objects += _objects_behind(host, service.origin, runtime)
        elif not containers or host not in {one.name.value for one in containers}:
            containers += _containers_by_name(runtime).get(host, [])
    return Backend(service, _few(containers), _few(objects))


def _few(found: list[_Found]) -> tuple[_Found, ...]:
    """Each one once, and no more than are needed to know what all of them are."""
    return tuple(islice({id(one): one for one in found}.values(), MOST_PROGRAMS))


def probes(backend: Backend) -> Iterator[Probe]:
    """The paths that health checks ask for: Traefik's own, compose's, Kubernetes'."""
    check = _health_check(backend.service)
    path = check.value("path") if check is not None else None
    port = check.value("port") if check is not None else None
    if path is not None and path.known and path.text.startswith("/") and port is None:
        yield Probe(_plain(path.text), path.span, "Traefik's health check")
    ports = _ports(backend.service)
    for container in backend.containers:
        yield from _compose_probes(container, ports)
    for pod in backend.pods:
        yield from _pod_probes(pod, ports)


def routes(backend: Backend, runtime: Runtime) -> Routes | None:
    """What the user tells that the backend answers: in compose, as an annotation, or in the settings."""
    for container in backend.containers:
        node = container.hints.get(HINT_KEY) if container.hints is not None else None
        patterns = _texts(node)
        if patterns and node is not None:
            return Routes(patterns, node.span)
    for found in backend.objects:
        scalar = found.annotation(HINT_ANNOTATION)
        if scalar is not None and not scalar.unknown:
            return Routes(tuple(text for text in re.split(r"[\s,]+", scalar.value) if text), scalar.span)
    names = [backend.service.name, backend.service.name.rpartition("@")[0]]
    names += [container.name.value for container in backend.containers]
    names += [found.name for found in backend.objects]
    for pattern, patterns in runtime.deployment.backend_routes:
        if any(fnmatchcase(name, pattern) for name in names):
            return Routes(patterns, None)
    return None


def environment(backend: Backend) -> Iterator[tuple[str, Scalar]]:
    """The environment variables of the programs, with values that are known."""
    for container in backend.containers:
        for variable in container.environment:
            if variable.value is not None and not variable.value.unknown:
                yield variable.key.value, variable.value
    for pod in backend.pods:
        for each in _containers(pod):
            for item in each.sequence("env") or ():
                name = item.scalar("name") if isinstance(item, Mapping) else None
                value = item.scalar("value") if isinstance(item, Mapping) else None
                if name is not None and value is not None and not value.unknown:
                    yield name.value, value


def arguments(backend: Backend) -> Iterator[Scalar]:
    """The arguments of the programs, word by word."""
    for container in backend.containers:
        yield from container.entrypoint or ()
        yield from container.command or ()
    for pod in backend.pods:
        for each in _containers(pod):
            for key in ("command", "args"):
                yield from (item for item in each.sequence(key) or () if isinstance(item, Scalar))


def images(backend: Backend) -> list[str]:
    """The image names without registry's port, tag and digest, in lower case."""
    found = [container.image.value for container in backend.containers if container.image is not None]
    for pod in backend.pods:
        found += [image.value for each in _containers(pod) if (image := each.scalar("image")) is not None]
    return [re.sub(r"(?::[^/]*)?(?:@.*)?$", "", name.strip().lower()) for name in found]


def _plain(path: str) -> str:
    return re.split(r"[?#]", path, maxsplit=1)[0]


def _health_check(service: Service) -> Element | None:
    return service.element.element("loadBalancer", "healthCheck") if service.element is not None else None


def _servers(service: Service) -> Iterator[re.Match[str]]:
    for address in service.servers:
        match = _SERVER.match(address)
        if match is not None:
            yield match


def _hosts(service: Service) -> Iterator[str]:
    return (match["host"] for match in _servers(service))


def _ports(service: Service) -> frozenset[int]:
    """The ports its servers are asked on, where they are written; empty when that can't be told."""
    ports = [match["port"] for match in _servers(service)]
    return frozenset() if not all(ports) else frozenset(int(port) for port in ports if len(port) <= 9)


@lru_cache(maxsize=1)  # the checks run one after another on one deployment
def _containers_by_name(runtime: Runtime) -> dict[str, list[ComposeService]]:
    """The compose services under their own names and those of their containers."""
    called: dict[str, list[ComposeService]] = {}
    for project in runtime.deployment.projects:
        for service in project.services:
            for name in {node.value for node in (service.name, service.container_name) if node is not None}:
                called.setdefault(name, []).append(service)
    return called


def _compose_probes(container: ComposeService, ports: frozenset[int]) -> Iterator[Probe]:
    test = container.healthcheck.get("test") if container.healthcheck is not None else None
    words: list[Node] = [test] if isinstance(test, Scalar) else []
    if isinstance(test, Sequence):
        words = test.items
    for word in words:
        if not isinstance(word, Scalar) or word.unknown:
            continue
        for match in _URL.finditer(word.value):
            if match["host"].lower() not in _LOCAL | {container.name.value.lower()}:
                continue
            if match["port"] and ports and int(match["port"]) not in ports:
                continue  # another program, or a port of its own for management
            if match["path"] and "$" not in match["path"]:
                yield Probe(match["path"], word.sub(*match.span()), "compose's health check")


def _objects_behind(host: str, route: KubernetesObject, runtime: Runtime) -> list[KubernetesObject]:
    """A Kubernetes Service called ``host`` and the workloads that it selects."""
    cluster = _cluster(runtime)
    named = cluster.services.get(host, [])
    near = [found for found in named if found.namespace == route.namespace] or (
        named if len(named) == 1 else []
    )
    found: list[KubernetesObject] = []
    for service in near[:1]:
        found.append(service)
        selector = service.spec.mapping("selector") if service.spec is not None else None
        wanted = _pairs(selector)
        if wanted:
            carriers = (cluster.labelled.get((service.namespace, *pair), []) for pair in wanted.items())
            candidates = min(carriers, key=len)
            found += [one.object for one in candidates if wanted.items() <= one.labels.items()]
    return found


class _Labelled(NamedTuple):
    """A workload with the labels of its pods."""

    object: KubernetesObject
    labels: dict[str, str]


class _Cluster(NamedTuple):
    """Services by name, and workloads by namespace and each label (its key and value) of their pods."""

    services: dict[str, list[KubernetesObject]]
    labelled: dict[tuple[str, str, str], list[_Labelled]]


@lru_cache(maxsize=1)  # the checks run one after another on one deployment
def _cluster(runtime: Runtime) -> _Cluster:
    cluster = _Cluster({}, {})
    for found in runtime.deployment.objects:
        if found.kind == "Service" and not found.group:
            cluster.services.setdefault(found.name, []).append(found)
        pod = _pod_of(found)
        metadata = pod.mapping("metadata") if pod is not None else None
        labels = _pairs(metadata.mapping("labels") if metadata is not None else None)
        for pair in labels.items():
            cluster.labelled.setdefault((found.namespace, *pair), []).append(_Labelled(found, labels))
    return cluster


def _pairs(mapping: Mapping | None) -> dict[str, str]:
    return {entry.key.value: entry.value.value for entry in mapping or () if isinstance(entry.value, Scalar)}


def _pod_of(found: KubernetesObject) -> Mapping | None:
    if found.kind == "Pod":
        return found.root
    if (
        found.kind in ("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Rollout")
        and found.spec is not None
    ):
        return found.spec.mapping("template")
    return None


def _containers(pod: Mapping) -> Iterator[Mapping]:
    spec = pod.mapping("spec")
    for each in (spec.sequence("containers") if spec is not None else None) or ():
        if isinstance(each, Mapping):
            yield each


def _pod_probes(pod: Mapping, ports: frozenset[int]) -> Iterator[Probe]:
    for container in _containers(pod):
        named = {
            name.value: number.value
            for port in container.sequence("ports") or ()
            if isinstance(port, Mapping)
            and (name := port.scalar("name")) is not None
            and (number := port.scalar("containerPort")) is not None
        }
        for kind in ("readinessProbe", "livenessProbe", "startupProbe"):
            probe = container.mapping(kind)
            get = probe.mapping("httpGet") if probe is not None else None
            path, port = (get.scalar("path"), get.scalar("port")) if get is not None else (None, None)
            if path is None or path.unknown or not path.value.startswith("/"):
                continue
            asked = named.get(port.value, port.value) if port is not None else ""
            if asked.isdigit() and ports and int(asked) not in ports:
                continue
            yield Probe(_plain(path.value), path.span, f"the {kind}")


def _texts(node: Node | None) -> tuple[str, ...]:
    if isinstance(node, Scalar):
        return (node.value,) if node.value and not node.unknown else ()
    if isinstance(node, Sequence):
        return tuple(item.value for item in node if isinstance(item, Scalar) and not item.unknown)
    return ()
