from __future__ import annotations

import os
from pathlib import Path

import pytest

from traefik_lint.deployments.ignored import FolderPatterns
from traefik_lint.deployments.walk import find_files
from traefik_lint.source.globs import PathPatterns


def _write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def _shown(folder: Path, *paths: str, exclude: tuple[str, ...] = ()) -> list[str]:
    patterns = FolderPatterns(str(folder), PathPatterns(exclude)) if exclude else None
    found, missing = find_files([str(folder / path) for path in paths or (".",)], str(folder), patterns)
    assert missing == []
    return [item.shown for item in found]


def test_a_walk_passes_over_what_git_ignores(tmp_path: Path) -> None:
    _write(
        tmp_path,
        {
            ".git/info/exclude": "private.yml\n",
            ".gitignore": "build/\n*.local.yml\n",
            "compose.yml": "",
            "compose.local.yml": "",
            "private.yml": "",
            "build/traefik.yml": "",
            "sub/.gitignore": "!keep.local.yml\nother.yml\n",
            "sub/keep.local.yml": "",
            "sub/drop.local.yml": "",
            "sub/other.yml": "",
            "other.yml": "",
        },
    )
    assert _shown(tmp_path) == ["compose.yml", "other.yml", "sub/keep.local.yml"]
    assert _shown(tmp_path, "sub") == ["sub/keep.local.yml"]
    assert _shown(tmp_path, "compose.local.yml") == ["compose.local.yml"]


def test_excluded_paths_begin_at_the_settings_folder(tmp_path: Path) -> None:
    _write(tmp_path, {"a/x.yml": "", "a/b/x.yml": "", "c/x.yml": ""})
    assert _shown(tmp_path, exclude=("a/b/", "/c")) == ["a/x.yml"]
    assert _shown(tmp_path, "a", exclude=("a/b/",)) == ["a/x.yml"]
    assert _shown(tmp_path, "c/x.yml", exclude=("c",)) == ["c/x.yml"]


def test_nothing_that_blocks_is_opened_and_each_file_comes_once(tmp_path: Path) -> None:
    _write(tmp_path, {"x.yml": "", ".hidden/y.yml": "", "notes.txt": ""})
    os.mkfifo(tmp_path / "pipe.yml")
    (tmp_path / "link.yml").symlink_to(tmp_path / "x.yml")
    (tmp_path / "dangling.yml").symlink_to(tmp_path / "nowhere")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert len(_shown(tmp_path)) == 1
    assert _shown(tmp_path, "x.yml", "./x.yml") == ["x.yml"]
    assert _shown(tmp_path, "pipe.yml") == []


@pytest.mark.parametrize("path", ["missing.yml", "missing/folder"])
def test_a_missing_path_is_told(tmp_path: Path, path: str) -> None:
    assert find_files([str(tmp_path / path)], str(tmp_path)) == ([], [str(tmp_path / path)])


def test_a_link_that_leads_nowhere_is_missing(tmp_path: Path) -> None:
    (tmp_path / "dangling.yml").symlink_to(tmp_path / "nowhere")
    (tmp_path / "loop.yml").symlink_to(tmp_path / "loop.yml")
    for name in ("dangling.yml", "loop.yml"):
        assert find_files([str(tmp_path / name)], str(tmp_path))[1] == [str(tmp_path / name)]


def test_links_that_lead_out_are_followed_only_when_named(tmp_path: Path) -> None:
    _write(
        tmp_path, {"outside/x.yml": "", "outside/deep/y.yml": "", "repo/.git/HEAD": "", "repo/conf/z.yml": ""}
    )
    repo = tmp_path / "repo"
    (repo / "conf" / "link.yml").symlink_to(tmp_path / "outside" / "x.yml")
    (repo / "conf" / "folder").symlink_to(tmp_path / "outside")
    (repo / "other.yml").symlink_to(repo / "conf" / "z.yml")
    assert _shown(repo) == ["conf/z.yml"]
    assert _shown(repo, "conf/link.yml", "other.yml", "conf") == ["conf/link.yml", "other.yml"]
    assert _shown(repo, "conf/folder") == ["conf/folder/x.yml", "conf/folder/deep/y.yml"]


def test_outside_a_repository_links_stay_in_the_common_folder(tmp_path: Path) -> None:
    _write(tmp_path, {"a/x.yml": "", "b/y.yml": "", "z.yml": ""})
    (tmp_path / "a" / "link.yml").symlink_to(tmp_path / "b" / "y.yml")
    assert _shown(tmp_path, "a") == ["a/x.yml"]
    assert _shown(tmp_path, "a", "z.yml") == ["b/y.yml", "a/x.yml", "z.yml"]


def test_ignore_files_that_would_block_are_none(tmp_path: Path) -> None:
    _write(tmp_path, {"x.yml": ""})
    os.mkfifo(tmp_path / ".gitignore")
    assert _shown(tmp_path) == ["x.yml"]
