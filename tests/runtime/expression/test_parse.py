"""How a rule that is in order is read."""

from __future__ import annotations

import pytest

from traefik_lint.runtime.expression import And, Matcher, Node, Not, Or, parse


def shape(node: Node | None) -> str:
    """Write a tree with explicit parentheses."""
    if isinstance(node, Matcher):
        return f"{node.canonical}{[argument.value for argument in node.args]}"
    if isinstance(node, Not):
        return f"!{shape(node.operand)}"
    if isinstance(node, And | Or):
        return f"({shape(node.left)} {'&' if isinstance(node, And) else '|'} {shape(node.right)})"
    return "nothing"


SHAPES = (
    ("Host(`a`)", "Host['a']"),
    ("Host(`a`) && Path(`/b`)", "(Host['a'] & Path['/b'])"),
    ("Host(`a`) || Host(`b`) && Path(`/`)", "(Host['a'] | (Host['b'] & Path['/']))"),
    ("Host(`a`) && Path(`/`) || Host(`b`)", "((Host['a'] & Path['/']) | Host['b'])"),
    ("(Host(`a`) || Host(`b`)) && Path(`/`)", "((Host['a'] | Host['b']) & Path['/'])"),
    ("Host(`a`) || Host(`b`) || Host(`c`)", "((Host['a'] | Host['b']) | Host['c'])"),
    ("!Host(`a`) && !!Path(`/`)", "(!Host['a'] & !!Path['/'])"),
    ("!(Host(`a`) || Path(`/`))", "!(Host['a'] | Path['/'])"),
    ("!(!(Host(`a`)))", "!!Host['a']"),
    (" Host ( `a` , ) ", "Host['a']"),
    ("Host(\n`a`,\n) &&\n Path(`/`)\n\n", "(Host['a'] & Path['/'])"),
    ("Header(`X-A`, `1`)", "Header['X-A', '1']"),
    ('Path("/a\\x41\\u00e9\\101\\t")', "Path['/aAéA\\t']"),
    ('Path("/a`b")', "Path['/a`b']"),
    ("Path(`/a\rb`)", "Path['/ab']"),
    ("Host(`a`) /* here */ && Path(`/`) // there", "(Host['a'] & Path['/'])"),
    ("\ufeffHost(`a`)", "Host['a']"),
)


@pytest.mark.parametrize(("rule", "tree"), SHAPES)
def test_a_rule_becomes_a_tree(rule: str, tree: str) -> None:
    parsed = parse(rule)
    assert parsed.error is None
    assert shape(parsed.root) == tree


@pytest.mark.parametrize("name", ["PathPrefix", "pathprefix", "PATHPREFIX", "Pathprefix"])
def test_a_matcher_may_be_spelled_in_four_ways(name: str) -> None:
    (matcher,) = parse(f"{name}(`/`)").matchers
    assert (matcher.name, matcher.canonical) == (name, "PathPrefix")


def test_nodes_know_their_characters() -> None:
    text = 'é || Host(`ä.test`) && Header( "X-A" , `1` )'.replace("é", "Path(`/é`)")
    rule = parse(text)
    calls = [text[matcher.start : matcher.end] for matcher in rule.matchers]
    assert calls == ["Path(`/é`)", "Host(`ä.test`)", 'Header( "X-A" , `1` )']
    literals = [(text[arg.start : arg.end], arg.quote) for matcher in rule.matchers for arg in matcher.args]
    assert literals == [("`/é`", "`"), ("`ä.test`", "`"), ('"X-A"', '"'), ("`1`", "`")]
    assert [text[slice(*arg.inner)] for arg in rule.matchers[2].args] == ["X-A", "1"]


def test_nodes_of_a_rule_that_is_read_exactly_know_their_characters() -> None:
    text = 'Host("a\\.b") || /* no */ !Path(`/x`)'.replace("\\.", "\\x2e")
    rule = parse(text)
    assert [text[matcher.start : matcher.end] for matcher in rule.matchers] == [
        'Host("a\\x2eb")',
        "Path(`/x`)",
    ]
    assert [matcher.negated for matcher in rule.matchers] == [False, True]


