"""From a rule's text to what Traefik makes of it."""

from __future__ import annotations

from functools import lru_cache

from traefik_lint.golang.text import to_lower, utf8_length
from traefik_lint.runtime.expression import errors, fastpath
from traefik_lint.runtime.expression.ast import Matcher, Node, Rule, RuleError
from traefik_lint.runtime.expression.languages import ALL_MATCHER_NAMES, MATCHER_NAMES, Dialect
from traefik_lint.runtime.expression.matchers import check_presence, checks_of


def parse(
    rule: str,
    *,
    syntax: str = "v3",
    protocol: str = "http",
    version: tuple[int, int, int] = (3, 7, 15),
) -> Rule:
    """Read a router's rule as Traefik does; never raises.

    `syntax` is the router's `ruleSyntax`: what is not `v2` is `v3`, and Traefik 2 only knows `v2`.
    `protocol` is `http` or `tcp`. `version` decides about wildcards and the wording of errors.
    """
    return _parse(rule, syntax == "v2" or version < (3, 0, 0), protocol, version)


@lru_cache(maxsize=4096)
def _parse(rule: str, v2: bool, protocol: str, version: tuple[int, int, int]) -> Rule:
    dialect = Dialect("v2" if v2 else "v3", protocol, version)
    plain = fastpath.read(rule, MATCHER_NAMES[protocol, dialect.language])
    if plain is None:
        return _parse_exactly(rule, dialect)
    root, matchers = plain
    return _readable(rule, root, tuple(matchers), dialect)


def _parse_exactly(rule: str, dialect: Dialect) -> Rule:
    """Read a rule that is not plain: first as Go's parser does, then as Traefik evaluates the result."""
    from traefik_lint.runtime.expression.evaluate import Refusal, evaluate
    from traefik_lint.runtime.expression.goexpr import faults_text, parse_expression

    names = MATCHER_NAMES[dialect.protocol, dialect.language]
    expression, faults = parse_expression(rule)
    if expression is None or faults:
        text, fault = faults_text(faults), faults[0]
        error = RuleError(errors.unreadable(rule, text, dialect), fault.start, fault.end)
        return _unreadable(rule, dialect, error, errors.unreadable_domains(rule, text, dialect))
    try:
        root, matchers = evaluate(expression, ALL_MATCHER_NAMES[dialect.protocol])
    except Refusal as refusal:
        domain_error = errors.unreadable_domains(rule, refusal.text, dialect)
        try:
            evaluate(expression, names)  # knows fewer matchers, so it may stop earlier
        except Refusal as earlier:
            refusal = earlier
        error = RuleError(errors.unreadable(rule, refusal.text, dialect), refusal.start, refusal.end)
        return _unreadable(rule, dialect, error, domain_error)
    if root is None:
        error = RuleError(errors.mere_value(rule, dialect), expression.start, expression.end)
        return _unreadable(rule, dialect, error, errors.unreadable_domains(rule, None, dialect))
    return _readable(rule, root, tuple(matchers), dialect)


def _unreadable(rule: str, dialect: Dialect, error: RuleError, domain_error: str) -> Rule:
    length = utf8_length(rule)
    return Rule(rule, dialect, None, (), (), error, domain_error, length, length)


def _readable(rule: str, root: Node, matchers: tuple[Matcher, ...], dialect: Dialect) -> Rule:
    host = "Host" if dialect.protocol == "http" else "HostSNI"
    negation_counts = dialect.version < (3, 7, 13)  # R-140; found with the binaries
    domains = [
        to_lower(argument.value)
        for matcher in matchers
        if matcher.canonical == host and (negation_counts or not matcher.negated)
        for argument in matcher.args
    ]
    length = priority = utf8_length(rule)
    if host == "HostSNI" and len(matchers) == 1 and matchers[0].canonical == host:
        priority = -1 if matchers[0].values == ["*"] else length
    error = _first_error(rule, root, matchers, dialect)
    return Rule(rule, dialect, root, matchers, tuple(domains), error, None, length, priority)


def _first_error(rule: str, root: Node, matchers: tuple[Matcher, ...], dialect: Dialect) -> RuleError | None:
    names = MATCHER_NAMES[dialect.protocol, dialect.language]
    for matcher in matchers:
        if matcher.name not in names:
            text = errors.unreadable(rule, f"unsupported function: {matcher.name}", dialect)
            return RuleError(text, matcher.start, matcher.start + len(matcher.name))
    checks = checks_of(dialect.protocol, dialect.language, dialect.version)
    for matcher in matchers:
        values = [argument.value for argument in matcher.args]
        step = "checking"
        complaint = check_presence(matcher.canonical, values)
        if complaint is None:
            step = "adding"
            complaint = checks[matcher.canonical](values)
        if complaint is not None:
            text = errors.refused(rule, root, matcher, step, complaint.text, dialect)
            place = matcher if complaint.argument is None else matcher.args[complaint.argument]
            return RuleError(text, place.start, place.end)
    return None
