"""TL741: the Service in front of Traefik leads where Traefik does not listen.

Entry points listen on the ports of their addresses (S-032); a `targetPort` is a number in the pod, or the name that a
container gives to one.
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.kubernetes.objects import mappings_of, texts_of
from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.runtime.types import Runtime
from traefik_lint.source.span import Span
from traefik_lint.source.tree import Mapping, Scalar


@check(
    "TL741",
    "service-past-entry-points",
    severity="error",
    confidence="medium",
    needs=("entry-points", "static"),
)
def service_past_entry_points(runtime: Runtime) -> Iterator[Draft]:
    workload = runtime.deployment.workload
    template = (
        workload.spec.mapping("template") if workload is not None and workload.spec is not None else None
    )
    pod = template.mapping("spec") if template is not None else None
    metadata = template.mapping("metadata") if template is not None else None
    labels = texts_of(metadata.mapping("labels") if metadata is not None else None)
    if workload is None or pod is None or not labels or runtime.refused is not None:
        return
    listening = {point.port: point for point in runtime.entry_points.values()}
    if None in listening or len(list(mappings_of(pod.sequence("containers")))) != 1:
        return  # an address that can't be read, or a container beside Traefik that may listen
    names, places = _names(pod)
    told: set[Span] = set()
    for service in runtime.deployment.objects:
        if (
            service.kind != "Service"
            or service.group
            or service.namespace != workload.namespace
            or not service.spec
        ):
            continue
        selector = service.spec.mapping("selector")
        wanted = texts_of(selector)
        if not wanted or selector is None or len(wanted) != len(selector.entries):
            continue
        if not wanted.items() <= labels.items():
            draft = _other_pods(runtime, service, selector, labels, workload)
            if draft is not None:
                yield draft
            continue
        for port in mappings_of(service.spec.sequence("ports")):
            target = port.scalar("targetPort") or port.scalar("port")
            if target is None or target.unknown or target.value in ("0", ""):
                continue
            number = target.value if target.value.isdigit() else names.get(target.value, "")
            # Where the container's port is what is wrong, that is the place; several Services may lead to it.
            place = target if target.value.isdigit() else places.get(target.value, target)
            if (number and int(number) in listening) or place.span in told or not _is_for_traffic(port):
                continue
            told.add(place.span)
            what = f"on port {number}" if number else f"on a port called {quoted(target.value)}"
            shown = ", ".join(
                f"{point.port} ({point.name})" for point in runtime.entry_points.values() if point.element
            )
            yield finding(
                place,
                f"Service {quoted(service.name)} leads to Traefik's pods {what}, where no entry point listens: they "
                f"are {shown}",
                hint="write the port of the entry point's address",
                related=[(service.name_node, "the Service in front of Traefik")],
            )


def _is_for_traffic(port: Mapping) -> bool:
    """Whether it is a port for routed traffic; those of metrics and the like are somebody else's business."""
    texts = texts_of(port)
    return texts.get("port") in ("80", "443") or texts.get("name") in ("web", "websecure", "http", "https")


def _names(pod: Mapping) -> tuple[dict[str, str], dict[str, Scalar]]:
    """The numbers that the containers give names to, and where they stand."""
    numbers: dict[str, str] = {}
    places: dict[str, Scalar] = {}
    for container in mappings_of(pod.sequence("containers")):
        for port in mappings_of(container.sequence("ports")):
            name, number = port.scalar("name"), port.scalar("containerPort")
            if name is not None and number is not None and number.value.isdigit():
                numbers[name.value] = number.value
                places[name.value] = number
    return numbers, places


def _other_pods(
    runtime: Runtime,
    service: KubernetesObject,
    selector: Mapping,
    labels: dict[str, str],
    workload: KubernetesObject,
) -> Draft | None:
    """A Service of Traefik's own name that finds none of its pods, nor any others."""
    if service.name != workload.name or runtime.deployment.objects.count(service) != 1:
        return None
    wrong = next(
        (entry for entry in selector if labels.get(entry.key.value) != texts_of(selector)[entry.key.value]),
        None,
    )
    if wrong is None or any(
        one.kind in ("Deployment", "DaemonSet", "StatefulSet")
        and one is not workload
        and one.namespace == workload.namespace
        for one in runtime.deployment.objects
    ):
        return None
    has = labels.get(wrong.key.value)
    return finding(
        wrong.value,
        f"no pod of {workload.kind} {quoted(workload.name)} has the label {wrong.key.value}: "
        f"{texts_of(selector)[wrong.key.value]}, so nothing reaches Traefik through Service {quoted(service.name)}",
        hint=f"write {wrong.key.value}: {has}" if has is not None else "write the labels of Traefik's pods",
        related=[(workload.name_node, "Traefik")],
    )
