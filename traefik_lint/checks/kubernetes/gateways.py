"""TL731: a listener of a Gateway that no entry point serves (K-121).

A listener belongs to the entry point whose address has its very port: the one inside the container (8000 in the
chart), not the one of the Service before it. Without one there is no router, and no error in the log.
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.kubernetes.objects import mappings_of
from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.runtime.types import Runtime

_GROUP = "gateway.networking.k8s.io"
_CONTROLLER = "traefik.io/gateway-controller"


def is_traefiks(runtime: Runtime, gateway: KubernetesObject) -> bool:
    """Whether a Gateway's class is Traefik's: by the controller of the class, else by its name."""
    name = gateway.spec.scalar("gatewayClassName") if gateway.spec is not None else None
    if gateway.group != _GROUP or name is None or name.unknown:
        return False
    for found in runtime.deployment.objects:
        if found.kind == "GatewayClass" and found.group == _GROUP and found.name == name.value:
            controller = found.spec.scalar("controllerName") if found.spec is not None else None
            return controller is not None and controller.value == _CONTROLLER
    return "traefik" in name.value


@check("TL731", "listener-without-entry-point", severity="error", needs=("static", "entry-points"))
def listener_without_entry_point(runtime: Runtime) -> Iterator[Draft]:
    static = runtime.deployment.static
    if static is None or static.element.get("providers", "kubernetesGateway") is None:
        return
    ports = {point.port: name for name, point in runtime.entry_points.items() if name != "traefik"}
    if None in ports:
        return
    for gateway in runtime.deployment.objects:
        if gateway.kind != "Gateway" or gateway.spec is None or not is_traefiks(runtime, gateway):
            continue
        for listener in mappings_of(gateway.spec.sequence("listeners")):
            port = listener.scalar("port")
            if port is None or port.unknown or not port.value.isdigit() or int(port.value) in ports:
                continue
            shown = ", ".join(f"{number} ({name})" for number, name in sorted(ports.items(), key=_by_number))
            yield finding(
                port,
                f"no entry point listens on port {port.value}, so Traefik leaves out this listener of Gateway "
                f"{quoted(gateway.name)} with all its routes",
                hint=f"write the port of an entry point: {shown}",
                related=[(point, f"entry point {name}") for name, point in runtime.entry_points.items()],
            )


def _by_number(item: tuple[int | None, str]) -> int:
    return item[0] or 0
