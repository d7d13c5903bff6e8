from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traefik_lint.readers.flags import flags_tree
from traefik_lint.source.span import SourceFile
from traefik_lint.source.tree import Mapping, Node, Scalar


def arguments(*words: str) -> list[Scalar]:
    file = SourceFile("compose.yml", "\n".join(words))
    found = []
    at = 0
    for word in words:
        found.append(Scalar(file, at, at + len(word), word))
        at += len(word) + 1
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
    ("words", "expected"),
    [
        # S-020
        (["--a.b=c=d"], {"a.b": "c=d"}),
        (["-api=true"], {"api": "true"}),
        (["--EntryPoints.Web.Address=:80"], {"EntryPoints.Web.Address": ":80"}),
        # S-022: switches and sections stand alone
        (["--api", "--providers.docker"], {"api": "true", "providers.docker": "true"}),
        (["--api.insecure"], {"api.insecure": "true"}),
        # S-021: a value behind a blank
        (["--log.level", "DEBUG", "--api"], {"log.level": "DEBUG", "api": "true"}),
        (["--providers.file.directory", "/x"], {"providers.file.directory": "/x"}),
        (["--metrics.prometheus.buckets", "0.1,0.2"], {"metrics.prometheus.buckets": "0.1,0.2"}),
        (["--log.level", "--api"], {"log.level": "--api"}),
        (["--log.level="], {"log.level": ""}),
        (["--log.level= x"], {"log.level": " x"}),
        # … but not below a name
        (["--entrypoints.web.address", ":80"], {"entrypoints.web.address": "true"}),
        (["--certificatesresolvers.le.acme.email", "a@b"], {"certificatesresolvers.le.acme.email": "true"}),
        (["--experimental.plugins.p.modulename", "m"], {"experimental.plugins.p.modulename": "m"}),
        (["--tracing.otlp.http.headers.foo", "bar"], {"tracing.otlp.http.headers.foo": "bar"}),
        # S-025: repeated flags
        (["--log.level=A", "--LOG.level=B"], {"log.level": "B"}),
        (["--providers.precedence=a", "--providers.precedence=b,c"], {"providers.precedence": "a,b,c"}),
        (["--entrypoints.w.http.tls.domains[0].main=a"], {"entrypoints.w.http.tls.domains[0].main": "a"}),
        (["--", "--api"], {}),
        ([], {}),
    ],
)  # fmt: skip
def test_options(words: list[str], expected: dict[str, str]) -> None:
    source = flags_tree(arguments(*words))
    assert (options(source.root), source.refused) == (expected, "")


@pytest.mark.parametrize(
    ("words", "text"),
    [
        # S-023, S-024
        (["--docker"], "flag needs an argument: -docker"),
        (["--api", "--log.level"], "flag needs an argument: -log.level"),
        (["serve", "--api"], "command not found: serve"),
        ([""], "command not found: "),
        (['"--api"'], 'command not found: "--api"'),
        (["--=x"], "bad flag syntax: --=x"),
        (["---x"], "bad flag syntax: ---x"),
    ],
)
def test_what_traefik_refuses(words: list[str], text: str) -> None:
    assert flags_tree(arguments(*words)).refused == text


@pytest.mark.parametrize(
    ("words", "unread"),
    [
        (["--api.dashboard", "false", "--ping"], ["false", "--ping"]),
        (["--api", "word"], ["word"]),
        (["--api", "--", "--ping"], ["--ping"]),
        (["--log.level", "DEBUG"], []),
    ],
)
def test_what_traefik_never_reads(words: list[str], unread: list[str]) -> None:
    assert [argument.value for argument in flags_tree(arguments(*words)).unread] == unread


@pytest.mark.parametrize(
    ("words", "repeated"),
    [
        (["--entrypoints.w.http.middlewares=a@file", "--entrypoints.W.http.middlewares=b@file"], 1),
        (["--providers.precedence=a", "--providers.precedence=b"], 0),
        (["--entrypoints.w.address=:1", "--entrypoints.w.address=:2"], 0),
    ],
)
def test_repeated_lists_below_a_name_are_left_to_chance(words: list[str], repeated: int) -> None:
    assert len(flags_tree(arguments(*words)).repeated) == repeated


def test_segments_and_values_stand_at_their_characters() -> None:
    source = flags_tree(arguments("--api", "--entrypoints.web.address=:80", "--log.level", "DEBUG"))
    texts = []
    pending: list[Node] = [source.root]
    while pending:
        node = pending.pop(0)
        for entry in node.entries if isinstance(node, Mapping) else []:
            texts.append(entry.key.span.text)
            pending.append(entry.value)
        if isinstance(node, Scalar):
            texts.append(node.span.text)
    assert texts == ["api", "entrypoints", "log", "", "web", "level", "address", "DEBUG", ":80"]


def test_parts_of_a_joined_list_stand_where_they_were_written() -> None:
    words = arguments("--providers.precedence=docker", "--api", "--providers.precedence=file")
    providers = flags_tree(words).root.mapping("providers")
    assert providers is not None
    value = providers.scalar("precedence")
    assert value is not None
    assert (value.sub(0, 6).text, value.sub(7, 11).text) == ("docker", "file")
    assert value.sub(7, 11).first.line == 3


@given(st.lists(st.text(st.sampled_from("-=.apiwe[]0 é"), max_size=12), max_size=6))
def test_any_arguments_are_read_without_a_crash(words: list[str]) -> None:
    source = flags_tree(arguments(*words))
    pending: list[Node] = [source.root]
    while pending:
        node = pending.pop()
        assert 0 <= node.start <= node.end <= len(node.file.text)
        if isinstance(node, Mapping):
            pending += [item for entry in node.entries for item in (entry.key, entry.value)]
