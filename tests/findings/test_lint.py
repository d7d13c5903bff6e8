"""From paths to findings: settings, context and declared deployments together."""

from __future__ import annotations

from pathlib import Path

import pytest

from traefik_lint.findings.lint import lint
from traefik_lint.findings.request import MissingPath, Request
from traefik_lint.findings.result import Result
from traefik_lint.findings.settings import SettingsError
from traefik_lint.options.version import Version

COMPOSE = """\
services:
  traefik:
    image: traefik:v3.6
    command: [--providers.docker, '--entrypoints.web.address=:80']
  shop:
    image: shop
    labels:
      - traefik.http.routers.shop.rule=Host(`shop.example.com`)
      - traefik.http.routers.shop.entrypoints=wbe
      - traefik.http.services.shop.loadbalancer.server.port=80
"""
STATIC = "entryPoints: {web: {address: ':80'}}\nproviders: {file: {directory: %s}}\n"
DYNAMIC = """\
http:
  routers:
    a: {rule: Host(`a.example.com`), entryPoints: [wbe], service: noop@internal}
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(project: Path, *paths: str, **options: object) -> Result:
    return lint(Request(paths or (".",), str(project), **options))  # type: ignore[arg-type]  # checked by the call


def found(result: Result) -> list[tuple[str, str]]:
    return [(one.span.file.path, one.rule) for one in result.findings]


def test_only_files_that_were_asked_for_are_reported(project: Path) -> None:
    (project / "compose.yml").write_text(COMPOSE)
    (project / "traefik.yml").write_text(STATIC % "conf")
    (project / "conf").mkdir()
    (project / "conf" / "a.yml").write_text(DYNAMIC)
    (project / "conf" / "b.yml").write_text(DYNAMIC.replace("    a:", "    b:"))
    select = ("TL201",)
    assert found(run(project, "conf/a.yml", select=select)) == [("conf/a.yml", "TL201")]
    everything = run(project, select=select)
    assert found(everything) == [("compose.yml", "TL201"), ("conf/a.yml", "TL201"), ("conf/b.yml", "TL201")]
    assert (everything.files, everything.deployments) == (4, 2)


def test_declared_deployments_are_read_as_such(project: Path) -> None:
    (project / "edge").mkdir()
    (project / "shared").mkdir()
    (project / "edge" / "main.yml").write_text(STATIC % "/somewhere/on/the/host")
    (project / "shared" / "a.yml").write_text(DYNAMIC)
    (project / "compose.yml").write_text(COMPOSE)
    settings = project / ".traefik-lint.yaml"
    settings.write_text(
        "deployments:\n  - {name: edge, paths: [edge, shared], static: edge/main.yml, traefik-version: 3.0}\n"
    )
    result = run(project, select=("TL201",))
    assert found(result) == [("compose.yml", "TL201"), ("shared/a.yml", "TL201")]
    assert result.deployments == 2
    # without the declaration nobody knows who reads the file, so nothing can be said of its names
    settings.write_text("")
    assert found(run(project, select=("TL201",))) == [("compose.yml", "TL201")]
    settings.write_text("deployments:\n  - {name: edge, paths: [nowhere]}\n")
    with pytest.raises(SettingsError, match=r'^\.traefik-lint\.yaml:2:5: "nowhere" of the deployment "edge"'):
        run(project)


def test_env_files_must_exist(project: Path) -> None:
    (project / "compose.yml").write_text(COMPOSE)
    with pytest.raises(MissingPath, match=r"no\.env"):
        run(project, env_files=("no.env",))


def test_flags_beat_the_settings_version(project: Path) -> None:
    (project / "compose.yml").write_text(COMPOSE.replace("wbe", "web"))
    (project / ".traefik-lint.yaml").write_text("traefik-version: 3.0\n")
    label = "      - traefik.http.routers.shop.observability.accesslogs=false\n"
    (project / "compose.yml").write_text(COMPOSE.replace("wbe", "web") + label)
    assert [rule for _, rule in found(run(project, select=("TL901",)))] == ["TL901"]
    assert found(run(project, select=("TL901",), version=Version(3, 7, 15))) == []


def test_suppressed_findings_stay_in_the_list(project: Path) -> None:
    text = COMPOSE.replace("=wbe", "=wbe # traefik-lint: ignore[TL201] defined on the other host")
    (project / "compose.yml").write_text(text)
    result = run(project, select=("TL201", "TL090"))
    assert [(one.rule, one.suppressed) for one in result.findings] == [
        ("TL201", ("in-source", "defined on the other host"))
    ]
    (project / "compose.yml").write_text(text.replace("=wbe", "=web"))
    assert [one.rule for one in run(project, select=("TL201", "TL090")).findings] == ["TL090"]
    # nothing is said of a comment for a rule that was not asked
    assert run(project, select=("TL090",)).findings == []


def test_files_that_are_not_about_traefik_are_passed_over(project: Path) -> None:
    (project / "ansible.yml").write_text("- hosts: all\n  tasks: [\n")
    (project / "notes.yml").write_text("a: [1, 2\n")
    assert run(project) == ([], run(project).checks, [], 0, 0)
