"""All options at once, as in the reference files of Traefik's documentation: silent in YAML and TOML."""

from __future__ import annotations

from typing import TypeAlias, cast

import pytest
import tomlkit
import yaml

from tests.checks.reading import written
from tests.checks.reading.written import Option, Written
from traefik_lint.options.spec import Spec
from traefik_lint.options.version import NEWEST, Version, parse_version

Json: TypeAlias = "dict[str, object]"

#: Sections of which one element has one: each gets an element of its own.
_ONE_OF = ("http.middlewares", "tcp.middlewares", "http.services", "tcp.services", "udp.services")
_SPOKEN = ("TL0", "TL9")


@pytest.mark.parametrize("version", ["2.11", "3.0", "3.3", "3.6", "3.7"])
@pytest.mark.parametrize("notation", ["yaml", "toml"])
@pytest.mark.parametrize("scope", ["dynamic", "static"])
def test_all_options_at_once_are_silent(scope: str, notation: str, version: str) -> None:
    exact = parse_version(version)
    assert exact is not None
    text = reference(scope, notation, exact)
    assert text.count("\n") > 200
    name = "traefik" if scope == "static" else "dynamic"
    found = written.everywhere(Written(f"{name}.{'yml' if notation == 'yaml' else 'toml'}", text, 0), exact)
    assert [f"{one.span.first.line}: {one.rule} {one.message}" for one in found] == []


def reference(scope: str, notation: str, version: Version = NEWEST) -> str:
    """A file with every option of a release, each with a value that it takes."""
    document: Json = {}
    for option in written.options(written.ROOTS[scope](), version):
        if option.path not in _LEFT_OUT:
            _put(document, option, version)
    if notation == "toml":
        return tomlkit.dumps(document)
    return yaml.safe_dump(document, sort_keys=False)


#: Options that Traefik takes only without another one that is here too.
_LEFT_OUT = frozenset((
    "certificatesResolvers.*.tailscale",
    "providers.kubernetesIngressNGINX.watchNamespaceSelector",
    "log.otlp.grpc.insecure", "accessLog.otlp.grpc.insecure",
    "tracing.otlp.grpc.insecure", "metrics.otlp.grpc.insecure",
    "pilot", "experimental.http3",
))  # fmt: skip


def _put(document: Json, option: Option, version: Version) -> None:
    here: Json = document
    for before, spec in zip(option.specs, option.specs[1:], strict=False):
        if spec.name == "[]":
            continue
        name = _name_of(before, spec, option) if before.kind == "map" else spec.name
        if spec is option.spec:
            here.setdefault(name, _value(spec, version))
            return
        if spec.kind == "list":
            items = cast("list[Json]", here.setdefault(name, [{}]))
            here = items[0]
        else:
            here = cast(Json, here.setdefault(name, {}))


def _name_of(before: Spec, spec: Spec, option: Option) -> str:
    if before.path in _ONE_OF:
        following = option.specs[option.specs.index(spec) + 1]
        return f"with-{following.name}"
    return written.NAMES.get(before.name, "name")


def _value(spec: Spec, version: Version) -> object:
    if spec.kind == "any":
        return {"option": "text"}
    if spec.kind in ("struct", "map"):
        return {}
    text = written.right_value(spec, version)
    inner = spec.item if spec.kind == "list" and spec.item is not None else spec
    value: object = text
    if inner.kind == "bool":
        value = True
    elif inner.kind in ("int", "uint"):
        value = int(text)
    elif inner.kind == "float":
        value = float(text)
    return [value] if spec.kind == "list" else value
