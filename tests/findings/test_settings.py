from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from traefik_lint.findings.settings import Settings, SettingsError
from traefik_lint.findings.settings_file import find_settings_file, load_settings
from traefik_lint.findings.settings_reader import SETTINGS, read_settings
from traefik_lint.options.catalogue import load_schema
from traefik_lint.options.version import Version
from traefik_lint.source.span import SourceFile

EVERYTHING = """\
select: [TL2, undefined-middleware]
ignore:
  - TL601
  - rule: TL602
    path: legacy/
    reason: moved in spring
  - {rule: [TL603, TL604], path: [a.yml, "!b.yml"]}
severities:
  TL605: info
exclude: examples/
deployments:
  - name: shop
    paths: [shop, common]
    static: shop/traefik.yml
    traefik-version: v3.6.2
    project-name: shop
traefik-version: 3.5
externals:
  middlewares: ["authelia@docker", "*@file"]
  entry-points: web
backend-routes:
  api: [/v1/*, /health]
plugins: [acme_rules]
"""
EVERYTHING_TOML = """\
[tool.other]
x = 1
[tool.traefik-lint]
select = ["TL2", "undefined-middleware"]
ignore = [
  "TL601",
  {rule = "TL602", path = "legacy/", reason = "moved in spring"},
  {rule = ["TL603", "TL604"], path = ["a.yml", "!b.yml"]},
]
exclude = "examples/"
traefik-version = "3.5"
plugins = ["acme_rules"]
[tool.traefik-lint.severities]
TL605 = "info"
[[tool.traefik-lint.deployments]]
name = "shop"
paths = ["shop", "common"]
static = "shop/traefik.yml"
traefik-version = "v3.6.2"
project-name = "shop"
[tool.traefik-lint.externals]
middlewares = ["authelia@docker", "*@file"]
entry-points = "web"
[tool.traefik-lint.backend-routes]
api = ["/v1/*", "/health"]
"""


def read(text: str, name: str = ".traefik-lint.yaml") -> Settings:
    return read_settings(SourceFile(name, text), "/project")


def problems(text: str) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        read(text)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("name", "text"), [(".traefik-lint.yaml", EVERYTHING), ("pyproject.toml", EVERYTHING_TOML)]
)
def test_every_setting_is_read(name: str, text: str) -> None:
    settings = read(text, name)
    assert [rule.text for rule in settings.select] == ["TL2", "undefined-middleware"]
    assert [([rule.text for rule in entry.rules], entry.reason) for entry in settings.ignore] == [
        (["TL601"], ""),
        (["TL602"], "moved in spring"),
        (["TL603", "TL604"], ""),
    ]
    assert [entry.switches_off for entry in settings.ignore] == [True, False, False]
    assert settings.ignore[1].paths is not None
    assert settings.ignore[1].paths.matches("legacy/compose.yml")
    assert [(rule.text, severity) for rule, severity in settings.severities] == [("TL605", "info")]
    assert settings.exclude == ("examples/",)
    (deployment,) = settings.deployments
    assert deployment[:-1] == ("shop", ("shop", "common"), "shop/traefik.yml", Version(3, 6, 2), "shop")
    assert settings.traefik_version is not None
    assert settings.traefik_version.minor_text == "3.5"
    assert settings.externals == (("middlewares", ("authelia@docker", "*@file")), ("entry-points", ("web",)))
    assert settings.backend_routes == (("api", ("/v1/*", "/health")),)
    assert [plugin.text for plugin in settings.plugins] == ["acme_rules"]


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "---\n"])
def test_an_empty_file_sets_nothing(text: str) -> None:
    assert read(text)[2:] == Settings()[2:]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("severitys: {}", ['1:1: "severitys" is not known here, did you mean "severities"?']),
        ("select: TL2", ['1:9: "TL2" is not a list of rules']),
        ("ignore: [{path: a}]", ['1:10: "rule" is missing']),
        ("ignore: [{rule: TL1, reasn: x}]", ['1:22: "reasn" is not known here, did you mean "reason"?']),
        ("severities: {TL1: fatal}", ['1:19: "fatal" is not one of error, warning, info']),
        ("traefik-version: three", ['1:18: "three" is not a Traefik version such as 3.7, v3.6.2 or latest']),
        ("deployments: [{name: a}]", ['1:15: "paths" is missing']),
        (
            "externals: {middleware: [a]}",
            ['1:13: "middleware" is not known here, did you mean "middlewares"?'],
        ),
        ("- a", ["1:1: this is not a mapping"]),
        ("a: [", ["1:5: did not find expected node content while parsing a flow node"]),
        ("exclude: a\nexclude: b", ['2:1: "exclude" is written twice']),
        (
            "selct: []\nseverities:\n  TL1: bad\n",
            [
                '1:1: "selct" is not known here, did you mean "select"?',
                '3:8: "bad" is not one of error, warning, info',
            ],
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_place(text: str, expected: list[str]) -> None:
    assert [problem.removeprefix(".traefik-lint.yaml:") for problem in problems(text)] == expected


_texts = st.one_of(st.sampled_from(["TL1", "a", "error", "3.5", "latest", ""]), st.integers(0, 3), st.none())
_values = st.recursive(
    st.one_of(_texts, st.booleans()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2),
        st.dictionaries(
            st.sampled_from(["rule", "path", "reason", "name", "paths", "middlewares", "x"]),
            inner,
            max_size=3,
        ),
    ),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from([*SETTINGS, "unknown"]), _values, max_size=3))
def test_reader_and_schema_agree(document: dict[str, object]) -> None:
    valid = Draft202012Validator(load_schema("settings.json")).is_valid(document)
    try:
        read(json.dumps(document))
    except SettingsError:
        assert not valid
    else:
        assert valid


def test_the_nearest_folder_wins_and_the_repository_is_the_end(tmp_path: Path) -> None:
    inner = tmp_path / "repository" / "a" / "b"
    inner.mkdir(parents=True)
    root = tmp_path / "repository"
    (tmp_path / ".traefik-lint.yaml").write_text("")
    assert find_settings_file(str(inner), str(root)) is None
    (root / "pyproject.toml").write_text("[tool.traefik-lint]\n")
    assert find_settings_file(str(inner), str(root)) == str(root / "pyproject.toml")
    (root / ".traefik-lint.yaml").write_text("")
    assert find_settings_file(str(inner), str(root)) == str(root / ".traefik-lint.yaml")
    (inner / "pyproject.toml").write_text("[tool.ruff]\n")
    assert find_settings_file(str(inner), str(root)) == str(root / ".traefik-lint.yaml")
    (inner.parent / ".traefik-lint.yaml").write_text("")
    assert find_settings_file(str(inner), str(root)) == str(inner.parent / ".traefik-lint.yaml")


def test_good_settings_do_not_import_jsonschema(tmp_path: Path) -> None:
    file = tmp_path / ".traefik-lint.yaml"
    file.write_text(EVERYTHING)
    code = (
        "import sys; from traefik_lint.findings.settings_file import load_settings; "
        f"load_settings({str(file)!r}, 'x.yaml'); print('jsonschema' in sys.modules)"
    )
    output = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert output == "False\n"


def test_an_unreadable_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        load_settings(str(tmp_path / "missing.yaml"), "missing.yaml")
