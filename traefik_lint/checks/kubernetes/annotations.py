"""TL709, TL710 and TL726: annotations that Traefik never reads, or that cost the whole object (K-101 … K-104).

`router.*` belongs on an Ingress and `service.*` on the Service behind it; on an IngressRoute there are fields for
all of it. What is on the wrong object is ignored without a word.
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.kubernetes.objects import (
    INGRESS_GROUP,
    TRAEFIK_GROUPS,
    dropped,
    mappings_of,
    service_references,
    services,
)
from traefik_lint.checks.names import edit_distance, nearest_name, quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.checks.versions.kubernetes import is_of_traefik_1
from traefik_lint.model.compose import Label
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.options.annotations import PREFIX, ingress_annotations
from traefik_lint.options.spec import Spec
from traefik_lint.runtime.types import Drop, Runtime
from traefik_lint.source.span import Span

_DOMAIN = PREFIX.rstrip("/")
_SWITCHES = {"router": "router.tls", "service": "service.sticky.cookie"}
#: Where an IngressRoute says the same.
_FIELDS = {
    "router.entrypoints": "spec.entryPoints",
    "router.middlewares": "spec.routes[].middlewares",
    "router.priority": "spec.routes[].priority",
    "router.tls": "spec.tls",
    "router.pathmatcher": "the rule in spec.routes[].match",
    "router.rulesyntax": "spec.routes[].syntax",
    "router.observability": "spec.routes[].observability",
    "service.serversscheme": "scheme in spec.routes[].services[]",
    "service.serverstransport": "serversTransport in spec.routes[].services[]",
    "service.passhostheader": "passHostHeader in spec.routes[].services[]",
    "service.sticky": "sticky in spec.routes[].services[]",
    "service.nativelb": "nativeLB in spec.routes[].services[]",
    "service.nodeportlb": "nodePortLB in spec.routes[].services[]",
    "service.middlewares": "middlewares in spec.routes[].services[]",
}


@check("TL709", "annotation-on-wrong-object", severity="warning")
def annotation_on_wrong_object(runtime: Runtime) -> Iterator[Draft]:
    for found in runtime.deployment.objects:
        wrong = _wrong_sections(found)
        if not wrong:
            continue
        seen: set[str] = set()
        for label in found.annotations:
            key = label.key.value
            name = _short(key[len(PREFIX) :]) if key.startswith(PREFIX) else ""
            if name.partition(".")[0] in wrong and name not in seen:
                seen.add(name)
                yield from _on_wrong_object(runtime, found, label, name)


def _wrong_sections(found: KubernetesObject) -> frozenset[str]:
    if not found.annotations:
        return frozenset()
    if found.group == INGRESS_GROUP and found.kind == "Ingress":
        return frozenset({"service"})
    if found.group == "" and found.kind == "Service":
        return frozenset({"router"})
    return frozenset({"router", "service"}) if found.group in TRAEFIK_GROUPS else frozenset()


def _short(name: str) -> str:
    """Section and option alone: ``service.sticky`` for ``service.sticky.cookie.name``."""
    return ".".join(name.lower().split(".")[:2])


def _on_wrong_object(runtime: Runtime, found: KubernetesObject, label: Label, name: str) -> Iterator[Draft]:
    key = label.key.value
    what = f"{quoted(key)} on {'an' if found.kind[0] == 'I' else 'a'} {found.kind}"
    if found.kind == "Service":
        hint = "write it on the Ingress"
        why = "Traefik reads it on an Ingress only"
    elif found.kind == "Ingress":
        why = "Traefik reads it on the Service only"
        backends = _backends(runtime, found)
        if backends and all(_has(one, name) for one in backends):
            return  # said there, too: for another controller, or for readers
        hint = "write it on the Service" + (f" {quoted(backends[0].name)}" if len(backends) == 1 else "")
    else:
        field = _FIELDS.get(name)
        why = "Traefik reads no annotation of these there"
        hint = (
            f"use {field}" if field is not None and found.kind.startswith("IngressRoute") else "take it out"
        )
    yield finding(label.key, f"{what} is ignored in silence: {why}", hint=hint)


def _backends(runtime: Runtime, ingress: KubernetesObject) -> list[KubernetesObject]:
    known = services(runtime)
    named = {one.identity for one in service_references(runtime) if one.owner is ingress}
    return [known[identity] for identity in sorted(named) if identity in known]


def _has(service: KubernetesObject, name: str) -> bool:
    return any(label.key.value.lower().startswith(PREFIX + name) for label in service.annotations)


@check("TL710", "unknown-annotation", severity="error")
def unknown_annotation(runtime: Runtime) -> Iterator[Draft]:
    for drop, origin, span in dropped(runtime, "annotations"):
        label = _label_at(runtime, span)
        if label is not None and not label.value.unknown:
            yield _refused(drop, origin, label, span)
    for found in runtime.deployment.objects:
        is_service = found.group == "" and found.kind == "Service"
        if not is_service and not (found.group == INGRESS_GROUP and found.kind == "Ingress"):
            continue
        for label in found.annotations:
            if not label.key.unknown:
                yield from _unread(label, "service" if is_service else "router")
                yield from _switched_off(label, "service" if is_service else "router")


def _label_at(runtime: Runtime, span: Span) -> Label | None:
    for found in runtime.deployment.objects:
        if found.root.file is span.file and found.root.start <= span.start < found.root.end:
            for label in found.annotations:
                for scalar in label[:2]:
                    if scalar.start <= span.start < scalar.end:
                        return label
    return None


def _refused(drop: Drop, origin: KubernetesObject, label: Label, span: Span) -> Draft:
    lost = "the path" if drop.subject.startswith("path ") else f"the whole {origin.kind}"
    key = label.key.value
    if label.key.start <= span.start < label.key.end:
        section = key[len(PREFIX) :].lower().partition(".")[0]
        meant = _meant(key[len(PREFIX) :].lower())
        return finding(
            label.key,
            f"{quoted(key)} is no annotation of Traefik, and it skips {lost} for it",
            hint=f"write {PREFIX}{meant}" if meant else f"the names below {section}. are {_names(section)}",
        )
    return finding(
        label.value,
        f"{quoted(label.value.value)} is no value for {quoted(key)}, and Traefik skips {lost} for it ({drop.text})",
        hint='write "true" or "false"' if "ParseBool" in drop.text else "write a value of the right kind",
    )


def _meant(name: str) -> str | None:
    """The annotation most likely meant by one whose name goes wrong somewhere."""
    here: Spec = ingress_annotations()
    parts = name.split(".")
    for index, part in enumerate(parts):
        field = here.fields.get(part.partition("[")[0])
        if field is None:
            near = nearest_name(part, here.fields)
            return ".".join([*parts[:index], near, *parts[index + 1 :]]) if near is not None else None
        here = field
    return None


def _names(section: str) -> str:
    fields = ingress_annotations().fields.get(section)
    return ", ".join(sorted(fields.fields)) if fields is not None else ""


def _unread(label: Label, section: str) -> Iterator[Draft]:
    """Annotations that look like Traefik's and that it passes over."""
    key = label.key.value
    if key.startswith(PREFIX):
        name = key[len(PREFIX) :]
        first = name.lower().partition(".")[0]
        if first in ("router", "service") or is_of_traefik_1(name):
            return
        meant = _near_name(name.lower(), section)
        yield finding(
            label.key,
            f"{quoted(key)} is no annotation of Traefik: it is ignored in silence",
            hint=f"write {PREFIX}{meant}" if meant else f"write {PREFIX}{section}.<option>, or take it out",
            severity=None if meant else "warning",
        )
        return
    domain, slash, name = key.partition("/")
    if slash and name.lower().startswith(("router.", "service.")):
        if "traefik" in domain or edit_distance(domain, _DOMAIN, 3) <= 3:
            yield finding(
                label.key,
                f"{quoted(key)} is no annotation of Traefik: it is ignored in silence",
                hint=f"write {PREFIX}{name}",
            )
    elif key.startswith(("traefik.http.", "traefik.tcp.", "traefik.udp.")):
        yield finding(
            label.key,
            f"{quoted(key)} is a label for containers: on Kubernetes objects Traefik never reads it",
            hint=f"use the annotations below {PREFIX}, or an IngressRoute",
        )


