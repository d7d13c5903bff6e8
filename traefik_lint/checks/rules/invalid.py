"""TL101: a router rule that does not parse: the router is disabled (R-100 … R-105, R-125 … R-128, K-024)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from traefik_lint.checks.names import titled
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.checks.rules.languages import speaks_version_2
from traefik_lint.checks.rules.places import part_of
from traefik_lint.options.nearest import nearest_of
from traefik_lint.runtime.expression.ast import Rule
from traefik_lint.runtime.types import Runtime

_QUOTES = re.compile(r"[‘’“”]")
_BARE = re.compile(r"\b([A-Za-z]+)\(\s*([^`\"'()\s][^`\"'()]*?)\s*\)")
_SINGLE = re.compile(r"\b([A-Za-z]+)\(\s*'([^'`]*)'\s*\)")
_WRAPPED = re.compile(r"^error while (?:adding|checking) rule \w+: ")
_UNKNOWN = re.compile(r"unsupported function: (\w+)")
_MATCHERS = (
    "ClientIP", "Header", "HeaderRegexp", "Host", "HostRegexp", "Method", "Path", "PathPrefix", "PathRegexp",
    "Query", "QueryRegexp", "HostSNI", "HostSNIRegexp", "ALPN",
)  # fmt: skip
_LONGEST_EXPLAINED = 5_000  # the patterns take quadratic time over blanks


@check("TL101", "invalid-router-rule", severity="error")
def invalid_router_rule(runtime: Runtime) -> Iterator[Draft]:
    for router in runtime.all_definitions():
        value, rule = router.rule_value, router.rule
        if value is None or not value.known or rule is None or rule.error is None:
            continue
        if speaks_version_2(rule):
            continue
        error = rule.error
        reason = _reason(error.text, rule)
        yield finding(
            part_of(value, error.start, max(error.end, error.start + 1)) if rule.text else value,
            f"the rule of {titled(router)} is refused, so it is disabled: {reason}",
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
        if named and rule.error is None and rule.domains and rule.domains[0] != "*":
            yield finding(
                part_of(value, named[0].start, named[0].end),
                f"only TLS tells the host name: without tls {titled(router)} is disabled",
                hint="add tls to the router (passthrough: true if the backend speaks TLS itself), "
                "or match every connection with HostSNI(`*`)",
            )


def _reason(text: str, rule: Rule) -> str:
    """The telling part of Traefik's text; the whole of it repeats the rule several times."""
    at = text.find("error parsing regexp")
    if at >= 0:
        return " ".join(text[at:].split())
    for prefix in ("error while parsing rule", "parsing rule", "adding rule"):
        text = text.removeprefix(f"{prefix} {rule.text}: ")
    return " ".join(_WRAPPED.sub("", text).split())


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
    unknown = _UNKNOWN.search(rule.error.text) if rule.error is not None else None
    meant = nearest_of(unknown[1], _MATCHERS) if unknown else None
    if meant is not None:
        return f"write {meant}(…)"
    if rule.error is not None and "does not start with a '/'" in rule.error.text:
        return "begin the path with a slash"
    if text.count("(") != text.count(")"):
        return "balance the parentheses"
    if text.count("`") % 2:
        return "close the backtick"
    return "write matchers such as Host(`app.example.com`) && PathPrefix(`/api`)"
