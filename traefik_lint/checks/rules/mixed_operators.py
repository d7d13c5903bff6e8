"""TL111, TL112, TL114: rules whose operators say something else than they read.

`&&` binds tighter than `||` (R-100), `!` is pushed down to the matchers (R-132), and every matcher of a conjunction
must hold for the same request.
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import quoted, titled
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.checks.rules.alternatives import alternatives, branches, matchers_in
from traefik_lint.checks.rules.places import part_of
from traefik_lint.runtime.expression.ast import And, Matcher, Node, Not, Rule
from traefik_lint.runtime.types import Router, Runtime

_HOSTS = frozenset({"Host", "HostHeader", "HostRegexp"})
_PATHS = frozenset({"Path", "PathPrefix", "PathRegexp", "Method"})


@check("TL111", "contradictory-rule", severity="error")
def contradictory_rule(runtime: Runtime) -> Iterator[Draft]:
    for router, rule in _rules(runtime):
        if len(rule.matchers) < 2 or router.rule_value is None:
            continue
        clashes = [_clash(matchers) for matchers in alternatives(rule)]
        found = next((clash for clash in clashes if clash is not None), None)
        if found is None:
            continue
        one, other = found
        what = "this alternative never matches" if None in clashes else "the router never gets a request"
        yield finding(
            part_of(router.rule_value, other.start, other.end),
            f"no request is both {_text(rule, one)} and {_text(rule, other)}: {what}",
            hint=f"join them with ||: ({_text(rule, one)} || {_text(rule, other)})",
            severity="warning" if None in clashes else None,
        )


def _clash(matchers: list[Matcher]) -> tuple[Matcher, Matcher] | None:
    """Two matchers that exclude each other."""
    told = [matcher for matcher in matchers if not matcher.negated and matcher.values]
    for index, one in enumerate(told):
        for other in told[index + 1 :]:
            if _exclude(one, other):
                return one, other
    return None


def _exclude(one: Matcher, other: Matcher) -> bool:
    kinds = {one.canonical, other.canonical}
    own, others = one.values, other.values
    if any(sign in value for value in (*own, *others) for sign in "*{}$"):
        return False
    if kinds <= {"Host", "HostHeader"}:
        names = {value.lower().rstrip(".") for value in own}
        return names.isdisjoint(value.lower().rstrip(".") for value in others)
    if kinds == {"Method"}:
        return {value.upper() for value in own}.isdisjoint(value.upper() for value in others)
    if kinds == {"Path"}:
        return set(own).isdisjoint(others)
    if kinds == {"PathPrefix"}:
        return not any(a.startswith(b) or b.startswith(a) for a in own for b in others)
    if kinds == {"Path", "PathPrefix"}:
        exact, prefix = (own, others) if one.canonical == "Path" else (others, own)
        return not any(a.startswith(b) for a in exact for b in prefix)
    return False


@check("TL112", "operators-without-parentheses", severity="warning", confidence="medium")
def operators_without_parentheses(runtime: Runtime) -> Iterator[Draft]:
    for router, rule in _rules(runtime):
        parts = branches(rule)
        value = router.rule_value
        if len(parts) < 2 or value is None or len(rule.matchers) > 200:
            continue
        joined = [part for part in parts if isinstance(part, And) and not _in_parentheses(rule, part)]
        joined = [part for part in joined if _has(part, _HOSTS) and _has(part, _PATHS)]
        if not joined:
            continue
        for part in parts:
            matchers = matchers_in(part)
            begin, end = matchers[0].start, matchers[-1].end
            shown = quoted(rule.text[begin:end])
            if all(matcher.canonical in _PATHS and not matcher.negated for matcher in matchers):
                yield finding(
                    part_of(value, begin, end),
                    f"{shown} stands alone beside ||, so {titled(router)} takes it for every host",
                    hint="&& binds tighter than ||: put the alternatives that share the host in parentheses, "
                    "Host(`…`) && (… || …)",
                )
            elif all(matcher.canonical in _HOSTS and not matcher.negated for matcher in matchers):
                path = next(one for one in matchers_in(joined[0]) if one.canonical in _PATHS)
                yield finding(
                    part_of(value, begin, end),
                    f"{shown} stands alone beside ||, so {_text(rule, path)} does not apply to it",
                    hint="&& binds tighter than ||: put the hosts in parentheses, (Host(`…`) || Host(`…`)) && …",
                )


def _in_parentheses(rule: Rule, part: Node) -> bool:
    matchers = matchers_in(part)
    before = rule.text[: matchers[0].start].rstrip().rstrip("!")
    return before.endswith("(") and rule.text[matchers[-1].end :].lstrip().startswith(")")


def _has(part: Node, names: frozenset[str]) -> bool:
    return any(matcher.canonical in names for matcher in matchers_in(part))


@check("TL114", "always-true-negations", severity="warning")
def always_true_negations(runtime: Runtime) -> Iterator[Draft]:
    for router, rule in _rules(runtime):
        value = router.rule_value
        parts = branches(rule)
        if value is None or not 2 <= len(parts) <= 20:
            continue
        denied = [
            part.operand for part in parts if isinstance(part, Not) and isinstance(part.operand, Matcher)
        ]
        for index, other in enumerate(denied[1:], 1):
            one = next((one for one in denied[:index] if _exclude(one, other)), None)
            if one is not None:
                yield finding(
                    part_of(value, other.start, other.end),
                    f"no request is both {_text(rule, one)} and {_text(rule, other)}, so one of their negations "
                    f"always holds: {titled(router)} takes everything",
                    hint=f"join them with &&: !{_text(rule, one)} && !{_text(rule, other)}",
                )
                break


def _rules(runtime: Runtime) -> Iterator[tuple[Router, Rule]]:
    for router in runtime.definitions["http"].values():
        value, rule = router.rule_value, router.rule
        if router.generated or value is None or not value.known or rule is None or rule.error is not None:
            continue
        if len(rule.matchers) > 1:
            yield router, rule


def _text(rule: Rule, matcher: Matcher) -> str:
    return rule.text[matcher.start : matcher.end]
