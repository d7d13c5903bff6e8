from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.program import Program, own_process

SOUND = """\
services:
  traefik:
    image: traefik:v3.7
    command:
      - --providers.docker=true
      - --entrypoints.web.address=:80
"""
#: A file that is Traefik's and that no YAML reader takes.
BROKEN = """\
http:
  routers:
    api:
      rule: Host(`a.example.com`)
      entryPoints: [web
      service: api
"""
UNUSED = SOUND + "# traefik-lint: ignore-file[unreadable-file] for no reason\n"


def rules(text: str) -> list[str]:
    return [entry["rule"] for entry in json.loads(text)["findings"]]


def test_nothing_to_report(project: Path, traefik_lint: Program) -> None:
    (project / "compose.yml").write_text(SOUND)
    ran = traefik_lint("--select", "TL0")
    assert ran == (0, "nothing to report in 1 file, 1 deployment\n", "")


def test_a_file_that_cannot_be_parsed_is_a_finding_and_the_others_are_still_linted(
    project: Path, traefik_lint: Program
) -> None:
    (project / "broken.yml").write_text(BROKEN)
    (project / "compose.yml").write_text(UNUSED)
    ran = traefik_lint("--format", "json", "--select", "TL0")
    assert ran.code == 1
    assert rules(ran.out) == ["TL001", "TL090"]
    assert json.loads(ran.out)["findings"][0]["path"] == "broken.yml"


@pytest.mark.parametrize("arguments", [("check", "."), (".",), ("--format", "text"), (), ("check",)])
def test_check_is_the_default(arguments: tuple[str, ...], project: Path, traefik_lint: Program) -> None:
    (project / "broken.yml").write_text(BROKEN)
    ran = traefik_lint(*arguments)
    assert ran.code == 1
    assert "broken.yml:" in ran.out


@pytest.mark.parametrize(
    ("severity", "fail_on", "code"),
    [
        ("error", "error", 1),
        ("error", "warning", 1),
        ("error", "info", 1),
        ("warning", "error", 0),
        ("warning", "warning", 1),
        ("warning", "info", 1),
        ("info", "error", 0),
        ("info", "warning", 0),
        ("info", "info", 1),
    ],
)
def test_threshold(severity: str, fail_on: str, code: int, project: Path, traefik_lint: Program) -> None:
    (project / "broken.yml").write_text(BROKEN)
    (project / ".traefik-lint.yaml").write_text(f"select: [TL001]\nseverities: {{TL001: {severity}}}\n")
    assert traefik_lint("--fail-on", fail_on).code == code


def test_info_alone_does_not_fail(project: Path, traefik_lint: Program) -> None:
    (project / "broken.yml").write_text(BROKEN)
    (project / ".traefik-lint.yaml").write_text("select: [TL001]\nseverities: {TL001: info}\n")
    ran = traefik_lint()
    assert ran.code == 0
    assert "1 info in 1 file" in ran.out


