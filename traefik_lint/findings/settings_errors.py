"""Why settings can't be used, said of every wrong place; the one user of jsonschema outside tests."""

from __future__ import annotations

from collections.abc import Iterable

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from traefik_lint.checks.names import nearest_name
from traefik_lint.findings.settings import SettingsProblem
from traefik_lint.options.catalogue import load_schema
from traefik_lint.source.scalars import value_of
from traefik_lint.source.tree import Mapping, Node, Scalar, Sequence


def explain(root: Node) -> list[SettingsProblem]:
    """All that ``schemas/settings.json`` has against a tree of settings, in the order of the text."""
    validator = Draft202012Validator(load_schema("settings.json"))
    found = [
        problem
        for error in validator.iter_errors(_plain(root))
        for problem in _problems(root, _telling(error))
    ]
    return sorted(found, key=lambda problem: problem.span.start if problem.span else 0)


def _telling(error: ValidationError) -> ValidationError:
    """Of the alternatives of an ``anyOf`` the one that got furthest, for it is what was meant."""
    while error.context:
        depth = max(len(inner.absolute_path) for inner in error.context)
        deepest = [inner for inner in error.context if len(inner.absolute_path) == depth]
        if len(deepest) > 1 and len({inner.schema_path[0] for inner in deepest}) > 1:
            deepest = [inner for inner in deepest if inner.validator != "type"] or deepest
            if len(deepest) > 1:
                return error
        error = deepest[0]
    return error


def _problems(root: Node, error: ValidationError) -> Iterable[SettingsProblem]:
    node = _node_at(root, error.absolute_path)
    if error.validator == "additionalProperties" and isinstance(node, Mapping):
        known = sorted(error.schema.get("properties", {})) if isinstance(error.schema, dict) else []
        for entry in node:
            if entry.key.value not in known:
                yield SettingsProblem(_unknown_key(entry.key.value, known), entry.key.span)
        return
    yield SettingsProblem(_message(error, node), node.span)


def _unknown_key(name: str, known: list[str]) -> str:
    close = nearest_name(name, known)
    if close is not None:
        return f'"{name}" is not known here, did you mean "{close}"?'
    return f'"{name}" is not known here; known are {", ".join(known)}'


def _message(error: ValidationError, node: Node) -> str:
    text = f'"{node.value}"' if isinstance(node, Scalar) else "this"
    if error.validator == "enum" and isinstance(error.validator_value, list):
        return f"{text} is not one of {', '.join(map(str, error.validator_value))}"
    if error.validator == "required":
        return error.message.replace("'", '"').replace(" is a required property", " is missing")
    expected = error.schema.get("title", "") if isinstance(error.schema, dict) else ""
    if error.validator == "type" and error.validator_value == "object":
        expected = "a mapping"
    if error.validator in ("type", "anyOf", "minLength", "minimum", "pattern"):
        return f"{text} is not {expected or 'what belongs here'}"
    return error.message


def _node_at(root: Node, path: Iterable[str | int]) -> Node:
    node = root
    for step in path:
        if isinstance(node, Mapping):
            node = node.get(str(step)) or node
        elif isinstance(node, Sequence) and isinstance(step, int):
            node = node.items[step]
    return node


def _plain(node: Node) -> object:
    if isinstance(node, Mapping):
        return {entry.key.value: _plain(entry.value) for entry in node}
    if isinstance(node, Sequence):
        return [_plain(item) for item in node]
    return value_of(node).value if isinstance(node, Scalar) else None
