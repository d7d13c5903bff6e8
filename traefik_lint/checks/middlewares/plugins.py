"""TL419 and TL430: a plugin that the static configuration does not load: routers that use it are disabled (R-178).

A plugin without a version or a module name keeps all of them from being loaded.
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import nearest_name, quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.values import Element
from traefik_lint.runtime.static import effective_static
from traefik_lint.runtime.types import Runtime


@check("TL419", "undeclared-plugin", severity="error", needs=("static", "plugins"))
def undeclared_plugin(runtime: Runtime) -> Iterator[Draft]:
    loaded: frozenset[str] | None = None
    for middleware in runtime.middlewares.values():
        if middleware.type != "plugin" or middleware.options is None or len(middleware.types) != 1:
            continue
        if loaded is None:
            loaded = effective_static(runtime.deployment).plugins
        for name, body in middleware.options:
            if name in loaded:
                continue
            meant = nearest_name(name, loaded)
            yield finding(
                body,
                f"plugin {quoted(name)} is not loaded, so every router that uses {quoted(middleware.name)} is disabled",
                hint=f"write {quoted(meant)}"
                if meant
                else f"add experimental.plugins.{name} with moduleName and version",
            )


@check("TL430", "incomplete-plugin", severity="error")
def incomplete_plugin(runtime: Runtime) -> Iterator[Draft]:
    static = runtime.deployment.static
    plugins = static.element.element("experimental", "plugins") if static is not None else None
    for name, plugin in plugins or ():
        if not isinstance(plugin, Element):
            continue
        for option, what in (("moduleName", "module name"), ("version", "version")):
            value = plugin.value(option)
            if value is None or (value.known and not value.text):
                yield finding(
                    plugin,
                    f"plugin {quoted(name)} has no {what}: Traefik loads no plugin at all, and the routers that use one"
                    " are disabled",
                    hint=f"add {option} to experimental.plugins.{name}",
                )
                break
