"""Telling the rule languages of version 2 and 3 apart."""

from __future__ import annotations

from traefik_lint.runtime.expression.ast import Rule
from traefik_lint.runtime.expression.parser import parse

_GONE = frozenset({"Headers", "HeadersRegexp", "HostHeader"})


def speaks_version_2(rule: Rule) -> bool:
    """Whether a rule that version 3 refuses is a sound rule of version 2, and shows it: several values in one
    matcher, Headers, HostHeader, placeholders (R-106, R-124)."""
    if rule.dialect.language != "v3" or rule.error is None:
        return False
    version = rule.dialect.version
    old = parse(rule.text, syntax="v2", protocol=rule.dialect.protocol, version=version)
    return old.error is None and any(
        matcher.canonical in _GONE or len(matcher.args) > 1 or any("{" in text for text in matcher.values)
        for matcher in old.matchers
    )
