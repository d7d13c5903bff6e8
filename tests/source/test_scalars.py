from __future__ import annotations

import pytest

from traefik_lint.source.scalars import Kind, file_text, format_float, go_text, kind_of
from traefik_lint.source.span import SourceFile
from traefik_lint.source.tree import Mapping, Scalar
from traefik_lint.source.yaml import parse_yaml


def written(text: str) -> Scalar:
    root = parse_yaml(SourceFile("f.yml", f"k: {text}\n")).documents[0].root
    assert isinstance(root, Mapping)
    scalar = root.scalar("k")
    assert scalar is not None
    return scalar


# C-007, C-062: asked of real compose and Traefik
@pytest.mark.parametrize(
    ("text", "kind", "printed"),
    [
        ("", "null", ""),
        ("~", "null", ""),
        ("NULL", "null", ""),
        ("nULL", "string", "nULL"),
        ("true", "bool", "true"),
        ("TRUE", "bool", "true"),
        ("False", "bool", "false"),
        ("tRUE", "string", "tRUE"),
        *[
            (word, "string", word)
            for word in ("yes", "no", "on", "off", "y", "N", "=", "a", "é", ".", "+", "+a", "-a")
        ],
        ("10", "int", "10"),
        ("+10", "int", "10"),
        ("-0", "int", "0"),
        ("010", "int", "8"),
        ("-017", "int", "-15"),
        ("0o17", "int", "15"),
        ("0x1F", "int", "31"),
        ("0X1f", "int", "31"),
        ("0b11", "int", "3"),
        ("0b+1", "int", "1"),
        ("1_000", "int", "1000"),
        ("1__0_", "int", "10"),
        ("_1", "string", "_1"),
        ("0x", "string", "0x"),
        ("0o8", "string", "0o8"),
        ("9223372036854775807", "int", "9223372036854775807"),
        ("18446744073709551615", "int", "18446744073709551615"),
        ("18446744073709551616", "float", "1.8446744073709552e+19"),
        ("-9223372036854775809", "float", "-9.223372036854776e+18"),
        ("0xFFFFFFFFFFFFFFFFF", "string", "0xFFFFFFFFFFFFFFFFF"),
        ("1.50", "float", "1.5"),
        ("1.", "float", "1"),
        (".5", "float", "0.5"),
        (".5_0", "string", ".5_0"),
        ("1.5_0", "float", "1.5"),
        ("1e3", "float", "1000"),
        ("08", "float", "8"),
        ("12e03", "float", "12000"),
        ("0.1e-7", "float", "1e-08"),
        ("100000000.0", "float", "1e+08"),
        ("1e999", "string", "1e999"),
        ("1e", "string", "1e"),
        (".inf", "float", "+Inf"),
        ("-.INF", "float", "-Inf"),
        (".nan", "float", "NaN"),
        ("inf", "string", "inf"),
        ("1:30", "string", "1:30"),
        ("1.2.3.4", "string", "1.2.3.4"),
        ("2024-01-01", "timestamp", "2024-01-01 00:00:00 +0000 UTC"),
        ("2024-1-1", "timestamp", "2024-01-01 00:00:00 +0000 UTC"),
        ("2024-02-30", "string", "2024-02-30"),
        ("1900-02-29", "string", "1900-02-29"),
        ("2001-12-14t21:59:43.10-05:00", "timestamp", "2001-12-14 21:59:43.1 -0500 -0500"),
        ("2001-12-14T1:2:3Z", "timestamp", "2001-12-14 01:02:03 +0000 UTC"),
        ("2001-12-14  21:59:43", "timestamp", "2001-12-14 21:59:43 +0000 UTC"),
        ("2001-12-14 21:59:43Z", "string", "2001-12-14 21:59:43Z"),
        ("2001-12-14T21:59:43", "string", "2001-12-14T21:59:43"),
        ("2001-12-14T24:00:00Z", "string", "2001-12-14T24:00:00Z"),
        ("2001-12-14T00:00:00+25:00", "string", "2001-12-14T00:00:00+25:00"),
        ("'10'", "string", "10"),
        ('"true"', "string", "true"),
        ("|\n  10", "string", "10\n"),
        ("!!str 10", "string", "10"),
        ("!!int '10'", "int", "10"),
        ("!!float 10", "float", "10"),
        ("!!int x", "string", "x"),
        ("! 10", "int", "10"),
        ("!reset 10", "string", "10"),
    ],
)
def test_yaml_scalars_are_taken_as_go_takes_them(text: str, kind: Kind, printed: str) -> None:
    scalar = written(text)
    assert (kind_of(scalar), go_text(scalar)) == (kind, printed)


#
@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("7.5", "7.500000"),
        ("7.0", "7"),
        ("1e3", "1000"),
        ("0.0000001", "0"),
        ("1e21", "1000000000000000000000"),
        (".inf", "+Inf"),
        ("017", "15"),
        ("TRUE", "true"),
        ("'7.5'", "7.5"),
    ],
)
def test_the_file_loader_prints_floats_in_its_own_way(text: str, printed: str) -> None:
    assert file_text(written(text)) == printed


@pytest.mark.parametrize(
    ("text", "kind", "printed"),
    [
        ("true", "bool", "true"),
        ("1_000", "int", "1000"),
        ("0xff", "int", "255"),
        ("+5", "int", "5"),
        ("-0", "int", "0"),
        ("1e3", "float", "1000"),
        ("6.5", "float", "6.5"),
        ("-inf", "float", "-Inf"),
        ("nan", "float", "NaN"),
        ("1979-05-27", "timestamp", "1979-05-27 00:00:00 +0000 UTC"),
        ("07:32:00", "timestamp", "07:32:00"),
    ],
)
def test_bare_scalars_are_tomls(text: str, kind: Kind, printed: str) -> None:
    scalar = Scalar(SourceFile("f.toml", text), 0, len(text), text, "bare")
    assert (kind_of(scalar), go_text(scalar)) == (kind, printed)


@pytest.mark.parametrize("style", ["label", "flag", "env"])
def test_labels_flags_and_variables_are_strings(style: str) -> None:
    assert kind_of(Scalar(SourceFile("f", "10"), 0, 2, "10", style)) == "string"


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (0.0, "0"), (-0.0, "-0"), (1.0, "1"), (123456.0, "123456"), (999999.5, "999999.5"), (1000000.0, "1e+06"),
        (1234567.0, "1.234567e+06"), (0.0001, "0.0001"), (0.00012, "0.00012"), (0.00001, "1e-05"),
        (1e21, "1e+21"), (1e100, "1e+100"), (5e-324, "5e-324"), (0.1 + 0.2, "0.30000000000000004"),
    ],
)  # fmt: skip
def test_floats_are_printed_as_go_prints_them(value: float, printed: str) -> None:
    assert format_float(value) == printed
