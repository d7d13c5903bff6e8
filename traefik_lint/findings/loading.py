"""Import the checks, ours and those of others, so that they register themselves."""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING

from traefik_lint import checks
from traefik_lint.checks.registry import Check, registered
from traefik_lint.findings import own_rules
from traefik_lint.findings.settings import RuleName, SettingsError, SettingsProblem

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

ENTRY_POINT_GROUP = "traefik_lint.checks"


def load_checks(plugins: tuple[RuleName, ...] = ()) -> list[Check]:
    """All rules: the modules of ``traefik_lint.checks``, and the ``plugins`` that the settings name.

    A plugin is an entry point of the group ``traefik_lint.checks`` or an importable module. Entry points are only
    looked for when there are plugins, for finding them costs more than linting a file.
    Raises :class:`SettingsError` for a plugin that is not there or can't be imported.
    """
    own_rules.register()
    for name in _modules(os.path.dirname(checks.__file__ or ""), checks.__name__):
        import_module(name)
    if plugins:
        _load_plugins(plugins)
    return registered()


def _modules(folder: str, package: str) -> list[str]:
    names = []
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.name.startswith(("_", ".")):
            continue
        if entry.is_dir():
            names += _modules(entry.path, f"{package}.{entry.name}")
        elif entry.name.endswith(".py"):
            names.append(f"{package}.{entry.name[:-3]}")
    return names


def _load_plugins(plugins: tuple[RuleName, ...]) -> None:
    from importlib.metadata import entry_points

    installed = {point.name: point for point in entry_points(group=ENTRY_POINT_GROUP)}
    problems = [
        problem for plugin in plugins if (problem := _load_plugin(plugin, installed.get(plugin.text)))
    ]
    if problems:
        raise SettingsError(problems)


def _load_plugin(plugin: RuleName, entry_point: EntryPoint | None) -> SettingsProblem | None:
    try:
        if entry_point is not None:
            entry_point.load()
        else:
            import_module(plugin.text)
    except Exception as error:  # noqa: BLE001  # whatever a foreign module does when it is imported
        return SettingsProblem(f'the plugin "{plugin.text}" can\'t be loaded: {error}', plugin.span)
    return None
