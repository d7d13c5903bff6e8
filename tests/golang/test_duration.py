"""Durations: Go's reading and printing, and Traefik's bare seconds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from traefik_lint.golang.duration import format_duration, parse_duration, parse_traefik_duration
from traefik_lint.golang.errors import GoError

SECOND = 1_000_000_000

READ = (
    ("0", 0),
    ("1h2m3.5s", 3_723_500_000_000),
    ("-1.5h", -5_400 * SECOND),
    ("+5s", 5 * SECOND),
    (".5s", SECOND // 2),
    ("1.s", SECOND),
    ("100ms", 100_000_000),
    ("1us", 1000),
    ("1µs", 1000),
    ("1μs", 1000),
    ("0.3333333333333333333h", 1_200_000_000_000),
    ("9223372036854775807ns", 9223372036854775807),
    ("-9223372036854775808ns", -9223372036854775808),
)


@pytest.mark.parametrize(("text", "nanoseconds"), READ)
def test_a_duration_is_read(text: str, nanoseconds: int) -> None:
    assert parse_duration(text) == nanoseconds


REFUSED = (
    ("", 'time: invalid duration ""'),
    ("-", 'time: invalid duration "-"'),
    ("s", 'time: invalid duration "s"'),
    (".s", 'time: invalid duration ".s"'),
    ("5", 'time: missing unit in duration "5"'),
    ("1.5", 'time: missing unit in duration "1.5"'),
    ("5 s", 'time: unknown unit " s" in duration "5 s"'),
    ("1d", 'time: unknown unit "d" in duration "1d"'),
    ("1é", 'time: unknown unit "\\xc3\\xa9" in duration "1\\xc3\\xa9"'),
    ("3000000h", 'time: invalid duration "3000000h"'),
    ("9223372036854775808ns", 'time: invalid duration "9223372036854775808ns"'),
)


@pytest.mark.parametrize(("text", "error"), REFUSED)
def test_a_duration_is_refused(text: str, error: str) -> None:
    with pytest.raises(GoError) as caught:
        parse_duration(text)
    assert caught.value.text == error


TRAEFIK = (
    ("10", 10 * SECOND),
    ("-3", -3 * SECOND),
    ("10s", 10 * SECOND),
    ("9223372036854775807", -SECOND),  # Go multiplies past its limit without a word
)


@pytest.mark.parametrize(("text", "nanoseconds"), TRAEFIK)
def test_traefik_takes_a_bare_number_for_seconds(text: str, nanoseconds: int) -> None:
    assert parse_traefik_duration(text) == nanoseconds


PRINTED = (
    (0, "0s"),
    (1, "1ns"),
    (1100, "1.1µs"),
    (2_200_000, "2.2ms"),
    (3_300_000_000, "3.3s"),
    (60 * SECOND, "1m0s"),
    (3_600 * SECOND + 1, "1h0m0.000000001s"),
    (-1_500_000_000, "-1.5s"),
    (9223372036854775807, "2562047h47m16.854775807s"),
)


@pytest.mark.parametrize(("nanoseconds", "text"), PRINTED)
def test_a_duration_is_printed(nanoseconds: int, text: str) -> None:
    assert format_duration(nanoseconds) == text


@settings(deadline=None)
@given(st.integers(-(1 << 63), (1 << 63) - 1))
def test_what_is_printed_can_be_read_back(nanoseconds: int) -> None:
    assert parse_duration(format_duration(nanoseconds)) == nanoseconds
