"""Random router rules: mostly sound, some broken in one place."""

from __future__ import annotations

from collections.abc import Callable

from tests.conformance.table import rules as known
from tests.conformance.table import rules_v2 as known_v2
from tests.conformance.table import tcp_udp as known_tcp

from .dice import Dice

HOSTS = ("a.shop", "b.shop", "A.shop", "*.c.shop", "d.shop")
_ODD_HOSTS = ("d.shop:80", "*", "é.shop", "a.shop.", "http://a.shop", "")
_PATHS = ("/", "/x", "/x/y", "/{id}", "/ä")
_PATTERNS = ("^/x", "^(a|b)\\.shop$", "[a-z]+", "(?i)x", "\\d+")
_ODD_PATTERNS = ("[", "(?!a)", ".{1,2000}", "*", "é")
#: Matchers with one argument: usual values, and odd ones that are refused or never match.
_V3 = (
    ("Host", HOSTS, _ODD_HOSTS),
    ("Host", HOSTS, _ODD_HOSTS),
    ("HostRegexp", _PATTERNS, _ODD_PATTERNS),
    ("Path", _PATHS, ("x", "")),
    ("PathPrefix", _PATHS, ("x", "")),
    ("PathRegexp", _PATTERNS, _ODD_PATTERNS),
    ("Method", ("GET", "post"), ("",)),
    ("ClientIP", ("10.0.0.1", "10.0.0.0/8", "::1"), ("x", "10.0.0.0/33")),
)
_V3_PAIRS = (
    ("Header", "X-A", ("b",), ("",)),
    ("HeaderRegexp", "x-a", _PATTERNS, _ODD_PATTERNS),
    ("Query", "q", ("1",), ("",)),
    ("QueryRegexp", "q", _PATTERNS, _ODD_PATTERNS),
)
_TCP = (
    ("HostSNI", HOSTS, _ODD_HOSTS),
    ("HostSNI", ("*", "a.shop"), ("a b",)),
    ("HostSNIRegexp", _PATTERNS, _ODD_PATTERNS),
    ("ClientIP", ("10.0.0.0/8",), ("y",)),
    ("ALPN", ("h2",), ("acme-tls/1",)),
)


def http_rule(dice: Dice) -> str:
    """Return a rule for an http router."""
    if dice.chance(0.05):
        return dice.pick(known.RULES)[1]
    return _spoilt(dice, _expression(dice, 3, _http_matcher))


def v2_rule(dice: Dice) -> str:
    """Return a rule of the v2 language."""
    return dice.pick(known_v2.RULES)[1] if dice.chance(0.5) else http_rule(dice)


def tcp_rule(dice: Dice) -> str:
    """Return a rule for a tcp router."""
    if dice.chance(0.1):
        return dice.pick(known_tcp.RULES)[1]
    return _spoilt(dice, _expression(dice, 2, _tcp_matcher))


def _expression(dice: Dice, depth: int, matcher: Callable[[Dice], str]) -> str:
    if depth == 0 or dice.chance(0.5):
        return matcher(dice)
    left = _expression(dice, depth - 1, matcher)
    right = _expression(dice, depth - 1, matcher)
    joined = dice.pick(
        (f"{left} && {right}", f"{left} || {right}", f"({left}) && {right}", f"{left}&&{right}")
    )
    return f"!({joined})" if dice.chance(0.1) else joined


def _value(dice: Dice, usual: tuple[str, ...], odd: tuple[str, ...]) -> str:
    return dice.pick(odd if dice.chance(0.06) else usual)


def _http_matcher(dice: Dice) -> str:
    if dice.chance(0.2):
        name, key, usual, odd = dice.pick(_V3_PAIRS)
        return f"{name}(`{key}`, `{_value(dice, usual, odd)}`)"
    name, usual, odd = dice.pick(_V3)
    return ("!" if dice.chance(0.1) else "") + f"{name}(`{_value(dice, usual, odd)}`)"


def _tcp_matcher(dice: Dice) -> str:
    name, usual, odd = dice.pick(_TCP)
    return ("!" if dice.chance(0.1) else "") + f"{name}(`{_value(dice, usual, odd)}`)"


def _spoilt(dice: Dice, rule: str) -> str:
    """Return the rule, seldom with one character lost, doubled or replaced."""
    if not dice.chance(0.05):
        return rule
    at = dice.number(0, len(rule) - 1)
    return dice.pick(
        (
            rule[:at] + rule[at + 1 :],
            rule[:at] + rule[at] + rule[at:],
            rule[:at] + dice.pick("()`\"'&|!, .;#") + rule[at + 1 :],
            rule.lower(),
            rule.replace("`", '"'),
            rule.replace("&&", "and"),
            rule[:at] + " " + rule[at:],
            rule[:at],
        )
    )
