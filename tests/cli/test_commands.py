from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.cli.program import Program, own_process
from tests.cli.test_check import BROKEN, SOUND
from traefik_lint import __version__
from traefik_lint.cli.app import COMMANDS
from traefik_lint.options.catalogue import load_schema
from traefik_lint.options.printing import schema_names

COMMENTED = """\
# what we lint
select:   # only these
- TL0
# and not these
ignore:
- TL6   # docker
severities: {TL001: info}   # later
"""


def test_version_is_told_before_click_is_imported(project: Path) -> None:
    assert own_process("--version", cwd=project) == (0, f"traefik-lint {__version__}\n", "")
    code = (
        "import sys; sys.argv = ['traefik-lint', '--version']; from traefik_lint.__main__ import main; main(); "
        "print(sorted(name for name in sys.modules if name.startswith(('click', 'traefik_lint'))))"
    )
    root = Path(__file__).parents[2]
    out = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    ).stdout
    assert out.splitlines()[1] == "['traefik_lint', 'traefik_lint.__main__']"


@pytest.mark.parametrize("arguments", [("--help",), ("-h",), *((name, "--help") for name in COMMANDS)])
def test_help(arguments: tuple[str, ...], traefik_lint: Program) -> None:
    ran = traefik_lint(*arguments)
    assert ran.code == 0
    assert ran.out.startswith("Usage: traefik-lint")


def test_rules_are_listed(traefik_lint: Program) -> None:
    ran = traefik_lint("rules")
    assert ran.code == 0
    assert ran.out.splitlines()[0].split()[:3] == ["TL001", "unreadable-file", "error"]
    listed = json.loads(traefik_lint("rules", "--format", "json").out)["rules"]
    assert [rule["id"] for rule in listed] == [line.split()[0] for line in ran.out.splitlines()]


@pytest.mark.parametrize("name", ["TL001", "tl001", "unreadable-file"])
def test_explain(name: str, traefik_lint: Program) -> None:
    ran = traefik_lint("explain", name)
    assert ran.code == 0
    assert ran.out.startswith("TL001 unreadable-file (error, confidence high)\n\n# ")
    assert "## What Traefik does" in ran.out


def test_explain_an_unknown_rule(traefik_lint: Program) -> None:
    ran = traefik_lint("explain", "unreadable-fil")
    assert (ran.code, ran.out) == (2, "")
    assert 'did you mean "unreadable-file"?' in ran.err


@pytest.mark.parametrize("name", schema_names())
def test_every_schema_is_a_schema(name: str, traefik_lint: Program) -> None:
    for arguments in ((), ("--traefik-version", "2.11"), ("--traefik-version", "3.3")):
        ran = traefik_lint("schema", name, *arguments)
        assert ran.code == 0
        assert "x-traefik" not in ran.out
        Draft202012Validator.check_schema(json.loads(ran.out))


@pytest.mark.parametrize(("version", "knows"), [("3.6", True), ("3.0", False), ("2.11", False)])
def test_a_schema_has_what_its_version_has(version: str, knows: bool, traefik_lint: Program) -> None:
    document = {"http": {"routers": {"a": {"rule": "Path(`/`)", "service": "s", "parentRefs": ["b"]}}}}
    schema = json.loads(traefik_lint("schema", "dynamic", "--traefik-version", version).out)
    assert Draft202012Validator(schema).is_valid(document) is knows


def test_an_unknown_schema(traefik_lint: Program) -> None:
    ran = traefik_lint("schema", "dynamc")
    assert (ran.code, ran.out) == (2, "")
    assert 'there is no schema "dynamc"; there are dynamic,' in ran.err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell: str, traefik_lint: Program) -> None:
    ran = traefik_lint("completion", shell)
    assert ran.code == 0
    assert "_TRAEFIK_LINT_COMPLETE" in ran.out


