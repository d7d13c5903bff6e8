"""The schemas as editors use them, and their agreement with the decoder."""

from __future__ import annotations

import json

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tests.options.trees import from_json, from_object
from traefik_lint.options.catalogue import CRD_KINDS, dynamic, load_schema, static
from traefik_lint.options.printing import schema_for, schema_names
from traefik_lint.options.spec import Spec
from traefik_lint.options.version import NEWEST, Version

FILES = ["dynamic.json", "static.json", *(f"crd/{kind}.json" for kind in CRD_KINDS)]
VERSIONS = [Version(2, 11, 53), Version(3, 0, 4), Version(3, 3, 7), Version(3, 6, 24), NEWEST]


@pytest.mark.parametrize("name", FILES)
def test_the_files_are_schemas(name: str) -> None:
    Draft202012Validator.check_schema(load_schema(name))


@pytest.mark.parametrize("version", VERSIONS, ids=str)
@pytest.mark.parametrize("name", ["dynamic", "static", "IngressRoute", "Middleware"])
def test_each_release_has_a_schema(name: str, version: Version) -> None:
    schema = schema_for(name, version)
    assert schema is not None
    Draft202012Validator.check_schema(schema)
    assert "x-traefik" not in json.dumps(schema)


def test_names_of_schemas() -> None:
    assert {"dynamic", "static", "IngressRoute", "settings"} <= set(schema_names())
    assert schema_for("DYNAMIC") is not None
    assert schema_for("enums") is None
    assert schema_for("nothing") is None


@pytest.mark.parametrize(
    ("name", "document", "version", "valid"),
    [
        ("dynamic", {"http": {"middlewares": {"m": {"forwardAuth": {"maxBodySize": 1}}}}}, NEWEST, True),
        ("dynamic", {"http": {"middlewares": {"m": {"forwardAuth": {"maxBodySize": 1}}}}}, Version(3, 0, 4), False),
        ("static", {"pilot": {"dashboard": True}}, Version(2, 11, 53), True),
        ("static", {"metrics": {"influxDB": {"address": "x"}}}, Version(2, 11, 53), True),
        ("static", {"metrics": {"influxDB": {"address": "x"}}}, Version(3, 0, 4), False),
        ("dynamic", {"http": {"middlewares": {"m": {"contentType": {}}}}}, Version(2, 11, 53), False),
        ("dynamic", {"http": {"middlewares": {"m": {"contentType": {}}}}}, NEWEST, True),
    ],
)  # fmt: skip
def test_a_release_has_its_own_options(name: str, document: object, version: Version, valid: bool) -> None:
    schema = schema_for(name, version)
    assert schema is not None
    assert Draft202012Validator(schema).is_valid(document) is valid


@pytest.mark.parametrize(
    ("document", "valid"),
    [
        ({"http": {"routers": {"a": {"rule": "x", "entryPoints": "web,ws", "priority": "7"}}}}, True),
        ({"http": {"routers": {"a": {"rule": "x", "tls": True}}}}, True),
        ({"http": {"routers": {"a": {"rule": "x", "tls": "yes"}}}}, False),
        ({"http": {"routers": {"a": None, "b": {}}}}, True),
        ({"http": {"routers": {}}}, False),
        ({"http": {"routers": None}}, False),
        ({"x-anchors": {"a": 1}, "tcp": {"routers": {"a": {"rule": 5}}}}, True),
        ({"http": {"routers": {"a": {"rule": ["x"]}}}}, False),
        ({"http": {"services": {"s": {"loadBalancer": {"healthCheck": {"interval": 10}}}}}}, True),
        ({"http": {"services": {"s": {"loadBalancer": {"healthCheck": {"interval": "10 s"}}}}}}, False),
        ({"http": {"middlewares": {"m": {"plugin": {"p": {"any": [{"thing": 1}]}}}}}}, True),
    ],
)
def test_what_editors_accept(document: object, valid: bool) -> None:
    assert Draft202012Validator(load_schema("dynamic.json")).is_valid(document) is valid


