"""Go's numbers, booleans and string literals; the error texts are Go's own."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from traefik_lint.golang.errors import GoError
from traefik_lint.golang.strconv import parse_bool, parse_float, parse_int, parse_uint, unquote
from traefik_lint.golang.text import code_point, quote, to_lower, to_upper


@pytest.mark.parametrize(
    ("text", "value"),
    [("1", True), ("t", True), ("TRUE", True), ("True", True), ("F", False), ("false", False)],
)
def test_booleans(text: str, value: bool) -> None:
    assert parse_bool(text) is value


INTEGERS = (
    (parse_int, "12", 64, 12),
    (parse_int, "-007", 64, -7),
    (parse_int, "+5", 8, 5),
    (parse_int, "-128", 8, -128),
    (parse_int, "9223372036854775807", 64, 9223372036854775807),
    (parse_uint, "255", 8, 255),
    (parse_uint, "18446744073709551615", 64, 18446744073709551615),
)


@pytest.mark.parametrize(("function", "text", "bits", "value"), INTEGERS)
def test_integers(function: Callable[[str, int], int], text: str, bits: int, value: int) -> None:
    assert function(text, bits) == value


FLOATS = (
    ("1.5", 1.5),
    ("-.5e1", -5.0),
    ("1_000.5", 1000.5),
    ("0x1p-2", 0.25),
    ("5.", 5.0),
    ("+Inf", math.inf),
    ("1e-400", 0.0),
)


@pytest.mark.parametrize(("text", "value"), FLOATS)
def test_floats(text: str, value: float) -> None:
    assert parse_float(text) == value


def test_floats_of_32_bits_lose_digits() -> None:
    assert parse_float("0.1", 32) == pytest.approx(0.1, rel=1e-7)
    assert parse_float("0.1", 32) != 0.1


REFUSED = (
    (lambda: parse_bool("yes"), 'strconv.ParseBool: parsing "yes": invalid syntax'),
    (lambda: parse_bool(""), 'strconv.ParseBool: parsing "": invalid syntax'),
    (lambda: parse_int(""), 'strconv.ParseInt: parsing "": invalid syntax'),
    (lambda: parse_int("1.5"), 'strconv.ParseInt: parsing "1.5": invalid syntax'),
    (lambda: parse_int("1_000"), 'strconv.ParseInt: parsing "1_000": invalid syntax'),
    (lambda: parse_int(" 1"), 'strconv.ParseInt: parsing " 1": invalid syntax'),
    (lambda: parse_int("１"), 'strconv.ParseInt: parsing "１": invalid syntax'),
    (lambda: parse_int("128", 8), 'strconv.ParseInt: parsing "128": value out of range'),
    (lambda: parse_int("9" * 5000), 'strconv.ParseInt: parsing "' + "9" * 5000 + '": value out of range'),
    (
        lambda: parse_int("99999999999999999999x"),
        'strconv.ParseInt: parsing "99999999999999999999x": value out of range',
    ),
    (lambda: parse_int("99x", 8), 'strconv.ParseInt: parsing "99x": invalid syntax'),
    (lambda: parse_int("08x", function="Atoi"), 'strconv.Atoi: parsing "08x": invalid syntax'),
    (lambda: parse_uint("-1"), 'strconv.ParseUint: parsing "-1": invalid syntax'),
    (lambda: parse_uint("256", 8), 'strconv.ParseUint: parsing "256": value out of range'),
    (lambda: parse_float("1,5"), 'strconv.ParseFloat: parsing "1,5": invalid syntax'),
    (lambda: parse_float("1e400"), 'strconv.ParseFloat: parsing "1e400": value out of range'),
    (lambda: parse_float("1e39", 32), 'strconv.ParseFloat: parsing "1e39": value out of range'),
    (lambda: parse_float("1__0"), 'strconv.ParseFloat: parsing "1__0": invalid syntax'),
    (lambda: unquote('"\\q"'), "invalid syntax"),
)


@pytest.mark.parametrize(("call", "text"), REFUSED)
def test_what_go_refuses(call: Callable[[], object], text: str) -> None:
    with pytest.raises(GoError) as caught:
        call()
    assert caught.value.text == text


LITERALS = (
    ('"a\\tb"', "a\tb"),
    ('"\\x41\\u00e9\\U0001f600\\101\\\\\\""', 'Aé😀A\\"'),
    ('"\\xff"', "\udcff"),
    ("`a\\tb`", "a\\tb"),
    ("`a\r\nb`", "a\nb"),
)


@pytest.mark.parametrize(("literal", "value"), LITERALS)
def test_string_literals(literal: str, value: str) -> None:
    assert unquote(literal) == value


QUOTED = (
    ("a b", '"a b"'),
    ('a"\\', '"a\\"\\\\"'),
    ("\a\b\f\n\r\t\v", '"\\a\\b\\f\\n\\r\\t\\v"'),
    ("\x00\x7f", '"\\x00\\x7f"'),
    ("é😀", '"é😀"'),
    ("\u200b\ufeff\u00a0", '"\\u200b\\ufeff\\u00a0"'),
    ("\U000e0001", '"\\U000e0001"'),
    ("\udcff", '"\\xff"'),
)


@pytest.mark.parametrize(("text", "quoted"), QUOTED)
def test_quoting(text: str, quoted: str) -> None:
    assert quote(text) == quoted


@settings(deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_what_is_quoted_can_be_read_back(text: str) -> None:
    assert unquote(quote(text)) == text


def test_case_changes_one_character_at_a_time() -> None:
    assert to_lower("İΣΑΣ") == "iσασ"
    assert to_upper("ßé") == "ßÉ"


def test_code_points() -> None:
    assert code_point("–") == "U+2013 '–'"
    assert code_point("\x07") == "U+0007"
