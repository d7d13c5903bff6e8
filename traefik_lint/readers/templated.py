"""Dynamic files are Go templates (R-236): what can be read of one without rendering it.

Most templates only insert values (``Host(`{{ env "NAME" }}`)``). Such an action is covered by as many placeholder
characters as it is long, so that the rest keeps its place; the scalars around it become unknown. An action that
decides about the text around it (``if``, ``range``, trim markers …) can't be read so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from traefik_lint.source.pieces import pieces_of
from traefik_lint.source.span import SourceFile
from traefik_lint.source.tree import Mapping, Node, Scalar, Sequence

_PLACEHOLDER = "\ue000"
_INSIDE = re.compile(r"[\"'`]|\}\}")
_CLOSING = {
    '"': re.compile(r'(?:[^"\\\n]|\\.)*"'),
    "'": re.compile(r"(?:[^'\\\n]|\\.)*'"),
    "`": re.compile(r"[^`]*`"),
}
_CONTROL = re.compile(
    r"(?:if|else|end|range|with|define|template|block|break|continue)\b|\$\w*\s*(?:,\s*\$\w+\s*)?:?=[^=]"
)
_BREAK = re.compile(r"[\r\n]")


class Action(NamedTuple):
    """What stands in ``text[start:end]``, braces included; ``body`` is without braces and blanks."""

    start: int
    end: int
    body: str


def is_template(text: str) -> bool:
    """Whether a text has anything that Go's template engine would act on."""
    return "{{" in text


def cover(file: SourceFile) -> SourceFile | None:
    """The file with inserted values covered by placeholders; None when it does more than insert values."""
    text = file.text
    if _PLACEHOLDER in text:
        return None
    parts: list[str] = []
    at = 0
    for action in _actions(text):
        if action is None:
            return None
        parts.append(text[at : action.start])
        written = text[action.start : action.end]
        if action.body.startswith("/*"):
            parts.append("".join(char if char in "\r\n" else " " for char in written))
        elif not action.body or _CONTROL.match(action.body) or _BREAK.search(written):
            return None
        else:
            parts.append(_PLACEHOLDER * len(written))
        at = action.end
    parts.append(text[at:])
    return SourceFile(file.path, "".join(parts), file.real)


def uncover(root: Mapping, file: SourceFile) -> None:
    """Move a tree that was read from a covered file to the file itself, and mark what was covered as unknown."""
    pending: list[Node] = [root]
    seen: set[int] = set()
    while pending:
        node = pending.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, Scalar):
            if _PLACEHOLDER in node.value:
                node.pieces = pieces_of(node)
                node.value = _original(node, file)
                node.unknown = True
        elif isinstance(node, Mapping):
            for entry in node.entries:
                pending += (entry.key, entry.value)
                if entry.via is not None:
                    entry.via = entry.via._replace(file=file)
        elif isinstance(node, Sequence):
            pending += node.items
        node.file = file


def _original(scalar: Scalar, file: SourceFile) -> str:
    return "".join(
        file.text[piece.start : piece.stop]
        if piece.stop - piece.start == piece.end - piece.begin
        else scalar.value[piece.begin : piece.end]
        for piece in scalar.pieces or ()
    )


def _actions(text: str) -> Iterator[Action | None]:
    """The template's actions; None where one is not closed, or trims the text around it."""
    at = text.find("{{")
    while at != -1:
        end = _action_end(text, at + 2)
        if end == -1:
            yield None
            return
        inner = text[at + 2 : end - 2]
        trims = re.match(r"-\s", inner) or re.search(r"\s-$", inner)
        yield None if trims else Action(at, end, inner.strip())
        at = text.find("{{", end)


def _action_end(text: str, at: int) -> int:
    comment = re.compile(r"(?:-\s+)?/\*").match(text, at)
    if comment:
        close = text.find("*/", comment.end())
        end = text.find("}}", close) if close != -1 else -1
        return end + 2 if end != -1 else -1
    while True:
        found = _INSIDE.search(text, at)
        if found is None:
            return -1
        if found[0] == "}}":
            return found.end()
        closing = _CLOSING[found[0]].match(text, found.end())
        if closing is None:
            return -1
        at = closing.end()
