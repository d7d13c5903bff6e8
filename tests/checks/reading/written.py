"""Every option of the catalogue, written once in a notation, for tests that go through all of them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple, cast

from traefik_lint.findings.finding import Finding
from traefik_lint.findings.lint import lint
from traefik_lint.findings.request import Request
from traefik_lint.options.catalogue import Json, dynamic, enums, static
from traefik_lint.options.spec import Notation, Spec
from traefik_lint.options.values_check import known_values
from traefik_lint.options.version import NEWEST, Version


class Option(NamedTuple):
    """An option at a place: the specs from the root down, its own last."""

    specs: tuple[Spec, ...]

    @property
    def spec(self) -> Spec:
        return self.specs[-1]

    @property
    def path(self) -> str:
        return self.spec.path

    def __str__(self) -> str:
        return self.path


class Written(NamedTuple):
    """A file that holds one option: its name, its text, and the line that the option's key is on."""

    name: str
    text: str
    line: int


def options(root: Spec, version: Version = NEWEST) -> list[Option]:
    """All options that a release has and that people write: scalars, lists of scalars, switches, free bodies."""
    return [
        option
        for option in _walk((root,), version)
        if option.spec.kind not in ("struct", "map") or option.spec.allow_empty
    ]


def _walk(specs: tuple[Spec, ...], version: Version) -> Iterator[Option]:
    here = specs[-1]
    for field in here.fields.values():
        if not field.internal and field.exists_in(version):
            field_now = field.at(version)
            inner = field_now.item
            if field_now.kind == "list" and inner is not None and inner.kind == "struct":
                yield from _walk((*specs, field_now, inner), version)
                continue
            yield Option((*specs, field_now))
            yield from _walk((*specs, field_now), version)
    if here.kind == "map" and here.item is not None:
        item = here.item
        if item.kind in ("struct", "map", "list"):
            yield from _walk((*specs, item), version)
        else:
            yield Option((*specs, item))


NAMES = {"entryPoints": "web", "stores": "default"}
#: Options whose value is looked at in other ways than by its kind.
_VALUES = {
    "http.routers.*.rule": "Host(`a.example.com`)",
    "tcp.routers.*.rule": "HostSNI(`*`)",
    "entryPoints.*.address": ":8000",
    "http.services.*.loadBalancer.servers[].url": "http://10.0.0.5:8080",
    "http.middlewares.*.basicAuth.users": "ada:$2y$05$q8n0Lr8m3pIoSgr8YFZ4uOvYQ8Q1QTe9ZsNBrCJ7qRMuEbDpFvUeW",
    "http.middlewares.*.digestAuth.users": "ada:traefik:a2688e031edb4be6a3797f3882655c05",
    "certificatesResolvers.*.acme.storage": "/acme.json",
    "providers.docker.endpoint": "unix:///var/run/docker.sock",
}
_FORMS = {
    "status-range": "503", "status": "403", "cidr": "10.0.0.0/8", "ipv6-subnet": "64", "at-least-1": "2",
    "not-negative": "10s", "not-empty": "/text", "media-type": "text/html", "token": "GET", "port": "8443",
    "base-path": "/traefik",
}  # fmt: skip
_KINDS = {"bool": "true", "int": "2", "uint": "2", "float": "0.5", "duration": "10s"}


def right_value(spec: Spec, version: Version = NEWEST) -> str:
    """A value that an option takes."""
    inner = spec.item if spec.kind == "list" and spec.item is not None else spec
    for path in (spec.path, inner.path):
        if path in _VALUES:
            return _VALUES[path]
        row = _rows().get(path)
        if row is not None:
            if "topic" in row:
                return next(value for value in known_values(cast(str, row["topic"]), version) if value)
            return _FORMS.get(cast(str, row["form"]), "text")
    if inner.enum:
        return inner.enum[0]
    return _KINDS.get(inner.kind, "text")


@cache
def _rows() -> dict[str, Json]:
    return {cast(str, row["path"]): row for row in cast("list[Json]", enums()["checks"])}


def segments(option: Option, notation: Notation) -> list[str]:
    """The option's path as a notation writes it, with names for the stars."""
    found: list[str] = []
    for before, spec in pairwise(option.specs):
        if before.kind == "map":
            name = NAMES.get(before.name, "name")
            found.append(
                "web" if before.path.startswith("entryPoints") and spec.path == "entryPoints.*" else name
            )
        elif spec.name != "[]":
            dotted = notation in ("label", "flag", "env")
            is_list = spec.kind == "list" and spec.item is not None and spec.item.kind == "struct"
            if dotted and spec.label_name:
                found.append(spec.label_name)
            else:
                found.append(spec.name + ("[0]" if dotted and is_list else ""))
    return found


