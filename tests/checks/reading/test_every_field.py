"""Every field of Traefik's Kubernetes objects: silent as it is, found when it is misspelt or in the wrong case."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
import yaml

from tests.checks.reading import written
from tests.checks.reading.test_every_option import misspelt
from tests.checks.reading.written import Written
from traefik_lint.findings.finding import Finding
from traefik_lint.options.catalogue import CRD_KINDS, crd
from traefik_lint.options.spec import Spec
from traefik_lint.options.version import NEWEST

Path = tuple[Spec, ...]
each_kind = pytest.mark.parametrize("kind", CRD_KINDS)


def _fields(kind: str) -> list[Path]:
    root = crd(kind)
    assert root is not None
    return list(_walk((root.fields["spec"],)))


def _walk(specs: Path) -> Iterator[Path]:
    here = specs[-1]
    if here.item is not None:
        yield from _walk((*specs, here.item))
    for field in here.fields.values():
        if field.exists_in(NEWEST):
            yield (*specs, field)
            yield from _walk((*specs, field))


def _object(kind: str, path: Path, key: str = "") -> Written:
    """An object with one field, written on a line of its own."""
    lines = [f"apiVersion: traefik.io/v1alpha1\nkind: {kind}\nmetadata:\n  name: one\nspec:"]
    indent = 1
    dash = ""
    for before, spec in pairwise(path):
        if spec.name == "[]":
            dash = "- "
            continue
        name = "entry" if before.kind == "map" else spec.name
        end = spec is path[-1]
        value = f" {_value(spec)}" if end else ""
        lines.append("  " * indent + dash + (key if end and key else name) + ":" + value)
        indent += 2 if dash else 1
        dash = ""
    text = "\n".join(lines) + "\n"
    return Written("object.yml", text, text.count("\n"))


def _value(spec: Spec) -> str:
    if spec.kind in ("struct", "map", "any"):
        return "{}"
    if spec.kind == "list":
        return "[]"
    if spec.enum:
        return f'"{spec.enum[0]}"'
    if spec.kind == "bool":
        return "true"
    if spec.kind in ("int", "int-or-string"):
        return str(max(1, spec.minimum or 0))
    return _TEXTS.get(spec.pattern, "text") if spec.pattern else "text"


#: A text for each pattern of the schemas.
_TEXTS = {
    r"^([0-9]+(ns|us|µs|ms|s|m|h)?)+$": "10s",
    r"^([1-5][0-9]{2}[,-]?)+$": "'503'",
}


def _about_names(found: list[Finding]) -> list[Finding]:
    return [one for one in found if one.rule in ("TL010", "TL013", "TL901", "TL902")]


@each_kind
def test_a_field_is_silent(kind: str) -> None:
    said = {
        path[-1].path: spoken
        for path in _fields(kind)
        if (spoken := _about_names(written.spoken(_object(kind, path))))
    }
    assert said == {}


@each_kind
def test_a_misspelt_field_is_found_and_the_right_one_told(kind: str) -> None:
    total = 0
    missed, untold = [], []
    for number, path in enumerate(_fields(kind)):
        name = path[-1].name
        wrong = misspelt(name, number)
        if name in ("[]", "*") or wrong.lower() in path[-2].fields or path[-2].kind == "map":
            continue
        total += 1
        found = [one for one in written.spoken(_object(kind, path, wrong)) if one.rule == "TL010"]
        if [one.span.text for one in found] != [wrong]:
            missed.append((path[-1].path, wrong))
        elif f'"{name}"' not in found[0].hint:
            untold.append((path[-1].path, wrong, found[0].hint))
    assert missed == []
    assert len(untold) <= total * 0.02, untold


@each_kind
def test_letter_case_matters(kind: str) -> None:
    missed = []
    for path in _fields(kind):
        name = path[-1].name
        if name == name.lower() or path[-2].kind == "map":
            continue
        found = written.spoken(_object(kind, path, name.lower()))
        if [(one.rule, one.hint) for one in _about_names(found)] != [("TL013", f'write "{name}"')]:
            missed.append(path[-1].path)
    assert missed == []


def test_the_objects_are_yaml() -> None:
    for path in _fields("IngressRoute"):
        assert isinstance(yaml.safe_load(_object("IngressRoute", path).text), dict)
