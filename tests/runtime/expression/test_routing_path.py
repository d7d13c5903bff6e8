"""The path that rules see and backends get (R-117, R-118)."""

from __future__ import annotations

import pytest

from traefik_lint.runtime.expression.routing_path import forwarded_path, routing_path

NEW = (3, 7, 15)
#: What the client sends, what goes to the backend, what the rules see.
PATHS = (
    ("/a", "/a", "/a"),
    ("/a%20b", "/a%20b", "/a b"),
    ("/%C3%A9", "/%C3%A9", "/é"),
    ("/a%2fb", "/a%2Fb", "/a%2Fb"),
    ("/%61%2e", "/a.", "/a."),
    ("//a", "/a", "/a"),
    ("/x/../a", "/a", "/a"),
    ("/a/./b//c/", "/a/b/c/", "/a/b/c/"),
    ("/a/..", "/", "/"),
    ("/../a", "/a", "/a"),
    ("/%2e%2e/a", "/a", "/a"),
    ("/a%3Ab:c", "/a%3Ab:c", "/a%3Ab:c"),
    ("/a%25b", "/a%25b", "/a%25b"),
    ("/a|b", "/a%7Cb", "/a|b"),
    ("/[x]", "/[x]", "/[x]"),
)


@pytest.mark.parametrize(("sent", "forwarded", "seen"), PATHS)
def test_a_path_is_cleaned_and_partly_decoded(sent: str, forwarded: str, seen: str) -> None:
    assert forwarded_path(sent, version=NEW) == forwarded
    assert routing_path(sent, version=NEW) == seen


@pytest.mark.parametrize("sent", ["/a#b", "/a%", "/a%zz"])
def test_some_paths_are_answered_with_400(sent: str) -> None:
    assert forwarded_path(sent, version=NEW) is None
    assert routing_path(sent, version=NEW) is None


VERSIONS = (
    ((3, 0, 4), "//a/../%61%2fb", "//a/../%61%2fb", "//a/../a/b"),
    ((3, 3, 6), "//a/../%61%2fb", "/%61%2fb", "/a/b"),
    ((3, 4, 1), "//a/../%61%2fb", "/a%2Fb", "/a%2Fb"),
    ((2, 11, 22), "//a%2fb", "//a%2fb", "//a/b"),
    ((2, 11, 25), "//a%2fb", "/a%2Fb", "/a%2Fb"),
)


@pytest.mark.parametrize(("version", "sent", "forwarded", "seen"), VERSIONS)
def test_older_versions_do_less(version: tuple[int, int, int], sent: str, forwarded: str, seen: str) -> None:
    assert forwarded_path(sent, version=version) == forwarded
    assert routing_path(sent, version=version) == seen


def test_cleaning_can_be_switched_off() -> None:
    assert routing_path("/a/../b", version=NEW, sanitize=False) == "/a/../b"
