"""Which matchers each rule language knows, and how their names may be spelled (R-102, R-106)."""

from __future__ import annotations

from typing import NamedTuple


class Dialect(NamedTuple):
    """Which rule language is spoken, over which protocol, to which version of Traefik."""

    language: str
    protocol: str
    version: tuple[int, int, int]

    @property
    def has_syntax_parser(self) -> bool:
        """Since 3.4.1 HTTP rules go through one more parser, and their errors through one more wrapper."""
        return self.protocol == "http" and self.version >= (3, 4, 1)


_V3_HTTP = (
    "ClientIP",
    "Header",
    "HeaderRegexp",
    "Host",
    "HostRegexp",
    "Method",
    "Path",
    "PathPrefix",
    "PathRegexp",
    "Query",
    "QueryRegexp",
)
_V2_HTTP = (
    "ClientIP",
    "Headers",
    "HeadersRegexp",
    "Host",
    "HostHeader",
    "HostRegexp",
    "Method",
    "Path",
    "PathPrefix",
    "Query",
)
_TCP = ("ALPN", "ClientIP", "HostSNI", "HostSNIRegexp")


def _spellings(matchers: tuple[str, ...]) -> dict[str, str]:
    names: dict[str, str] = {}
    for matcher in matchers:
        for spelling in (matcher, matcher.lower(), matcher.upper(), matcher.capitalize()):
            names[spelling] = matcher
    return names


#: Canonical name of each accepted spelling, per protocol and language.
MATCHER_NAMES: dict[tuple[str, str], dict[str, str]] = {
    ("http", "v3"): _spellings(_V3_HTTP),
    ("http", "v2"): _spellings(_V2_HTTP),
    ("tcp", "v3"): _spellings(_TCP),
    ("tcp", "v2"): _spellings(_TCP),
}

#: What Traefik knows when it only looks for host names: both languages at once.
ALL_MATCHER_NAMES: dict[str, dict[str, str]] = {
    "http": MATCHER_NAMES["http", "v3"] | MATCHER_NAMES["http", "v2"],
    "tcp": MATCHER_NAMES["tcp", "v3"],
}
