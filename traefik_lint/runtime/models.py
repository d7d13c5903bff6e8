"""What entry points lend to their routers: middlewares, TLS, observability, rule syntax (R-083 … R-085)."""

from __future__ import annotations

from typing import NamedTuple

from traefik_lint.model.values import Element, Value
from traefik_lint.options.version import Version
from traefik_lint.runtime.defaults import Json, json_form
from traefik_lint.runtime.definitions import copied, middleware_references
from traefik_lint.runtime.static import StaticConfiguration
from traefik_lint.runtime.types import EntryPoint, Router

_SIGNALS = ("accessLogs", "metrics", "tracing")


class Model(NamedTuple):
    """An entry point's settings for http routers, ready to be put into them."""

    middlewares: list[Value]
    tls: Json | None
    tls_element: Element | None
    observability: Json


def entry_point_models(static: StaticConfiguration) -> dict[str, Model]:
    """The models by entry point; entry points without such settings have none."""
    models: dict[str, Model] = {}
    for name, point in static.entry_points.items():
        observability = point.element.element("observability") if point.element is not None else None
        encoded = point.element.element("http", "encodedCharacters") if point.element is not None else None
        if not (
            point.middlewares
            or point.tls is not None
            or static.default_rule_syntax
            or observability is not None
            or encoded is not None
        ):
            continue
        models[name] = _model(point, observability, static.version)
    return models


def _model(point: EntryPoint, observability: Element | None, version: Version) -> Model:
    tls = json_form(point.tls, version) if point.tls is not None else None
    lent: Json = {}
    if observability is not None:
        written = [signal for signal in _SIGNALS if signal in observability]
        # For some releases all three are one variable: the last one written counts for all.
        shared = written[-1] if written and (3, 3, 3) <= version < (3, 6, 8) else None
        for signal in _SIGNALS:
            lent[signal] = observability.flag(shared or signal, default=True)
        if version >= (3, 5, 0):
            lent["traceVerbosity"] = observability.string("traceVerbosity", default="minimal")
    return Model(point.middlewares, tls, point.tls, lent)


def apply_models(
    routers: dict[str, Router], models: dict[str, Model], static: StaticConfiguration
) -> dict[str, Router]:
    """The http routers after every entry point has lent its settings, split where they differ.

    A router on several entry points becomes one per entry point with a model, named `<entry point>-<name>`;
    child routers are left as they are, but follow their renamed parents.
    """
    version = static.version
    result: dict[str, Router] = {}
    renamed: dict[str, list[str]] = {}
    children: list[Router] = []
    if models:
        syntax = static.default_rule_syntax
        for name, router in routers.items():
            if "parentRefs" in router.config:
                result[name] = router
                children.append(router)
                continue
            if syntax and not router.config.get("ruleSyntax") and not router.default_rule:
                router.config["ruleSyntax"] = syntax
            _lend(router, models, result, renamed)
    else:
        result.update(routers)
    for child in children:
        _follow_parents(child, result, renamed)
    if version >= (3, 3, 3):
        _fill_observability(result, version)
    return result


def _lend(
    router: Router, models: dict[str, Model], result: dict[str, Router], renamed: dict[str, list[str]]
) -> None:
    points = router.entry_points
    plain = [point for point in points if point not in models]
    if len(plain) == len(points) and points:
        result[router.name] = router
        return
    if plain:
        rest = copied(router, router.name)
        _set_entry_points(rest, plain)
        result[router.name] = rest
    for point in points:
        model = models.get(point)
        if model is None:
            continue
        name = router.name if len(points) == 1 else f"{point}-{router.name}"
        if name != router.name:
            renamed.setdefault(router.name, []).append(name)
        lent = copied(router, name)
        _set_entry_points(lent, [point])
        _apply(lent, model)
        result[name] = lent


def _set_entry_points(router: Router, points: list[str]) -> None:
    router.entry_points = points
    router.config["entryPoints"] = list(points)


def _apply(router: Router, model: Model) -> None:
    if not router.tls and model.tls is not None:
        router.config["tls"] = dict(model.tls)
        router.tls = True
        router.tls_from_entry_point = True
        router.resolver = model.tls_element.value("certResolver") if model.tls_element is not None else None
    if model.middlewares:
        names = [value.text for value in model.middlewares]
        own = router.config.get("middlewares", [])
        router.config["middlewares"] = [*names, *own] if isinstance(own, list) else names
        router.middlewares = [*middleware_references(model.middlewares, router.name), *router.middlewares]
    observability = router.config.get("observability")
    if model.observability:
        own_settings = observability if isinstance(observability, dict) else {}
        router.config["observability"] = {**model.observability, **own_settings}


def _follow_parents(child: Router, routers: dict[str, Router], renamed: dict[str, list[str]]) -> None:
    references = child.config.get("parentRefs")
    if not isinstance(references, list):
        return
    names: list[str] = []
    for reference in references:
        if reference in routers:
            names.append(reference)
        names += renamed.get(reference, [])
    if names:
        child.config["parentRefs"] = names
    else:
        del child.config["parentRefs"]


def _fill_observability(routers: dict[str, Router], version: Version) -> None:
    """Show the defaults of `observability` on every root router (R-095)."""
    defaults: Json = dict.fromkeys(_SIGNALS, True)
    if version >= (3, 5, 0):
        defaults["traceVerbosity"] = "minimal"
    for router in routers.values():
        config = router.config
        if "parentRefs" in config:
            continue
        written = config.get("observability")
        config["observability"] = {**defaults, **written} if isinstance(written, dict) else defaults
