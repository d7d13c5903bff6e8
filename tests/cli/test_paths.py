"""Which files PATHS mean, and how they are shown."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.cli.program import Program, own_process
from tests.cli.test_check import BROKEN


def paths(text: str) -> list[str]:
    return [entry["path"] for entry in json.loads(text)["findings"]]


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        ((), []),
        (("..",), ["../broken.yml"]),
        (("../broken.yml",), ["../broken.yml"]),
        (("../here/../broken.yml", "../broken.yml", ".."), ["../broken.yml"]),
        (("{project}/broken.yml",), ["{project}/broken.yml"]),
    ],
)
def test_paths_above_the_current_folder(
    arguments: tuple[str, ...],
    shown: list[str],
    project: Path,
    traefik_lint: Program,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (project / "broken.yml").write_text(BROKEN)
    (project / "here").mkdir()
    monkeypatch.chdir(project / "here")
    ran = traefik_lint("--format", "json", *(one.format(project=project) for one in arguments))
    assert paths(ran.out) == [one.format(project=project) for one in shown]


def test_each_file_once_however_often_it_is_named(project: Path, traefik_lint: Program) -> None:
    (project / "broken.yml").write_text(BROKEN)
    (project / "link.yml").symlink_to("broken.yml")
    ran = traefik_lint("--format", "json", "broken.yml", "link.yml", "./broken.yml", ".", str(project))
    assert paths(ran.out) == ["broken.yml"]
    assert paths(traefik_lint("--format", "json", "link.yml").out) == ["link.yml"]


def test_a_named_file_is_linted_also_when_git_ignores_it(project: Path, traefik_lint: Program) -> None:
    (project / "broken.yml").write_text(BROKEN)
    (project / ".hidden").mkdir()
    (project / ".hidden" / "broken.yml").write_text(BROKEN)
    (project / ".gitignore").write_text("/broken.yml\n")
    assert paths(traefik_lint("--format", "json").out) == []
    assert paths(traefik_lint("--format", "json", "broken.yml", ".hidden").out) == [
        ".hidden/broken.yml",
        "broken.yml",
    ]


def test_links_out_of_the_repository_are_not_opened(
    project: Path, traefik_lint: Program, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "broken.yml").write_text(BROKEN)
    (project / "link.yml").symlink_to(outside / "broken.yml")
    (project / "folder").symlink_to(outside)
    assert paths(traefik_lint("--format", "json").out) == []
    assert paths(traefik_lint("--format", "json", "link.yml").out) == ["link.yml"]


def test_nothing_that_blocks_is_opened(project: Path) -> None:
    (project / "compose.yml").write_text(
        "services: {a: {image: '${X}', build: ., labels: [traefik.enable=true]}}\n"
    )
    for name in ("pipe.yml", ".gitignore", ".env", "pyproject.toml", "Dockerfile"):
        os.mkfifo(project / name)
    for arguments in ((), ("pipe.yml",), ("compose.yml",)):
        assert own_process(*arguments, cwd=project).code == 0


@pytest.mark.parametrize("target", ["nowhere.yml", "link.yml"])
def test_a_named_link_that_leads_nowhere(target: str, project: Path, traefik_lint: Program) -> None:
    (project / "link.yml").symlink_to(target)
    assert traefik_lint("link.yml") == (2, "", 'traefik-lint: there is no file or folder "link.yml"\n')


def test_a_folder_that_is_called_like_a_file(project: Path, traefik_lint: Program) -> None:
    (project / "traefik.yml").mkdir()
    (project / "traefik.yml" / "broken.yml").write_text(BROKEN)
    assert paths(traefik_lint("--format", "json", "traefik.yml").out) == ["traefik.yml/broken.yml"]


def test_a_missing_include_is_a_finding(project: Path, traefik_lint: Program) -> None:
    (project / "compose.yml").write_text("include: [other.yml]\nservices: {a: {image: traefik:v3.6}}\n")
    ran = traefik_lint("--format", "json", "--select", "TL033")
    assert (ran.code, paths(ran.out)) == (1, ["compose.yml"])


def test_fingerprints_do_not_depend_on_lines(project: Path, traefik_lint: Program) -> None:
    def marks() -> list[str]:
        return [
            entry["fingerprint"] for entry in json.loads(traefik_lint("--format", "json").out)["findings"]
        ]

    text = (
        "services:\n  traefik:\n    image: traefik:v3.6\n"
        "    command: [--providers.docker, --entrypoints.web.address=:80]\n"
        "  shop:\n    image: shop\n    labels:\n      - traefik.http.routers.a.entrypoints=wbe\n"
        "      - traefik.http.routers.b.entrypoints=wbe\n"
    )
    (project / "compose.yml").write_text(text)
    before = marks()
    assert len(set(before)) == len(before) > 1
    (project / "compose.yml").write_text("# more\n\n\n" + text.replace("  shop:", "\n  shop:"))
    assert marks() == before
