from __future__ import annotations

import datetime
import math
import sys

import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from traefik_lint.source.scalars import value_of
from traefik_lint.source.span import SourceFile
from traefik_lint.source.toml import TomlResult, parse_toml
from traefik_lint.source.tree import Mapping, Node, Scalar, Sequence

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


def parse(text: str) -> TomlResult:
    return parse_toml(SourceFile("f.toml", text))


def data(node: Node) -> object:
    if isinstance(node, Mapping):
        return {entry.key.value: data(entry.value) for entry in node}
    if isinstance(node, Sequence):
        return [data(item) for item in node]
    assert isinstance(node, Scalar)
    if node.style != "bare":
        return node.value
    resolved = value_of(node)
    return ("time", node.value) if resolved.kind == "timestamp" else resolved.value


def spans(node: Node) -> list[str]:
    if isinstance(node, Mapping):
        inner = [text for entry in node for text in (entry.key.span.text, *spans(entry.value))]
    elif isinstance(node, Sequence):
        inner = [text for item in node for text in spans(item)]
    else:
        inner = []
    return [node.span.text, *inner]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", {}),
        ("# c\n\n", {}),
        ("a = 1 # c\r\nb = 'x'", {"a": 1, "b": "x"}),
        ("a.b.c = 1\na.'d e'.\"f\" = 2\n1.2 = 3", {"a": {"b": {"c": 1}, "d e": {"f": 2}}, "1": {"2": 3}}),
        ("[a]\nx = 1\n[a.b]\ny = 2\n[c . d]\n", {"a": {"x": 1, "b": {"y": 2}}, "c": {"d": {}}}),
        ("[a.b]\nx = 1\n[a]\ny = 2", {"a": {"b": {"x": 1}, "y": 2}}),
        ("[[a]]\nx = 1\n[a.b]\ny = 1\n[[a]]\nx = 2\n", {"a": [{"x": 1, "b": {"y": 1}}, {"x": 2}]}),
        ("[[a.b]]\n[[a.b.c]]\nx = 1\n[[a.b.c]]", {"a": {"b": [{"c": [{"x": 1}, {}]}]}}),
        ("a = [1, [2, 'x'], # c\n {b = 3},\n]", {"a": [1, [2, "x"], {"b": 3}]}),
        ("a = {}\nb = {c = 1, d.e = 2, d.f = []}", {"a": {}, "b": {"c": 1, "d": {"e": 2, "f": []}}}),
        ("a = {\n b = 1, # c\n}", {"a": {"b": 1}}),
        ("a = +1_0\nb = 0xDEAD_beef\nc = 0o17\nd = 0b101", {"a": 10, "b": 0xDEADBEEF, "c": 15, "d": 5}),
        ("a = 1.5\nb = -2e-3\nc = -inf\nd = 6.0_1E+0_2", {"a": 1.5, "b": -0.002, "c": -math.inf, "d": 601.0}),
        ("a = true\nb = false", {"a": True, "b": False}),
        ("a = 1979-05-27T07:32:00.5-07:00", {"a": ("time", "1979-05-27T07:32:00.5-07:00")}),
        ("a = 1979-05-27 07:32\nb = 07:32:00.1", {"a": ("time", "1979-05-27 07:32"), "b": ("time", "07:32:00.1")}),
        ('a = "\\b\\t\\n\\f\\r\\"\\\\\\u00e9\\U0001F600\\e\\x41"', {"a": '\b\t\n\f\r"\\é😀\x1bA'}),
        ("a = '\\n\"'", {"a": '\\n"'}),
        ('a = """\r\none\r\n  two\\\r\n \r\n  three"""', {"a": "one\n  twothree"}),
        ('a = """"x"" """""', {"a": '"x"" ""'}),
        ("a = '''\n''x\\'''''", {"a": "''x\\''"}),
        ("a = ''\nb = \"\"\n''.\"\" = 1", {"a": "", "b": "", "": {"": 1}}),
    ],
)  # fmt: skip
def test_toml_is_read(text: str, expected: dict[str, object]) -> None:
    result = parse(text)
    assert (result.error, result.duplicates) == (None, [])
    assert data(result.root) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a = 'x' # c", ["a = 'x' # c", "a", "'x'"]),
        ("a.b = 10", ["a.b = 10", "a", "a.b = 10", "b", "10"]),
        (
            "[a]\nb = [1]\n\n[c]\n",
            ["[a]\nb = [1]\n\n[c]\n", "a", "[a]\nb = [1]", "b", "[1]", "1", "c", "[c]"],
        ),
        (
            "[[a]]\nb = 1\n[[a]]",
            ["[[a]]\nb = 1\n[[a]]", "a", "[[a]]\nb = 1\n[[a]]", "[[a]]\nb = 1", "b", "1", "[[a]]"],
        ),
        ("'é' = { b = 1 }", ["'é' = { b = 1 }", "'é'", "{ b = 1 }", "b", "1"]),
    ],
)
def test_toml_nodes_stand_where_they_are_written(text: str, expected: list[str]) -> None:
    assert spans(parse(text).root) == expected


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a", 1, 2),
        ("a = ", 1, 5),
        ("a = 1 b = 2", 1, 7),
        ("a = 1\n= 2", 2, 1),
        ("a = 1\nb = [1\nc = 2", 3, 1),
        ("a = [1 2]", 1, 8),
        ("a = [,]", 1, 6),
        ("a = {b = 1", 1, 11),
        ("[a", 1, 3),
        ("[a]]", 1, 4),
        ("[[a]", 1, 4),
        ("[]", 1, 2),
        ("a = 'x", 1, 7),
        ('a = "x\ny"', 1, 7),
        ('a = """x', 1, 9),
        ('a = "\\q"', 1, 6),
        ('a = "\\ud800"', 1, 6),
        ('a = "\x01"', 1, 6),
        ("a = 01", 1, 6),
        ("a = 1__0", 1, 6),
        ("a = 0x", 1, 6),
        ("a = .5", 1, 5),
        ("a = True", 1, 5),
        ("a = 2024-02-30", 1, 5),
        ("a = 9223372036854775808", 1, 5),
        ("a = 1e999", 1, 5),
        ("a = 1\rb = 2", 1, 6),
        ("# \x01", 1, 1),
        ("'''a''' = 1", 1, 1),
        ("a = " + "[" * 200_000, 1, None),
        ("a = " + "{a = " * 200_000, 1, None),
        ("[" + "a." * 200_000 + "a]", 1, None),
        ("a." * 200_000 + "a = 1", 1, None),
    ],
)
def test_what_is_no_toml_is_refused_with_its_place(text: str, line: int, column: int | None) -> None:
    error = parse(text).error
    assert error is not None
    assert error.span.first.line == line
    assert column is None or error.span.first.column == column


