"""TL704 and TL705: a Service that no pod stands behind, or whose port no container listens on (K-042).

Traefik routes to endpoints: without any it drops the route. We compare with the pods in the same files only.
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.kubernetes.objects import (
    Pods,
    Workload,
    mappings_of,
    service_references,
    services,
    texts_of,
)
from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.runtime.types import Runtime
from traefik_lint.source.tree import Mapping, Scalar

_LISTS = ("containers", "initContainers")


class _Ports:
    """The ports that the containers of some pods declare."""

    __slots__ = ("by_name", "containers", "is_known", "numbers")

    def __init__(self, pods: list[Workload]) -> None:
        self.by_name: dict[str, Scalar] = {}
        self.numbers: dict[str, Scalar] = {}
        self.containers = 0
        self.is_known = True
        for workload in pods:
            for name in _LISTS:
                for container in mappings_of(workload.pod.sequence(name)):
                    self.containers += name == "containers"
                    self._add(container)

    def _add(self, container: Mapping) -> None:
        for port in mappings_of(container.sequence("ports")):
            number, name = port.scalar("containerPort"), port.scalar("name")
            self.is_known &= (
                number is not None and not number.unknown and not (name is not None and name.unknown)
            )
            if number is not None:
                self.numbers[number.value] = number
                if name is not None:
                    self.by_name[name.value] = number


def _used(runtime: Runtime) -> Iterator[tuple[KubernetesObject, list[Scalar]]]:
    """The Services in the files that routes lead to, with the ports that are named of them."""
    known = services(runtime)
    ports: dict[tuple[str, str], list[Scalar]] = {}
    for reference in service_references(runtime):
        if reference.identity in known and reference.port is not None and not reference.port.unknown:
            ports.setdefault(reference.identity, []).append(reference.port)
    for identity, named in ports.items():
        yield known[identity], named


def _selector(service: KubernetesObject) -> Mapping | None:
    """What a Service selects its pods by; None where that is not to be compared."""
    spec = service.spec
    selector = spec.mapping("selector") if spec is not None else None
    if spec is None or selector is None or not selector.entries:
        return None
    kind = spec.scalar("type")
    if kind is not None and kind.value == "ExternalName":
        return None
    is_known = all(isinstance(entry.value, Scalar) and not entry.value.unknown for entry in selector)
    return selector if is_known else None


@check("TL704", "service-without-pods", severity="error", confidence="medium")
def service_without_pods(runtime: Runtime) -> Iterator[Draft]:
    made = Pods(runtime)
    if not made:
        return
    for service, _ in _used(runtime):
        selector = _selector(service)
        if selector is None:
            continue
        wanted = texts_of(selector)
        meant = _meant(service, wanted, made)
        if meant is None:
            continue
        wrong = {name: text for name, text in wanted.items() if meant.labels.get(name) != text}
        name, text = next(iter(wrong.items()))
        entry = selector.entry(name)
        has = meant.labels.get(name)
        yield finding(
            entry.value if entry is not None else selector,
            f"no pod has the label {name}: {text}, so Service {quoted(service.name)} has no endpoints and Traefik "
            "drops its routes",
            hint=f"write {name}: {has}, as {meant.object.kind} {quoted(meant.object.name)} has it"
            if has is not None
            else f"write the labels of the pods of {meant.object.kind} {quoted(meant.object.name)}: "
            + ", ".join(f"{key}: {value}" for key, value in sorted(meant.labels.items())[:4]),
            related=[(meant.object.name_node, "the pods that it means")],
        )


def _meant(service: KubernetesObject, wanted: dict[str, str], made: Pods) -> Workload | None:
    """The workload that a Service without pods must mean: of its name, or the only one in its file."""
    if made.anywhere(wanted) or service.namespace in made.unknown_in:
        return None  # that one, or one in another namespace
    near = [one for one in made.in_namespace(service.namespace) if one.labels]
    named = [one for one in near if one.object.name == service.name]
    if named:
        return named[0]
    here = [one for one in near if one.object.root.file is service.root.file]
    only = len(here) == 1 and bool(wanted.keys() & here[0].labels.keys())
    return here[0] if only else None


@check("TL705", "target-port-of-no-container", severity="error", confidence="medium")
def target_port_of_no_container(runtime: Runtime) -> Iterator[Draft]:
    made = Pods(runtime)
    if not made:
        return
    for service, named in _used(runtime):
        selector = _selector(service)
        wanted = texts_of(selector)
        pods = made.behind(service, wanted) if selector is not None else []
        ports = _Ports(pods)
        if not pods or not ports.is_known or service.spec is None:
            continue
        for port in mappings_of(service.spec.sequence("ports")):
            if not _is_named(port, named):
                continue
            draft = _draft(service, port, pods, ports)
            if draft is not None:
                yield draft


def _is_named(port: Mapping, named: list[Scalar]) -> bool:
    texts = texts_of(port)
    return any(one.value in (texts.get("port"), texts.get("name")) for one in named)


def _draft(service: KubernetesObject, port: Mapping, pods: list[Workload], ports: _Ports) -> Draft | None:
    target = port.scalar("targetPort") or port.scalar("port")
    if target is None or target.unknown or not target.value or target.value in ("null", "~"):
        return None
    is_number = target.style == "plain" and target.value.isdigit()
    related = [(number, "a port of its pods") for number in list(ports.numbers.values())[:3]]
    shown = [f"{number.value} ({name})" for name, number in ports.by_name.items()]
    shown += [number for number in ports.numbers if not any(one.startswith(f"{number} ") for one in shown)]
    right = next(iter(ports.numbers)) if len(ports.numbers) == 1 else ""
    if not is_number:
        if target.value in ports.by_name:
            return None
        what = (
            f"{quoted(target.value)} in quotes is the name of a port"
            if target.value.isdigit()
            else f"no container of {quoted(pods[0].object.name)} calls a port {quoted(target.value)}"
        )
        hint = f"write targetPort: {right}" if right else "name the container's port, or write its number"
        if target.value.isdigit() and target.value in ports.numbers:
            hint = f"write targetPort: {target.value} without quotes"
        message = (
            f"{what}, so Service {quoted(service.name)} has no endpoints for it and Traefik drops its routes"
        )
        return finding(target, message, hint=hint, related=related)
    if target.value in ports.numbers or not ports.numbers or ports.containers != len(pods):
        return None
    return finding(
        target,
        f"Service {quoted(service.name)} leads to port {target.value}, and its pods declare {', '.join(shown[:6])}: "
        "most likely nothing listens there (502)",
        hint=(f"write targetPort: {right}" if right else "write the port that the container listens on")
        + ("" if port.get("targetPort") is not None else ": without it, port is meant"),
        related=related,
        severity="warning",
    )
