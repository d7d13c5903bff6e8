from __future__ import annotations

import pytest

from traefik_lint.options.version import NEWEST, NEWEST_PATCH, parse_version


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("3.6.7", (3, 6, 7)),
        ("v3.6.7", (3, 6, 7)),
        ("3.6", (3, 6, NEWEST_PATCH[(3, 6)])),
        ("v3.6", (3, 6, NEWEST_PATCH[(3, 6)])),
        ("3.6.999", (3, 6, NEWEST_PATCH[(3, 6)])),
        ("2.11.0", (2, 11, 0)),
        ("2.11", (2, 11, NEWEST_PATCH[(2, 11)])),
        ("v2", (2, 11, NEWEST_PATCH[(2, 11)])),
        ("v3", NEWEST),
        ("3", NEWEST),
        ("latest", NEWEST),
        ("", NEWEST),
        ("3.7.999", NEWEST),
        ("3.99", NEWEST),
        ("9", NEWEST),
        ("three", None),
        ("3.x", None),
        ("3.6.7.8", None),
    ],
)
def test_what_a_text_means(text: str, version: tuple[int, int, int] | None) -> None:
    assert parse_version(text) == version
