"""Telling the rule languages of version 2 and 3 apart."""

from __future__ import annotations

import re

from traefik_lint.runtime.expression.ast import Rule
from traefik_lint.runtime.expression.parser import parse

_TEMPLATE = re.compile(r"\{[A-Za-z_][\w-]*(?::[^}]*)?\}")


def speaks_version_2(rule: Rule) -> bool:
    """Whether a rule that version 3 refuses is a sound rule of version 2: several values in one matcher,
    Headers, HostHeader … (R-106, R-124)."""
    if rule.dialect.language != "v3" or rule.error is None:
        return False
    version = rule.dialect.version
    return parse(rule.text, syntax="v2", protocol=rule.dialect.protocol, version=version).error is None


def has_templates(text: str) -> bool:
    """Whether a path or host pattern holds the `{name:regexp}` of version 2, which version 3 takes literally."""
    return _TEMPLATE.search(text) is not None
