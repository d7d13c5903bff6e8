"""Forms that compose refuses, in the parts of a file that matter to Traefik (C-060)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from traefik_lint.model.compose import ComposeProblem
from traefik_lint.readers.compose.pairs import pairs_of
from traefik_lint.source.scalars import kind_of
from traefik_lint.source.tree import Mapping, Node, Scalar, Sequence

_VARIABLE = re.compile(r"\$\{?[_A-Za-z][^}.]*\}?")


def form_problems(root: Mapping) -> Iterator[ComposeProblem]:
    """What is malformed in a document's services, before anything is merged."""
    services = root.get("services")
    if services is not None and not isinstance(services, Mapping):
        if not (isinstance(services, Scalar) and kind_of(services) == "null"):
            yield _lost("form", '"services" is no mapping: compose refuses the file', services)
        return
    for entry in services.entries if services is not None else []:
        service = entry.value
        if not isinstance(service, Mapping):
            if not (isinstance(service, Scalar) and kind_of(service) == "null"):
                yield _lost(
                    "form",
                    f'the service "{entry.key.value}" is no mapping: compose refuses the file',
                    service,
                )
            continue
        yield from _label_problems(service.get("labels"))
        deploy = service.mapping("deploy")
        if deploy is not None:
            yield from _label_problems(deploy.get("labels"))
        yield from _pair_problems(service.get("environment"), "environment", "KEY=value")


def _label_problems(node: Node | None) -> Iterator[ComposeProblem]:
    yield from _pair_problems(node, "label", "key=value")
    if isinstance(node, Mapping):
        for entry in node.entries:
            match = _VARIABLE.search(entry.key.value)
            if match:
                message = (
                    f'compose replaces no variables in keys: the label keeps the name "{entry.key.value}"'
                )
                hint = f'use the list form: - "{entry.key.value}=…"'
                yield ComposeProblem("key-interpolation", message, entry.key.sub(*match.span()), hint)
    elif isinstance(node, Sequence):
        yield from _repeated_labels(node)


def _repeated_labels(node: Sequence) -> Iterator[ComposeProblem]:
    seen: dict[str, Scalar] = {}
    for item in node.items:
        if isinstance(item, Scalar) and not item.unknown:
            key, _, value = item.value.partition("=")
            earlier = seen.get(key)
            if earlier is not None and earlier.value != item.value:
                message = f'the label "{key}" is written twice: compose takes the last, "{value}"'
                yield ComposeProblem("duplicate-label", message, earlier.span, "keep one of them")
            seen[key] = item


def _pair_problems(node: Node | None, what: str, form: str) -> Iterator[ComposeProblem]:
    if isinstance(node, Mapping):
        for entry in pairs_of(node):
            if not isinstance(entry.value, Scalar):
                message = f'the value of "{entry.key.value}" is no text: compose refuses the file'
                yield _lost(f"{what}-form", message, entry.value)
    elif isinstance(node, Sequence):
        for item in node.items:
            if isinstance(item, Mapping) and len(item.entries) == 1:
                key = item.entries[0].key.value
                message = f'"{key}: …" inside the list is a mapping, not a text: compose refuses the file'
                yield _lost(f"{what}-form", message, item, f"write - {key}=…, or take out the dashes")
            elif not isinstance(item, Scalar) or kind_of(item) != "string":
                message = f"an item of the list is no text of the form {form}: compose refuses the file"
                yield _lost(f"{what}-form", message, item)


def _lost(kind: str, message: str, node: Node, hint: str = "") -> ComposeProblem:
    return ComposeProblem(kind, message, node.span, hint, file_lost=True)
