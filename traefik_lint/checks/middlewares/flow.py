"""What a router's middlewares do to a request's path, one after the other (R-162 … R-169)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from traefik_lint.golang import regexp
from traefik_lint.golang.errors import GoError
from traefik_lint.model.values import Element, Value
from traefik_lint.runtime.expression.ast import And, Matcher, Node, Or
from traefik_lint.runtime.types import Middleware, Reference, Router, Runtime

#: Middlewares that send on another path than they got.
PATH_CHANGES = frozenset({"stripPrefix", "stripPrefixRegex", "addPrefix", "replacePath", "replacePathRegex"})
#: More middlewares than any sensible router has.
_MOST_STEPS = 500


class Step(NamedTuple):
    """One middleware that runs for a router; ``reference`` is what brought it in (it, or the chain it is in)."""

    middleware: Middleware
    reference: Reference

    @property
    def place(self) -> Value | None:
        """Where the router or its entry point names it."""
        return self.reference.value


class PathMatcher(NamedTuple):
    """A matcher that says how a path begins, or what it is."""

    exact: bool
    value: str


def written_routers(runtime: Runtime) -> Iterator[Router]:
    """The http routers as Traefik runs them whose rule and middlewares can be told from the files."""
    for router in runtime.routers.values():
        value = router.rule_value
        if router.generated or router.rule is None or router.rule.error is not None:
            continue
        if value is None or value.known:
            yield router


def steps_of(router: Router) -> list[Step] | None:
    """The middlewares in the order in which a request meets them, chains unfolded; None when one is not known."""
    steps: list[Step] = []
    pending = [(reference, reference) for reference in reversed(router.middlewares)]
    for _ in range(_MOST_STEPS):
        if not pending:
            return steps
        reference, brought = pending.pop()
        target = reference.target
        if not isinstance(target, Middleware) or not reference.known or len(target.types) != 1:
            return None
        if target.type == "chain":
            pending += [(member, brought) for member in reversed(target.references)]
        else:
            steps.append(Step(target, brought))
    return None  # a chain that leads back to itself


@lru_cache(maxsize=1)  # the checks run one after another on one deployment
def ways(runtime: Runtime) -> tuple[tuple[Router, list[Step] | None], ...]:
    """Every router of :func:`written_routers` with its :func:`steps_of`."""
    return tuple((router, steps_of(router)) for router in written_routers(runtime))


def change(path: str, middleware: Middleware) -> str | None:
    """The path after a middleware; None when that can't be told."""
    options = middleware.options
    if middleware.type == "plugin":
        return None
    if middleware.type not in PATH_CHANGES or options is None:
        return path
    if any(not value.known for value in _values(options)):
        return None
    match middleware.type:
        case "stripPrefix":
            return strip(path, [value.text for value in options.values("prefixes")])
        case "addPrefix":
            return _rooted(options.string("prefix") + path)
        case "replacePath":
            return _rooted(options.string("path"))
    try:
        if middleware.type == "stripPrefixRegex":
            return _strip_regex(path, [value.text for value in options.values("regex")])
        pattern = regexp.compile(options.string("regex").strip())
        return pattern.replace_all(path, options.string("replacement"))
    except (GoError, regexp.Unmatchable):
        return None


def through(path: str, steps: list[Step]) -> str | None:
    """The path that arrives behind all steps; None when that can't be told."""
    here: str | None = path
    for step in steps:
        if here is None:
            return None
        here = change(here, step.middleware)
    return here


def strip(path: str, prefixes: list[str]) -> str:
    """stripPrefix: the first listed prefix that the path begins with (R-165)."""
    for prefix in prefixes:
        if path.startswith(prefix):
            return _rooted(path[len(prefix) :])
    return path


def _strip_regex(path: str, patterns: list[str]) -> str:
    """stripPrefixRegex: a match at the very beginning; the longest one is removed (R-166)."""
    for pattern in patterns:
        matcher = regexp.compile(pattern.strip())
        if not matcher.match_prefix(path):
            continue
        rest = regexp.compile(f"^(?:{pattern.strip()})").replace_all(path, "")
        return _rooted(rest)
    return path


def _rooted(path: str) -> str:
    return path if path.startswith("/") else "/" + path


def _values(options: Element) -> Iterator[Value]:
    for name in ("prefix", "path", "regex", "replacement"):
        value = options.value(name)
        if value is not None:
            yield value
    for name in ("prefixes", "regex"):
        yield from options.values(name)


def path_matchers(node: Node | None) -> list[PathMatcher] | None:
    """Matchers of which every request that the rule takes fulfils at least one; None when any path may come.

    Templates of the old language and patterns count as any path.
    """
    if isinstance(node, Matcher):
        if node.canonical not in ("Path", "PathPrefix") or not node.values:
            return None
        if any("{" in value for value in node.values):
            return None
        return [PathMatcher(node.canonical == "Path", value) for value in node.values]
    if isinstance(node, And):
        left = path_matchers(node.left)
        return left if left is not None else path_matchers(node.right)
    if isinstance(node, Or):
        left, right = path_matchers(node.left), path_matchers(node.right)
        return None if left is None or right is None else left + right
    return None
