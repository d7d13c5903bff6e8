"""Which top-level parts of a tree Traefik reads at all."""

from __future__ import annotations

from typing import NamedTuple

from traefik_lint.model.values import Problem, ProblemKind
from traefik_lint.options.nodes import Child, Group, label_children
from traefik_lint.options.spec import Notation, Spec
from traefik_lint.options.version import Version
from traefik_lint.source.tree import Entry, Mapping, Scalar

#: The beginnings of label roots that are dynamic configuration; without a dot, as in Traefik's filter (R-001, R-002).
LABEL_ROOTS = ("http", "tcp", "udp")
#: Label roots that providers read for themselves (R-025).
PROVIDER_ROOTS = frozenset(
    ("enable", "docker", "swarm", "consulcatalog", "nomad", "ecs", "marathon", "rancher")
)


class Roots(NamedTuple):
    """The children of the root that are read, and what is passed over without a message."""

    read: list[Child]
    passed_over: list[Problem]


def roots_of(children: list[Child], spec: Spec, notation: Notation, version: Version) -> Roots:
    """Sort out the top level: files and variables may hold anything there, labels are filtered by prefix."""
    if spec.name == "provider-labels":
        return Roots([child for child in children if _is_provider_label(child, spec)], [])
    if notation == "flag":
        return Roots(children, [])
    if notation == "label":
        return _label_roots(children, spec)
    # Unknown keys at the top of a file are ignored (R-231, S-011); so are variables that begin like no option (S-031).
    read: list[Child] = []
    passed_over: list[Problem] = []
    known = tuple(name for name, field in spec.fields.items() if field.exists_in(version))
    for child in children:
        name = child.name.lower()
        if name in known or (notation == "env" and name.startswith(known)):
            read.append(child)
        elif not child.key.unknown:
            field = spec.fields.get(name)
            kind: ProblemKind = "ignored-root" if field is None else field.absence(version)
            passed_over.append(_silent(kind, child.key, spec, field))
    return Roots(read, passed_over)


def _silent(kind: ProblemKind, key: Scalar, parent: Spec | None, spec: Spec | None) -> Problem:
    return Problem(kind, key.span, key.value, "", False, parent, spec)


def _label_roots(children: list[Child], spec: Spec) -> Roots:
    read: list[Child] = []
    passed_over: list[Problem] = []
    for child in children:
        name = child.name.lower()
        if name.startswith(LABEL_ROOTS):
            read.append(child)
        elif name == "tls":
            stores = _default_store(child, spec, passed_over)
            if stores is not None:
                read.append(stores)
        elif name not in PROVIDER_ROOTS and not child.key.unknown:
            passed_over.append(_silent("ignored-root", child.key, spec, None))
    return Roots(read, passed_over)


def _default_store(child: Child, spec: Spec, passed_over: list[Problem]) -> Child | None:
    """Of the labels below ``traefik.tls`` only those of the store named default are read (R-001)."""
    tls = spec.fields["tls"]
    kept: list[Child] = []
    for below in label_children(child.node):
        field = tls.fields.get(below.name.lower())
        if below.name.lower() != "stores":
            kind: ProblemKind = "ignored-option" if field is not None else "ignored-root"
            passed_over.append(_silent(kind, below.key, tls, field))
            continue
        stores = []
        for store in label_children(below.node):
            if store.name.lower().startswith("default"):
                stores.append(store)
            else:
                passed_over.append(_silent("ignored-option", store.key, field, field.item if field else None))
        if stores:
            kept.append(Child(below.name, below.key, _regrouped(below.key, stores)))
    if isinstance(child.node, Group) and child.node.value is not None:
        passed_over.append(_silent("ignored-root", child.key, spec, tls))
    return Child(child.name, child.key, _regrouped(child.key, kept)) if kept else None


def _regrouped(key: Scalar, children: list[Child]) -> Group:
    group = Group(key)
    group.add(
        (0, ""), Mapping(key.file, key.start, key.end, [Entry(child.key, child.node) for child in children])
    )
    return group


def _is_provider_label(child: Child, spec: Spec) -> bool:
    """Filters such as ``traefik.enable`` and ``traefik.docker.``: only the latter has a dot (R-025)."""
    name = child.name.lower()
    if name.startswith("enable"):
        return True
    if isinstance(child.node, Group):
        child.node.value = None
    return name in spec.fields and bool(label_children(child.node))
