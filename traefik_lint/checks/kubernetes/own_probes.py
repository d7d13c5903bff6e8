"""TL746 and TL747: objects that replace one another, and probes that Traefik does not answer.

Applied in one go, the last object of a name is what the cluster keeps. `/ping` is answered only where the static
configuration has `ping` (S-076); a pod whose probe fails gets no traffic.
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.kubernetes.objects import INGRESS_GROUP, TRAEFIK_GROUPS, mappings_of
from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.readers.image import is_traefik_image
from traefik_lint.runtime.types import Runtime

_PROBES = ("readinessProbe", "livenessProbe", "startupProbe")


@check("TL746", "object-named-twice", severity="warning")
def object_named_twice(runtime: Runtime) -> Iterator[Draft]:
    """Two objects of one kind, namespace and name in one file that say different things."""
    first: dict[tuple[int, str, str, str], KubernetesObject] = {}
    for found in runtime.deployment.objects:
        if found.group not in TRAEFIK_GROUPS and (found.group, found.kind) != (INGRESS_GROUP, "Ingress"):
            continue
        name = found.name_node
        if (
            name is None
            or name.unknown
            or (found.namespace_node is not None and found.namespace_node.unknown)
        ):
            continue
        key = (id(found.root.file), found.kind, found.namespace, found.name)
        other = first.setdefault(key, found)
        if other is found or _text(other) == _text(found):
            continue
        yield finding(
            name,
            f"there is a {found.kind} {quoted(found.name)} above already: the cluster keeps this one alone, and what "
            "the other says is gone",
            hint="give one of them another name",
            related=[(other.name_node, "the other one")],
        )


def _text(found: KubernetesObject) -> str:
    return found.root.file.text[found.root.start : found.root.end].strip()


@check("TL747", "probe-without-ping", severity="error", needs=("static",))
def probe_without_ping(runtime: Runtime) -> Iterator[Draft]:
    static, workload = runtime.deployment.static, runtime.deployment.workload
    template = (
        workload.spec.mapping("template") if workload is not None and workload.spec is not None else None
    )
    pod = template.mapping("spec") if template is not None else None
    if static is None or pod is None or runtime.refused is not None or static.element.get("ping") is not None:
        return
    for container in mappings_of(pod.sequence("containers")):
        image = container.scalar("image")
        if image is None or not is_traefik_image(image.value):
            continue
        for key in _PROBES:
            probe = container.mapping(key)
            get = probe.mapping("httpGet") if probe is not None else None
            path = get.scalar("path") if get is not None else None
            if path is not None and path.value.rstrip("/") == "/ping":
                yield finding(
                    path,
                    f"Traefik answers /ping only where ping is switched on: the {key} fails, and "
                    + (
                        "the pod gets no traffic"
                        if key == "readinessProbe"
                        else "the pod is started again and again"
                    ),
                    hint="add --ping=true",
                )
