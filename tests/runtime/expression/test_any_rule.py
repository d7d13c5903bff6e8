"""What must hold for any text somebody writes as a rule."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from traefik_lint.runtime.expression import Connection, Request, matches, matches_connection, parse
from traefik_lint.runtime.expression.evaluate import Refusal, evaluate
from traefik_lint.runtime.expression.fastpath import read
from traefik_lint.runtime.expression.goexpr import parse_expression
from traefik_lint.runtime.expression.languages import MATCHER_NAMES
from traefik_lint.runtime.expression.routing_path import forwarded_path, routing_path

PIECES = (
    "Host(`a.test`)", "Host(", "PathPrefix(`/b`)", 'Path("/\\x41")', "Query(`k`,`v`)", "HostSNI(`*`)",
    "ClientIP(`::1`)", "HostRegexp(`^a+$`)", "HostRegexp(`(`)", "Headers(`X`,`y`)", "Path(`/{a:[0-9]+}`)",
    "Method(`get`)", "!", "(", ")", "&&", "||", "&", ",", ";", "\n", "\r", "\t", " ", "`", '"', "'", "'a'", "“", "//",
    "/*", "*/", ".", "...", "[", "]", "{", "}", ":", "=", "==", ":=", "<-", "0x", "08", "1e", "1_", ".5", "2i", "and",
    "if", "func", "map", "chan", "struct", "interface", "type", "é", "\ufeff", "\0", "\\", "\ud800", "-", "*",
)  # fmt: skip

rules = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=12).map("".join)
versions = st.sampled_from([(2, 11, 53), (3, 0, 4), (3, 4, 0), (3, 7, 0), (3, 7, 15)])


@settings(deadline=None)
@given(rules, st.sampled_from(["v2", "v3"]), st.sampled_from(["http", "tcp"]), versions)
def test_it_is_read_or_refused_with_a_place_inside_it(
    text: str, syntax: str, protocol: str, version: tuple[int, int, int]
) -> None:
    rule = parse(text, syntax=syntax, protocol=protocol, version=version)
    if rule.error is not None:
        assert 0 <= rule.error.start <= rule.error.end <= len(text)
        assert rule.error.text
    for matcher in rule.matchers:
        assert text.startswith(matcher.name, matcher.start)
        assert 0 <= matcher.start < matcher.end <= len(text)
        for argument in matcher.args:
            assert matcher.start < argument.start < argument.end < matcher.end
            assert text[argument.start] == argument.quote == text[argument.end - 1]


@settings(deadline=None)
@given(rules)
def test_the_quick_reader_says_what_the_exact_one_says(text: str) -> None:
    names = MATCHER_NAMES["http", "v3"]
    quick = read(text, names)
    if quick is None:
        return
    expression, faults = parse_expression(text)
    assert not faults
    assert expression is not None
    try:
        root, matchers = evaluate(expression, names)
    except Refusal as refusal:
        raise AssertionError(refusal.text) from None
    assert quick[1] == matchers
    assert root is not None


@settings(deadline=None)
@given(rules, st.sampled_from(["v2", "v3"]), versions, st.text(max_size=8), st.text(max_size=8))
def test_any_request_gets_an_answer(
    text: str, syntax: str, version: tuple[int, int, int], host: str, path: str
) -> None:
    request = Request(host=host, path=f"/{path}", query=path, headers=[(host, path)], client_ip="10.0.0.1")
    answer = matches(parse(text, syntax=syntax, version=version), request)
    assert answer in (True, False, None)
    tcp = parse(text, syntax=syntax, protocol="tcp", version=version)
    assert matches_connection(tcp, Connection(host, "10.0.0.1", ["h2"])) in (True, False, None)


@settings(deadline=None)
@given(st.text(alphabet="/.a%2Ff5eé#?~", max_size=20), versions)
def test_a_path_that_was_forwarded_once_stays(path: str, version: tuple[int, int, int]) -> None:
    once = forwarded_path(f"/{path}", version=version)
    if once is None:
        assert routing_path(f"/{path}", version=version) is None
        return
    assert forwarded_path(once, version=version) == once
    assert routing_path(f"/{path}", version=version) == routing_path(once, version=version)
