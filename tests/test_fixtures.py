"""The whole projects under fixtures: mistakes are found at the right characters, the mended twins are silent."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from traefik_lint.findings.finding import Finding
from traefik_lint.findings.lint import lint
from traefik_lint.findings.request import Request

FIXTURES = Path(__file__).parents[1] / "fixtures"

#: Each project with (file, the characters pointed at, rule) for all errors and warnings.
MISTAKES: dict[str, set[tuple[str, str, str]]] = {
    "getting-started": {
        ("compose.yml", "web-secure", "TL201"),
        ("compose.yml", "modern@file", "TL301"),
        ("compose.yml", "strip-v1", "TL406"),
        ("compose.yml", "traefik.http.routers.admin.rule", "TL601"),
        ("traefik/traefik.yml", "web", "TL204"),
    },
    "kubernetes": {
        ("api.yaml", "strip-v1", "TL406"),
        ("api.yaml", "8080", "TL703"),
        ("api.yaml", "traefik.containo.us/v1alpha1", "TL912"),
        ("api.yaml", "mode", "TL010"),
        ("versions.yaml", "/api/v2", "TL105"),
    },
    "swarm": {
        ("stack.yml", "traefik.http.routers.billing.rule", "TL602"),
        ("stack.yml", "traefik.http.routers.reports.rule", "TL503"),
    },
    "homelab": {
        ("git/compose.yml", "traefik.http.routers.forge.rule", "TL504"),
        ("media/compose.yml", ":443", "TL102"),
        ("media/compose.yml", "admin@file", "TL401"),
        ("traefik/compose.yml", "Host(`traefik.home.example`) && PathPrefix(`/dashboard`)", "TL107"),
    },
    "plain-files": {
        ("conf.d/intranet.toml", "stripPrefx", "TL010"),
        ("conf.d/old.yaml", "Host(`old.example.com`, `legacy.example.com`)", "TL910"),
        ("conf.d/old.yaml", "10.10.0.22:8080", "TL508"),
        ("traefik.toml", '"web-secure"', "TL201"),
    },
    "streams": {
        ("compose.yml", "HostSNI(`db.example.com`)", "TL110"),
        ("compose.yml", "dns", "TL202"),
    },
    "helm": {
        ("values.yaml", "redirectTo", "TL722"),
        ("values.yaml", "letsencrypt", "TL302"),
    },
}
SILENT = ["getting-started-fixed", "kubernetes-fixed"]


def findings_of(project: str) -> list[Finding]:
    folder = FIXTURES / project
    result = lint(Request((str(folder),), str(folder)))
    assert result.failures == []
    return [one for one in result.counted if one.severity != "info"]


@pytest.mark.parametrize("project", MISTAKES)
def test_the_mistakes_are_found_where_they_are(project: str) -> None:
    found = {(one.span.file.path, one.span.text, one.rule) for one in findings_of(project)}
    assert found == MISTAKES[project]


@pytest.mark.parametrize("project", SILENT)
def test_sound_projects_are_silent(project: str) -> None:
    assert findings_of(project) == []


def test_every_project_is_tried() -> None:
    assert set(os.listdir(FIXTURES)) == {*MISTAKES, *SILENT}
