from __future__ import annotations

import pytest

from traefik_lint.model.compose import Variable
from traefik_lint.options.catalogue import static
from traefik_lint.options.decoder import decode
from traefik_lint.options.version import NEWEST
from traefik_lint.readers.environment import environment_tree
from traefik_lint.source.span import SourceFile
from traefik_lint.source.tree import Mapping, Scalar


def variables(*lines: str) -> list[Variable]:
    file = SourceFile("compose.yml", "\n".join(lines))
    found = []
    at = 0
    for line in lines:
        key, equals, value = line.partition("=")
        start = at + len(key) + 1
        scalar = Scalar(file, start, start + len(value), value, "label") if equals else None
        found.append(Variable(Scalar(file, at, at + len(key), key, "label"), scalar))
        at += len(line) + 1
    return found


def options(root: Mapping, prefix: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in root.entries:
        if isinstance(entry.value, Mapping):
            found.update(options(entry.value, f"{prefix}{entry.key.value}."))
        elif isinstance(entry.value, Scalar):
            found[prefix + entry.key.value] = entry.value.value
    return found


@pytest.mark.parametrize(
    ("lines", "expected", "unread"),
    [
        (["TRAEFIK_LOG_LEVEL=DEBUG", "PATH=/bin"], {"log.level": "DEBUG"}, []),
        # S-030: names come out in lower case, `_` always separates
        (["TRAEFIK_ENTRYPOINTS_WebSecure_ADDRESS=:443"], {"entrypoints.websecure.address": ":443"}, []),
        (["TRAEFIK_ENTRYPOINTS_web-secure_ADDRESS=:443"], {"entrypoints.web-secure.address": ":443"}, []),
        (
            ["TRAEFIK_ENTRYPOINTS_W_HTTP_TLS_DOMAINS_0_MAIN=a"],
            {"entrypoints.w.http.tls.domains.0.main": "a"},
            [],
        ),
        # the prefix and the option's first segment must be upper case
        (["TRAEFIK_api=true"], {}, ["TRAEFIK_api"]),
        (["traefik_API=true"], {}, ["traefik_API"]),
        # S-031: left to the decoder
        (["TRAEFIK_FOO=x"], {"foo": "x"}, []),
    ],
)
def test_options(lines: list[str], expected: dict[str, str], unread: list[str]) -> None:
    source = environment_tree(variables(*lines))
    assert source is not None
    assert (options(source.root), [key.value for key in source.unread]) == (expected, unread)


def test_no_variable_of_traefik_is_no_source() -> None:
    assert environment_tree(variables("PATH=/bin", "XTRAEFIK_API=true")) is None


def test_an_empty_segment_is_refused() -> None:
    source = environment_tree(variables("TRAEFIK_LOG__LEVEL=x"))
    assert source is not None
    assert source.refused == "invalid element: traefik.log..level"


def test_a_variable_without_a_value_here_is_unknown() -> None:
    source = environment_tree(variables("TRAEFIK_API"))
    assert source is not None
    api = source.root.scalar("api")
    assert api is not None
    assert api.unknown


def test_segments_stand_at_their_characters_and_decode() -> None:
    source = environment_tree(variables("A=1", "TRAEFIK_ENTRYPOINTS_Web_ADDRESS=:80"))
    assert source is not None
    decoded = decode(source.root, static(), "env", NEWEST)
    address = decoded.element.value("entryPoints", "web", "address")
    assert address is not None
    assert address.key is not None
    assert (address.key.span.text, address.span.text, decoded.error) == ("ADDRESS", ":80", None)
