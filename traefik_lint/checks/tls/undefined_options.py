"""TL301: TLS options that do not exist: the router is disabled, and so is TLS for its hosts (R-142, K-061)."""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import quoted, titled
from traefik_lint.checks.references import missing
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.values import Value
from traefik_lint.runtime.names import qualify
from traefik_lint.runtime.types import Runtime


@check("TL301", "undefined-tls-options", severity="error")
def undefined_tls_options(runtime: Runtime) -> Iterator[Draft]:
    for value, name, effect in _named(runtime):
        if name in runtime.tls_options or name == "default":
            continue
        base = name.rpartition("@")[0]
        if base == "default" or (
            name.endswith("-default@kubernetescrd") and "default" in runtime.tls_options
        ):
            yield _default_is_bare(value, name, effect)
            continue
        gap = missing(runtime, name, "options", runtime.tls_options)
        if gap is None:
            continue
        target = runtime.tls_options.get(gap.meant) if gap.meant else None
        yield finding(
            value,
            f"TLS options {quoted(name)} do not exist, so {effect}",
            hint=gap.hint("TLS options"),
            related=[(target, "defined here")],
            severity=None if gap.confidence == "high" else "warning",
            confidence=gap.confidence,
        )


def _default_is_bare(value: Value, name: str, effect: str) -> Draft:
    """`default` is the one name that never gets a provider's suffix (R-068, K-062)."""
    return finding(
        value,
        f"TLS options called default never get a suffix: {quoted(name)} does not exist, so {effect}",
        hint="leave the options out: default applies to every router without options of its own",
    )


def _named(runtime: Runtime) -> Iterator[tuple[Value, str, str]]:
    for router in runtime.all_definitions():
        tls = router.element.element("tls") if router.element is not None else None
        value = tls.value("options") if tls is not None else None
        if (
            value is None
            or not value.known
            or not value.text
            or (tls is not None and tls.flag("passthrough"))
        ):
            continue
        if value.text == "default":
            continue
        effect = f"{titled(router)} is disabled and TLS for its hosts is refused"
        yield value, qualify(value.text, router.provider), effect
    for point in runtime.entry_points.values():
        value = point.tls.value("options") if point.tls is not None else None
        if value is not None and value.known and "@" in value.text:
            yield (
                value,
                value.text,
                f"every router on {quoted(point.name)} that has no tls of its own is disabled",
            )