NEGATIONS = (
    ("Host(`a`)", [False]),
    ("!Host(`a`)", [True]),
    ("!!Host(`a`)", [False]),
    ("!(Host(`a`) || !Host(`b`)) && Host(`c`)", [True, False, False]),
)


@pytest.mark.parametrize(("rule", "negated"), NEGATIONS)
def test_negation_reaches_into_parentheses(rule: str, negated: list[bool]) -> None:
    assert [matcher.negated for matcher in parse(rule).matchers] == negated


DOMAINS = (
    ("http", "Host(`A.Test`) || Path(`/`) && host(`b.test`)", ("a.test", "b.test")),
    ("http", "HostRegexp(`a`) || Header(`Host`,`a`)", ()),
    ("http", "Host(`a`) || !Host(`b`)", ("a",)),
    ("http", "!(Path(`/`) && !Host(`a`))", ("a",)),
    ("tcp", "HostSNI(`A`) || ClientIP(`::1`)", ("a",)),
    ("tcp", "!HostSNI(`a`)", ()),
)


@pytest.mark.parametrize(("protocol", "rule", "domains"), DOMAINS)
def test_hosts_for_certificates_and_tls_options(protocol: str, rule: str, domains: tuple[str, ...]) -> None:
    assert parse(rule, protocol=protocol).domains == domains


def test_a_negated_host_counted_until_3_7_12() -> None:
    assert parse("!Host(`a`)", version=(3, 7, 12)).domains == ("a",)
    assert parse("!Host(`a`)", version=(3, 7, 13)).domains == ()


PRIORITIES = (
    ("http", "Host(`a`)", 9),
    ("http", "  Host(`é`)", 12),
    ("http", "", 0),
    ("http", "nonsense(", 9),
    ("tcp", "HostSNI(`*`)", -1),
    ("tcp", "((!HostSNI(`*`)))", -1),
    ("tcp", "HostSNI(`*`) || HostSNI(`a`)", 28),
    ("tcp", "HostSNI(`a`)", 12),
)


@pytest.mark.parametrize(("protocol", "rule", "priority"), PRIORITIES)
def test_the_priority_is_the_length_in_bytes(protocol: str, rule: str, priority: int) -> None:
    assert parse(rule, protocol=protocol).priority == priority


def test_traefik_2_knows_the_v2_language_only() -> None:
    assert parse("Headers(`a`,`b`)", version=(2, 11, 53)).error is None
    assert parse("PathRegexp(`a`)", version=(2, 11, 53)).error is not None


def test_an_unknown_syntax_is_v3() -> None:
    assert parse("PathRegexp(`a`)", syntax="v4").error is None
    assert parse("PathRegexp(`a`)", syntax="V2").error is None


def test_thousands_of_hosts_in_one_rule() -> None:
    rule = parse(" || ".join(f"Host(`h{number}.test`)" for number in range(5000)))
    assert rule.error is None
    assert len(rule.domains) == 5000
    broken = parse(" || ".join(f"Host(`h{number}.test`)" for number in range(5000)) + " || Path(`x`)")
    assert broken.error is not None
    assert broken.error.text.endswith("error while adding rule Path: path \"x\" does not start with a '/'")


@pytest.mark.parametrize("depth", [50, 1000, 20_000])
def test_deep_nesting_is_read(depth: int) -> None:
    rule = parse("(" * depth + "Host(`a`)" + ")" * depth)
    assert rule.error is None
    assert rule.domains == ("a",)


@pytest.mark.parametrize(
    "rule", ["(" * 20_000, "!" * 20_000 + ")", "[" * 20_000, "{" * 20_000, "a(" * 20_000]
)
def test_deep_nesting_without_end_is_an_error(rule: str) -> None:
    assert parse(rule).error is not None
