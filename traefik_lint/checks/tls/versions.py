"""TL309: a lowest TLS version above the highest: every handshake fails (R-151)."""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.runtime.types import Runtime

_ORDER = ("VersionTLS10", "VersionTLS11", "VersionTLS12", "VersionTLS13")


@check("TL309", "impossible-tls-versions", severity="error")
def impossible_tls_versions(runtime: Runtime) -> Iterator[Draft]:
    for options in runtime.tls_options.values():
        if options.element is None:
            continue
        lowest, highest = options.element.value("minVersion"), options.element.value("maxVersion")
        if lowest is None or highest is None or lowest.text not in _ORDER or highest.text not in _ORDER:
            continue
        if _ORDER.index(lowest.text) > _ORDER.index(highest.text):
            yield finding(
                lowest,
                f"minVersion {quoted(lowest.text)} is above maxVersion {quoted(highest.text)}: every handshake fails",
                hint="leave maxVersion out, or write a minVersion that is not above it",
                related=[(highest, "maxVersion")],
            )