# --- agreement ----------------------------------------------------------------------------------------------------

JUNK = st.sampled_from(
    [
        None,
        {},
        [],
        "",
        "x",
        True,
        False,
        5,
        7.5,
        [1, 2],
        ["a"],
        [{"a": "b"}],
        {"a": {"b": "c"}},
        {"zz": 1},
        [[1]],
    ]
)
SCALARS: dict[str, st.SearchStrategy[object]] = {
    "string": st.sampled_from(["foo", "5", 5, True, 1.5, "on", ""]),
    "bool": st.sampled_from([True, False, "true", "T", 1, "yes", ""]),
    "int": st.sampled_from([1, "7", -1, 7.5, 7.0, "x", "", 2**63, "+5", "0x10"]),
    "uint": st.sampled_from([1, "7", -1, "x", 2**32]),
    "float": st.sampled_from([1.5, "2.5", 3, "x"]),
    "duration": st.sampled_from([5, "5s", "1m30s", "10x", "abc", "5 s", -5, 1.5, "1.5h", "", "0", "-3"]),
    "any": st.just({"a": [1, {"b": "c"}]}),
}


@st.composite
def documents(draw: st.DrawFn, root: Spec) -> dict[str, object]:
    """Mostly sound documents, with junk here and there."""
    fields = [field for field in root.fields.values() if not field.internal and field.exists_in(NEWEST)]
    chosen = draw(
        st.lists(st.sampled_from(fields), min_size=1, max_size=2, unique_by=lambda field: field.name)
    )
    return {field.name: value_of(draw, field) for field in chosen}


def value_of(draw: st.DrawFn, spec: Spec) -> object:
    if draw(st.integers(0, 11)) == 0:
        return draw(JUNK)
    if spec.kind == "struct":
        fields = [field for field in spec.fields.values() if not field.internal and field.exists_in(NEWEST)]
        if not fields:
            return {}
        smallest = 0 if "yaml" in spec.allow_empty else 1
        chosen = st.lists(
            st.sampled_from(fields), min_size=smallest, max_size=3, unique_by=lambda field: field.name
        )
        return {field.name: value_of(draw, field) for field in draw(chosen)}
    if spec.item is None:
        return draw(SCALARS[spec.kind])
    if spec.kind == "map":
        return {name: value_of(draw, spec.item) for name in draw(st.sampled_from([["a"], ["a", "b"]]))}
    return [value_of(draw, spec.item) for _ in range(draw(st.integers(0, 2)))]


#: What the decoder notes although Traefik and the schema have nothing against it.
HARMLESS = {"ignored-root", "null-value"}


@settings(max_examples=200, deadline=None)
@given(data=st.data())
@pytest.mark.parametrize("name", ["dynamic", "static"])
def test_schema_and_decoder_agree(name: str, data: st.DataObject) -> None:
    spec = dynamic() if name == "dynamic" else static()
    document = data.draw(documents(spec))
    kinds = {problem.kind for problem in from_json(document, spec=spec).problems} - HARMLESS
    assume("no-configuration" not in kinds)  # a static file of nulls: nothing for an editor to say
    valid = Draft202012Validator(load_schema(f"{name}.json")).is_valid(document)
    assert valid is (not kinds), kinds


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(CRD_KINDS), JUNK, JUNK)
def test_schema_and_decoder_agree_on_objects(kind: str, one: object, other: object) -> None:
    assume(one is not None and other is not None)  # the API server drops nulls before it looks
    spec = {"routes": one, "compress": other}
    document = {"apiVersion": "traefik.io/v1alpha1", "kind": kind, "metadata": {}, "spec": spec}
    decoded = from_object(kind, json.dumps(document))
    valid = Draft202012Validator(load_schema(f"crd/{kind}.json")).is_valid(document)
    assert valid is (not decoded.problems)
