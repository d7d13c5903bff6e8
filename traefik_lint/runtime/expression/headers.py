"""Names of hosts and headers as Go's HTTP server and Traefik write them (R-112, R-121)."""

from __future__ import annotations

import re

from traefik_lint.golang.text import to_lower

_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_WITH_PORT = re.compile(r"(?:\[([^\[\]]*)\]|([^:\[\]]*)):([^:\[\]]*)")


def canonical_name(header: str) -> str:
    """Write a header's name as Go does: `x-real-ip` becomes `X-Real-Ip`; what is no name stays."""
    if _TOKEN.fullmatch(header) is None:
        return header
    return "-".join(part[:1].upper() + part[1:].lower() for part in header.split("-"))


def canonical_host(host: str) -> str:
    """The Host header as the matchers see it: lower case, without port and brackets."""
    bare = without_port(host)
    if bare == host and ":" in host and host.startswith("[") and host.endswith("]"):
        bare = host[1:-1]
    return to_lower(bare.strip())


def without_port(host: str) -> str:
    """Take the port off, as `net.SplitHostPort` does; what it can't split stays as it is."""
    found = _WITH_PORT.fullmatch(host)
    if found is None:
        return host
    return found.group(1) if found.group(1) is not None else found.group(2)
