"""TL740: addresses of the cluster's DNS that lead to no Service, or to a port that it does not have.

`<name>.<namespace>.svc.cluster.local` is a Service; a name without a namespace is looked up in the namespace of the
pod that asks, which is Traefik's for a forwardAuth (R-174), not the Middleware's. We speak where the files show the
Service that was meant.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from traefik_lint.checks.kubernetes.objects import mappings_of, services
from traefik_lint.checks.middlewares.authentication import address_of, split
from traefik_lint.checks.names import listed, quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.model.values import Value
from traefik_lint.runtime.types import Runtime

_SUFFIXES = (".svc.cluster.local", ".svc")
_Services = dict[tuple[str, str], KubernetesObject]


class _Host(NamedTuple):
    """A host of the cluster's DNS; ``namespace`` is "" for a name alone."""

    name: str
    namespace: str


@check("TL740", "address-of-no-service", severity="warning", confidence="medium")
def address_of_no_service(runtime: Runtime) -> Iterator[Draft]:
    known: _Services | None = None
    for middleware in runtime.middlewares.values():
        origin = middleware.origin
        address = address_of(middleware) if isinstance(origin, KubernetesObject) else None
        if address is None:
            continue
        known = services(runtime) if known is None else known
        host = _read(split(address.text).host)
        if host is None or not known:
            continue
        namespace = host.namespace or _own_namespace(runtime, host.name, known)
        service = known.get((namespace, host.name)) if namespace else None
        draft = _of_port(address, service) if service is not None else _of_namespace(address, host, known)
        if draft is not None:
            yield draft


def _read(host: str) -> _Host | None:
    for suffix in _SUFFIXES:
        if host.endswith(suffix):
            name, dot, namespace = host.removesuffix(suffix).partition(".")
            return _Host(name, namespace) if dot and "." not in namespace else None
    return _Host(host, "") if host and "." not in host and host != "localhost" else None


def _own_namespace(runtime: Runtime, name: str, known: _Services) -> str:
    """Traefik's namespace; where the files don't tell, the one of the Service when Traefik may well be there."""
    if runtime.deployment.workload is not None:
        return runtime.deployment.workload.namespace
    for namespace, other in known:
        if other == name and (
            namespace in ("default", "kube-system") or "traefik" in namespace or "ingress" in namespace
        ):
            return namespace
    return ""


def _of_port(address: Value, service: KubernetesObject) -> Draft | None:
    spec, parts = service.spec, split(address.text)
    port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    if spec is None or port is None or spec.get("externalName") is not None:
        return None
    headless = spec.scalar("clusterIP")
    if headless is not None and headless.value == "None":
        return None
    numbers = [
        number for each in mappings_of(spec.sequence("ports")) if (number := each.scalar("port")) is not None
    ]
    if not numbers or any(number.unknown or number.value == str(port) for number in numbers):
        return None
    return finding(
        address,
        f"Service {quoted(service.name)} has no port {port} (it has {', '.join(one.value for one in numbers)}): "
        "nothing answers, and every request gets 500",
        hint=f"ask port {numbers[0].value}: the address is the Service's, not the pod's",
        related=[(numbers[0], "the Service's port")],
        confidence="high",
    )


def _of_namespace(address: Value, host: _Host, known: _Services) -> Draft | None:
    found = [service for (_, name), service in known.items() if name == host.name]
    certain = [one for one in found if one.namespace_node is not None and not one.namespace_node.unknown]
    if not certain or len(certain) != len(found):
        return None
    where = listed([one.namespace for one in certain], 3)
    lost = (
        f"there is no Service {quoted(host.name)} in namespace {quoted(host.namespace)}"
        if host.namespace
        else f"{quoted(host.name)} alone is looked up in Traefik's own namespace"
    )
    return finding(
        address,
        f"{lost}, and it is in {where}: nothing answers, and every request gets 500",
        hint=f"write {host.name}.{certain[0].namespace}.svc.cluster.local",
        related=[(certain[0].name_node, "the Service")],
    )
