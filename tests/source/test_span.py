from __future__ import annotations

import pytest

from traefik_lint.source.span import SourceFile, Span


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("", [0]),
        ("a", [0]),
        ("a\nb\n", [0, 2, 4]),
        ("a\r\nb\rc\n\rd", [0, 3, 5, 7, 8]),
        ("\r\r\n\n", [0, 1, 3, 4]),
        ("a\u2028b\x85c", [0]),
    ],
)
def test_lines_begin_behind_each_line_end(text: str, starts: list[int]) -> None:
    assert SourceFile("f", text).line_starts() == starts


def test_positions_count_code_points_from_one() -> None:
    file = SourceFile("f", "😀: é\r\nb: c")
    span = Span(file, 6, 10)
    assert (span.text, span.first, span.last) == ("b: c", (2, 1), (2, 5))
    assert file.position(3) == (1, 4)
    assert [file.line(1), file.line(2)] == ["😀: é", "b: c"]
