"""Go's regular expressions: what is valid, what it matches, and that all our engines agree."""

from __future__ import annotations

import random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from traefik_lint.golang import regexp
from traefik_lint.golang.errors import GoError
from traefik_lint.golang.regexp.engines import Machine, Translated, is_risky
from traefik_lint.golang.regexp.matcher import Engine, Matcher
from traefik_lint.golang.regexp.syntax import read

REFUSED = (
    ("(", "missing closing ): `(`"),
    ("a)", "unexpected ): `a)`"),
    ("[a", "missing closing ]: `[a`"),
    ("[", "missing closing ]: `[`"),
    ("[z-a]", "invalid character class range: `z-a`"),
    ("[[:foo:]]", "invalid character class range: `[:foo:]`"),
    ("\\p{Foo}", "invalid character class range: `\\p{Foo}`"),
    ("\\pX", "invalid character class range: `\\pX`"),
    ("*", "missing argument to repetition operator: `*`"),
    ("a|*", "missing argument to repetition operator: `*`"),
    ("(?:{2})", "missing argument to repetition operator: `{2}`"),
    ("a**", "invalid nested repetition operator: `**`"),
    ("a{2}*?", "invalid nested repetition operator: `{2}*?`"),
    ("a{1001}", "invalid repeat count: `{1001}`"),
    ("a{3,2}", "invalid repeat count: `{3,2}`"),
    ("(a{100}){11}", "invalid repeat count: `{11}`"),
    ("(?=x)", "invalid or unsupported Perl syntax: `(?=`"),
    ("(?!x)", "invalid or unsupported Perl syntax: `(?!`"),
    ("(?<=x)", "invalid named capture: `(?<=x)`"),
    ("(?>x)", "invalid or unsupported Perl syntax: `(?>`"),
    ("(?i-)x", "invalid or unsupported Perl syntax: `(?i-)`"),
    ("(?", "invalid or unsupported Perl syntax: `(?`"),
    ("(?P<n", "invalid named capture: `(?P<n`"),
    ("(?P<a b>x)", "invalid named capture: `(?P<a b>`"),
    ("a\\", "trailing backslash at end of expression: ``"),
    ("\\q", "invalid escape sequence: `\\q`"),
    ("(a)\\1", "invalid escape sequence: `\\1`"),
    ("\\Z", "invalid escape sequence: `\\Z`"),
    ("\\x{110000}", "invalid escape sequence: `\\x{110000`"),
    ("[\\b]", "invalid escape sequence: `\\b`"),
    ("\udcff", "invalid UTF-8: `\udcff`"),
    ("(" * 1001 + ")" * 1001, f"expression nests too deeply: `{'(' * 1001}{')' * 1001}`"),
    ("((x{1000}){1000}){1000}", "invalid repeat count: `{1000}`"),
)


@pytest.mark.parametrize(("pattern", "error"), REFUSED)
def test_a_pattern_is_refused(pattern: str, error: str) -> None:
    with pytest.raises(GoError) as caught:
        regexp.check(pattern)
    assert caught.value.text == f"error parsing regexp: {error}"


VALID = (
    "", "a{,3}", "a{01}", "{", "a{2", "[]a]", "[^]a]", "[a-]", "[-a]", "[a\\-z]", "\\Q(*\\E+", "\\Qabc", "(?i)(?-i:x)",
    "(?P<n>a)(?P<n>b)", "(?<n>a)", "\\pL\\P{Greek}\\p{^Lu}\\p{greek}", "\\x{1F600}\\x41\\07", "\\_\\-\\ ", "(?U)a*?",
    "(?ms-i:^$)", "(|a)*", "^*", "\\b+", "x{1000}", "(a{10}){100}", "[[:^alpha:]\\d\\W]", "é+",
)  # fmt: skip


@pytest.mark.parametrize("pattern", VALID)
def test_a_pattern_is_valid(pattern: str) -> None:
    regexp.check(pattern)


MATCHES = (
    ("^[a-z]+\\.test$", "a.test", True),
    ("a$", "a\n", False),
    ("(?m)a$", "a\nb", True),
    ("(?m)^b", "a\nb", True),
    (".", "\n", False),
    ("(?s).", "\n", True),
    ("[^a]", "\n", True),
    ("\\d", "٣", False),
    ("\\w", "é", False),
    ("\\bé", " é", False),
    ("\\s", "\v", False),
    ("[[:space:]]", "\v", True),
    ("(?i)k", "\u212a", True),
    ("(?i)[a-z]", "ſ", True),
    ("(?i)i", "İ", False),
    ("(?i)σ", "ς", True),
    ("\\pL", "é", True),
    ("\\p{Lu}", "é", False),
    ("a{,3}", "a{,3}", True),
    ("\\Qa.b\\E", "axb", False),
    ("^(a|ab)(c|bcd)$", "abcd", True),
)


