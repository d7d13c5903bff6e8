"""TL810: TLS 1.0 and 1.1, which browsers gave up in 2020: `minVersion` below TLS 1.2, Traefik's own default (R-151)."""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.runtime.types import Runtime

_OLD = frozenset(("VersionTLS10", "VersionTLS11"))


@check("TL810", "outdated-tls-version", severity="info")
def outdated_tls_version(runtime: Runtime) -> Iterator[Draft]:
    for options in runtime.tls_options.values():
        value = options.element.value("minVersion") if options.element is not None else None
        if value is not None and value.known and value.text in _OLD:
            yield finding(
                value,
                f"the TLS options {quoted(options.name)} accept {value.text}, which is broken and which no browser"
                " needs any more",
                hint="write VersionTLS12, or leave minVersion out",
            )
