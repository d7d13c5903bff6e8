"""TL910 and TL911: router rules and Ingress paths in the syntax of Traefik 2, read by Traefik 3.

Matchers that are gone and several values in one matcher disable the router (R-104, R-106); placeholders such as
`{name:regex}` are taken literally, so that the router never matches (R-113, R-117, K-104).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.runtime.expression import Matcher, Rule, parse
from traefik_lint.runtime.types import Router, Runtime
from traefik_lint.source.tree import Mapping, Node, Scalar, Sequence

_PLACEHOLDER = re.compile(r"\{(?P<name>[A-Za-z_][\w-]*)(?::(?P<pattern>(?:[^{}]|\{[0-9,]+\})*))?\}")
_RENAMED = {"Headers": "Header", "HeadersRegexp": "HeaderRegexp", "HostHeader": "Host"}
_TEMPLATED = frozenset(("Path", "PathPrefix", "HostRegexp", "PathRegexp", "HostSNIRegexp"))


@check("TL910", "rule-of-traefik-2", severity="error")
def rule_of_traefik_2(runtime: Runtime) -> Iterator[Draft]:
    if runtime.version < (3, 0, 0):
        return
    for router in runtime.all_definitions():
        rule, value = router.rule, router.rule_value
        if rule is None or value is None or not value.known or router.generated:
            continue
        if rule.dialect.language != "v3" or _is_ingress(router):
            continue
        old = rule_in_v2(router, rule)
        if old is None:
            continue
        for matcher, effect in _outdated(old, refused=rule.error is not None):
            message = f"{quoted(rule.text[matcher.start : matcher.end])} is the syntax of Traefik 2: {effect}"
            yield finding(
                value.sub(matcher.start, matcher.end), message, hint=f"write {rewritten(old, matcher)}"
            )


def _is_ingress(router: Router) -> bool:
    """Whether the rule was made of an Ingress, whose paths have a rule of their own."""
    return isinstance(router.origin, KubernetesObject) and router.origin.kind == "Ingress"


def rule_in_v2(router: Router, rule: Rule) -> Rule | None:
    """The rule as Traefik 2 reads it, when it is only sound there; None when it is of Traefik 3, or of neither."""
    if rule.error is None and "{" not in rule.text and "Query" not in rule.text:
        return None
    if rule.error is None:
        return rule
    old = parse(rule.text, syntax="v2", protocol=router.protocol, version=rule.dialect.version)
    return old if old.error is None else None


def _outdated(rule: Rule, *, refused: bool) -> Iterator[tuple[Matcher, str]]:
    """The matchers that Traefik 3 refuses or takes otherwise, with what it does to the router."""
    for matcher in rule.matchers:
        name = matcher.canonical
        if name in _RENAMED or (
            refused and len(matcher.args) > 1 and name not in ("Header", "HeaderRegexp", "Query")
        ):
            yield matcher, "the router is disabled"
        elif name in _TEMPLATED and any(_PLACEHOLDER.search(text) for text in matcher.values):
            yield matcher, "Traefik 3 takes the braces literally, and it never matches"
        elif name == "Query" and any("=" in text for text in matcher.values[:1]):
            yield matcher, "Traefik 3 takes all of it for the parameter's name, and it never matches"


def rewritten(rule: Rule, matcher: Matcher) -> str:
    """A matcher of Traefik 2 in the syntax of Traefik 3, in parentheses where it needs them."""
    name = _RENAMED.get(matcher.canonical, matcher.canonical)
    if matcher.canonical in ("Headers", "HeadersRegexp", "Header", "HeaderRegexp"):
        return f"{name}({', '.join(_literal(text) for text in matcher.values)})"
    if name == "Query":
        pairs = (text.partition("=") for text in matcher.values)
        parts = [
            f"Query({_literal(key)}, {_literal(text)})" if equals else f"Query({_literal(key)})"
            for key, equals, text in pairs
        ]
        return _joined(parts, " && ", rule, matcher)
    parts = [_one(name, text) for text in matcher.values]
    return _joined(parts, " || ", rule, matcher)


def _joined(parts: list[str], operator: str, rule: Rule, matcher: Matcher) -> str:
    is_alone = rule.root is matcher
    return operator.join(parts) if len(parts) == 1 or is_alone else f"({operator.join(parts)})"


def _one(name: str, text: str) -> str:
    if name not in _TEMPLATED or (name in ("Path", "PathPrefix") and not _PLACEHOLDER.search(text)):
        return f"{name}({_literal(text)})"
    is_path = name.startswith("Path")
    pattern = _pattern(text, "[^/]+" if is_path else "[^.]+", escape=name != "PathRegexp")
    anchored = "^" + pattern + ("" if name in ("PathPrefix", "PathRegexp") else "$")
    return f"{'PathRegexp' if is_path else name}({_literal(anchored if name != 'PathRegexp' else pattern)})"


def _pattern(template: str, default: str, *, escape: bool = True) -> str:
    """A template of Traefik 2 as a regular expression of Go's."""
    parts = []
    at = 0
    for match in _PLACEHOLDER.finditer(template):
        parts.append(_plain(template[at : match.start()], escape=escape))
        pattern = match["pattern"] or default
        parts.append(f"(?:{pattern})" if "|" in pattern else pattern)
        at = match.end()
    parts.append(_plain(template[at:], escape=escape))
    return "".join(parts)


