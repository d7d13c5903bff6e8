"""The hooks as pre-commit runs them: from a clone of this repository, in environments that pre-commit builds."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BROKEN = "http:\n  routers:\n    api:\n      entryPoints: [web\n      service: api\n"
SOUND = "http:\n  services:\n    api:\n      loadBalancer:\n        servers:\n          - url: http://10.0.0.1:8080\n"
PARTS = (
    "traefik_lint",
    "rules",
    "schemas",
    "pyproject.toml",
    "README.md",
    "LICENSE",
    ".pre-commit-hooks.yaml",
)


def git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"]
    command = ["git", "-C", str(folder), *identity, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with what the package is built from, as it is in this checkout."""
    folder = tmp_path_factory.mktemp("clone")
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / part)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "all")
    return folder


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pre-commit keeps the environments that it builds."""
    return tmp_path_factory.mktemp("pre-commit-home")


def run_hook(hook: str, clone: Path, home: Path, project: Path) -> subprocess.CompletedProcess[str]:
    """Commit all in the project, with the hook: the answer is pre-commit's."""
    revision = git(clone, "rev-parse", "HEAD")
    (project / ".pre-commit-config.yaml").write_text(
        f"repos:\n  - repo: {clone}\n    rev: {revision}\n    hooks:\n      - id: {hook}\n"
    )
    git(project, "add", "-A")
    return subprocess.run(
        [sys.executable, "-m", "pre_commit", "run", "--color", "never"],
        cwd=project,
        env={**os.environ, "PRE_COMMIT_HOME": str(home), "GIT_CONFIG_GLOBAL": os.devnull},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("hook", ["traefik-lint", "traefik-lint-files"])
def test_hook(hook: str, clone: Path, home: Path, tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    (tmp_path / "conf").mkdir()
    file = tmp_path / "conf" / "dynamic.yml"
    file.write_text(BROKEN)
    done = run_hook(hook, clone, home, tmp_path)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "conf/dynamic.yml:5:14: error:" in done.stdout
    assert "[TL001 unreadable-file]" in done.stdout
    file.write_text(SOUND)
    done = run_hook(hook, clone, home, tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Passed" in done.stdout


def test_only_the_whole_project_hook_speaks_of_files_that_did_not_change(
    clone: Path, home: Path, tmp_path: Path
) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    (tmp_path / "old.yml").write_text(BROKEN)
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "old")
    (tmp_path / "new.yml").write_text(SOUND)
    assert run_hook("traefik-lint-files", clone, home, tmp_path).returncode == 0
    assert "old.yml:5:14" in run_hook("traefik-lint", clone, home, tmp_path).stdout


def test_the_built_environment_has_the_pages_and_the_schemas(clone: Path, home: Path, tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    (tmp_path / "a.yml").write_text(SOUND)
    assert run_hook("traefik-lint", clone, home, tmp_path).returncode == 0
    (program,) = home.glob("repo*/py_env-*/bin/traefik-lint")
    explained = subprocess.run(
        [str(program), "explain", "TL001"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert "## What Traefik does" in explained.stdout
    schema = subprocess.run(
        [str(program), "schema", "settings"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert schema.stdout.startswith("{")
