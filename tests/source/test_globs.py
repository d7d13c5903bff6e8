"""The patterns against git itself."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from traefik_lint.source.globs import PathPatterns


@pytest.mark.parametrize(
    ("patterns", "path", "expected"),
    [
        (["legacy"], "legacy/compose.yml", True),
        (["legacy"], "a/legacy", True),
        (["/legacy"], "a/legacy", False),
        (["legacy/"], "legacy", False),
        (["legacy/"], "legacy/a/b.yml", True),
        (["*.yml", "!keep.yml"], "keep.yml", False),
        (["*.yml", "!keep.yml"], "drop.yml", True),
        (["a/*/c"], "a/b/c", True),
        (["a/*/c"], "a/b/b/c", False),
        (["a/**/c"], "a/b/b/c", True),
        (["a/**/c"], "a/c", True),
        (["**/c"], "c", True),
        (["a/**"], "a", False),
        (["a/**"], "a/b", True),
        (["[a-c].yml"], "b.yml", True),
        (["[!a-c].yml"], "b.yml", False),
        (["\\#x"], "#x", True),
        (["# comment", "", "   "], "# comment", False),
        (["["], "[", False),
        (["a b "], "a b", True),
        (["a\\ "], "a ", True),
    ],
)
def test_pattern(patterns: list[str], path: str, expected: bool) -> None:
    assert PathPatterns(patterns).matches(path) is expected


_pattern = st.text(alphabet="ab*?/!.[]-", min_size=1, max_size=7)
_path = st.lists(st.text(alphabet="ab.-", min_size=1, max_size=3), min_size=1, max_size=3).map("/".join)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("repository")
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    return folder


@settings(max_examples=400, deadline=None)
@given(patterns=st.lists(_pattern, min_size=1, max_size=3), path=_path)
def test_same_as_git(repository: Path, patterns: list[str], path: str) -> None:
    if {".", ".."} & set(path.split("/")) or ".git" in path:
        return
    (repository / ".gitignore").write_text("\n".join(patterns) + "\n")
    answer = subprocess.run(
        ["git", "-C", str(repository), "check-ignore", "--no-index", "-q", "--", path], check=False
    ).returncode
    assert answer in (0, 1)
    parts = path.split("/")
    rules = PathPatterns(patterns)
    # git never looks into a folder that it ignores, so a parent's verdict is the file's
    ignored = any(rules.matches("/".join(parts[:end]), is_folder=True) for end in range(1, len(parts)))
    assert (ignored or rules.matches(path)) is (answer == 0)
