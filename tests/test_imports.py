"""Which room may import which, as docs/architecture.md says, and what a clean run may not import at all."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "traefik_lint"

_ROW = re.compile(r"^\| `(\w+)/` \|.*\|([^|]*)\|$", re.MULTILINE)

#: What costs more to import than a file to lint.
EXPENSIVE = (
    "asyncio", "click", "concurrent", "dataclasses", "difflib", "email", "http.client", "importlib.metadata",
    "inspect", "jsonschema", "logging", "multiprocessing", "pathspec", "pygments", "rich", "ruamel", "socket", "ssl",
    "subprocess", "tempfile", "typing_extensions", "unittest", "xml",
)  # fmt: skip


def allowed() -> dict[str, set[str]]:
    """The table of rooms: each with the modules (or their beginnings) that it may import."""
    rooms: dict[str, set[str]] = {}
    for room, words in _ROW.findall((ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")):
        above = set(rooms)
        names = set(re.findall(r"[a-z_]+(?:\.[a-z_]+)?", words))
        if "all" in names:
            rooms[room] = above
        else:
            rooms[room] = names - {"nothing", "and", "the", "above"} | (above if "above" in names else set())
    return rooms


ROOMS = allowed()
MODULES = sorted(path for room in ROOMS for path in (PACKAGE / room).rglob("*.py"))


def imported(path: Path) -> set[str]:
    """The modules of ours that a file imports anywhere in it when it runs."""
    found: set[str] = set()
    for node in _running(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return {name.removeprefix("traefik_lint.") for name in found if name.startswith("traefik_lint.")}


def _running(node: ast.AST) -> Iterator[ast.AST]:
    """All nodes but those under `if TYPE_CHECKING:`."""
    for child in ast.iter_child_nodes(node):
        if not (isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING"):
            yield child
            yield from _running(child)


def test_the_table_has_every_room() -> None:
    folders = {path.name for path in PACKAGE.iterdir() if path.is_dir() and not path.name.startswith("_")}
    assert set(ROOMS) == folders


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_arrows_go_one_way(path: Path) -> None:
    room = path.relative_to(PACKAGE).parts[0]
    outside = ("data", "__version__")
    wrong = [
        name
        for name in sorted(imported(path))
        if name.split(".")[0] not in (room, *outside)
        and not any(name == may or name.startswith(may + ".") for may in ROOMS[room])
    ]
    assert wrong == []


def test_a_clean_run_imports_nothing_expensive(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text("build/\n")
    (tmp_path / ".traefik-lint.yaml").write_text("exclude: [examples/]\nselect: [TL0]\n")
    (tmp_path / "compose.yml").write_text(
        "services:\n  traefik:\n    image: traefik:v3.7\n    command:\n      - --providers.docker\n"
        "      - --entrypoints.web.address=:80\n"
    )
    code = (
        "import json, sys; sys.argv = ['traefik-lint']; from traefik_lint.__main__ import main; code = main(); "
        "print(json.dumps([code, sorted(sys.modules)]))"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); {code}"],
        cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    exit_code, modules = json.loads(done.stdout.splitlines()[-1])
    assert exit_code == 0
    before = subprocess.run(
        [sys.executable, "-I", "-c", "import sys, json; print(json.dumps(sorted(sys.modules)))"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    added = set(modules) - set(json.loads(before.stdout))
    assert [name for name in sorted(added) if _is_expensive(name)] == []


def _is_expensive(name: str) -> bool:
    return any(name == one or name.startswith(one + ".") for one in EXPENSIVE)