def test_what_stands_before_an_error_is_kept() -> None:
    result = parse("[a]\nx = 1\n[b]\ny = @")
    assert data(result.root) == {"a": {"x": 1}, "b": {}}


@pytest.mark.parametrize(
    ("text", "key", "line", "earlier"),
    [
        ("a = 1\na = 2", "a", 2, 1),
        ("a = 1\n'a' = 2", "a", 2, 1),
        ("[a]\n[a]", "a", 2, 1),
        ("[a]\nb = 1\n[a.b]", "b", 3, 2),
        ("a = 1\n[[a]]", "a", 2, 1),
        ("a = []\n[[a]]", "a", 2, 1),
        ("[[a]]\n[a]", "a", 2, 1),
        ("a = 1\na.b = 2", "a", 2, 1),
        ("a.b = 1\na = 2", "a", 2, 1),
        ("a.b = 1\n[a]", "a", 2, 1),
        ("a = {b = 1}\na.c = 2", "a", 2, 1),
        ("a = {b = 1}\n[a.c]", "a", 2, 1),
        ("[a.b]\n[a]\nb.c = 1", "b", 3, 1),
        ("a = {b = 1,\nb = 2}", "b", 2, 1),
        ("a = {b.c = 1,\nb = 2}", "b", 2, 1),
    ],
)
def test_what_is_defined_twice_is_reported(text: str, key: str, line: int, earlier: int) -> None:
    result = parse(text)
    assert result.error is None
    first = result.duplicates[0]
    assert (first.key.value, first.key.span.first.line, first.earlier.span.first.line) == (key, line, earlier)
    with pytest.raises(tomllib.TOMLDecodeError):
        tomllib.loads(text.replace(",\n", ", "))


