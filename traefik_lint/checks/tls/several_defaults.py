"""TL310: more than one `default` among the TLS options or stores of a Traefik.

There is one default for all providers and namespaces. Two TLSOptions or TLSStores called default in two namespaces
are both ignored (K-065, K-066); defined in two providers both are dropped, and for options that disables every
router with TLS that has no options of its own (R-069).
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.deployment import Deployment
from traefik_lint.runtime.types import Runtime
from traefik_lint.source.span import Span


@check("TL310", "several-tls-defaults", severity="error")
def several_tls_defaults(runtime: Runtime) -> Iterator[Draft]:
    yield from _in_namespaces(runtime)
    for text, span in runtime.logs:
        for kind in ("Options", "Store"):
            if span is not None and text.startswith(f"Default TLS {kind} defined in multiple providers"):
                yield _in_providers(kind, span, runtime.deployment)


def _in_namespaces(runtime: Runtime) -> Iterator[Draft]:
    told: set[str] = set()
    for drop in runtime.drops:
        if drop.kind != "several-defaults" or drop.span is None or drop.text in told:
            continue
        told.add(drop.text)
        kind = drop.subject.partition(" ")[0]
        effect = (
            "the built-in default certificate is served"
            if kind == "TLSStore"
            else "the built-in options apply"
        )
        yield finding(
            drop.span,
            f"{kind} default is defined in several namespaces, so Traefik uses none of them: {effect}",
            hint=f"keep one {kind} called default in the whole cluster and give the others a name of their own",
            related=drop.related,
        )


def _in_providers(kind: str, span: Span, deployment: Deployment) -> Draft:
    group = "options" if kind == "Options" else "stores"
    others = [
        (file.decoded.element.element("tls", group, "default"), "another one")
        for file in deployment.dynamic_files
        if file.decoded is not None
    ]
    effect = (
        "every router with TLS and no options of its own is disabled"
        if kind == "Options"
        else "the built-in default certificate is served"
    )
    return finding(
        span,
        f"TLS {group} {quoted('default')} are defined in several providers, so Traefik drops all of them: {effect}",
        hint=f"define the {group} called default in one provider only",
        related=[(place, text) for place, text in others if place is not None and place.span != span],
    )
