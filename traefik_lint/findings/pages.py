"""The rule pages of ``rules/``: one Markdown text that ``explain``, SARIF, the documentation and the tests read."""

from __future__ import annotations

import os
import re
from typing import NamedTuple

from traefik_lint.data import data_path

HOME = "https://github.com/traefik-lint/traefik-lint"

#: What the ids of our own rules begin with.
OWN_PREFIX = "TL"

#: The sections of a page, in this order.
SECTIONS = ("What it finds", "What Traefik does", "Bad", "Good", "When to silence it")

_FRONT_MATTER = re.compile(r"---\n(.*?)\n---\n", re.DOTALL)
_FIELD = re.compile(r"([a-z-]+):\s*(.*?)\s*")
_FENCE = re.compile(r"(`{3,}|~{3,})(.*)")
_TITLE = re.compile(r'title="([^"]+)"')
_MARK = re.compile(r"\s*(?:#|//)\s*←\s*(TL\d{3}(?:\s*,\s*TL\d{3})*)\s*$")


class ExampleFile(NamedTuple):
    """A file of an example; ``marks`` are (line, rule) pairs that must be reported."""

    path: str
    text: str
    marks: tuple[tuple[int, str], ...]


class Example(NamedTuple):
    """The titled code blocks under one heading: the files of one project."""

    heading: str
    is_good: bool
    files: tuple[ExampleFile, ...]


class Page(NamedTuple):
    """A rule page; ``text`` is the Markdown without the front matter, ``fields`` the front matter."""

    id: str
    name: str
    path: str
    fields: dict[str, str]
    text: str

    @property
    def title(self) -> str:
        """The first heading."""
        return next((line[2:].strip() for line in self.text.splitlines() if line.startswith("# ")), self.name)

    @property
    def summary(self) -> str:
        """The first paragraph of "What it finds", on one line."""
        body = self.sections().get(SECTIONS[0], "")
        return " ".join(body.strip().split("\n\n")[0].split())

    def sections(self) -> dict[str, str]:
        """The text under each heading of the second level, in order."""
        found: dict[str, list[str]] = {}
        current: list[str] = []
        fence = ""
        for line in self.text.splitlines(keepends=True):
            fence = _fence_after(line, fence)
            if not fence and line.startswith("## "):
                current = found.setdefault(line[3:].strip(), [])
            else:
                current.append(line)
        return {name: "".join(lines) for name, lines in found.items()}

    def examples(self) -> list[Example]:
        """The projects under "Bad" and "Good"; a heading of the third level begins another one."""
        sections = self.sections()
        return [
            example
            for name in ("Bad", "Good")
            for example in _examples(sections.get(name, ""), is_good=name == "Good")
        ]


def rule_url(id: str, name: str) -> str:
    """Where a rule's page can be read; "" for the rules of others."""
    if not id.startswith(OWN_PREFIX):
        return ""
    return f"{HOME}/blob/main/rules/{id}-{name}.md"


def load_page(id: str, name: str) -> Page | None:
    """The page of a rule, None when it has none (as rules of others may)."""
    path = os.path.join(data_path("rules"), f"{id}-{name}.md")
    if not os.path.isfile(path):
        return None
    with open(path, encoding="utf-8") as file:
        return read_page(file.read(), path)


def read_page(text: str, path: str) -> Page:
    """A page from its Markdown; raises ValueError when the front matter is missing or lacks ``id`` or ``name``."""
    match = _FRONT_MATTER.match(text)
    fields: dict[str, str] = {}
    for line in match[1].splitlines() if match else ():
        field = _FIELD.fullmatch(line)
        if field is None:
            raise ValueError(f"{path}: front matter has only flat `key: value` lines, not {line!r}")
        fields[field[1]] = field[2]
    if match is None or "id" not in fields or "name" not in fields:
        raise ValueError(f"{path}: a page begins with front matter that has an id and a name")
    return Page(fields["id"], fields["name"], path, fields, text[match.end() :].lstrip("\n"))


def _fence_after(line: str, fence: str) -> str:
    """The code fence that is open behind ``line``, "" for none."""
    match = _FENCE.match(line.strip())
    if match is None:
        return fence
    if not fence:
        return match[1]
    return "" if match[1].startswith(fence) and not match[2].strip() else fence


def _examples(section: str, *, is_good: bool) -> list[Example]:
    found: list[tuple[str, list[ExampleFile]]] = [("", [])]
    fence = ""
    title = ""
    lines: list[str] = []
    for line in section.splitlines():
        after = _fence_after(line, fence)
        if not fence and after:
            match = _TITLE.search(line)
            title, lines = (match[1] if match else ""), []
        elif fence and not after:
            if title:
                found[-1][1].append(_example_file(title, lines))
        elif fence:
            lines.append(line)
        elif line.startswith("### "):
            found.append((line[4:].strip(), []))
        fence = after
    return [Example(heading, is_good, tuple(files)) for heading, files in found if files]


def _example_file(path: str, lines: list[str]) -> ExampleFile:
    """Marks are taken out, so that the file is as its author would have it; lines stay where they are."""
    marks: list[tuple[int, str]] = []
    clean: list[str] = []
    for number, line in enumerate(lines, 1):
        match = _MARK.search(line)
        if match is not None:
            marks += [(number, rule.strip()) for rule in match[1].split(",")]
        clean.append(line[: match.start()] if match else line)
    return ExampleFile(path, "\n".join(clean) + "\n", tuple(marks))
