from __future__ import annotations

import json

from jsonschema import Draft202012Validator

from tests.marked import finding
from tests.report.results import one, silenced, written
from traefik_lint.options.catalogue import load_schema


def test_document() -> None:
    document = json.loads(written("json", one()))
    (entry,) = document["findings"]
    fingerprint = entry.pop("fingerprint")
    assert len(fingerprint) == 32
    assert entry == {
        "rule": "TL201",
        "name": "undefined-entry-point",
        "severity": "error",
        "confidence": "high",
        "message": 'entry point "wbe" does not exist, so the router is disabled',
        "hint": "write web",
        "url": "https://github.com/traefik-lint/traefik-lint/blob/main/rules/TL201-undefined-entry-point.md",
        "path": "compose.yml",
        "start": {"line": 4, "column": 46},
        "end": {"line": 4, "column": 49},
        "related": [
            {
                "path": "traefik.yml",
                "start": {"line": 2, "column": 3},
                "end": {"line": 2, "column": 6},
                "message": "the entry points are here",
            }
        ],
        "suppressed": None,
    }
    assert document["version"] == 1
    assert document["summary"] == {"files": 2, "deployments": 1, "error": 1, "warning": 0, "info": 0}


def test_suppressed_findings_are_listed_and_not_counted() -> None:
    document = json.loads(written("json", silenced()))
    assert document["findings"][0]["suppressed"] == {"kind": "in-source", "reason": "moved in spring"}
    assert document["summary"]["error"] == 0


def test_columns_count_code_points() -> None:
    document = json.loads(written("json", finding("🦆: «x»")))
    assert document["findings"][0]["start"] == {"line": 1, "column": 4}


def test_document_is_what_the_schema_says() -> None:
    validator = Draft202012Validator(load_schema("findings.json"))
    Draft202012Validator.check_schema(validator.schema)
    for text in (written("json"), written("json", one(), silenced())):
        validator.validate(json.loads(text))
    broken = json.loads(written("json", one()))
    del broken["findings"][0]["url"]
    assert not validator.is_valid(broken)
