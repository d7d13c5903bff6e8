"""What middlewares do to a path: examples seen with Traefik 3.7, and what must hold for all of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.checks.lint import found_by
from traefik_lint.checks.middlewares.flow import strip

PATH = st.text("/ab", max_size=8).map(lambda text: "/" + text)


@pytest.mark.parametrize(
    ("path", "prefixes", "stripped"),
    [
        ("/a/b", ["/a"], "/b"),
        ("/a", ["/a"], "/"),
        ("/a/", ["/a"], "/"),
        ("/ab", ["/a"], "/b"),
        ("/a", ["/a/"], "/a"),
        ("/a/b", ["/a/"], "/b"),
        ("/a/b", ["/a", "/a/b"], "/b"),
        ("/a/b", ["/a/b", "/a"], "/"),
        ("/a", ["a"], "/a"),
        ("/b", [], "/b"),
    ],
)
def test_strip(path: str, prefixes: list[str], stripped: str) -> None:
    """R-165."""
    assert strip(path, prefixes) == stripped


@given(PATH, st.lists(PATH, max_size=3))
def test_what_is_stripped_is_a_path_and_never_longer(path: str, prefixes: list[str]) -> None:
    stripped = strip(path, prefixes)
    assert stripped.startswith("/")
    assert len(stripped) <= len(path)
    assert stripped == path or any(path.startswith(prefix) for prefix in prefixes)


def test_endless_chains_come_to_an_end() -> None:
    """Chains without any other member, in circles."""
    files = {
        "dynamic.yml": """\
            http:
              routers:
                app: {rule: Host(`a.test`), service: app, middlewares: [a]}
              middlewares:
                a: {chain: {middlewares: [b, b]}}
                b: {chain: {middlewares: [a, a]}}
              services:
                app: {loadBalancer: {servers: [{url: http://10.0.0.5:8080}]}}
        """
    }
    assert len(found_by("TL404", files)) == 1
