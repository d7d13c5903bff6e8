"""Whatever stands at whatever place of a file: no rule breaks, and all that is said lies inside the files.

Every node of the examples on the rule pages may be replaced by something of another kind, so that each rule meets
what it does not expect in the very files it is made for.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import NamedTuple, TypeAlias

import pytest
import yaml

from traefik_lint.data import data_path
from traefik_lint.findings.lint import lint
from traefik_lint.findings.pages import read_page
from traefik_lint.findings.request import Request
from traefik_lint.report.formats import FORMATS, Look, writer

Data: TypeAlias = object
Step: TypeAlias = "str | int"

#: What is put in the place of a node, by turns.
ODD: tuple[Data, ...] = (
    None, 7, -1, 1.5, True, "", "x", " ", "-", "/", ":", "@", "`", "a@b", "0", "99999999999999999999", "${X}",
    "{{ .x }}", "a\tb\n\n c", "é漢字😀", "[", "Host(", date(2001, 1, 1), [], ["x"], [None], [[]], [7, {}],
    [{"a": 1}], {}, {"a": "b"}, {"a": None}, {7: 8}, {"a": {"b": []}},
)  # fmt: skip
#: Mutations of each page; with all pages this takes about twenty seconds.
PER_PAGE = 4

PAGES = sorted(Path(data_path("rules")).glob("*.md"))


class Place(NamedTuple):
    """A node in one of the YAML files of an example."""

    files: dict[str, str]
    name: str
    documents: list[Data]
    steps: tuple[Step, ...]


def nodes(data: Data, steps: tuple[Step, ...] = ()) -> Iterator[tuple[Step, ...]]:
    """The way to each node below one."""
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in inner:
        yield (*steps, key)
        yield from nodes(value, (*steps, key))


def replaced(data: Data, steps: tuple[Step, ...], new: Data) -> Data:
    """A copy of the data with another value at one place."""
    if not steps:
        return new
    first, *rest = steps
    if isinstance(data, dict):
        return {key: replaced(old, tuple(rest), new) if key == first else old for key, old in data.items()}
    assert isinstance(data, list)
    return [replaced(old, tuple(rest), new) if place == first else old for place, old in enumerate(data)]


def places(page: Path) -> list[Place]:
    """All places of the YAML files on a page; settings are not linted."""
    found = []
    for example in read_page(page.read_text(encoding="utf-8"), str(page)).examples():
        files = {file.path: file.text for file in example.files}
        for name, text in files.items():
            if not name.endswith((".yml", ".yaml")) or ".traefik-lint" in name:
                continue
            try:
                documents = list(yaml.safe_load_all(text))
            except yaml.YAMLError:  # broken on purpose
                continue
            found += [Place(files, name, documents, steps) for steps in nodes(documents)]
    return found


def check(files: dict[str, str], folder: Path) -> None:
    """Lint the files: nothing breaks, and spans, hints and all formats are as they must be."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    result = lint(Request((str(folder),), str(folder)))
    assert result.failures == []
    for one in result.findings:
        for span in (one.span, *(related.span for related in one.related)):
            assert 0 <= span.start <= span.end <= len(span.file.text), one
        assert one.message
        assert one.hint or one.severity == "info", one
    for name in FORMATS:
        assert "".join(writer(name)(result, Look())) or not result.findings or name in ("concise", "github")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_anything_anywhere(page: Path, tmp_path: Path) -> None:
    dice = Random(page.stem)
    everywhere = places(page)
    for number in range(min(PER_PAGE, len(everywhere))):
        place = dice.choice(everywhere)
        new = dice.choice(ODD)
        documents = replaced(place.documents, place.steps, new)
        assert isinstance(documents, list)
        text = yaml.safe_dump_all(documents, sort_keys=False, allow_unicode=True)
        folder = tmp_path / str(number)
        (folder / ".git").mkdir(parents=True)
        try:
            check({**place.files, place.name: text}, folder)
        except Exception as error:
            raise AssertionError(f"{place.name} with {new!r} at {place.steps}:\n{text}") from error
    gc.collect()