def _plain(text: str, *, escape: bool) -> str:
    return re.sub(r"([.+*?()|\[\]{}^$\\])", r"\\\1", text) if escape else text


def _literal(text: str) -> str:
    return f"`{text}`" if "`" not in text else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@check("TL911", "ingress-path-of-traefik-2", severity="error")
def ingress_path_of_traefik_2(runtime: Runtime) -> Iterator[Draft]:
    """An Ingress path with a placeholder: Traefik 3 takes it literally unless the path matcher is PathRegexp."""
    if runtime.version < (3, 0, 0):
        return
    for found in runtime.deployment.objects:
        if found.kind != "Ingress" or _is_for_another(found):
            continue
        matcher = found.annotation("traefik.ingress.kubernetes.io/router.pathmatcher")
        if matcher is not None and (matcher.unknown or matcher.value == "PathRegexp"):
            continue
        for path in _paths(found.spec):
            match = _PLACEHOLDER.search(path.value)
            if match is None or path.unknown:
                continue
            effect = "Traefik 3 takes it literally, and no request matches"
            message = f"{quoted(path.value)} is a pattern of Traefik 2: {effect}"
            pattern = "^" + _pattern(path.value, "[^/]+")
            hint = (
                f"write path: {pattern} with pathType: ImplementationSpecific, and the annotation "
                "traefik.ingress.kubernetes.io/router.pathmatcher: PathRegexp"
            )
            yield finding(path, message, hint=hint)


_OTHERS = re.compile(r"nginx|haproxy|kong|istio|\balb\b|gce|contour|ambassador", re.IGNORECASE)


def _is_for_another(found: KubernetesObject) -> bool:
    """Whether another controller is to serve the Ingress, by the name of its class (K-100)."""
    spec = found.spec
    name = spec.scalar("ingressClassName") if spec is not None else None
    name = name or found.annotation("kubernetes.io/ingress.class")
    return name is not None and _OTHERS.search(name.value) is not None


def _paths(spec: Mapping | None) -> Iterator[Scalar]:
    for rule in _items(spec.get("rules") if spec is not None else None):
        http = rule.mapping("http")
        for item in _items(http.get("paths") if http is not None else None):
            path = item.scalar("path")
            if path is not None:
                yield path


def _items(node: Node | None) -> list[Mapping]:
    return [item for item in node.items if isinstance(item, Mapping)] if isinstance(node, Sequence) else []