def in_yaml(option: Option, value: str | None = None, key: str = "", version: Version = NEWEST) -> Written:
    """The option in a YAML file of its own; `key` replaces its name."""
    root = option.specs[0]
    lines = list(_SURROUNDINGS.get(option.specs[1].name, ())) if root.name == "static" else []
    lines += _needed_sections(option)
    indent = 0
    dash = ""
    for before, spec in pairwise(option.specs):
        if spec.name == "[]":
            dash = "- "
            continue
        name = NAMES.get(before.name, "name") if before.kind == "map" else spec.name
        if spec is option.spec:
            name = key or name
            lines.append("  " * indent + dash + name + ": " + (value or _yaml_value(spec, version)))
        else:
            lines.append("  " * indent + dash + name + ":")
        indent += 2 if dash else 1
        dash = ""
    name = "traefik.yml" if root.name == "static" else "dynamic.yml"
    return Written(name, "\n".join(lines) + "\n", len(lines))


#: A static file is one by its entry points or providers; these are what an option of the other section stands beside.
_SURROUNDINGS = {"providers": ("entryPoints:", "  web:", '    address: ":8000"')}
_PROVIDERS = ("providers:", "  rest: {}")


def _needed_sections(option: Option) -> list[str]:
    if option.specs[0].name != "static":
        return []
    lines = [] if option.specs[1].name == "providers" else list(_PROVIDERS)
    return lines + (["experimental:", f"  {needed}: true"] if (needed := _switch_for(option)) else [])


def _switch_for(option: Option) -> str:
    """The experimental switch without which Traefik refuses an option (S-055)."""
    if option.path.startswith(("log.otlp", "accessLog.otlp")):
        return "otlpLogs"
    return "knative" if option.path.startswith("providers.knative") else ""


def _yaml_value(spec: Spec, version: Version) -> str:
    if spec.kind == "any":
        return "{option: text}"
    if spec.kind in ("struct", "map"):
        return "{}"
    value = right_value(spec, version)
    inner = spec.item if spec.kind == "list" and spec.item is not None else spec
    quoted = f'"{value}"' if inner.kind == "string" else value
    return f"[{quoted}]" if spec.kind == "list" else quoted


def as_flag(option: Option, value: str | None = None, key: str = "", version: Version = NEWEST) -> Written:
    """The option as the flag of a Traefik container."""
    path = segments(option, "flag")
    if key:
        path[-1] = key
    argument = f"--{'.'.join(path)}={value or _dotted_value(option.spec, version)}"
    lines = ["services:", "  traefik:", f"    image: traefik:v{version}", "    command:"]
    if needed := _switch_for(option):
        lines.append(f"      - --experimental.{needed}=true")
    return Written("compose.yml", "\n".join([*lines, f"      - '{argument}'"]) + "\n", len(lines) + 1)


def as_label(option: Option, value: str | None = None, key: str = "", version: Version = NEWEST) -> Written:
    """The option as the label of a container."""
    path = segments(option, "label")
    if key:
        path[-1] = key
    label = f"traefik.{'.'.join(path)}={value or _dotted_value(option.spec, version)}".replace("$", "$$")
    lines = [
        "services:",
        "  api:",
        "    image: registry.example.com/api:1.4",
        "    expose: ['8080']",
        "    labels:",
    ]
    text = "\n".join([*lines, "      - traefik.enable=true", f"      - '{label}'"]) + "\n"
    return Written("compose.yml", text, 7)


def _dotted_value(spec: Spec, version: Version) -> str:
    if spec.kind in ("struct", "map", "any"):
        return "true"
    return right_value(spec, version)


_FOLDER = tempfile.gettempdir()


def spoken(written: Written, version: Version | None = None) -> list[Finding]:
    """The errors and warnings about reading and versions on the option's line."""
    return [one for one in everywhere(written, version) if one.span.first.line == written.line]


def everywhere(written: Written, version: Version | None = None) -> list[Finding]:
    """The errors and warnings about reading and versions anywhere in a file, which is read from standard input."""
    request = Request(("-",), _FOLDER, version=version, stdin=(written.name, written.text.encode()))
    result = lint(request)
    assert result.failures == [], result.failures[0].trace
    return [one for one in result.findings if one.severity != "info" and one.rule.startswith(("TL0", "TL9"))]


def is_ignored_in_labels(option: Option) -> bool:
    """Whether labels can't set an option (R-001, R-023)."""
    if any("label" in spec.ignored for spec in option.specs):
        return True
    return option.path.startswith("tls.") and not option.path.startswith("tls.stores.")


ROOTS = {"static": static, "dynamic": dynamic}