@pytest.mark.parametrize(
    ("words", "expected", "unexpected"),
    [
        ("traefik-lint ro", {"routes"}, {"check"}),
        ("traefik-lint --fo", {"--format"}, {"routes"}),
        ("traefik-lint check --fo", {"--format"}, set()),
        ("traefik-lint --format js", {"json"}, {"text"}),
        ("traefik-lint routes --tr", {"--traefik-version"}, {"--select"}),
    ],
)
def test_what_is_completed(words: str, expected: set[str], unexpected: set[str], project: Path) -> None:
    env = {
        "_TRAEFIK_LINT_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split()) - 1),
    }
    ran = own_process(cwd=project, env=env)
    found = {line.partition(",")[2] for line in ran.out.splitlines()}
    assert expected <= found
    assert not unexpected & found


def test_init_writes_settings_that_hold_when_they_are_uncommented(
    project: Path, traefik_lint: Program
) -> None:
    (project / "compose.yml").write_text(SOUND)
    ran = traefik_lint("init")
    assert ran.code == 0
    text = (project / ".traefik-lint.yaml").read_text()
    assert "compose.yml" in text
    assert 'the image tells: "traefik:v3.7"' in text
    assert traefik_lint().code == 0
    (project / ".traefik-lint.yaml").write_text(uncommented(text))
    assert traefik_lint() == (0, traefik_lint().out, "")


def uncommented(text: str) -> str:
    """Take away the # of what is a setting: prose has a blank behind it, and so has what follows prose."""
    lines: list[str] = []
    in_setting = False
    for line in text.splitlines():
        in_setting = line.startswith("#") and (line[1:2] != " " or (in_setting and line[1:3] == "  "))
        if in_setting:
            lines.append(line[1:])
    return "\n".join(lines) + "\n"


def test_init_does_not_replace(project: Path, traefik_lint: Program) -> None:
    (project / ".traefik-lint.yaml").write_text("select: [TL0]\n")
    ran = traefik_lint("init")
    assert ran.code == 2
    assert (project / ".traefik-lint.yaml").read_text() == "select: [TL0]\n"
    assert traefik_lint("init", "--force").code == 0
    assert "select" not in (project / ".traefik-lint.yaml").read_text()


def test_ignore_keeps_comments_and_order(project: Path, traefik_lint: Program) -> None:
    (project / ".traefik-lint.yaml").write_text(COMMENTED)
    ran = traefik_lint("ignore", "unreadable-file", "--path", "legacy/", "--reason", "moved: in spring")
    assert ran.code == 0
    assert (project / ".traefik-lint.yaml").read_text() == COMMENTED.replace(
        "- TL6   # docker\n",
        "- TL6   # docker\n- rule: TL001  # unreadable-file\n  path: legacy/\n  reason: 'moved: in spring'\n",
    )


@pytest.mark.parametrize(
    "before",
    [
        None,
        "",
        "# only a comment\n",
        "select: [TL0]\n",
        "ignore: [TL6]\n",
        "ignore:\n  - TL6\n",
        "ignore:\n- TL6\nselect:\n- TL0\n",
        "ignore: []\n",
    ],
)
def test_what_was_ignored_is_suppressed_afterwards(
    before: str | None, project: Path, traefik_lint: Program
) -> None:
    (project / "broken.yml").write_text(BROKEN)
    if before is not None:
        (project / ".traefik-lint.yaml").write_text(before)
    assert traefik_lint().code == 1
    assert (
        traefik_lint("ignore", "TL001", "--path", "broken.yml", "--path", "x", "--reason", "later").code == 0
    )
    after = (project / ".traefik-lint.yaml").read_text()
    assert [line for line in (before or "").splitlines() if line not in after and "[" not in line] == []
    ran = traefik_lint("--format", "json")
    assert ran.code == 0
    assert [entry["suppressed"]["reason"] for entry in json.loads(ran.out)["findings"]] == ["later"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("TL999", "--reason", "x"), 'there is no rule "TL999"'),
        (("TL001",), "--reason"),
        (
            ("TL001", "--reason", "x", "--config", "pyproject.toml"),
            'ignore = [{ rule = "TL001", reason = "x" }]',
        ),
    ],
)
def test_ignore_refuses(arguments: tuple[str, ...], message: str, traefik_lint: Program) -> None:
    ran = traefik_lint("ignore", *arguments)
    assert ran.code == 2
    assert message in ran.err


