"""TL727: an IngressRoute below another one that does not exist (K-022)."""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.kubernetes.objects import TRAEFIK_GROUPS, dropped, is_certain
from traefik_lint.checks.names import nearest_name, quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.runtime.types import Runtime


@check("TL727", "undefined-parent-route", severity="error", confidence="medium")
def undefined_parent_route(runtime: Runtime) -> Iterator[Draft]:
    for _, origin, span in dropped(runtime, "parent-missing"):
        name = span.text.strip("\"'")
        routes = [
            found
            for found in runtime.deployment.objects
            if found.kind == "IngressRoute" and found.group in TRAEFIK_GROUPS and found is not origin
        ]
        own = {found.name: found for found in routes if found.namespace == origin.namespace}
        elsewhere = next((found for found in routes if found.name == name and is_certain(found)), None)
        near = nearest_name(name, own)
        if elsewhere is not None and is_certain(origin):
            hint, target = f"add namespace: {elsewhere.namespace} (allowCrossNamespace must be on)", elsewhere
        elif near is not None:
            hint, target = f"write {quoted(near)}", own[near]
        else:
            continue
        yield finding(
            span,
            f"there is no IngressRoute {quoted(name)} in namespace {quoted(origin.namespace)} to be the parent: "
            "Traefik drops the whole IngressRoute",
            hint=hint,
            related=[(target.name_node, "defined here")],
        )
