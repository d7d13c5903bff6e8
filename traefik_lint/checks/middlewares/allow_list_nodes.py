"""TL427: an allow list behind a Service that hides the visitors' addresses.

With the `externalTrafficPolicy` Cluster, which is the default, Kubernetes puts the address of a node in the place of
the visitor's; without `ipStrategy` that is what an allow list compares (R-175). Local keeps it.
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.kubernetes.objects import texts_of
from traefik_lint.checks.middlewares.flow import ways
from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.model.values import Element
from traefik_lint.runtime.types import Middleware, Runtime
from traefik_lint.source.span import Span
from traefik_lint.source.tree import Mapping, Scalar

_POLICY = "externalTrafficPolicy"


@check("TL427", "allow-list-sees-node", severity="warning", confidence="medium", needs=("entry-points",))
def allow_list_sees_node(runtime: Runtime) -> Iterator[Draft]:
    lists = {
        step.middleware.name: step.middleware
        for _, steps in ways(runtime)
        for step in steps or []
        if step.middleware.type in ("ipAllowList", "ipWhiteList")
        and isinstance(step.middleware.origin, KubernetesObject)
    }
    lists = {
        name: one
        for name, one in lists.items()
        if one.options is not None and "ipStrategy" not in one.options
    }
    if not lists or any(_is_told(point.element) for point in runtime.entry_points.values()):
        return
    for place, service in _fronts(runtime):
        first = next(iter(lists.values()))
        yield finding(
            place,
            f"{service} puts a node's address in the place of the visitor's ({_POLICY} Cluster), and that is what "
            f"the allow list {quoted(_title(first))} compares",
            hint=f"set {_POLICY}: Local",
            related=[(one, "an allow list") for one in list(lists.values())[:3]],
        )


def _title(middleware: Middleware) -> str:
    origin = middleware.origin
    return origin.name if isinstance(origin, KubernetesObject) else middleware.name


def _is_told(element: Element | None) -> bool:
    """Whether an entry point learns the visitors' addresses from a proxy in front."""
    return element is not None and (
        element.get("proxyProtocol") is not None
        or bool(element.values("forwardedHeaders", "trustedIPs"))
        or element.flag("forwardedHeaders", "insecure")
    )


def _fronts(runtime: Runtime) -> Iterator[tuple[Span, str]]:
    """The Services in front of Traefik that hide addresses, and where that is to be said."""
    workload = runtime.deployment.workload
    template = (
        workload.spec.mapping("template") if workload is not None and workload.spec is not None else None
    )
    if workload is None or template is None:
        return
    pod, metadata = template.mapping("spec"), template.mapping("metadata")
    labels = texts_of(metadata.mapping("labels") if metadata is not None else None)
    host = pod.scalar("hostNetwork") if pod is not None else None
    if pod is None or not labels or (host is not None and host.value != "false"):
        return
    for service in runtime.deployment.objects:
        spec = service.spec
        if (
            service.kind != "Service"
            or service.group
            or service.namespace != workload.namespace
            or spec is None
        ):
            continue
        wanted = texts_of(spec.mapping("selector"))
        if not wanted or not wanted.items() <= labels.items():
            continue
        if any("proxy-protocol" in label.key.value for label in service.annotations):
            continue
        place = _place(spec)
        if place is not None:
            yield place.span, f"Service {quoted(service.name)}"


def _place(spec: Mapping) -> Scalar | None:
    """Where a Service says how it is reached from outside; None for one that keeps the addresses."""
    kind, policy = spec.scalar("type"), spec.scalar(_POLICY)
    if kind is None or kind.value not in ("LoadBalancer", "NodePort"):
        return None
    if policy is None:
        return kind
    return policy if policy.value == "Cluster" and not policy.unknown else None
