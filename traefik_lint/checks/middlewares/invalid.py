"""TL405: a middleware that Traefik can't build.

It is checked when a router uses it; then it and all these routers are disabled (R-160, R-165 … R-178). One that no
router uses waits for its first user, so there it is a warning.
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.compose import ComposeService
from traefik_lint.model.values import Decodable, Element, Items, Value
from traefik_lint.options.values_check import value_problems
from traefik_lint.runtime.middleware_checks import HTTP_CHECKS, TCP_CHECKS
from traefik_lint.runtime.types import Middleware, Runtime
from traefik_lint.source.span import Span

_HINTS = {
    "addPrefix": "write prefix: /something",
    "basicAuth": 'write users as "name:hash", made with htpasswd -nB',
    "digestAuth": 'write users as "name:realm:hash", made with htdigest',
    "headers": "set at least one header, or take the middleware out",
    "ipAllowList": "list addresses or networks such as 10.0.0.0/8 under sourceRange",
    "ipWhiteList": "list addresses or networks such as 10.0.0.0/8 under sourceRange",
    "redirectScheme": "write scheme: https",
    "retry": "write attempts: 2 or more",
}
#: Options whose texts Traefik's reasons do not quote.
_EXPRESSIONS = {"circuitBreaker": "expression", "buffering": "retryExpression"}


@check("TL405", "invalid-middleware", severity="error")
def invalid_middleware(runtime: Runtime) -> Iterator[Draft]:
    for group, checks in ((runtime.middlewares, HTTP_CHECKS), (runtime.tcp_middlewares, TCP_CHECKS)):
        for middleware in group.values():
            if middleware.span is None or len(middleware.types) != 1 or not _is_known(middleware):
                continue
            options = middleware.config.get(middleware.type)
            refuses = checks.get(middleware.type)
            text = refuses(options, runtime.version) if refuses and isinstance(options, dict) else None
            if text is None or _is_reported(middleware, runtime):
                continue
            is_used = bool(middleware.used_by) or middleware.protocol == "tcp"
            effect = "every router that uses it is disabled"
            yield finding(
                _place(middleware, text),
                f"middleware {quoted(middleware.name)} can't be built ({_shown(text)}), so {effect}",
                hint=_HINTS.get(middleware.type, f"mend the options of {middleware.type}"),
                severity=None if is_used else "warning",
            )


def _is_known(middleware: Middleware) -> bool:
    if isinstance(middleware.origin, ComposeService):
        # A list whose whole text is unknown is no list yet.
        part = f".middlewares.{middleware.name.rpartition('@')[0]}.".lower()
        labels = (*middleware.origin.labels, *middleware.origin.deploy_labels)
        if any(label.value.unknown and part in label.key.value.lower() for label in labels):
            return False
    return middleware.options is None or all(value.known for value in _values(middleware.options))


def _is_reported(middleware: Middleware, runtime: Runtime) -> bool:
    """Whether one of its values is wrong by itself, which another rule says."""
    return middleware.element is not None and any(value_problems(middleware.element, runtime.version))


def _place(middleware: Middleware, text: str) -> Span:
    """The value that Traefik's text quotes, else the type, else the middleware."""
    if middleware.options is not None:
        for value in _values(middleware.options):
            if value.text and len(value.text) > 1 and value.text in text and value.span is not None:
                return value.span
        expression = middleware.options.value(_EXPRESSIONS.get(middleware.type, ""))
        return expression.span if expression is not None else middleware.options.span
    assert middleware.span is not None
    return middleware.span


def _values(element: Element) -> Iterator[Value]:
    pending: list[Decodable] = [element]
    while pending:
        here = pending.pop()
        if isinstance(here, Value):
            yield here
        elif isinstance(here, Items):
            pending.extend(here.items)
        else:
            pending.extend(here.fields.values())


def _shown(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= 140 else one_line[:139] + "…"
