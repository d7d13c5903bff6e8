"""R-106 and R-124: router rules in the v2 language."""

from __future__ import annotations

from tests.conformance.harness.case import Case
from tests.conformance.worlds import rule_case

RULES: tuple[tuple[str, str], ...] = (
    ("R-124a", "Host(`a.shop`, `b.shop`)"),
    ("R-124b", "Path(`/a`, `/b`) && Method(`GET`, `POST`)"),
    ("R-124c", "PathPrefix(`/{section:[a-z]+}/{id}`)"),
    ("R-124d", "HostRegexp(`{sub:[a-z]+}.shop`, `b.shop`)"),
    ("R-124e", "Headers(`X-A`, `b`) && HeadersRegexp(`X-A`, `^b`)"),
    ("R-124f", "Query(`k=v`, `q={v:[0-9]+}`)"),
    ("R-124g", "Query(`k`)"),
    ("R-124h", "Path(`x`)"),
    ("R-124i", "PathPrefix(`x`)"),
    ("R-124j", "Path(`/{a`)"),
    ("R-124k", "Headers(`a`)"),
    ("R-124l", "Headers(`a`, `b`, `c`)"),
    ("R-124m", "ClientIP(`10.0.0.0/8`, `x`)"),
    ("R-124n", "HostHeader(`a.shop`)"),
    ("R-124o", "Host(`é.shop`)"),
    ("R-124p", "HostRegexp(`{sub:[}.shop`)"),
    ("R-124q", "HostRegexp(`é`)"),
    ("R-124r", "Path(`/{id:(a|b)}`)"),
    ("R-124s", "Path(`/{:x}`)"),
    ("R-124t", "Host()"),
    ("R-124u", "Host(``)"),
    ("R-124v", "HeadersRegexp(`X-A`, `[`)"),
    ("R-124w", "Method(``)"),
    ("R-124x", "!Host(`a.shop`, `b.shop`)"),
    ("R-124y", "Host(`a.shop`"),
    ("R-124z", "PathPrefix(`/{a}/{a}`)"),
    ("R-106d", "PathRegexp(`^/x`)"),
    ("R-106e", "Header(`X-A`, `b`)"),
    ("R-106f", "QueryRegexp(`a`, `b`)"),
    ("R-106g", "HeaderRegexp(`a`, `b`)"),
)

CASES: tuple[Case, ...] = tuple(rule_case(name, rule, ", ruleSyntax: v2") for name, rule in RULES)