@pytest.mark.parametrize(
    "arguments",
    [
        ("missing.yml",),
        ("broken.yml", "missing.yml"),
        ("broken.yml", "--env-file", "missing.env"),
        ("broken.yml", "--static", "missing.yml"),
        ("broken.yml", "--config", "missing.yaml"),
        ("broken.yml", "--select", "TL999"),
        ("broken.yml", "--ignore", "no-such-rule"),
    ],
)
def test_what_is_missing_wins_over_findings(
    arguments: tuple[str, ...], project: Path, traefik_lint: Program
) -> None:
    (project / "broken.yml").write_text(BROKEN)
    ran = traefik_lint(*arguments)
    assert (ran.code, ran.out) == (2, "")
    name = arguments[-1]
    assert f'"{name}"' in ran.err
    json_ran = traefik_lint(*arguments, "--format", "json")
    assert json_ran.code == 2
    assert json.loads(json_ran.out)["findings"] == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--format", "xml"), "xml"),
        (("--traefik-version", "three"), '"three" is not a Traefik version'),
        (("--output", "json"), '"json" is not FORMAT=PATH'),
        (("--output", "xml=a"), '"xml=a" is not FORMAT=PATH'),
        (("--fail-on", "fatal"), "fatal"),
        (("--no-such-option",), "--no-such-option"),
        (("--output", "json=no/such/folder/a.json"), "no/such/folder/a.json"),
    ],
)
def test_wrong_usage(arguments: tuple[str, ...], message: str, project: Path, traefik_lint: Program) -> None:
    (project / "broken.yml").write_text(BROKEN)
    ran = traefik_lint(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err


def test_invalid_settings_are_told_with_their_place(project: Path, traefik_lint: Program) -> None:
    (project / "broken.yml").write_text(BROKEN)
    (project / ".traefik-lint.yaml").write_text("select: [TL001]\nexclud: a\n")
    ran = traefik_lint()
    assert (ran.code, ran.out) == (2, "")
    assert '.traefik-lint.yaml:2:1: "exclud" is not known here, did you mean "exclude"?' in ran.err


def test_settings_in_pyproject(project: Path, traefik_lint: Program) -> None:
    (project / "broken.yml").write_text(BROKEN)
    (project / "pyproject.toml").write_text('[tool.traefik-lint]\nignore = ["TL001"]\n')
    assert traefik_lint("broken.yml").code == 0
    (project / "sub").mkdir()
    (project / "sub" / "broken.yml").write_text(BROKEN)
    assert traefik_lint("sub/broken.yml").code == 0
    (project / "sub" / ".traefik-lint.yaml").write_text("")
    assert traefik_lint("sub/broken.yml").code == 1


def test_ignored_with_a_reason_is_listed_as_suppressed(project: Path, traefik_lint: Program) -> None:
    (project / "broken.yml").write_text(BROKEN)
    (project / ".traefik-lint.yaml").write_text("ignore: [{rule: TL001, path: '*.yml', reason: later}]\n")
    ran = traefik_lint("--format", "json", "--select", "ALL", "broken.yml")
    assert ran.code == 0
    document = json.loads(ran.out)
    assert [entry["suppressed"] for entry in document["findings"]] == [
        {"kind": "settings", "reason": "later"}
    ]
    assert document["summary"]["error"] == 0


def test_excluded_files_are_not_walked(project: Path, traefik_lint: Program) -> None:
    (project / "examples").mkdir()
    (project / "examples" / "broken.yml").write_text(BROKEN)
    (project / ".traefik-lint.yaml").write_text("exclude: examples/\n")
    assert traefik_lint().code == 0
    assert traefik_lint("examples/broken.yml").code == 1


def test_standard_input(project: Path, traefik_lint: Program) -> None:
    ran = traefik_lint("-", "--format", "json", stdin=BROKEN.encode())
    assert [entry["path"] for entry in json.loads(ran.out)["findings"]] == ["-"]
    ran = traefik_lint("-", "--format", "json", "--stdin-filename", "conf/dynamic.yml", stdin=BROKEN.encode())
    assert [entry["path"] for entry in json.loads(ran.out)["findings"]] == ["conf/dynamic.yml"]


def test_files_besides_standard_output(project: Path, traefik_lint: Program) -> None:
    (project / "broken.yml").write_text(BROKEN)
    ran = traefik_lint(
        "--format", "concise", "--output", "sarif=a.sarif", "--output", "json=b.json", "--output", "text=c.txt",
        "--color", "always",
    )  # fmt: skip
    assert ran.code == 1
    assert len(ran.out.splitlines()) == 1
    assert json.loads((project / "a.sarif").read_text())["version"] == "2.1.0"
    assert rules((project / "b.json").read_text()) == ["TL001"]
    assert "\x1b[" not in (project / "c.txt").read_text()


def test_paths_are_shown_relative(project: Path, traefik_lint: Program) -> None:
    (project / "sub").mkdir()
    (project / "sub" / "broken.yml").write_text(BROKEN)
    for path in ("sub", "./sub/broken.yml", str(project / "sub" / "broken.yml"), "sub/../sub/broken.yml"):
        ran = traefik_lint("--format", "json", path)
        assert [entry["path"] for entry in json.loads(ran.out)["findings"]] == ["sub/broken.yml"]


def test_colours(project: Path, traefik_lint: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "broken.yml").write_text(BROKEN)
    assert "\x1b[" not in traefik_lint().out
    assert "\x1b[" not in traefik_lint("--color", "never").out
    assert "\x1b[" in traefik_lint("--color", "always").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" in traefik_lint("--color", "always").out


def test_a_folder_that_is_called_like_a_command(project: Path, traefik_lint: Program) -> None:
    (project / "rules").mkdir()
    (project / "rules" / "broken.yml").write_text(BROKEN)
    assert traefik_lint("./rules").code == 1
    assert traefik_lint("check", "rules").code == 1


@pytest.mark.parametrize("locale", ["C", "POSIX", "de_DE.ISO-8859-1"])
def test_output_is_utf8_in_any_locale(locale: str, project: Path) -> None:
    (project / "größe.yml").write_text(BROKEN.replace("api:", "日本:"), encoding="utf-8")
    env = {"LC_ALL": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "latin-1"}
    for format_name in ("json", "sarif", "text", "concise", "github"):
        ran = own_process("--format", format_name, cwd=project, env=env)
        assert ran.code == 1, ran.err
        assert "gr" in ran.out


def test_a_file_name_that_is_no_text(project: Path) -> None:
    path = os.path.join(os.fsencode(project), b"br\xffken.yml")
    with open(path, "w") as file:
        file.write(BROKEN)
    for format_name in ("json", "sarif", "text", "concise", "github"):
        ran = own_process("--format", format_name, cwd=project)
        assert ran.code == 1, ran.err


def test_a_broken_rule_is_an_internal_error_and_the_others_still_run(
    project: Path, traefik_lint: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "compose.yml").write_text(UNUSED)
    (project / "broken_plugin.py").write_text(
        "from traefik_lint.checks.registry import check\n"
        "@check('XX001', 'always-broken')\n"
        "def broken(runtime):\n"
        "    yield 1 / 0\n"
    )
    (project / ".traefik-lint.yaml").write_text("select: [XX001, TL0]\nplugins: [broken_plugin]\n")
    ran = own_process("--format", "json", cwd=project, env={"PYTHONPATH": str(Path(__file__).parents[2])})
    assert ran.code == 3
    assert "the rule XX001 broke on" in ran.err
    assert "division by zero" in ran.err
    assert rules(ran.out) == ["TL090"]
    listed = own_process("rules", cwd=project, env={"PYTHONPATH": str(Path(__file__).parents[2])})
    assert listed.out.splitlines()[-1].split()[:2] == ["XX001", "always-broken"]


def test_a_plugin_that_is_not_there(project: Path, traefik_lint: Program) -> None:
    (project / ".traefik-lint.yaml").write_text("plugins: [no_such_module_anywhere]\n")
    ran = traefik_lint()
    assert (ran.code, ran.out) == (2, "")
    assert ".traefik-lint.yaml:1:11: the plugin" in ran.err


def test_a_reader_that_leaves_early_is_no_error(project: Path) -> None:
    for number in range(200):
        (project / f"broken{number}.yml").write_text(BROKEN)
    root = Path(__file__).parents[2]
    command = f"{sys.executable} -m traefik_lint | head -n 1"
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        check=False,
    )
    assert done.stdout.startswith(b"broken0.yml:")
    assert done.stderr == b""


def test_an_unexpected_error_is_exit_code_three(
    traefik_lint: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    def boom(request: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr("traefik_lint.cli.linting.lint", boom)
    ran = traefik_lint(".")
    assert (ran.code, ran.out) == (3, "")
    assert "RuntimeError: boom" in ran.err
    assert "this is a bug in traefik-lint" in ran.err
