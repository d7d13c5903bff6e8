"""Every kind of value that Traefik looks at: a wrong one is found with what becomes of it, right ones are silent."""

from __future__ import annotations

from typing import cast

import pytest

from tests.checks.lint import found_by, lint
from tests.checks.reading import written
from tests.checks.reading.written import Option
from traefik_lint.options.catalogue import Json, enums
from traefik_lint.options.values_check import known_values
from traefik_lint.options.version import NEWEST

_WRONG = {
    "status-range": "many", "status": "42", "cidr": "10.0.0/8", "ipv6-subnet": "200", "at-least-1": "0",
    "not-negative": "-10s", "not-empty": '""', "media-type": "html", "token": "GET it", "port": "https",
    "base-path": "traefik",
}  # fmt: skip


def _checked_options() -> list[tuple[Option, Json]]:
    rows = {cast(str, row["path"]): row for row in cast("list[Json]", enums()["checks"])}
    found = []
    for scope in ("dynamic", "static"):
        for option in written.options(written.ROOTS[scope]()):
            row = rows.get(option.path) or rows.get(option.path + "[]")
            if row is not None and row.get("form") != "header-name":
                found.append((option, row))
    return found


CHECKED = [pytest.param(option, row, id=option.path) for option, row in _checked_options()]


@pytest.mark.parametrize(("option", "row"), CHECKED)
def test_a_wrong_value_is_found_where_it_stands(option: Option, row: Json) -> None:
    value = _WRONG.get(cast(str, row.get("form", "")), "nonsense")
    shown = f"[{value}]" if option.spec.kind == "list" else value
    found = [one for one in written.spoken(written.in_yaml(option, shown)) if one.rule == "TL019"]
    assert [one.span.text.strip("\"'") for one in found] in ([value], [option.spec.name])
    assert found[0].severity == ("warning" if row["reaction"] == "ignore" else "error")
    assert found[0].hint


@pytest.mark.parametrize("topic", sorted(cast("dict[str, object]", enums()["values"])))
def test_every_known_value_is_silent(topic: str) -> None:
    options = [option for option, row in _checked_options() if row.get("topic") == topic]
    said = []
    for option in options[:1]:
        for value in known_values(topic, NEWEST):
            shown = f'["{value}"]' if option.spec.kind == "list" else f'"{value}"'
            said += [
                (value, one.message)
                for one in written.spoken(written.in_yaml(option, shown))
                if one.rule == "TL019"
            ]
    assert said == []


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        ("VersionTLS1.2", "VersionTLS12"),
        ("versiontls13", "VersionTLS13"),
    ],
)
def test_the_value_that_was_meant_is_told(value: str, meant: str) -> None:
    files = {"dynamic.yml": f"tls:\n  options:\n    default:\n      minVersion: {value}\n"}
    assert [one.hint for one in lint(files) if one.rule == "TL019"] == [f'write "{meant}"']


_TLS_OPTION = """\
apiVersion: traefik.io/v1alpha1
kind: TLSOption
metadata:
  name: strict
spec:
  {}
"""


@pytest.mark.parametrize(
    ("spec", "found"),
    [
        ("minVersion: TLS12", [("option.yml", 6, "TLS12")]),
        ("clientAuth: {clientAuthType: Always}", [("option.yml", 6, "Always")]),
        ("minVersion: VersionTLS12", []),
        ("clientAuth: {clientAuthType: RequestClientCert}", []),
        ("minVersion: ${MIN_VERSION}", []),
    ],
)
def test_values_in_objects(spec: str, found: list[tuple[str, int, str]]) -> None:
    assert found_by("TL019", {"option.yml": _TLS_OPTION.format(spec)}) == found
