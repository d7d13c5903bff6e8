"""From the text of a settings file to :class:`Settings`."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn, TypeVar

from traefik_lint.findings.finding import Severity
from traefik_lint.findings.settings import (
    TOML_TABLE,
    DeploymentSettings,
    IgnoreEntry,
    RuleName,
    Settings,
    SettingsError,
    SettingsProblem,
)
from traefik_lint.options.version import Version, parse_version
from traefik_lint.source.globs import PathPatterns
from traefik_lint.source.scalars import kind_of
from traefik_lint.source.span import SourceFile
from traefik_lint.source.tree import Mapping, Node, Scalar, Sequence

SEVERITIES: dict[str, Severity] = {"error": "error", "warning": "warning", "info": "info"}

#: What may be declared as defined elsewhere.
EXTERNAL_KINDS = frozenset({
    "entry-points", "resolvers", "routers", "middlewares", "services", "servers-transports", "tls-options", "networks",
    "kubernetes-services", "secrets",
})  # fmt: skip

SETTINGS = (
    "select", "ignore", "severities", "exclude", "deployments", "traefik-version", "externals", "backend-routes",
    "plugins",
)  # fmt: skip
_T = TypeVar("_T")

_DEPLOYMENT_KEYS = ("name", "paths", "static", "traefik-version", "project-name")


class _Unfit(Exception):
    """A node that is not what this place takes."""

    def __init__(self, node: Node, message: str) -> None:
        super().__init__(message)
        self.problem = SettingsProblem(message, node.span)


def read_settings(file: SourceFile, folder: str) -> Settings:
    """The settings in a file's text, YAML or (by its name) TOML; ``folder`` is where its paths begin.

    Raises :class:`SettingsError`; only then the JSON Schema is asked, to say all that is wrong at once.
    """
    root = _root(file)
    if root is None:
        return Settings(folder=folder, file=file)
    try:
        return _settings(_mapping(root), file, folder)
    except _Unfit as unfit:
        from traefik_lint.findings.settings_errors import explain

        raise SettingsError(explain(root) or [unfit.problem]) from None


def _root(file: SourceFile) -> Node | None:
    if file.path.endswith(".toml"):
        from traefik_lint.source.toml import parse_toml

        result = parse_toml(file)
        if result.error is not None:
            raise SettingsError([SettingsProblem(result.error.message, result.error.span)])
        node: Node | None = result.root
        for name in TOML_TABLE:
            node = node.get(name) if isinstance(node, Mapping) else None
        return node
    from traefik_lint.source.yaml import parse_yaml

    parsed = parse_yaml(file)
    if parsed.error is not None:
        raise SettingsError([SettingsProblem(parsed.error.message, parsed.error.span)])
    if parsed.duplicates:
        raise SettingsError(
            [SettingsProblem(f'"{key.value}" is written twice', key.span) for key, _ in parsed.duplicates]
        )
    return parsed.documents[0].root if parsed.documents else None


def _settings(root: Mapping, file: SourceFile, folder: str) -> Settings:
    _only(root, SETTINGS)
    return Settings(
        folder=folder,
        file=file,
        select=_read(root, "select", _rule_names, ()),
        ignore=_read(root, "ignore", _ignore, ()),
        severities=_read(root, "severities", _severities, ()),
        exclude=_read(root, "exclude", _texts, ()),
        deployments=_read(root, "deployments", _deployments, ()),
        traefik_version=_read(root, "traefik-version", _version, None),
        externals=_read(root, "externals", _externals, ()),
        backend_routes=_read(root, "backend-routes", _lists_by_name, ()),
        plugins=_read(root, "plugins", _plugins, ()),
    )


def _read(mapping: Mapping, key: str, reader: Callable[[Node], _T], default: _T) -> _T:
    node = mapping.get(key)
    return default if node is None else reader(node)


def _rule_names(node: Node) -> tuple[RuleName, ...]:
    return tuple(_rule_name(item) for item in _items(node))


def _plugins(node: Node) -> tuple[RuleName, ...]:
    return tuple(RuleName(_text(item), item.span) for item in _items(node))


def _ignore(node: Node) -> tuple[IgnoreEntry, ...]:
    return tuple(
        _ignore_entry(item) if isinstance(item, Mapping) else IgnoreEntry((_rule_name(item),))
        for item in _items(node)
    )


def _ignore_entry(node: Mapping) -> IgnoreEntry:
    _only(node, ("rule", "path", "reason"))
    rule = node.get("rule")
    if rule is None:
        _refuse(node, 'an entry of "ignore" needs a "rule"')
    return IgnoreEntry(
        rules=tuple(_rule_name(item) for item in _one_or_more(rule)),
        paths=_read(node, "path", _patterns, None),
        reason=_read(node, "reason", _text, ""),
    )


def _severities(node: Node) -> tuple[tuple[RuleName, Severity], ...]:
    pairs = []
    for entry in _mapping(node):
        severity = SEVERITIES.get(_text(entry.value))
        if severity is None:
            _refuse(entry.value, f'"{_text(entry.value)}" is not a severity')
        pairs.append((_rule_name(entry.key), severity))
    return tuple(pairs)


def _deployments(node: Node) -> tuple[DeploymentSettings, ...]:
    return tuple(_deployment(_mapping(item)) for item in _items(node))


def _deployment(node: Mapping) -> DeploymentSettings:
    _only(node, _DEPLOYMENT_KEYS)
    name, paths = node.get("name"), node.get("paths")
    if name is None or paths is None:
        _refuse(node, 'a deployment needs a "name" and "paths"')
    return DeploymentSettings(
        name=_text(name),
        paths=_texts(paths),
        static=_read(node, "static", _text, ""),
        traefik_version=_read(node, "traefik-version", _version, None),
        project_name=_read(node, "project-name", _text, ""),
        span=node.span,
    )


def _version(node: Node) -> Version:
    version = parse_version(_text(node))
    if version is None:
        _refuse(node, f'"{_text(node)}" is not a Traefik version')
    return version


def _externals(node: Node) -> tuple[tuple[str, tuple[str, ...]], ...]:
    _only(_mapping(node), tuple(EXTERNAL_KINDS))
    return _lists_by_name(node)


def _lists_by_name(node: Node) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((entry.key.value, _texts(entry.value)) for entry in _mapping(node))


def _rule_name(node: Node) -> RuleName:
    name = _text(node)
    if isinstance(node, Scalar) and kind_of(node) != "string":
        _refuse(node, f'"{name}" is not a rule')
    return RuleName(name, node.span)


def _patterns(node: Node) -> PathPatterns:
    return PathPatterns(_texts(node))


def _one_or_more(node: Node) -> list[Node]:
    return node.items if isinstance(node, Sequence) else [node]


def _texts(node: Node) -> tuple[str, ...]:
    return tuple(_text(item) for item in _one_or_more(node))


def _items(node: Node) -> list[Node]:
    if not isinstance(node, Sequence):
        _refuse(node, "a list is expected here")
    return node.items


def _mapping(node: Node) -> Mapping:
    if not isinstance(node, Mapping):
        _refuse(node, "a mapping is expected here")
    return node


def _text(node: Node) -> str:
    """A text, or a number as it was written: ``traefik-version: 3.10`` is no 3.1."""
    if not isinstance(node, Scalar) or not node.value or kind_of(node) in ("null", "bool"):
        _refuse(node, "a text is expected here")
    return node.value


def _only(node: Mapping, known: tuple[str, ...]) -> None:
    for entry in node:
        if entry.key.value not in known:
            _refuse(entry.key, f'"{entry.key.value}" is not known here')


def _refuse(node: Node, message: str) -> NoReturn:
    raise _Unfit(node, message)
