"""TL712 and TL713: routes and Ingresses that Traefik passes over because of their class (K-020, K-100).

Nothing in its log tells. Other classes are other controllers' business, so we speak where the object is meant for
Traefik: by annotations, by a class of nearly the right name, or because it is an IngressRoute.
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.kubernetes.objects import INGRESS_GROUP, ROUTES, TRAEFIK_GROUPS
from traefik_lint.checks.kubernetes.ownership import (
    CLASS_ANNOTATION,
    CONTROLLER,
    Ownership,
    class_node,
    has_traefik_annotations,
)
from traefik_lint.checks.names import nearest_name, quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.model.values import Element, Value
from traefik_lint.runtime.types import Runtime


@check("TL712", "passed-over-for-its-class", severity="error", needs=("static",))
def passed_over_for_its_class(runtime: Runtime) -> Iterator[Draft]:
    static = runtime.deployment.static
    if static is None:
        return
    ownership = Ownership(runtime)
    for name in ("kubernetesCRD", "kubernetesIngress"):
        provider = static.element.element("providers", name)
        option = provider.value("ingressClass") if provider is not None else None
        if provider is None or (option is not None and not option.known):
            continue
        for found in runtime.deployment.objects:
            if name == "kubernetesCRD" and found.kind in ROUTES and found.group in TRAEFIK_GROUPS:
                draft = _of_route(runtime, found, option)
            elif name == "kubernetesIngress" and found.kind == "Ingress" and found.group == INGRESS_GROUP:
                draft = _of_ingress(ownership, found, provider, option)
            else:
                continue
            if draft is not None:
                yield draft


def _of_route(runtime: Runtime, found: KubernetesObject, option: Value | None) -> Draft | None:
    wanted = option.text if option is not None else ""
    by_field = found.spec is not None and found.spec.get("ingressClassName") is not None
    is_new = runtime.version >= (3, 7, 0)
    node = class_node(found) if is_new or not by_field else found.annotation(CLASS_ANNOTATION)
    how = f"spec.ingressClassName: {wanted}" if is_new else f"the annotation {CLASS_ANNOTATION}: {wanted}"
    if node is None:
        if not wanted:
            return None
        return finding(
            found.kind_node,
            f"providers.kubernetesCRD.ingressClass is {quoted(wanted)}, and this {found.kind} has no class: Traefik "
            "passes it over without a word",
            hint=f"add {how}",
            related=[(option, "the class asked for")],
        )
    if node.unknown or node.value == wanted or (not wanted and node.value == "traefik"):
        return None
    if wanted and not _is_slip(node.value, wanted):
        return None  # most likely for another Traefik
    return finding(
        node,
        f"Traefik takes {quoted(wanted) if wanted else 'objects without a class, or of class traefik'}, and passes over"
        f" this {found.kind} of class {quoted(node.value)} without a word",
        hint=f"write {quoted(wanted)}" if wanted else "take the class out, or write traefik",
        related=[(option, "the class asked for")],
        severity=None if wanted else "warning",
        confidence="medium",
    )


def _of_ingress(
    ownership: Ownership, found: KubernetesObject, provider: Element, option: Value | None
) -> Draft | None:
    wanted = option.text if option is not None else ""
    node = class_node(found)
    if node is None:
        if not wanted or not has_traefik_annotations(found):
            return None
        return finding(
            found.kind_node,
            f"providers.kubernetesIngress.ingressClass is {quoted(wanted)}, and this Ingress has no class: Traefik "
            "passes it over without a word, unless the cluster's default class is that one",
            hint=f"add ingressClassName: {wanted}",
            related=[(option, "the class asked for")],
            severity="warning",
            confidence="medium",
        )
    if node.unknown or not node.value:
        return None
    by_annotation = found.annotation(CLASS_ANNOTATION) is node
    for switch in ("disableIngressClassLookup", "disableClusterScopeResources"):
        if not by_annotation and provider.flag(switch) and _is_meant(ownership, found, node.value, wanted):
            return finding(
                node,
                f"with {switch} Traefik knows no IngressClass, so it passes over every Ingress with ingressClassName",
                hint=f"use the annotation {CLASS_ANNOTATION}, or take {switch} out",
                related=[(provider.value(switch), "switched on here")],
            )
    if node.value == wanted or (by_annotation and not wanted and node.value == "traefik"):
        return None
    if not wanted and not by_annotation:
        return None  # TL713 looks at the IngressClass
    if not _is_meant(ownership, found, node.value, wanted):
        return None
    takes = quoted(wanted) if wanted else '"traefik"'
    return finding(
        node,
        f"Traefik takes Ingresses of class {takes} only, and passes over this one of class {quoted(node.value)} "
        "without a word",
        hint=f"write {takes}",
        related=[(option, "the class asked for")],
    )


def _is_meant(ownership: Ownership, found: KubernetesObject, name: str, wanted: str) -> bool:
    """Whether the Ingress is Traefik's business although the class is another one."""
    controller = ownership.controller_of(name)
    if controller is not None:
        # A class of its own for the one wanted: this one is most likely another Traefik's.
        return controller.value == CONTROLLER and (not wanted or ownership.controller_of(wanted) is None)
    return _is_slip(name, wanted) or (has_traefik_annotations(found) and "nginx" not in name)


def _is_slip(name: str, wanted: str) -> bool:
    """Whether one class may have been written for the other: nearly the same, or the plain name of Traefik."""
    return name == "traefik" or nearest_name(name, [wanted or "traefik"]) is not None


@check("TL713", "class-of-no-controller", severity="error")
def class_of_no_controller(runtime: Runtime) -> Iterator[Draft]:
    """Traefik's Ingresses are those of an IngressClass with exactly its own controller (K-100)."""
    own = {
        found.name: found
        for found in runtime.deployment.objects
        if found.kind == "IngressClass" and found.group == INGRESS_GROUP
    }
    for found in own.values():
        controller = found.spec.scalar("controller") if found.spec is not None else None
        if controller is None or controller.unknown or controller.value == CONTROLLER:
            continue
        if "traefik" in controller.value.lower():
            yield finding(
                controller,
                f"Traefik's controller is {quoted(CONTROLLER)}: it passes over every Ingress of class "
                f"{quoted(found.name)} without a word",
                hint=f"write {CONTROLLER}",
                confidence="medium",
            )
    static = runtime.deployment.static
    if (
        static is not None
        and static.element.get("providers", "kubernetesIngress", "ingressClass") is not None
    ):
        return  # TL712 compares with that
    classes = [name for name, found in own.items() if _is_traefik(found)]
    for found in runtime.deployment.objects:
        if found.kind != "Ingress" or found.group != INGRESS_GROUP or found.spec is None or not classes:
            continue
        node = found.spec.scalar("ingressClassName")
        if node is None or node.unknown or node.value in own or not node.value:
            continue
        near = nearest_name(node.value, classes)
        if near is None and not (has_traefik_annotations(found) and "nginx" not in node.value):
            continue
        meant = near or classes[0]
        yield finding(
            node,
            f"there is no IngressClass {quoted(node.value)}: Traefik passes over this Ingress without a word",
            hint=f"write {quoted(meant)}",
            related=[(own[meant].name_node, "Traefik's class")],
            confidence="medium",
        )


def _is_traefik(found: KubernetesObject) -> bool:
    controller = found.spec.scalar("controller") if found.spec is not None else None
    return controller is not None and controller.value == CONTROLLER