def _switched_off(label: Label, section: str) -> Iterator[Draft]:
    """A section that is switched on by the text `true` alone (R-010)."""
    key = label.key.value.lower()
    if key == PREFIX + "service.sticky" and section == "service":
        yield finding(
            label.key,
            f"{quoted(label.key.value)} does nothing by itself: requests stick by a cookie",
            hint=f'write {PREFIX}service.sticky.cookie: "true"',
        )
    if key != PREFIX + _SWITCHES[section] or label.value.unknown:
        return
    if label.value.value.lower() not in ("true", "false"):
        yield finding(
            label.value,
            f"only the text true switches {_SWITCHES[section]} on: with {quoted(label.value.value)} it stays off",
            hint='write "true"',
        )


def _near_name(name: str, section: str) -> str | None:
    """``router.middlewares`` for ``router-middlewares``, ``routers.middlewares`` or ``middlewares``."""
    fields = ingress_annotations().fields[section].fields
    parts = name.replace("-", ".").split(".")
    head = parts[1:] if parts[0] in ("router", "routers", "service", "services", section) else parts
    if not head:
        return None
    option = head[0] if head[0] in fields else nearest_name(head[0], fields)
    return ".".join([section, option, *head[1:]]) if option is not None else None


@check("TL726", "path-matcher-without-effect", severity="warning")
def path_matcher_without_effect(runtime: Runtime) -> Iterator[Draft]:
    """`router.pathmatcher` counts for paths of type ImplementationSpecific alone (K-104)."""
    for found in runtime.deployment.objects:
        if found.kind != "Ingress" or found.group != INGRESS_GROUP or found.spec is None:
            continue
        label = next(
            (one for one in found.annotations if one.key.value.lower() == PREFIX + "router.pathmatcher"), None
        )
        if label is None or label.value.unknown:
            continue
        kinds = []
        for rule in mappings_of(found.spec.sequence("rules")):
            http = rule.mapping("http")
            kinds += [
                path.scalar("pathType")
                for path in mappings_of(http.sequence("paths") if http is not None else None)
            ]
        fixed = [kind for kind in kinds if kind is not None and kind.value in ("Exact", "Prefix")]
        usual = {"Exact": "Path", "Prefix": "PathPrefix"}
        changed = [kind for kind in fixed if usual[kind.value] != label.value.value]
        if kinds and len(fixed) == len(kinds) and changed:
            yield finding(
                label.key,
                f"router.pathmatcher is ignored for paths of type {changed[0].value}: "
                f"{label.value.value} is never used",
                hint="write pathType: ImplementationSpecific",
                related=[(changed[0], "the type of the path")],
            )
