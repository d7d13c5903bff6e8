"""The router rules of Ingress paths (K-104 … K-108)."""

from __future__ import annotations

import re

from traefik_lint.golang.text import quote
from traefik_lint.model.values import Value
from traefik_lint.runtime.providers.kubernetes_elements import Refused
from traefik_lint.runtime.providers.kubernetes_work import Work

_META = re.compile(r"([\\.+*?()|\[\]{}^$])")
_LABEL = "[a-zA-Z0-9-]+"


def rule_text(work: Work, host: str, syntax: str) -> str:
    """The rule for a host, a wildcard included (K-107)."""
    if not host.startswith("*."):
        return _call(work, "Host", host)
    if work.version < (3, 0, 0) or (syntax == "v2" and work.since((3, 2, 1))):
        return _call(work, "HostRegexp", host.replace("*.", f"{{subdomain:{_LABEL}}}.", 1))
    if work.version >= (3, 7, 0):
        return _call(work, "Host", host)
    escaped = _META.sub(r"\\\1", host).replace(r"\*\.", rf"{_LABEL}\.", 1)
    return _call(work, "HostRegexp", f"^{escaped}$")


def path_rule(work: Work, path: str, kind: str, matcher: Value | None) -> str:
    """The rule for a path of the given type; raises Refused for a matcher that is none (K-104, K-105)."""
    name = "PathPrefix"
    if kind in ("", "ImplementationSpecific"):
        if matcher is not None and matcher.text:
            name = matcher.text
            _check_matcher(work, matcher)
    elif kind == "Exact":
        name = "Path"
    if name != "PathPrefix" or not work.options.strict_prefix_matching or work.version < (3, 5, 0):
        return _call(work, name, path)
    if path == "/":
        return _call(work, name, path)
    stem = path.removesuffix("/")
    return f"({_call(work, 'Path', stem)} || {_call(work, name, stem + '/')})"


def _check_matcher(work: Work, matcher: Value) -> None:
    allowed: tuple[str, ...] = ("Path", "PathPrefix", "PathRegexp")
    if work.version < (3, 0, 0):
        allowed = allowed[:2]
    if matcher.text not in allowed and work.since((2, 11, 47), (3, 6, 18), (3, 7, 2)):
        text = f"invalid router path matcher {quote(matcher.text)}: must be one of {', '.join(allowed)}"
        raise Refused("bad-matcher", text, matcher, "K-104")


def _call(work: Work, name: str, argument: str) -> str:
    if work.since((2, 11, 47), (3, 6, 11)):
        return f"{name}({quote(argument)})"
    return f"{name}(`{argument}`)"
