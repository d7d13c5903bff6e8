"""TL622: a default rule that Go's template engine refuses: the provider does not start, and sees nothing (R-031)."""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.containers.settings import providers
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.golang.errors import GoError
from traefik_lint.runtime.providers.default_rule import DefaultRule
from traefik_lint.runtime.types import Runtime


@check("TL622", "refused-default-rule", severity="error")
def refused_default_rule(runtime: Runtime) -> Iterator[Draft]:
    known = providers(runtime)
    for provider in ("docker", "swarm"):
        options = known.options(provider) if known is not None else None
        value = options.value("defaultRule") if options is not None else None
        if value is None or not value.known:
            continue
        try:
            DefaultRule(value.text)
        except GoError as error:
            yield finding(
                value,
                f"the {provider} provider does not start, and no container is seen: {error.text}",
                hint="write a Go template such as Host(`{{ normalize .Name }}.example.com`), names of labels in quotes:"
                ' {{ index .Labels "com.docker.compose.service" }}',
            )
