"""TL101: a router rule that does not parse: the router is disabled (R-100 … R-105, R-125 … R-128, K-024)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.checks.rules.languages import speaks_version_2
from traefik_lint.checks.rules.places import part_of
from traefik_lint.runtime.expression.ast import Rule
from traefik_lint.runtime.types import Runtime

_QUOTES = re.compile(r"[‘’“”]")
_BARE = re.compile(r"\b([A-Za-z]+)\(\s*([^`\"'()\s][^`\"'()]*?)\s*\)")
_SINGLE = re.compile(r"\b([A-Za-z]+)\(\s*'([^'`]*)'\s*\)")
_WRAPPED = re.compile(
    r"^(?:error while parsing rule|invalid rule:?|parsing rule|adding rule) .*?: (?=\S)", re.DOTALL
)
_LONGEST_EXPLAINED = 5_000  # the patterns take quadratic time over blanks
_NO_TLS = "has HostSNI matcher, but no TLS on router"


@check("TL101", "invalid-router-rule", severity="error")
def invalid_router_rule(runtime: Runtime) -> Iterator[Draft]:
    for router in runtime.all_definitions():
        value, rule = router.rule_value, router.rule
        if value is None or not value.known or rule is None or rule.error is None:
            continue
        if speaks_version_2(rule):
            continue
        error = rule.error
        yield finding(
            part_of(value, error.start, max(error.end, error.start + 1)) if rule.text else value,
            f"the rule of router {quoted(router.definition)} is refused, so it is disabled: {_reason(error.text)}",
            hint=_hint(rule),
        )


@check("TL110", "host-sni-without-tls", severity="error")
def host_sni_without_tls(runtime: Runtime) -> Iterator[Draft]:
    """A named HostSNI needs the TLS handshake; the router is disabled without `tls` (R-126, K-080)."""
    for router in runtime.definitions["tcp"].values():
        value, rule = router.rule_value, router.rule
        if router.tls or value is None or not value.known or rule is None or rule.root is None:
            continue
        named = [one for one in rule.matchers if one.canonical == "HostSNI" and set(one.values) - {"*"}]
        if named and any(_NO_TLS in error for error in router.errors):
            yield finding(
                part_of(value, named[0].start, named[0].end),
                f"only TLS tells the host name: without tls router {quoted(router.definition)} is disabled",
                hint="add tls to the router (passthrough: true if the backend speaks TLS itself), "
                "or match every connection with HostSNI(`*`)",
            )


def _reason(text: str) -> str:
    """The last, telling part of Traefik's text; the whole of it repeats the rule several times."""
    reason = _WRAPPED.sub("", text)
    tail = reason.rpartition(": ")[2] if len(reason) > 160 else reason
    return " ".join(tail.split())


def _hint(rule: Rule) -> str:
    text = rule.text
    if not text.strip() or len(text) > _LONGEST_EXPLAINED:
        return "write a rule such as Host(`app.example.com`)"
    if text[0] == text[-1] and text[0] in "\"'" and len(text) > 1:
        return f"leave out the quotes around the rule: {text[1:-1]}"
    if _QUOTES.search(text):
        return "use backticks instead of typographic quotes"
    for pattern in (_SINGLE, _BARE):
        found = pattern.search(text)
        if found:
            return f"put the value in backticks: {found[1]}(`{found[2]}`)"
    if re.search(r"\b(?:and|or|not)\b", text, re.IGNORECASE) and "&&" not in text and "||" not in text:
        return "join matchers with && or ||"
    if re.match(r"\s*[A-Za-z]+:", text):
        matcher, _, rest = text.partition(":")
        return f"this is the form of version 1; write {matcher.strip()}(`{rest.strip()}`)"
    if text.count("(") != text.count(")"):
        return "balance the parentheses"
    if text.count("`") % 2:
        return "close the backtick"
    return "write matchers such as Host(`app.example.com`) && PathPrefix(`/api`)"