def test_ignore_does_not_touch_what_it_does_not_understand(project: Path, traefik_lint: Program) -> None:
    (project / ".traefik-lint.yaml").write_text("ignor: [TL6]\n")
    ran = traefik_lint("ignore", "TL001", "--reason", "x")
    assert ran.code == 2
    assert (project / ".traefik-lint.yaml").read_text() == "ignor: [TL6]\n"


def test_routes(project: Path, traefik_lint: Program) -> None:
    (project / "traefik.yml").write_text(
        "entryPoints:\n  web: {address: ':80'}\nproviders:\n  file: {filename: dynamic.yml}\n"
    )
    (project / "dynamic.yml").write_text(
        "http:\n  routers:\n"
        "    api: {rule: 'Host(`a.example.com`) && PathPrefix(`/api`)', service: api, entryPoints: [web]}\n"
        "    lost: {rule: 'Host(`a.example.com`)', service: api, entryPoints: [wbe]}\n"
        "  services:\n    api: {loadBalancer: {servers: [{url: 'http://10.0.0.1:8080'}]}}\n"
    )
    ran = traefik_lint("routes")
    assert ran.code == 0
    web, idle = ran.out.split("\non no entry point\n")
    assert "web  :80" in web
    assert "api@file" in web
    assert "http://10.0.0.1:8080" in web
    assert "lost@file: no valid entryPoint for this router" in idle
    document = json.loads(traefik_lint("routes", "--format", "json").out)
    Draft202012Validator(load_schema("routes.json")).validate(document)
    (deployment,) = document["deployments"]
    assert deployment["traefik_version"] == "3.7"
    assert deployment["files"] == ["traefik.yml", "dynamic.yml"]
    assert deployment["rawdata"]["routers"]["api@file"]["status"] == "enabled"
    assert deployment["rawdata"]["routers"]["lost@file"]["status"] == "disabled"


def test_routes_when_traefik_would_refuse_to_start(project: Path, traefik_lint: Program) -> None:
    (project / "traefik.yml").write_text("entryPoints:\n  web: {adress: ':80'}\n")
    ran = traefik_lint("routes", "--format", "json")
    assert ran.code == 0
    assert json.loads(ran.out)["deployments"][0]["rawdata"] is None
    assert "Traefik does not start" in traefik_lint("routes").out


@pytest.mark.parametrize("columns", ["60", "80", "200"])
def test_the_table_fits_the_terminal(
    columns: str, project: Path, traefik_lint: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "dynamic.yml").write_text(
        "http:\n  routers:\n    a-router-with-a-long-name: {rule: 'Host(`a.example.com`) || "
        + " || ".join(f"Host(`host{number}.example.com`)" for number in range(9))
        + "', service: a-service-with-a-long-name}\n  services:\n"
        "    a-service-with-a-long-name: {loadBalancer: {servers: [{url: 'http://10.0.0.1:8080'}]}}\n"
    )
    (project / "traefik.yml").write_text("providers:\n  file: {filename: dynamic.yml}\n")
    monkeypatch.setenv("COLUMNS", columns)
    ran = traefik_lint("routes")
    table = ran.out.split("ROUTER")[1]
    assert max(map(len, table.splitlines())) <= int(columns)
    assert "host8" in table.replace("\n", "").replace(" ", "") or int(columns) < 200


def test_routes_of_nothing(project: Path, traefik_lint: Program) -> None:
    assert traefik_lint("routes") == (0, "no deployment was found in these files\n", "")
    ran = traefik_lint("routes", "missing.yml", "--format", "json")
    assert (ran.code, json.loads(ran.out)) == (2, {"version": 1, "deployments": []})
