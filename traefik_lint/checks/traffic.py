"""Which traffic an entry point sees: plain HTTP or TLS, what is published outside, and which routers take it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.runtime.types import EntryPoint, Middleware, Router, Runtime
from traefik_lint.source.tree import Mapping, Scalar

_REDIRECTS = frozenset({"redirectScheme", "redirectRegex"})
_HOST_MATCHERS = frozenset({"Host", "HostRegexp", "HostHeader"})
#: Matchers that leave out some requests for a host.
_NARROWING = _HOST_MATCHERS | {"Path", "Header", "Headers", "Query", "ClientIP"}
#: What entry points are called everywhere, Traefik's chart and documentation included.
_PLAIN_NAMES = frozenset({"web", "http"})
_SECURE_NAMES = frozenset({"websecure", "https", "web-secure", "websecured", "web-ssl", "webssl"})
#: The ports of the chart's containers, and the ones that its Service shows.
_CHART_PORTS = {("web", 8000): 80, ("websecure", 8443): 443}


def is_plain_name(name: str) -> bool:
    """Whether an entry point of this name speaks plain HTTP, as everyone names it."""
    return name.lower() in _PLAIN_NAMES


def is_secure_name(name: str) -> bool:
    """Whether an entry point of this name speaks TLS, as everyone names it."""
    return name.lower() in _SECURE_NAMES


def in_cluster(runtime: Runtime) -> bool:
    """Whether Traefik itself runs in a Kubernetes cluster, as far as the files tell."""
    deployment = runtime.deployment
    if deployment.traefik is not None:
        return False
    # Flags without a container are those that the chart makes of its values.
    is_chart = deployment.static is not None and deployment.static.source.notation == "flag"
    return is_chart or deployment.workload is not None or bool(deployment.objects)


def outside_ports(runtime: Runtime, point: EntryPoint) -> set[int]:
    """The ports on which clients reach an entry point.

    Published host ports where a compose service runs Traefik in a network of its own, the ports of a Kubernetes
    Service (or those of the chart's), else the port of the address; empty when the container publishes nothing for
    it, or the port can't be read.
    """
    if point.port is None:
        return set()
    traefik = runtime.deployment.traefik
    if traefik is None:
        return _cluster_ports(runtime, point) or {point.port}
    if traefik.network_mode is not None or not traefik.ports:
        return {point.port}
    return {
        int(port.published)
        for port in traefik.ports
        if port.target == point.port and port.published.isdigit()
    }


def _cluster_ports(runtime: Runtime, point: EntryPoint) -> set[int]:
    """Ports of the Services in front of Traefik that lead to an entry point; the chart's where there are none."""
    if point.port is None:
        return set()
    workload = runtime.deployment.workload
    found: set[int] = set()
    if workload is not None:
        wanted = _pod_labels(workload)
        for service in runtime.deployment.objects:
            if service.kind != "Service" or service.namespace != workload.namespace or service.spec is None:
                continue
            chosen = service.spec.mapping("selector")
            if chosen is None or not chosen.entries:
                continue
            pairs = {
                (entry.key.value, entry.value.value) for entry in chosen if isinstance(entry.value, Scalar)
            }
            if pairs <= wanted:
                found |= _ports_to(service.spec, point, workload)
    chart = _CHART_PORTS.get((point.name, point.port))
    if not found and chart is not None and in_cluster(runtime):
        found.add(chart)
    return found


def _pod_labels(workload: KubernetesObject) -> set[tuple[str, str]]:
    template = workload.spec.mapping("template") if workload.spec is not None else None
    metadata = template.mapping("metadata") if template is not None else None
    labels = metadata.mapping("labels") if metadata is not None else None
    return {(entry.key.value, entry.value.value) for entry in labels or () if isinstance(entry.value, Scalar)}


def _ports_to(spec: Mapping, point: EntryPoint, workload: KubernetesObject) -> set[int]:
    """The ports of a Service that end at the entry point's port, by number or by the container port's name."""
    names = {point.name, *_container_port_names(workload, point.port)}
    found: set[int] = set()
    for port in spec.sequence("ports") or ():
        number = port.scalar("port") if isinstance(port, Mapping) else None
        if number is None or not isinstance(port, Mapping) or not number.value.isdigit():
            continue
        target = port.scalar("targetPort") or number
        if target.value == str(point.port) or target.value in names:
            found.add(int(number.value))
    return found


def _container_port_names(workload: KubernetesObject, number: int | None) -> Iterator[str]:
    template = workload.spec.mapping("template") if workload.spec is not None else None
    spec = template.mapping("spec") if template is not None else None
    for container in (spec.sequence("containers") if spec is not None else None) or ():
        for port in (container.sequence("ports") if isinstance(container, Mapping) else None) or ():
            if not isinstance(port, Mapping):
                continue
            name, own = port.scalar("name"), port.scalar("containerPort")
            if name is not None and own is not None and own.value == str(number):
                yield name.value


def is_plain(runtime: Runtime, point: EntryPoint) -> bool:
    """Whether clients speak plain HTTP here: port 80 outside, a redirection to elsewhere, or the usual name."""
    if point.protocol != "tcp" or point.tls is not None:
        return False
    ports = outside_ports(runtime, point)
    if 80 in ports or _redirects_elsewhere(point):
        return True
    return is_plain_name(point.name) and bool(ports) and 443 not in ports


def is_secure(runtime: Runtime, point: EntryPoint) -> bool:
    """Whether clients speak TLS here: port 443 outside, TLS for all routers, a redirection to it, or the usual name."""
    if point.protocol != "tcp":
        return False
    ports = outside_ports(runtime, point)
    if point.tls is not None or 443 in ports:
        return True
    if is_secure_name(point.name) and ports and 80 not in ports:
        return True
    return any(
        other.redirect_to is not None and other.redirect_to.text == point.name and other.name != point.name
        for other in runtime.entry_points.values()
    )


def _redirects_elsewhere(point: EntryPoint) -> bool:
    target = point.redirect_to
    return target is not None and target.text not in ("", point.name)


def routers_on(runtime: Runtime, point: EntryPoint) -> Iterator[Router]:
    """The http routers that an entry point really serves."""
    for router in runtime.routers.values():
        if point.name in router.using and router.status != "disabled":
            yield router


def is_redirected(runtime: Runtime, point: EntryPoint) -> bool:
    """Whether every plain request here is sent elsewhere: by the entry point or by a router that takes all."""
    if _redirects_elsewhere(point) and point.redirect_to is not None and not point.redirect_to.known:
        return True
    return any(
        not router.tls and redirection(router) is not None and takes_any_host(router)
        for router in routers_on(runtime, point)
    )


def redirection(router: Router) -> Middleware | None:
    """The middleware of a router that answers every request with a redirect to another URL, looking into chains."""
    pending = [reference.target for reference in router.middlewares]
    seen: set[str] = set()
    while pending:
        target = pending.pop()
        if not isinstance(target, Middleware) or target.name in seen:
            continue
        seen.add(target.name)
        if target.type in _REDIRECTS:
            return target
        pending.extend(reference.target for reference in target.references)
    return None


def takes_any_host(router: Router) -> bool:
    """Whether the rule says nothing of the host, or accepts any."""
    if router.rule is None or router.rule.root is None:
        return False
    for matcher in router.rule.matchers:
        if matcher.canonical == "HostRegexp" or (matcher.canonical == "Host" and matcher.values == ["*"]):
            continue
        if matcher.canonical in _NARROWING:
            return False
    return not any(matcher.negated for matcher in router.rule.matchers)


def hosts_of(router: Router) -> frozenset[str]:
    """The literal host names of a router's rule, in lower case."""
    if router.rule is None:
        return frozenset()
    return frozenset(
        value.lower() for matcher in router.rule.matchers if matcher.canonical in ("Host", "HostHeader")
        for value in matcher.values
    )  # fmt: skip


def has_known_rule(router: Router) -> bool:
    """Whether the files tell the whole rule."""
    return router.rule_value is None or router.rule_value.known


def takes_unknown_hosts(router: Router) -> bool:
    """Whether it can't be told from the rule's host names which hosts a router takes."""
    if router.rule is None or router.rule.root is None or not has_known_rule(router):
        return True
    names = {matcher.canonical for matcher in router.rule.matchers}
    if "HostRegexp" in names or not names & _HOST_MATCHERS:
        return True
    return any("*" in host or "{" in host or "$" in host for host in hosts_of(router))


@lru_cache(maxsize=1)  # the checks run one after another on one deployment
def answering_routers(runtime: Runtime) -> Answering:
    """See :class:`Answering`."""
    return Answering(runtime)


class Answering:
    """Which routers answer on which entry point, by kind of traffic and by host.

    Where the entry points are not known, those that the routers name count. Traefik's own routers are left out:
    its redirections are looked at apart, and the others take a path or two.
    """

    __slots__ = ("_broad", "_by_host", "_some")

    def __init__(self, runtime: Runtime) -> None:
        self._by_host: dict[tuple[str, bool, str], list[str]] = {}
        self._broad: dict[tuple[str, bool], list[str]] = {}
        #: Two routers of each kind of traffic are enough to know whether there is another one.
        self._some: dict[tuple[str, bool], list[str]] = {}
        closed = runtime.is_closed("entry-points")
        for router in (runtime.routers if closed else runtime.definitions["http"]).values():
            if router.provider == "internal" or (closed and router.status == "disabled"):
                continue
            for point in router.using if closed else router.entry_points:
                self._add(point, router)

    def _add(self, point: str, router: Router) -> None:
        if not router.default_rule:
            some = self._some.setdefault((point, router.tls), [])
            if len(some) < 2 and router.definition not in some:
                some.append(router.definition)
        if takes_unknown_hosts(router):
            self._broad.setdefault((point, router.tls), []).append(router.definition)
            return
        for host in hosts_of(router):
            self._by_host.setdefault((point, router.tls, host), []).append(router.definition)

    def any_on(self, point: str, *, tls: bool) -> bool:
        """Whether any router takes such traffic on an entry point, those of the default rule left out."""
        return (point, tls) in self._some

    def other(self, point: str, router: Router, *, tls: bool) -> bool:
        """Whether some other router may answer such traffic for one of a router's hosts, or for any if it has none."""
        own = router.definition
        if any(name != own for name in self._broad.get((point, tls), ())):
            return True
        if takes_unknown_hosts(router):
            return any(name != own for name in self._some.get((point, tls), ()))
        return any(
            name != own for host in hosts_of(router) for name in self._by_host.get((point, tls, host), ())
        )
