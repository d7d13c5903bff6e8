"""TL113: a path of an Ingress that is a regular expression, where Traefik compares it letter by letter.

The matcher of a path is PathPrefix unless the annotation `router.pathmatcher` says PathRegexp (K-104); annotations of
other controllers, such as nginx's `use-regex`, mean nothing to Traefik.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.checks.rules.places import is_ingress
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.runtime.types import Router, Runtime

_PATTERN = re.compile(
    r"\(\.[*+]\)|\.[*+]|\[[^\]/]+\](?:[*+?]|\{|\(|/)|\(\?|\(/?\|[^)]*\)|\([^)]*\|[^)]*\)|\\[dwsb./]|\$$|^\^|/\*+$"
)
#: A pattern of Traefik 2, of which TL911 speaks.
_PLACEHOLDER = re.compile(r"\{[A-Za-z_][\w-]*[:}]")
_OWN_CLASS = "kubernetes.io/ingress.class"


@check("TL113", "ingress-path-pattern", severity="error")
def ingress_path_pattern(runtime: Runtime) -> Iterator[Draft]:
    for router in runtime.definitions["http"].values():
        rule, value = router.rule, router.rule_value
        if not is_ingress(router) or rule is None or value is None or not value.known:
            continue
        for matcher in rule.matchers:
            if matcher.canonical not in ("Path", "PathPrefix") or rule.dialect.language != "v3":
                continue
            path = matcher.values[0] if matcher.values else ""
            if _PATTERN.search(path) and not _PLACEHOLDER.search(path) and not _is_of_others(router):
                yield finding(
                    value,
                    f"{quoted(path)} is compared letter by letter, not as a pattern, so it never matches",
                    hint=_hint(path),
                )


def _is_of_others(router: Router) -> bool:
    """Whether an Ingress without a class speaks to another controller, so that it may well be none of Traefik's."""
    found = router.origin
    if not isinstance(found, KubernetesObject) or found.spec is None:
        return False
    if found.spec.scalar("ingressClassName") is not None or found.annotation(_OWN_CLASS) is not None:
        return False
    keys = [label.key.value for label in found.annotations]
    own = any(key.startswith("traefik.ingress.kubernetes.io/") for key in keys)
    return not own and any(".ingress.kubernetes.io/" in key for key in keys)


def _hint(path: str) -> str:
    star = re.fullmatch(r"\^?(/[\w./-]*?)/?(?:\(?/?\|?\$?\)?)?(?:\(?\.?\*\)?|\(/\|\$\)\(\.\*\))\$?", path)
    if star is not None and star[1]:
        return f"write the prefix alone: {quoted(star[1])} with pathType: Prefix"
    pattern = path if path.startswith("^") else f"^{path}"
    return (
        "set pathType: ImplementationSpecific and the annotation "
        "traefik.ingress.kubernetes.io/router.pathmatcher: PathRegexp in an Ingress of its own, "
        f"or use an IngressRoute with PathRegexp(`{pattern}`)"
    )
