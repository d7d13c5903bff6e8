from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traefik_lint.readers.compose.interpolation import Interpolated, interpolate
from traefik_lint.readers.derived import shown_text
from traefik_lint.source.span import SourceFile
from traefik_lint.source.tree import Mapping, Scalar
from traefik_lint.source.yaml import parse_yaml

VARIABLES = {"A": "x", "EMPTY": "", "HOST": "shop.example.com", "A_y": "longer"}


def interpolated(text: str) -> Interpolated:
    return interpolate(Scalar(SourceFile("f", text), 0, len(text), text), VARIABLES.get)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        # C-041: the forms
        ("$A", "x"),
        ("${A}", "x"),
        ("${EMPTY:-d}", "d"),
        ("${EMPTY-d}", ""),
        ("${U:-d}", "d"),
        ("${U-d}", "d"),
        ("${A:-d}", "x"),
        ("${A:?must be set}", "x"),
        ("${EMPTY?must be set}", ""),
        ("${A:+alt}", "alt"),
        ("${EMPTY:+alt}", ""),
        ("${EMPTY+alt}", "alt"),
        ("${U+alt}", ""),
        # C-042: doubled dollars and nested defaults
        ("$$", "$"),
        ("$$$A", "$x"),
        ("$$A", "$A"),
        ("${U:-${V:-x}}", "x"),
        ("${U:-{a}}", "{a}"),
        ("${U:-$$}", "$"),
        ("${U:-$A}-${EMPTY:-$A}", "x-x"),
        ("${U:-a:-b}", "a:-b"),
        # C-044: a dollar that begins nothing
        ("PathRegexp(`^/x$`)", "PathRegexp(`^/x$`)"),
        ("$1", "$1"),
        ("end$", "end$"),
        ("$é", "$é"),
        ("$ {A}", "$ {A}"),
        # C-047: names are as long as they can be
        ("$A_y", "longer"),
        ("$A-y", "x-y"),
        ("$A.y", "x.y"),
        # several on one line, each with braces of its own
        ("${A} and ${U:-q} and $HOST", "x and q and shop.example.com"),
        ("a\n${A}\nb", "a\nx\nb"),
    ],
)
def test_known_values(text: str, value: str) -> None:
    result = interpolated(text)
    assert (result.scalar.value, result.scalar.unknown, result.faults) == (value, False, ())


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        ("$U", "", "${U}"),
        ("Host(`${U}`)", "Host(``)", "Host(`${U}`)"),
        ("${U:?tell me.}", "", "${U}"),
        ("${EMPTY:?tell me}", "", "${EMPTY}"),
        ("u:$apr1$abc$def", "u:", "u:${apr1}${abc}${def}"),
        ("${U:-${V}x}", "x", "${V}x"),
    ],
)
def test_what_the_files_do_not_tell(text: str, value: str, shown: str) -> None:
    scalar = interpolated(text).scalar
    assert (scalar.value, scalar.unknown, shown_text(scalar)) == (value, True, shown)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("a ${", "${"),
        ("${}", "${}"),
        ("x/${1}/y", "${1}"),
        ("${A", "${"),
        ("${A.y}", "${A.y}"),
        ("${A/a/b}", "${A/a/b}"),
        ("${ A }", "${ A }"),
        ("${A:-line\nbreak}", "${"),
        ("${U:-${1}}", "${1}"),
    ],
)
def test_invalid_forms_keep_the_text_and_name_the_place(text: str, wrong: str) -> None:
    """C-045: compose refuses the file."""
    result = interpolated(text)
    (fault,) = result.faults
    assert (result.scalar.value, fault.kind, text[fault.begin : fault.end]) == (text, "invalid", wrong)


@pytest.mark.parametrize(
    ("yaml", "part", "written"),
    [
        ("k: a-$A-b", "a-", "a-"),
        ("k: a-$A-b", "x", "$A"),
        ("k: a-$A-b", "-b", "-b"),
        ('k: "a\\t${HOST}c"', "shop", "${HOST}"),
        ('k: "a\\t${HOST}c"', "c", "c"),
        ("k: 'it''s ${U:-de}fault'", "de", "de"),
        ("k: 'it''s ${U:-de}fault'", "fault", "fault"),
        ("k: |\n  one $A\n  two $$\n", "x", "$A"),
        ("k: |\n  one $A\n  two $$\n", "two", "two"),
        ("k: |\n  one $A\n  two $$\n", "$", "$$"),
    ],
)
def test_characters_keep_their_places(yaml: str, part: str, written: str) -> None:
    root = parse_yaml(SourceFile("f", yaml)).documents[0].root
    assert isinstance(root, Mapping)
    origin = root.scalar("k")
    assert origin is not None
    scalar = interpolate(origin, VARIABLES.get).scalar
    begin = scalar.value.rindex(part)
    assert scalar.sub(begin, begin + len(part)).text == written


def test_a_long_line_of_variables_takes_no_quadratic_time() -> None:
    text = "${U:-a}" * 50_000 + "${A:-{" * 20 + "}"
    assert interpolated(text).scalar.value.startswith("a" * 50_000)


@given(st.text(st.sampled_from("$${}:-+?AU1_ .\n\té`")), st.text(max_size=3))
def test_any_text_gives_spans_inside_the_scalar(text: str, before: str) -> None:
    file = SourceFile("f", before + text)
    origin = Scalar(file, len(before), len(file.text), text)
    scalar, faults = interpolate(origin, VARIABLES.get)
    if "$" not in text:
        assert scalar is origin
    assert scalar.unknown == bool(faults)
    for begin in range(len(scalar.value) + 1):
        span = scalar.sub(begin, begin + 1)
        assert origin.start <= span.start <= span.end <= origin.end
    for fault in faults:
        assert text[fault.begin] == "$"
        assert fault.begin < fault.end <= len(text)


@given(st.text(st.sampled_from("ab{}:- ")), st.sampled_from(["x", "shop"]))
def test_text_without_dollars_around_a_variable_stays(text: str, tail: str) -> None:
    assert interpolated(f"{tail}$$${{A}} {text}").scalar.value == f"{tail}$x {text}"
