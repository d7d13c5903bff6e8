"""Requests that a rule is made for, to try other rules on."""

from __future__ import annotations

from traefik_lint.checks.rules.alternatives import alternatives
from traefik_lint.runtime.expression.ast import Matcher, Rule
from traefik_lint.runtime.expression.http_matching import Request

_BELOW = "zq7/x"


def sample_requests(rule: Rule) -> list[Request]:
    """A few requests for each alternative of a rule, such that a rule that matches them all very likely takes
    everything the rule takes; empty when the rule says more than hosts, paths and methods."""
    requests: list[Request] = []
    for matchers in alternatives(rule):
        made = _requests_for(matchers)
        if made is None:
            return []
        requests += made
    return requests


def _requests_for(matchers: list[Matcher]) -> list[Request] | None:
    hosts = ["zq7.zq8.example"]
    paths = ["/", "/" + _BELOW]
    methods = ["GET", "POST"]
    for matcher in matchers:
        values = matcher.values
        if not values or matcher.negated:
            return None
        match matcher.canonical:
            case "Host" | "HostHeader":
                if any("*" in value for value in values):
                    return None
                hosts = values
            case "Path" if "{" not in values[0]:
                paths = values
            case "PathPrefix" if "{" not in values[0]:
                paths = [
                    path
                    for value in values
                    for path in (value, value.rstrip("/") + "/" + _BELOW, value + "zq")
                ]
            case "Method":
                methods = [value.upper() for value in values]
            case _:
                return None
    return [Request(method=methods[0], host=host, path=path) for host in hosts for path in paths]
