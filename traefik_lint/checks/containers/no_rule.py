"""TL609: a router of a container's labels that has no rule.

An http router then gets the provider's default rule, a host name such as `shop-project` that nobody asks for (R-031,
R-037); a tcp router is dropped (R-049). Mostly its name is spelled otherwise than in the label with the rule.
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.container_services import own_labels
from traefik_lint.checks.containers.settings import providers
from traefik_lint.checks.names import nearest_name, quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.compose import ComposeService
from traefik_lint.runtime.types import Router, Runtime


@check("TL609", "router-without-rule", severity="warning")
def router_without_rule(runtime: Runtime) -> Iterator[Draft]:
    ruled: dict[int, set[str]] = {}
    for router in runtime.definitions["http"].values():
        container = router.origin
        if not router.default_rule or router.element is None or not isinstance(container, ComposeService):
            continue
        if router.element.key is None or _has_own_default(runtime, router):
            continue
        name = router.definition.rpartition("@")[0]
        if name.lower() in {field.lower() for field in router.element.spec.fields}:
            continue  # an option without the router's name before it: another rule says so
        if id(container) not in ruled:
            ruled[id(container)] = _ruled(router, container)
        near = nearest_name(name, ruled[id(container)])
        rule = router.rule.text if router.rule is not None else "the default rule"
        if near is None and len(router.element.fields) == 1 and "service" in router.element:
            continue
        yield finding(
            router.element.key,
            f"router {quoted(name)} has no rule, so Traefik gives it {rule}, a name that hardly anybody asks for",
            hint=f"write {quoted(near)} if this is the same router"
            if near
            else f"add traefik.http.routers.{name}.rule=Host(`…`)",
            confidence="high" if near else "medium",
            severity="error" if near else None,
        )
    for drop in runtime.drops:
        if drop.kind == "no-rule" and drop.text == "Empty rule" and drop.span is not None:
            name = drop.subject.partition('"')[2].rstrip('"')
            yield finding(
                drop.span,
                f"the tcp router {quoted(name)} has no rule, so Traefik drops it",
                hint=f"add traefik.tcp.routers.{name}.rule=HostSNI(`*`)",
                severity="error",
            )


def _has_own_default(runtime: Runtime, router: Router) -> bool:
    """Whether the user chose the default rule, or may have."""
    known = providers(runtime)
    options = known.options(router.provider) if known is not None else None
    return known is None or (options is not None and options.value("defaultRule") is not None)


def _ruled(router: Router, container: ComposeService) -> set[str]:
    """The names of the routers in a container's labels that have a rule."""
    ruled = set()
    for label in own_labels(container, router.provider):
        parts = label.key.value.split(".")
        if [part.lower() for part in parts[:3]] == ["traefik", "http", "routers"] and parts[
            -1
        ].lower() == "rule":
            ruled.add(".".join(parts[3:-1]))
    return ruled