@pytest.mark.parametrize(
    "text",
    [
        "a.b = 1\na.c = 2",
        "[a.b]\n[a]",
        "a.b = 1\n[a.c]",
        "[[a]]\n[a.b]\n[[a]]\n[a.b]",
        "[a.b.c]\n[a]\nb.d = 1",
    ],
)
def test_tables_may_be_extended(text: str) -> None:
    result = parse(text)
    assert (result.error, result.duplicates) == (None, [])
    assert data(result.root) == tomllib.loads(text)


def judged(value: object) -> object:
    """Python's TOML data in the shape of :func:`data`."""
    if isinstance(value, dict):
        return {key: judged(each) for key, each in value.items()}
    if isinstance(value, list):
        return [judged(each) for each in value]
    if isinstance(value, datetime.date | datetime.time):
        return "time"
    return repr(value)


def ours(value: object) -> object:
    if isinstance(value, dict):
        return {key: ours(each) for key, each in value.items()}
    if isinstance(value, list):
        return [ours(each) for each in value]
    return "time" if isinstance(value, tuple) else repr(value)


# What TOML 1.1 allows, and Traefik reads, tomllib may refuse; so these leave it out.
STATEMENTS = st.sampled_from(
    [
        "a = 1", "b = 'x'", "a.b = 1", "a.b.c = 2", "b.a = 3", "[a]", "[b]", "[a.b]", "[a.b.c]", "[b.a]", "[c]",
        "[[a]]", "[[b]]", "[[a.b]]", "[ a . b ]", "a = {}", "a = {b = 1}", "a = [{b = 1}]", "b = {a.b = 1, a.c = 2}",
        "c = 1", "'a' = 1", "", "# c", "a = [1,\n 2]", "a =", "= 1", "[a", "a = 0x1_F", "a = 1_", "a = 1e5",
        "c = 1979-05-27", "c = '''x\n'''",
    ]
)  # fmt: skip


@given(st.lists(STATEMENTS, max_size=8).map("\n".join))
def test_documents_are_taken_as_tomllib_takes_them(text: str) -> None:
    result = parse(text)
    try:
        expected = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        assert result.error or result.duplicates
        return
    assert (result.error, result.duplicates) == (None, [])
    assert ours(data(result.root)) == judged(expected)


VALUES = st.text(alphabet="0123456789+-_.:eExobTZtruefalsin'\"\\ []{},=#a\t", max_size=14)


@given(VALUES)
def test_values_are_taken_as_tomllib_takes_them(value: str) -> None:
    result = parse(f"k = {value}")
    try:
        expected = tomllib.loads(f"k = {value}")
    except ValueError:
        return
    assert (result.error, result.duplicates) == (None, [])
    assert ours(data(result.root)) == judged(expected)


DATA = st.recursive(
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=12)
    | st.integers(-(2**63), 2**63 - 1)
    | st.booleans()
    | st.floats(allow_nan=False),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(alphabet="ab.'\" é", max_size=4), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.text(alphabet="abc.'\"- é", max_size=5), DATA, max_size=4))
def test_what_tomlkit_writes_is_read_back(value: dict[str, object]) -> None:
    text = tomlkit.dumps(value)
    result = parse(text)
    assert (result.error, result.duplicates) == (None, [])
    assert ours(data(result.root)) == judged(value)


def test_large_files_are_read_in_linear_time() -> None:
    text = "".join(f"[http.routers.r{i}]\nrule = 'Host(`h{i}`)'\n" for i in range(20_000))
    routers = parse(text).root.mapping("http")
    assert routers is not None
    assert len(routers.mapping("routers").entries) == 20_000  # type: ignore[union-attr]


def test_a_toml_file_is_parsed_once() -> None:
    file = SourceFile("f.toml", "a = 1")
    assert parse_toml(file) is parse_toml(file)