@pytest.mark.parametrize(("pattern", "text", "expected"), MATCHES)
@pytest.mark.parametrize("engine", ["re2", "own", "machine"])
def test_a_pattern_matches(pattern: str, text: str, expected: bool, engine: str) -> None:
    assert matcher_of(pattern, engine).search(text) is expected


#: Pattern, text, template, result.
REPLACED = (
    ("a", "banana", "o", "bonono"),
    ("a*", "baac", "-", "-b-c-"),
    ("", "ab", "-", "-a-b-"),
    ("(\\w+)@(\\w+)", "me@here", "$2 ${1}", "here me"),
    ("(?P<user>\\w+)@", "me@here", "${user}!$user!", "me!me!here"),
    ("a(x)?", "a", "<$1$2$0>", "<a>"),
    ("(a)", "a", "$1x|${1}x", "|ax"),
    ("a", "a", "$$ $ ${ ${1 $-", "$ $ ${ ${1 $-"),
    ("^/api/(.*)", "/api/v1/x", "/$1", "/v1/x"),
    ("(?P<1a>b)", "b", "$1a|${01}", "b|"),
)


@pytest.mark.parametrize(("pattern", "text", "template", "result"), REPLACED)
@pytest.mark.parametrize("engine", ["re2", "own", "machine"])
def test_matches_are_replaced(pattern: str, text: str, template: str, result: str, engine: str) -> None:
    assert matcher_of(pattern, engine).replace_all(text, template) == result


def test_a_prefix() -> None:
    assert regexp.compile("a").match_prefix("ab")
    assert not regexp.compile("b").match_prefix("ab")


def test_a_pattern_that_backtracks_for_ages_elsewhere_answers_at_once() -> None:
    for pattern in ("^(a+)+$", "^(a|a)*$", "^(.*)*$", "(x+x+)+y"):
        assert regexp.compile(pattern, use_re2=False).search("a" * 5000 + "!\nx") is False


def test_what_can_not_be_tried_without_re2_says_so() -> None:
    with pytest.raises(regexp.Unmatchable):
        regexp.compile("\\p{Han}", use_re2=False)
    assert regexp.compile("\\p{Han}").search("漢")


def matcher_of(pattern: str, engine: str) -> Matcher:
    if engine == "machine":
        expression = read(pattern)
        return Matcher(expression.groups, Machine(expression))
    return regexp.compile(pattern, use_re2=engine == "re2")


PIECES = (
    "a", "b", "A", "k", "é", "0", "_", ".", "-", "/", "\\.", "(", ")", "|", "*", "+", "?", "*?", "{2}", "{1,3}", "{2,}",
    "^", "$", "[a-z]", "[^a]", "\\d", "\\W", "\\s", "\\b", "\\A", "\\z", "(?:", "(?i)", "(?P<n>", "(?m)^", "(?s:.)",
    "\\pL", "\\PN",
)  # fmt: skip
patterns = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)
texts = st.text(alphabet="abAkK0_./- \néſ\u212a", max_size=8)


@settings(deadline=None)
@given(patterns, texts)
def test_the_engines_agree(pattern: str, text: str) -> None:
    assume(regexp.error_text(pattern) is None)
    compare(pattern, text)


def test_the_engines_agree_on_many_random_patterns() -> None:
    chooser = random.Random(20)  # the same ones on each run
    compared = 0
    while compared < 300:
        pattern = "".join(chooser.choices(PIECES, k=chooser.randint(1, 8)))
        if regexp.error_text(pattern) is None:
            compare(pattern, "".join(chooser.choices("abAkK0_./- \néſ", k=chooser.randint(0, 8))))
            compared += 1


def compare(pattern: str, text: str) -> None:
    """Ask all engines that can answer, with google-re2 as the judge."""
    expression = read(pattern)
    engines: list[Engine] = [Machine(expression)]
    if not is_risky(expression.root):
        engines.append(Translated(expression))
    wanted = matcher_of(pattern, "re2").replace_all(text, "<$0|$1>")
    for engine in engines:
        assert Matcher(expression.groups, engine).replace_all(text, "<$0|$1>") == wanted


@settings(deadline=None)
@given(st.text(alphabet="ab(|)*+?{}[]^$\\.,-:<>P=!iQEpdx0123456789\udcff", max_size=12))
def test_any_text_is_valid_or_refused(pattern: str) -> None:
    text = regexp.error_text(pattern)
    assert text is None or text.startswith("error parsing regexp: ")
