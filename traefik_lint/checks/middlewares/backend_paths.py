"""TL406, TL407: what a router's middlewares do to paths, against the paths that its backend answers.

Evidence is a health check's path, which goes straight to the server; the base path that a well-known program was
told; and what the user tells as `backend-routes`. Middlewares change the path only after routing (R-163), by the
rules of R-165 to R-169.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from traefik_lint.checks.middlewares.base_paths import RootOnly, base_of, root_only
from traefik_lint.checks.middlewares.evidence import Backend, Routes, backend_of, probes, routes
from traefik_lint.checks.middlewares.flow import (
    Step,
    change,
    path_matchers,
    through,
    ways,
)
from traefik_lint.checks.names import listed, quoted, titled
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.runtime.types import Router, Runtime, Service
from traefik_lint.source.span import Span


@check("TL406", "stripped-prefix-of-backend", severity="warning")
def stripped_prefix_of_backend(runtime: Runtime) -> Iterator[Draft]:
    for router, steps, backend in _served(runtime):
        told = routes(backend, runtime)
        if told is not None:
            yield from _against_routes(router, steps, told)
            continue
        base = base_of(backend)
        if base is not None and not base.at_root:
            what = f"{base.setting} makes the backend answer below {quoted(base.path)} only"
            yield from _changed(router, steps, base.path + "/zq7", base.place.span, what)
            continue
        for probe in probes(backend):
            parts = probe.path.strip("/").split("/")
            if len(parts) > 1 or _is_replaced(steps):
                what = f"{probe.what} asks it for {quoted(probe.path)}"
                found = list(_changed(router, steps, probe.path, probe.place, what))
                yield from found
                if found:
                    break


@check("TL407", "unreachable-backend-path", severity="warning")
def unreachable_backend_path(runtime: Runtime) -> Iterator[Draft]:
    for router, steps, backend in _served(runtime):
        told = routes(backend, runtime)
        if told is None:
            base = base_of(backend)
            program = root_only(backend) if base is None else None
            if base is not None and base.at_root:
                yield from _not_stripped(router, steps, base.path, base.place.span, base.setting)
            elif program is not None:
                yield from _not_at_root(router, steps, program)
            continue
        yield from _nothing_arrives(router, steps, told)


@lru_cache(maxsize=1)  # the checks run one after another on one deployment
def _served(runtime: Runtime) -> tuple[tuple[Router, list[Step], Backend], ...]:
    """The routers that lead to servers, with their middlewares and the programs behind them."""
    return tuple(_with_backends(runtime))


def _with_backends(runtime: Runtime) -> Iterator[tuple[Router, list[Step], Backend]]:
    known: dict[str, Backend] = {}
    for router, steps in ways(runtime):
        service = router.service.target if router.service is not None else None
        if not isinstance(service, Service) or steps is None or service.type != "loadBalancer":
            continue
        if service.name not in known:
            known[service.name] = backend_of(service, runtime)
        yield router, steps, known[service.name]


def _is_replaced(steps: list[Step]) -> bool:
    return any(step.middleware.type in ("addPrefix", "replacePath") for step in steps)


def _changed(router: Router, steps: list[Step], path: str, place: Span, what: str) -> Iterator[Draft]:
    """A path that the backend answers, asked for by a client: the rule takes it, and a prefix is stripped."""
    matchers = path_matchers(router.rule.root) if router.rule is not None else None
    if not matchers or not any(_takes(one.exact, one.value, path) for one in matchers):
        return
    step = _first_change(path, steps)
    after = change(path, step.middleware) if step is not None else None
    if step is None or after is None or step.middleware.type not in ("stripPrefix", "stripPrefixRegex"):
        return
    arrives = through(path, steps)
    if arrives is None or arrives == path:
        return
    prefix = path[: len(path) - len(after)] if path.endswith(after) else path
    asked = path.removesuffix("/zq7") or "/"
    gets = (arrives.removesuffix("zq7").rstrip("/") or "/") if path.endswith("/zq7") else arrives
    options = step.middleware.options
    strips = options.get("prefixes") or options.get("regex") if options is not None else None
    yield finding(
        _place(step, router),
        f"{quoted(prefix)} is stripped from what {titled(router)} sends to the backend, but {what}: "
        f"it gets {quoted(gets)} for {quoted(asked)}",
        hint="take the middleware off the router, or let the backend answer without the prefix",
        related=[
            (place, "what the backend answers"),
            (strips, "the prefix"),
            (router.rule_value, "the rule"),
        ],
    )


def _takes(exact: bool, value: str, path: str) -> bool:
    return path == value if exact else path.startswith(value)


def _first_change(path: str, steps: list[Step]) -> Step | None:
    for step in steps:
        if step.middleware.type == "plugin":
            return None
        if change(path, step.middleware) != path:
            return step
    return None


def _place(step: Step, router: Router) -> Span:
    if step.place is not None:
        return step.place.span
    span = step.middleware.span or router.span
    assert span is not None
    return span


def _against_routes(router: Router, steps: list[Step], told: Routes) -> Iterator[Draft]:
    """A path that the user says is answered, which a middleware turns into one that is not."""
    for pattern in told.patterns:
        path = _sample(pattern)
        arrives = through(path, steps)
        if arrives is None or told.serve(arrives):
            continue
        what = f"it answers {listed(told.patterns, 3)}"
        found = list(_changed(router, steps, path, told.place or _span(router), what))
        yield from (one._replace(message=one.message.replace("zq7", "…")) for one in found)
        if found:
            return


def _span(router: Router) -> Span:
    assert router.span is not None
    return router.span


def _sample(pattern: str) -> str:
    return pattern.replace("*", "zq7").replace("?", "z")


def _not_stripped(router: Router, steps: list[Step], base: str, place: Span, setting: str) -> Iterator[Draft]:
    """The program knows its base path for links only: something has to strip it."""
    matchers = path_matchers(router.rule.root) if router.rule is not None else None
    if not matchers or any(not one.value.startswith(base) for one in matchers):
        return
    arrives = through(base + "/zq7", steps)
    value = router.rule_value
    if arrives is None or not arrives.startswith(base) or value is None or router.rule is None:
        return
    matcher = next(one for one in router.rule.matchers if one.canonical in ("Path", "PathPrefix"))
    yield finding(
        value.sub(matcher.start, matcher.end),
        f'the backend answers at "/" and knows {quoted(base)} for its links only ({setting}); '
        f"without stripPrefix it gets {quoted(base)} and answers 404",
        hint=f"add a stripPrefix middleware with {quoted(base)}, or let the backend serve from that path",
        related=[(place, "told here")],
        confidence="medium",
    )


def _not_at_root(router: Router, steps: list[Step], program: RootOnly) -> Iterator[Draft]:
    """A program that serves from the root only, below a path that is none of its own."""
    rule, value = router.rule, router.rule_value
    matchers = path_matchers(rule.root) if rule is not None else None
    if rule is None or value is None or not matchers or any(one.exact for one in matchers):
        return
    for one in matchers:
        first = one.value.strip("/").partition("/")[0]
        arrives = through(one.value + "/zq7", steps)
        if not first or first in program.own or arrives is None or not arrives.startswith(one.value):
            return
    prefix = matchers[0].value
    matcher = next(one for one in rule.matchers if one.canonical == "PathPrefix")
    yield finding(
        value.sub(matcher.start, matcher.end),
        f'{program.name} serves from "/" only; without stripPrefix it gets {quoted(prefix)} and answers 404',
        hint=f"add a stripPrefix middleware with {quoted(prefix.rstrip('/'))}, or give it a host of its own",
        confidence="medium",
    )


def _nothing_arrives(router: Router, steps: list[Step], told: Routes) -> Iterator[Draft]:
    """A rule below a path, where nothing that arrives at the backend is among what it answers."""
    rule, value = router.rule, router.rule_value
    matchers = path_matchers(rule.root) if rule is not None else None
    if rule is None or value is None or not matchers:
        return
    samples = [_sample(pattern) for pattern in told.patterns]
    asked = [path for path in samples if any(_takes(one.exact, one.value, path) for one in matchers)]
    for one in matchers:
        asked.append(one.value)
        if not one.exact:
            asked += [one.value.rstrip("/") + path for path in samples]
    arriving = [through(path, steps) for path in asked]
    if any(path is None or told.serve(path) for path in arriving):
        return
    # A path that is answered and then broken by a middleware is TL406's.
    if any(any(_takes(one.exact, one.value, path) for one in matchers) for path in samples):
        return
    matcher = next(one for one in rule.matchers if one.canonical in ("Path", "PathPrefix"))
    prefix = matchers[0].value
    yield finding(
        value.sub(matcher.start, matcher.end),
        f"nothing that {titled(router)} takes is among what its backend answers "
        f"({listed(told.patterns, 3)}): it gets {quoted(arriving[-1] or prefix).replace('zq7', '…')}",
        hint=f"add a stripPrefix middleware with {quoted(prefix.rstrip('/') or '/')}",
        related=[(told.place, "what the backend answers")],
    )
